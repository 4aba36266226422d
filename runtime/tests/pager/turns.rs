//! A server that is always ready: other tasks and timers get their turn.

use std::cell::Cell;
use std::future::ready;
use std::pin::pin;
use std::time::Duration;

use tokio::time::timeout;
use tokio_stream::StreamExt as _;
use transom::list::Pager;

use crate::list::{ListNumbersRequest, ListNumbersResponse, request};

const SHORT: Duration = Duration::from_millis(50);

/// The pages of a list without end, each with its own token.
fn endless(numbers: usize) -> impl Fn() -> Result<ListNumbersResponse, String> {
    let tokens = Cell::new(0u64);
    move || {
        tokens.set(tokens.get() + 1);
        let next_page_token = tokens.get().to_string();
        Ok(ListNumbersResponse { numbers: vec![1; numbers], next_page_token, total_size: 0 })
    }
}

#[tokio::test]
async fn timeout_fires_around_next_page() {
    let page = endless(1);
    let mut pager = Pager::new(request(), async |_: ListNumbersRequest| page());
    let read = async { while pager.next_page().await.is_some() {} };
    assert!(timeout(SHORT, read).await.is_err());
}

#[tokio::test]
async fn timeout_fires_around_a_stream_of_pages() {
    for prefetches in [false, true] {
        let page = endless(1);
        let pages = Pager::new(request(), |_: ListNumbersRequest| ready(page())).into_pages();
        let mut pages = pin!(if prefetches { pages.prefetch() } else { pages });
        let read = async { while pages.next().await.is_some() {} };
        assert!(timeout(SHORT, read).await.is_err(), "prefetch {prefetches}");
    }
}

#[tokio::test]
async fn timeout_fires_around_a_stream_of_items() {
    for numbers in [0, 1, 100] {
        for prefetches in [false, true] {
            let page = endless(numbers);
            let items = Pager::new(request(), |_: ListNumbersRequest| ready(page())).into_items();
            let mut items = pin!(if prefetches { items.prefetch() } else { items });
            let read = async { while items.next().await.is_some() {} };
            assert!(timeout(SHORT, read).await.is_err(), "{numbers} items, prefetch {prefetches}");
        }
    }
}
