//! Calls that fail, and servers that never end.

use std::future::ready;
use std::pin::pin;

use tokio_stream::StreamExt as _;
use transom::list::{Pager, PagerError};

use crate::list::{ListNumbersRequest, ListNumbersResponse, Script, request};

#[tokio::test]
async fn after_an_error_the_same_page_is_asked_for_again() {
    let script = Script::new(&[("", &[1], "a"), ("a", &[2], "")]).failing(&[0, 2, 3]);
    let mut pager = Pager::new(request(), async |request: ListNumbersRequest| script.call(&request));
    let mut seen = Vec::new();
    while let Some(page) = pager.next_page().await {
        seen.push(page.map(|page| page.numbers));
    }
    let failed = |number| Err(PagerError::Call(format!("call {number} failed")));
    assert_eq!(seen, [failed(0), Ok(vec![1]), failed(2), failed(3), Ok(vec![2])]);
    assert_eq!(script.asked(), ["", "", "a", "a", "a"]);
}

#[tokio::test]
async fn a_skip_counts_once() {
    let script = Script::new(&[("", &[1], "a"), ("a", &[2], "b"), ("b", &[3], "")]).failing(&[0]);
    let skipping = ListNumbersRequest { skip: Some(5), ..request() };
    let mut pager = Pager::new(skipping.clone(), async |request: ListNumbersRequest| script.call(&request));
    while pager.next_page().await.is_some() {}
    assert_eq!(script.skipped(), [Some(5), Some(5), None, None]);
    let mut pager = Pager::new(skipping, async |request: ListNumbersRequest| script.call(&request)).resume("b");
    while pager.next_page().await.is_some() {}
    assert_eq!(script.skipped()[4..], [None]);
}

#[tokio::test]
async fn a_stream_ends_after_an_error_and_another_goes_on() {
    for prefetches in [false, true] {
        let script = Script::new(&[("", &[1, 2], "a"), ("a", &[3], "")]).failing(&[1, 2]);
        let mut pager = Pager::new(request(), |request: ListNumbersRequest| ready(script.call(&request)));
        let mut seen = Vec::new();
        for _ in 0..3 {
            let items = pager.items().limit(9);
            let mut items = pin!(if prefetches { items.prefetch() } else { items });
            while let Some(item) = items.next().await {
                if item.is_err() {
                    assert_eq!(items.resume_token(), Some("a"), "the token is not lost");
                    assert_eq!(tokio_stream::Stream::size_hint(&items), (0, Some(0)));
                }
                seen.push(item.ok());
            }
            assert!(items.next().await.is_none(), "the end stays the end");
        }
        assert_eq!(seen, [Some(1), Some(2), None, None, Some(3)], "prefetch {prefetches}");
        assert_eq!(pager.resume_token(), None);
    }
}

#[tokio::test]
async fn who_skips_errors_does_not_ask_for_ever() {
    let calls = std::cell::Cell::new(0);
    let dead = |_: ListNumbersRequest| {
        calls.set(calls.get() + 1);
        assert!(calls.get() < 10, "it goes on for ever");
        ready(Err::<ListNumbersResponse, _>("dead"))
    };
    let mut pager = Pager::new(request(), dead);
    assert!(pager.items().prefetch().filter_map(Result::ok).collect::<Vec<_>>().await.is_empty());
    assert!(pager.pages().prefetch().filter_map(Result::ok).collect::<Vec<_>>().await.is_empty());
    assert_eq!(calls.get(), 2);
    assert_eq!(pager.resume_token(), Some(""));
}

#[tokio::test]
async fn the_pager_goes_on_where_a_stream_of_it_stopped() {
    let script = Script::new(&[("", &[1], "a"), ("a", &[2], "b"), ("b", &[3], "")]);
    let mut pager = Pager::new(request(), |request: ListNumbersRequest| ready(script.call(&request)));
    assert_eq!(pager.pages().prefetch().next().await.unwrap().unwrap().numbers, [1]);
    assert_eq!(pager.next_page().await.unwrap().unwrap().numbers, [2]);
    assert_eq!(pin!(pager.items()).next().await, Some(Ok(3)));
}

#[tokio::test]
async fn a_pager_that_is_over_can_be_resumed() {
    let script = Script::new(&[("", &[1], "a"), ("a", &[2], "")]);
    let mut pager = Pager::new(request(), async |request: ListNumbersRequest| script.call(&request)).max_pages(1);
    assert!(pager.next_page().await.unwrap().is_ok());
    assert_eq!(pager.next_page().await.unwrap(), Err(PagerError::TooManyPages));
    assert!(pager.next_page().await.is_none());
    assert_eq!(pager.resume_token(), Some("a"), "the place is not lost");
    let mut pager = pager.max_pages(9);
    assert_eq!(pager.next_page().await.unwrap().unwrap().numbers, [2]);
    assert!(pager.next_page().await.is_none());
    let mut pager = pager.resume("a");
    assert_eq!(pager.next_page().await.unwrap().unwrap().numbers, [2]);
    // After a failure.
    let script = Script::new(&[("", &[1], "a"), ("a", &[2], "a")]);
    let mut pager = Pager::new(request(), async |request: ListNumbersRequest| script.call(&request));
    while let Some(Ok(_)) = pager.next_page().await {}
    let mut pager = pager.resume("");
    assert_eq!(pager.next_page().await.unwrap().unwrap().numbers, [1]);
}

