//! Execution of pages through sqlx.
//!
//! ```text
//! let page = request.page(&pages)?;
//! let shelf = Select::from("books").filtered(|condition| condition.push("shelf = ").value(&request.parent));
//! let books = page.fetch(&shelf, &columns, &pool, |row| Ok(Book { … })).await?;
//! let total = page.fetch_total(&shelf, &columns, &pool).await?;
//! Ok(Response::new(page.respond_with_total(books, total)?))
//! ```
//!
//! The features `sqlx-sqlite`, `sqlx-postgres` and `sqlx-mysql` enable the drivers. Choose the async runtime and the TLS
//! library of sqlx in your own dependency on it.

pub use super::fetch_error::FetchError;

use sqlx::query::Query;
use sqlx::{AssertSqlSafe, Database, Executor, IntoArguments, Row as _};

use super::select::Select;
use crate::list::request::ListRequest;
use crate::list::server::{Page, subject};
use crate::sql::{Columns, Dialect, Sql, SqlValue};

/// Database of sqlx that pages can be fetched from.
pub trait Driver: Database<Arguments: IntoArguments<Self>> {
    /// The SQL dialect.
    const DIALECT: Dialect;

    /// Binds a value to the next placeholder of a query.
    fn bind(query: Query<'_, Self, Self::Arguments>, value: SqlValue) -> Query<'_, Self, Self::Arguments>;

    /// Returns the integer in the first column of a row.
    ///
    /// # Errors
    ///
    /// When the column is not an integer.
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

/// Returns the query of sqlx for SQL, with its values bound.
pub fn query<'q, D: Driver>(sql: Sql) -> Query<'q, D, D::Arguments> {
    // The text is from the program and from this crate. It contains no text of a request.
    let query = sqlx::query::<D>(AssertSqlSafe(sql.text));
    sql.binds.into_iter().fold(query, D::bind)
}

fn database_error<R: ListRequest>(error: sqlx::Error) -> FetchError {
    FetchError::Database(error, subject::<R>())
}

impl<R: ListRequest> Page<'_, R> {
    /// Runs the query of the page and returns at most [`limit`](Self::limit) rows. Pass them to [`finish`](Self::finish)
    /// or [`respond`](Self::respond).
    ///
    /// The next page starts after the values of the last row, so `read` must return **exactly the values that the database
    /// compares**. Change items for the client, and apply read masks, after `finish`. For rows that are not messages, use
    /// [`finish_by`](Self::finish_by).
    ///
    /// # Errors
    ///
    /// When the query cannot be written ([`QueryError`](crate::sql::QueryError)), the database fails, or `read` fails.
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
        let rows = query::<D>(sql).fetch_all(executor).await.map_err(database_error::<R>)?;
        rows.into_iter().map(read).collect::<Result<_, _>>().map_err(database_error::<R>)
    }

    /// Runs the query for the number of rows of the whole list that match the filter. Pass the `select` of the page.
    ///
    /// # Errors
    ///
    /// When the query cannot be written ([`QueryError`](crate::sql::QueryError)), or the database fails.
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
        let row = query::<D>(sql).fetch_one(executor).await.map_err(database_error::<R>)?;
        Ok(u64::try_from(D::number(&row).map_err(database_error::<R>)?).unwrap_or_default())
    }
}
