//! Pages and items, one by one and as streams.

use std::cell::Cell;
use std::future::ready;
use std::pin::pin;

use tokio_stream::StreamExt as _;
use transom::list::{Pager, PagerError};

use crate::list::{ListNumbersRequest, Script, request};

const THREE: &[(&str, &[i32], &str)] = &[("", &[1, 2], "a"), ("a", &[], "b"), ("b", &[3], "c"), ("c", &[4, 5], "")];

#[tokio::test]
async fn pages_come_until_the_token_is_empty_whatever_they_hold() {
    let script = Script::new(THREE);
    let mut pager = Pager::new(request(), async |request: ListNumbersRequest| script.call(&request));
    let mut seen = Vec::new();
    while let Some(page) = pager.next_page().await {
        let page = page.unwrap();
        assert_eq!(page.total_size, 100, "the page has all that the server said");
        seen.push(page.numbers);
    }
    assert_eq!(seen, [vec![1, 2], vec![], vec![3], vec![4, 5]]);
    assert_eq!(script.asked(), ["", "a", "b", "c"]);
    assert!(pager.next_page().await.is_none(), "the end stays the end");
    assert_eq!(script.asked().len(), 4);
}

#[tokio::test]
async fn a_page_is_asked_for_when_it_is_wanted() {
    let script = Script::new(THREE);
    let call = |request: ListNumbersRequest| ready(script.call(&request));
    let mut pages = pin!(Pager::new(request(), call).into_pages());
    assert_eq!(script.asked().len(), 0);
    pages.next().await.unwrap().unwrap();
    assert_eq!(script.asked(), [""]);
    pages.next().await.unwrap().unwrap();
    assert_eq!(script.asked(), ["", "a"]);
}