#[tokio::test]
async fn who_gives_up_after_an_error_causes_no_call() {
    let script = Script::new(&[("", &[1], "a"), ("a", &[2], "")]).failing(&[1]);
    let call = |request: ListNumbersRequest| ready(script.call(&request));
    let mut pages = pin!(Pager::new(request(), call).into_pages().prefetch());
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().is_err());
    assert_eq!(script.asked().len(), 2);
}

#[tokio::test]
async fn a_dropped_call_is_made_again() {
    let script = Script::new(&[("", &[1], "a"), ("a", &[2], "")]);
    let hang = std::cell::Cell::new(true);
    let mut pager = Pager::new(request(), async |request: ListNumbersRequest| {
        if hang.replace(false) {
            std::future::pending::<()>().await;
        }
        script.call(&request)
    });
    let first = tokio::time::timeout(std::time::Duration::from_millis(1), pager.next_page()).await;
    assert!(first.is_err());
    assert_eq!(pager.next_page().await.unwrap().unwrap().numbers, [1]);
    assert_eq!(pager.next_page().await.unwrap().unwrap().numbers, [2]);
    assert!(pager.next_page().await.is_none());
}

#[tokio::test]
async fn a_token_that_comes_again_is_an_error() {
    let circles: [&[(&str, &[i32], &str)]; 5] = [
        &[("", &[1], "a"), ("a", &[2], "a")],
        &[("", &[1], "a"), ("a", &[2], "b"), ("b", &[3], "a")],
        &[("", &[1], "a"), ("a", &[2], "b"), ("b", &[3], "c"), ("c", &[4], "b")],
        &[("", &[1], "a"), ("a", &[2], "b"), ("b", &[3], "c"), ("c", &[4], "d"), ("d", &[5], "e"), ("e", &[6], "c")],
        &[("", &[], "a"), ("a", &[], "a")],
    ];
    for circle in circles {
        let script = Script::new(circle);
        let call = |request: ListNumbersRequest| ready(script.call(&request));
        let mut pages = pin!(Pager::new(request(), call).into_pages());
        let mut errors = 0;
        while let Some(page) = pages.next().await {
            match page {
                Ok(_) => assert!(script.asked().len() < 20, "it goes on for ever"),
                Err(error) => {
                    assert_eq!(error, PagerError::RepeatedToken);
                    errors += 1;
                }
            }
        }
        assert_eq!(errors, 1);
        assert_eq!(script.asked().len(), circle.len(), "every page is asked for once");
    }
    // The page that came with it is good.
    let script = Script::new(circles[0]);
    let mut pager = Pager::new(request(), async |request: ListNumbersRequest| script.call(&request));
    assert_eq!(pager.next_page().await.unwrap().unwrap().numbers, [1]);
    assert_eq!(pager.next_page().await.unwrap().unwrap().numbers, [2]);
    assert_eq!(pager.next_page().await.unwrap(), Err(PagerError::RepeatedToken));
    assert!(pager.next_page().await.is_none());
    // Cycles of any length are found when the first token comes again.
    for length in [3, 50, 1000] {
        let mut asked = 0;
        let mut pager = Pager::new(request(), async |_: ListNumbersRequest| {
            asked += 1;
            let next_page_token = format!("token {}", asked % length);
            Ok::<_, ()>(ListNumbersResponse { next_page_token, ..ListNumbersResponse::default() })
        });
        while let Some(Ok(_)) = pager.next_page().await {}
        drop(pager);
        assert_eq!(asked, length + 1);
    }
    // The token that the list was resumed with counts too.
    let script = Script::new(&[("a", &[1], "b"), ("b", &[2], "a")]);
    let call = async |request: ListNumbersRequest| script.call(&request);
    let mut pager = Pager::new(request(), call).resume("a");
    let mut pages = 0;
    while let Some(Ok(_)) = pager.next_page().await {
        pages += 1;
    }
    assert_eq!(pages, 2);
}

#[test]
fn errors_are_statuses() {
    use tonic::{Code, Status};
    for (error, code) in [
        (PagerError::Call(Status::not_found("x")), Code::NotFound),
        (PagerError::RepeatedToken, Code::Internal),
        (PagerError::TooManyPages, Code::OutOfRange),
    ] {
        assert_eq!(Status::from(error).code(), code);
    }
}
