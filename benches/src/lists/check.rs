//! Whether both sides do the same, asked before anything is measured.

use transom::filter::Filter;
use transom::list::{Cursor, ListRequestExt as _, with_fingerprint};
use transom::order::OrderBy;
use transom::sql::{Columns, Dialect};

use super::bare::{Tokens, associated};
use super::case::{FILTER, ORDER_BY, SECRET, pages, plain_request, product, products, request};
use super::schema::{ListProductsRequest, Product};
use super::server::Server;
use super::table::{PRODUCTS, ROWS};
use super::{by_hand, pages as methods};

/// Runs all checks below. aip-go is checked by its own program.
///
/// # Errors
///
/// A sentence about the first difference.
pub fn all() -> Result<(), String> {
    tokens()?;
    filters()?;
    tables()
}

/// Tokens are the same bytes on both sides, but for their nonces: each side opens the other's.
///
/// # Errors
///
/// The side that does not.
pub fn tokens() -> Result<(), String> {
    let order = OrderBy::<Product>::parse(ORDER_BY).map_err(text)?;
    let pages = pages().default_order(order.clone());
    let first = ListProductsRequest { page_size: 1, ..plain_request() };
    let page = first.page(&pages).map_err(text)?;
    let token = page.finish(vec![product(1), product(2)]).map_err(text)?.next_page_token;
    let bare = Tokens::new(&SECRET);
    let bound = associated(bare.key_id);
    if !with_fingerprint(&first, |bytes| bound.ends_with(bytes)) {
        return Err("what is measured as the fingerprint is not what tokens are bound to".into());
    }
    let mut buffer = [0; 4096];
    let payload = bare.open(&token, &bound, &mut buffer)?;
    let again = bare.seal(payload, &bound, &mut Vec::new())?;
    if again == token || again.len() != token.len() {
        return Err("a second token is not another one of the same length".into());
    }
    if bare.open(&again, b"another request", &mut [0; 4096]).is_ok() {
        return Err("a bare token opens for another request".into());
    }
    let next = ListProductsRequest { page_token: again, ..first };
    match next.page(&pages).map_err(text)?.cursor() {
        Some(Cursor::Keyset(values)) if *values == order.values(&product(1)) => Ok(()),
        other => Err(format!("a bare token opens as {other:?}")),
    }
}

/// The filter lists what the comparison by hand does.
///
/// # Errors
///
/// A product for which it does not.
pub fn filters() -> Result<(), String> {
    let filter = Filter::<Product>::parse(FILTER).map_err(text)?;
    match products(1_000).iter().find(|product| filter.matches(product) != by_hand::matches(product)) {
        Some(product) => Err(format!("filter and comparison differ about {product:?}")),
        None => Ok(()),
    }
}

/// The pages joined are the same on both sides, by the same queries, and are what the filter and the order say.
///
/// # Errors
///
/// The difference.
pub fn tables() -> Result<(), String> {
    let server = Server::new()?;
    let (pages, mut request, mut request_by_hand) = (pages(), request(), request());
    let mut seen = Vec::new();
    loop {
        let page = request.page(&pages).map_err(text)?;
        let query = page.query(&PRODUCTS, &Columns::new(), Dialect::Sqlite).map_err(text)?.text;
        if query != if seen.is_empty() { methods::FIRST } else { methods::NEXT } {
            return Err(format!("the query by hand is not `{query}`"));
        }
        let (generated, by_hand) = (server.generated(&request)?, server.by_hand(&request_by_hand)?);
        if generated.products != by_hand.products {
            return Err(format!("the pages after {} products differ", seen.len()));
        }
        if generated.next_page_token.is_empty() != by_hand.next_page_token.is_empty() {
            return Err(format!("after {} products only one side goes on", seen.len()));
        }
        seen.extend(generated.products);
        if generated.next_page_token.is_empty() {
            break;
        }
        request.page_token = generated.next_page_token;
        request_by_hand.page_token = by_hand.next_page_token;
    }
    let mut expected: Vec<_> = products(ROWS).into_iter().filter(by_hand::matches).collect();
    let order = OrderBy::<Product>::parse(ORDER_BY).map_err(text)?;
    expected.sort_by(|left, right| order.compare(left, right));
    if seen != expected {
        return Err(format!(
            "{} products were listed, and {} match, or their order is another",
            seen.len(),
            expected.len()
        ));
    }
    Ok(())
}

fn text(error: impl ToString) -> String {
    error.to_string()
}
