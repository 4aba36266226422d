//! A table of products in SQLite, in memory, and how its rows are read.

use prost_types::Timestamp;
use sqlx::sqlite::{SqlitePool, SqlitePoolOptions, SqliteRow};
use sqlx::{Executor as _, Row as _};
use tokio::runtime::{Builder, Runtime};
use transom::list::Select;

use super::case::products;
use super::schema::Product;

/// Number of rows of the table.
pub const ROWS: u32 = 10_000;

/// Everything of the table, as [`product`] reads it.
pub static PRODUCTS: Select = Select::from("products").list("name, title, status, create_time, price, description");

/// The table, and what runs queries on it.
pub struct Table {
    /// Drives the connection.
    pub runtime: Runtime,
    /// One connection: the table is its own.
    pub pool: SqlitePool,
}

impl Table {
    /// Makes the table and fills it.
    ///
    /// # Errors
    ///
    /// The error of SQLite.
    pub fn new() -> Result<Self, String> {
        let runtime = Builder::new_current_thread().enable_time().build().map_err(|error| error.to_string())?;
        let pool = runtime.block_on(fill()).map_err(|error| error.to_string())?;
        Ok(Self { runtime, pool })
    }
}

async fn fill() -> Result<SqlitePool, sqlx::Error> {
    let options = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
    let pool = options.connect("sqlite::memory:").await?;
    pool.execute(
        "CREATE TABLE products (name TEXT PRIMARY KEY, title TEXT NOT NULL, status INTEGER NOT NULL,
         create_time INTEGER, price INTEGER NOT NULL, description TEXT NOT NULL);
         CREATE INDEX products_by_time ON products (create_time DESC, title, name)",
    )
    .await?;
    let mut transaction = pool.begin().await?;
    for chunk in products(ROWS).chunks(500) {
        let mut insert = sqlx::QueryBuilder::new("INSERT INTO products ");
        insert.push_values(chunk, |mut row, product| {
            row.push_bind(product.name.clone())
                .push_bind(product.title.clone())
                .push_bind(product.status)
                .push_bind(product.create_time.map(|time| time.seconds * 1_000_000))
                .push_bind(product.price)
                .push_bind(product.description.clone());
        });
        insert.build().execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    pool.execute("ANALYZE").await?;
    Ok(pool)
}

/// The product of a row.
///
/// # Errors
///
/// When a column is not what it should be.
pub fn product(row: &SqliteRow) -> Result<Product, sqlx::Error> {
    let micros: Option<i64> = row.try_get(3)?;
    Ok(Product {
        name: row.try_get(0)?,
        title: row.try_get(1)?,
        status: row.try_get(2)?,
        create_time: micros.map(|micros| Timestamp {
            seconds: micros.div_euclid(1_000_000),
            nanos: 1_000 * micros.rem_euclid(1_000_000) as i32,
        }),
        price: row.try_get(4)?,
        description: row.try_get(5)?,
    })
}
