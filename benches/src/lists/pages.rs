//! The method that lists products of the table, twice: by what is generated, and by hand.
//!
//! By hand it knows one filter and one order, whose query it has as text, so it parses neither; it checks the page size,
//! opens and seals tokens that are bound to the request, and looks for one row more than the page has, as the other does.

use std::time::SystemTime;

use prost::Message;
use sqlx::sqlite::SqlitePool;
use transom::list::{ListRequestExt as _, Pages};
use transom::sql::Columns;

use super::bare::Tokens;
use super::case::{FILTER, ORDER_BY, SINCE};
use super::schema::product::Status;
use super::schema::{ListProductsRequest, ListProductsResponse, Product};
use super::table::{PRODUCTS, product};

/// The page by what is generated.
///
/// # Errors
///
/// The violations of the request, or the error of the database.
pub async fn generated(
    request: &ListProductsRequest,
    pages: &Pages<ListProductsRequest>,
    columns: &Columns<Product>,
    pool: &SqlitePool,
) -> Result<ListProductsResponse, String> {
    let page = request.page(pages).map_err(|violations| violations.to_string())?;
    let rows = page.fetch(&PRODUCTS, columns, pool, |row| product(&row)).await.map_err(|error| error.to_string())?;
    page.respond(rows).map_err(|error| error.to_string())
}

/// The query of the first page.
pub const FIRST: &str = "SELECT name, title, status, create_time, price, description FROM products \
     WHERE (`status` = ? AND `create_time` > ?) \
     ORDER BY `create_time` DESC, `title` COLLATE BINARY, `name` COLLATE BINARY LIMIT ?";

/// The query of every other page.
pub const NEXT: &str = "SELECT name, title, status, create_time, price, description FROM products \
     WHERE (`status` = ? AND `create_time` > ?) \
     AND (`create_time` < ? OR `create_time` IS NULL OR \
     (`create_time` = ? AND (`title` COLLATE BINARY >= ? AND (`title` COLLATE BINARY > ? OR \
     (`name` COLLATE BINARY > ?))))) \
     ORDER BY `create_time` DESC, `title` COLLATE BINARY, `name` COLLATE BINARY LIMIT ?";

/// Content of a token by hand: the last product of the page before, and the token's creation time.
#[derive(Clone, PartialEq, Message)]
struct Last {
    #[prost(int64, tag = "1")]
    create_time: i64,
    #[prost(string, tag = "2")]
    title: String,
    #[prost(string, tag = "3")]
    name: String,
    #[prost(uint64, tag = "4")]
    issued_at: u64,
}

/// For how long a token by hand is valid, in seconds.
const VALIDITY: u64 = 3 * 24 * 60 * 60;

/// The page by hand.
///
/// # Errors
///
/// The violations of the request, or the error of the database.
pub async fn by_hand(
    request: &ListProductsRequest,
    tokens: &Tokens,
    pool: &SqlitePool,
) -> Result<ListProductsResponse, String> {
    let size = match request.page_size {
        ..0 => return Err("`page_size` is negative".into()),
        0 => 50,
        size => size.min(1000),
    };
    if request.filter != FILTER || request.order_by != ORDER_BY {
        return Err("another filter or order".into());
    }
    // A token is good for the request that it continues, whatever the page size.
    let bound = ListProductsRequest { page_token: String::new(), page_size: 0, ..request.clone() }.encode_to_vec();
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let query = if request.page_token.is_empty() {
        sqlx::query(FIRST).bind(Status::Active as i32).bind(SINCE * 1_000_000)
    } else {
        let mut buffer = [0; 4096];
        let payload = tokens.open(&request.page_token, &bound, &mut buffer)?;
        let last = Last::decode(payload).map_err(|error| error.to_string())?;
        if now.saturating_sub(last.issued_at) > VALIDITY {
            return Err("the token has expired".into());
        }
        sqlx::query(NEXT)
            .bind(Status::Active as i32)
            .bind(SINCE * 1_000_000)
            .bind(last.create_time)
            .bind(last.create_time)
            .bind(last.title.clone())
            .bind(last.title)
            .bind(last.name)
    };
    let rows = query.bind(size + 1).fetch_all(pool).await.map_err(|error| error.to_string())?;
    let size = usize::try_from(size).unwrap_or_default();
    let has_next = rows.len() > size;
    let products: Vec<Product> =
        rows.iter().take(size).map(product).collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    let next_page_token = match products.last() {
        Some(Product { name, title, create_time: Some(time), .. }) if has_next => {
            let create_time = time.seconds * 1_000_000 + i64::from(time.nanos / 1_000);
            let last = Last { create_time, title: title.clone(), name: name.clone(), issued_at: now };
            tokens.seal(&last.encode_to_vec(), &bound, &mut Vec::new())?
        }
        _ => String::new(),
    };
    Ok(ListProductsResponse { products, next_page_token })
}
