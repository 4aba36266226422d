//! Runs pages on a database through sqlx: what would otherwise be written by hand for each driver.
//!
//! ```text
//! let page = request.page(&pages)?;
//! let shelf = Select::from("books").filtered(|condition| condition.push("shelf = ").value(&request.parent));
//! let books = page.fetch(&shelf, &columns, &pool, |row| Ok(Book { … })).await?;
//! let total = page.fetch_total(&shelf, &columns, &pool).await?;
//! Ok(Response::new(page.respond_with_total(books, total)?))
//! ```
//!
//! The drivers are features of this crate; which runtime and which TLS sqlx has is said in a user's own dependency on it.

mod error;

pub use self::error::FetchError;

use sqlx::query::Query;
use sqlx::{AssertSqlSafe, Database, Executor, IntoArguments, Row as _};

use super::current::Page;
use super::problems::subject;
use super::request::ListRequest;
use super::select::Select;
use crate::sql::{Columns, Dialect, Sql, SqlValue};

/// A database of sqlx that pages run on.
pub trait Driver: Database<Arguments: IntoArguments<Self>> {
    /// Its family of SQL.
    const DIALECT: Dialect;

    /// Binds a value to the next place holder of a query.
    fn bind(query: Query<'_, Self, Self::Arguments>, value: SqlValue) -> Query<'_, Self, Self::Arguments>;

    /// The number that is the first column of a row.
    ///
    /// # Errors
    ///
    /// When it is none.
    fn number(row: &Self::Row) -> Result<i64, sqlx::Error>;
}

/// Implements [`Driver`] for a database of sqlx.
macro_rules! driver {
    ($feature:literal, $database:ty, $dialect:ident) => {
        #[cfg(feature = $feature)]
        impl Driver for $database {
            const DIALECT: Dialect = Dialect::$dialect;

            fn bind(query: Query<'_, Self, Self::Arguments>, value: SqlValue) -> Query<'_, Self, Self::Arguments> {
                match value {
                    SqlValue::Bool(value) => query.bind(value),
                    SqlValue::Int(value) => query.bind(value),
                    SqlValue::Float(value) => query.bind(value),
                    SqlValue::Text(value) => query.bind(value),
                    SqlValue::Bytes(value) => query.bind(value),
                }
            }

            fn number(row: &Self::Row) -> Result<i64, sqlx::Error> {
                row.try_get(0)
            }
        }
    };
}

driver!("sqlx-sqlite", sqlx::Sqlite, Sqlite);
driver!("sqlx-postgres", sqlx::Postgres, Postgres);
driver!("sqlx-mysql", sqlx::MySql, MySql);

/// The query of sqlx for a piece of SQL, with its values bound.
pub fn query<'q, D: Driver>(sql: Sql) -> Query<'q, D, D::Arguments> {
    // The text is the user's own and what this crate writes around place holders: nothing of a request stands in it.
    let query = sqlx::query::<D>(AssertSqlSafe(sql.text));
    sql.binds.into_iter().fold(query, D::bind)
}

fn failed<R: ListRequest>(error: sqlx::Error) -> FetchError {
    FetchError::Database(error, subject::<R>())
}

impl<R: ListRequest> Page<'_, R> {
    /// Runs the query of the page: at most [`limit`](Self::limit) rows, to [`finish`](Self::finish) the page with.
    ///
    /// The next page starts after what the last row says, so `read` returns **exactly what the database compared**: the
    /// fields of the order as they are stored. What is changed for the client, or left out by a read mask, is changed
    /// after the page is finished; rows that are no messages are finished by [`finish_by`](Self::finish_by).
    ///
    /// # Errors
    ///
    /// When the request, or the order that the server adds to it, asks for what the table has no column for, when the query
    /// fails, or `read` does.
    pub async fn fetch<'c, D, E, T>(
        &self,
        select: &Select,
        columns: &Columns<R::Resource>,
        executor: E,
        read: impl FnMut(D::Row) -> Result<T, sqlx::Error>,
    ) -> Result<Vec<T>, FetchError>
    where
        D: Driver,
        E: Executor<'c, Database = D>,
    {
        let sql = self.query(select, columns, D::DIALECT)?;
        let rows = query::<D>(sql).fetch_all(executor).await.map_err(failed::<R>)?;
        rows.into_iter().map(read).collect::<Result<_, _>>().map_err(failed::<R>)
    }

    /// Runs the query that counts what the filter leaves of the whole list, with the conditions of the same `select`.
    ///
    /// # Errors
    ///
    /// When the filter asks for what the table has no column for, or when the query fails.
    pub async fn fetch_total<'c, D, E>(
        &self,
        select: &Select,
        columns: &Columns<R::Resource>,
        executor: E,
    ) -> Result<u64, FetchError>
    where
        D: Driver,
        E: Executor<'c, Database = D>,
    {
        let sql = self.count_query(select, columns, D::DIALECT)?;
        let row = query::<D>(sql).fetch_one(executor).await.map_err(failed::<R>)?;
        Ok(u64::try_from(D::number(&row).map_err(failed::<R>)?).unwrap_or_default())
    }
}
