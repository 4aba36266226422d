//! The table of users: what stands in which column, and the statements for one row.
//!
//! | of a user | column |
//! |---|---|
//! | text | `TEXT`, which SQLite compares by bytes unless told otherwise |
//! | the status, an enum | `INTEGER`: its number |
//! | timestamps | `INTEGER`: nanoseconds since 1970, so that what is compared is what was stored |
//! | the roles, a list | `TEXT`: a JSON array |
//!
//! Lists of users are read in `list.rs`.

use prost_types::Timestamp;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::types::Json;
use sqlx::{FromRow, Row as _};
use transom::sql::{Column, Columns, Elements, TimeStorage};

use super::password::Hashed;
use crate::proto::ecommerce::v1::User;

/// Makes the table. The primary key serves the order in which users are listed if nothing is said; the index serves
/// `created_at desc`.
pub(super) const CREATE: &str = "
    CREATE TABLE IF NOT EXISTS users (
        user_id TEXT NOT NULL PRIMARY KEY,
        email TEXT NOT NULL,
        name TEXT NOT NULL,
        avatar_url TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        status INTEGER NOT NULL,
        roles TEXT NOT NULL,
        email_in_lower_case TEXT NOT NULL UNIQUE,
        password TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS newest_users ON users (created_at DESC, user_id);
";

/// Returns the columns of fields for filters and orders. Other fields are in columns of their own names.
pub(super) fn columns() -> Columns<User> {
    Columns::new()
        .column(User::CREATED_AT, Column::named("created_at").time(TimeStorage::Nanos).not_null())
        .column(User::UPDATED_AT, Column::named("updated_at").time(TimeStorage::Nanos).not_null())
        .column(User::ROLES, Column::named("roles").elements(Elements::Json))
}

impl FromRow<'_, SqliteRow> for User {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let Json(roles) = row.try_get("roles")?;
        Ok(Self {
            user_id: row.try_get("user_id")?,
            email: row.try_get("email")?,
            name: row.try_get("name")?,
            avatar_url: row.try_get("avatar_url")?,
            created_at: Some(TimeStorage::Nanos.timestamp(row.try_get("created_at")?)),
            updated_at: Some(TimeStorage::Nanos.timestamp(row.try_get("updated_at")?)),
            status: row.try_get("status")?,
            roles,
        })
    }
}

/// The user with this id.
pub(super) async fn find(connection: &mut SqliteConnection, id: &str) -> Result<Option<User>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM users WHERE user_id = ?").bind(id).fetch_optional(connection).await
}

/// Adds a user.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    user: &User,
    password: &Hashed,
) -> Result<(), sqlx::Error> {
    let insert = "
        INSERT INTO users (user_id, email, name, avatar_url, created_at, updated_at, status, roles,
            email_in_lower_case, password)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    sqlx::query(insert)
        .bind(&user.user_id)
        .bind(&user.email)
        .bind(&user.name)
        .bind(&user.avatar_url)
        .bind(nanos(user.created_at))
        .bind(nanos(user.updated_at))
        .bind(user.status)
        .bind(Json(&user.roles))
        .bind(user.email.to_lowercase())
        .bind(password.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// Stores what can change of a user.
pub(super) async fn update(connection: &mut SqliteConnection, user: &User) -> Result<(), sqlx::Error> {
    let update = "
        UPDATE users SET email = ?, name = ?, avatar_url = ?, updated_at = ?, status = ?, roles = ?,
            email_in_lower_case = ?
        WHERE user_id = ?";
    sqlx::query(update)
        .bind(&user.email)
        .bind(&user.name)
        .bind(&user.avatar_url)
        .bind(nanos(user.updated_at))
        .bind(user.status)
        .bind(Json(&user.roles))
        .bind(user.email.to_lowercase())
        .bind(&user.user_id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Removes a user, and returns who it was.
pub(super) async fn delete(connection: &mut SqliteConnection, id: &str) -> Result<Option<User>, sqlx::Error> {
    sqlx::query_as("DELETE FROM users WHERE user_id = ? RETURNING *").bind(id).fetch_optional(connection).await
}

fn nanos(time: Option<Timestamp>) -> Option<i64> {
    time.map(|time| TimeStorage::Nanos.from_timestamp(&time))
}