#[tokio::test]
async fn items_of_all_pages() {
    let script = Script::new(THREE);
    let call = |request: ListNumbersRequest| ready(script.call(&request));
    let items: Vec<_> = Pager::new(request(), call).into_items().collect::<Result<Vec<_>, _>>().await.unwrap();
    assert_eq!(items, [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn a_limit_ends_the_items_and_the_calls() {
    for (limit, calls) in [(0, 0), (1, 1), (2, 1), (3, 3), (4, 4), (5, 4), (100, 4)] {
        for prefetches in [false, true] {
            let script = Script::new(THREE);
            let call = |request: ListNumbersRequest| ready(script.call(&request));
            let items = Pager::new(request(), call).into_items().limit(limit);
            let items = if prefetches { items.prefetch() } else { items };
            let items: Vec<_> = items.collect::<Result<Vec<_>, _>>().await.unwrap();
            let expected: Vec<_> = (1..=5).take(limit as usize).collect();
            assert_eq!(items, expected);
            assert_eq!(script.asked().len(), calls, "limit {limit}, prefetch {prefetches}");
        }
    }
}

#[tokio::test]
async fn prefetch_asks_for_one_page_ahead() {
    let script = Script::new(THREE);
    let call = |request: ListNumbersRequest| ready(script.call(&request));
    let mut pages = pin!(Pager::new(request(), call).into_pages().prefetch());
    assert_eq!(script.asked().len(), 0);
    for (page, calls) in [(vec![1, 2], 2), (vec![], 3), (vec![3], 4), (vec![4, 5], 4)] {
        assert_eq!(pages.next().await.unwrap().unwrap().numbers, page);
        assert_eq!(script.asked().len(), calls);
    }
    assert!(pages.next().await.is_none());

    let script = Script::new(THREE);
    let call = |request: ListNumbersRequest| ready(script.call(&request));
    let mut items = pin!(Pager::new(request(), call).into_items().prefetch());
    for (item, calls) in [(1, 2), (2, 2), (3, 4), (4, 4), (5, 4)] {
        assert_eq!(items.next().await.unwrap().unwrap(), item);
        assert_eq!(script.asked().len(), calls, "item {item}");
    }
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn a_call_that_is_prefetched_runs_while_items_are_taken() {
    // Each call needs to be polled three times.
    let polls = Cell::new(0);
    let script = Script::new(&[("", &[1, 2, 3, 4], "a"), ("a", &[5], "")]);
    let call = |request: ListNumbersRequest| {
        let (script, polls) = (script.clone(), &polls);
        async move {
            for _ in 0..2 {
                tokio::task::yield_now().await;
                polls.set(polls.get() + 1);
            }
            script.call(&request)
        }
    };
    let mut items = pin!(Pager::new(request(), call).into_items().prefetch());
    for expected in 1..=4 {
        assert_eq!(items.next().await.unwrap().unwrap(), expected);
    }
    assert_eq!((polls.get(), script.asked().len()), (4, 2), "the second page is there before it is wanted");
    assert_eq!(items.next().await.unwrap().unwrap(), 5);
}

#[tokio::test]
async fn a_pager_resumes_where_another_stopped() {
    let script = Script::new(THREE);
    let mut first = Pager::new(request(), async |request: ListNumbersRequest| script.call(&request));
    assert_eq!(first.resume_token(), Some(""));
    first.next_page().await.unwrap().unwrap();
    first.next_page().await.unwrap().unwrap();
    let token = first.resume_token().unwrap().to_owned();
    assert_eq!(token, "b");

    let call = |request: ListNumbersRequest| ready(script.call(&request));
    let mut rest = pin!(Pager::new(request(), call).resume(token).into_items());
    let mut seen = Vec::new();
    while let Some(item) = rest.next().await {
        seen.push(item.unwrap());
    }
    assert_eq!(seen, [3, 4, 5]);
    assert_eq!(rest.resume_token(), None);
    // A token in the request is the same.
    let script = Script::new(THREE);
    let request = ListNumbersRequest { page_token: "c".to_owned(), ..request() };
    let mut last = Pager::new(request, async |request: ListNumbersRequest| script.call(&request));
    assert_eq!(last.next_page().await.unwrap().unwrap().numbers, [4, 5]);
    assert!(last.next_page().await.is_none());
}

#[tokio::test]
async fn items_resume_without_a_loss() {
    let script = Script::new(THREE);
    let call = |request: ListNumbersRequest| ready(script.call(&request));
    let mut items = pin!(Pager::new(request(), call).into_items());
    assert_eq!((items.resume_token(), items.delivered()), (Some(""), 0));
    for (item, token, delivered) in
        [(1, Some(""), 1), (2, Some("a"), 0), (3, Some("c"), 0), (4, Some("c"), 1), (5, None, 0)]
    {
        assert_eq!(items.next().await.unwrap().unwrap(), item);
        assert_eq!((items.resume_token(), items.delivered()), (token, delivered), "after {item}");
    }
    assert!(items.next().await.is_none());
    assert_eq!(items.last_page().unwrap().total_size, 100);
}

#[tokio::test]
async fn the_last_page_can_be_asked() {
    let script = Script::new(THREE);
    let call = |request: ListNumbersRequest| ready(script.call(&request));
    let mut items = pin!(Pager::new(request(), call).into_items());
    assert!(items.last_page().is_none());
    items.next().await.unwrap().unwrap();
    let page = items.last_page().unwrap();
    assert_eq!((page.total_size, page.next_page_token.as_str(), page.numbers.len()), (100, "a", 0));
}

#[tokio::test]
async fn more_pages_than_allowed_are_an_error() {
    let script = Script::new(THREE);
    let call = async |request: ListNumbersRequest| script.call(&request);
    let mut pager = Pager::new(request(), call).max_pages(2);
    assert!(pager.next_page().await.unwrap().is_ok());
    assert!(pager.next_page().await.unwrap().is_ok());
    assert_eq!(pager.next_page().await.unwrap(), Err(PagerError::TooManyPages));
    assert!(pager.next_page().await.is_none());
    assert_eq!(script.asked().len(), 2);
    let call = async |request: ListNumbersRequest| script.call(&request);
    let mut exact = Pager::new(ListNumbersRequest { page_token: "b".to_owned(), ..request() }, call).max_pages(2);
    assert!(exact.next_page().await.unwrap().is_ok());
    assert!(exact.next_page().await.unwrap().is_ok());
    assert!(exact.next_page().await.is_none(), "as many as allowed are no error");
}
