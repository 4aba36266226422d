//! All contestants of this program; those of Go are in theirs.

use std::cell::LazyCell;
use std::hint::black_box;
use std::mem::take;
use std::rc::Rc;

use prost::Message as _;
use transom::filter::Filter;
use transom::list::{ListRequestExt as _, Pages, with_fingerprint};
use transom::order::OrderBy;

use super::bare::{Tokens, associated};
use super::by_hand;
use super::case::{FILTER, ORDER_BY, SECRET, pages, plain_request, product, products};
use super::schema::{ListProductsRequest, Product};
use super::server::Server;
use crate::measure::contestant::Contestant;

/// All of them, in the order of the report.
///
/// # Errors
///
/// A sentence, when one of them fails.
pub fn all() -> Result<Vec<Contestant>, String> {
    let mut all = Vec::new();
    tokens(&mut all)?;
    fingerprints(&mut all);
    filters(&mut all)?;
    orders(&mut all);
    tables(&mut all);
    Ok(all)
}

/// The settings of a server that sorts by [`ORDER_BY`] where a request says nothing.
fn sorted() -> Result<&'static Pages<ListProductsRequest>, String> {
    let order = OrderBy::parse(ORDER_BY).map_err(|violations| violations.to_string())?;
    // Contestants live as long as the program, and so does what their pages borrow.
    Ok(Box::leak(Box::new(pages().default_order(order))))
}

fn tokens(all: &mut Vec<Contestant>) -> Result<(), String> {
    let pages = sorted()?;
    let first = ListProductsRequest { page_size: 1, ..plain_request() };
    let page = first.page(pages).map_err(|violations| violations.to_string())?;
    let [last, beyond]: &'static [Product; 2] = Box::leak(Box::new([product(1), product(2)]));
    let token = page.finish(vec![last, beyond]).map_err(|error| error.to_string())?.next_page_token;
    let mut rows = vec![last];
    all.push(Contestant::repeat("transom/token/seal", move || {
        rows.push(beyond);
        if let Ok(finished) = page.finish(black_box(take(&mut rows))) {
            rows = finished.items;
            black_box(finished.next_page_token);
        }
    }));

    let bare = Rc::new(Tokens::new(&SECRET));
    let bound = associated(bare.key_id);
    let mut buffer = vec![0; 4096];
    let payload = bare.open(&token, &bound, &mut buffer)?.to_vec();
    let (sealing, sealed_to) = (Rc::clone(&bare), bound.clone());
    all.push(Contestant::repeat("bare/token/seal", move || {
        let token = sealing.seal(black_box(&payload), black_box(&sealed_to), &mut buffer);
        drop(black_box(token));
    }));

    let next = ListProductsRequest { page_token: token.clone(), ..first };
    all.push(Contestant::repeat("transom/token/open", move || {
        black_box(black_box(&next).page(pages).is_ok());
    }));
    let mut buffer = vec![0; 4096];
    all.push(Contestant::repeat("bare/token/open", move || {
        black_box(bare.open(black_box(&token), black_box(&bound), &mut buffer).is_ok());
    }));
    Ok(())
}

fn fingerprints(all: &mut Vec<Contestant>) {
    let given = plain_request();
    all.push(Contestant::repeat("transom/fingerprint", move || {
        with_fingerprint(black_box(&given), |bytes| {
            black_box(bytes);
        });
    }));
    let (pages, given) = (pages(), plain_request());
    all.push(Contestant::repeat("transom/first-page", move || {
        drop(black_box(black_box(&given).page(black_box(&pages))));
    }));
    let given = plain_request();
    all.push(Contestant::repeat("prost/encode", move || drop(black_box(black_box(&given).encode_to_vec()))));
    let (given, mut bytes) = (plain_request(), Vec::with_capacity(4096));
    all.push(Contestant::repeat("prost/encode/again", move || {
        bytes.clear();
        black_box(black_box(&given).encode(&mut bytes).is_ok());
        black_box(&bytes);
    }));
}

fn filters(all: &mut Vec<Contestant>) -> Result<(), String> {
    all.push(Contestant::repeat("transom/filter/parse", || {
        drop(black_box(Filter::<Product>::parse(black_box(FILTER))));
    }));
    let filter = Filter::<Product>::parse(FILTER).map_err(|violations| violations.to_string())?;
    all.push(Contestant::look("transom/filter/matches", products(64), move |product| filter.matches(product)));
    all.push(Contestant::look("by-hand/filter/matches", products(64), by_hand::matches));
    Ok(())
}

fn orders(all: &mut Vec<Contestant>) {
    all.push(Contestant::repeat("transom/order/parse", || {
        drop(black_box(OrderBy::<Product>::parse(black_box(ORDER_BY))));
    }));
}

/// Number of calls for a page under valgrind, where each takes a hundredth of a second.
const PAGES_COUNTED: u32 = 64;

/// The table is made when the first page is asked for: under valgrind it would drown what the others cost.
fn tables(all: &mut Vec<Contestant>) {
    let server = Rc::new(LazyCell::new(Server::new));
    for (name, which) in [("first", 0), ("next", 1)] {
        let own = Rc::clone(&server);
        let generated = Contestant::repeat(&format!("transom/page/{name}"), move || {
            if let Ok(server) = &**own {
                drop(black_box(server.generated(black_box(&server.requests[which]))));
            }
        });
        let own = Rc::clone(&server);
        let by_hand = Contestant::repeat(&format!("by-hand/page/{name}"), move || {
            if let Ok(server) = &**own {
                drop(black_box(server.by_hand(black_box(&server.requests_by_hand[which]))));
            }
        });
        all.extend([generated, by_hand].map(|contestant| contestant.counted(PAGES_COUNTED)));
    }
}
