//! A pager and the pages of the server side together, and the types that calls return.

use std::pin::pin;

use tokio_stream::StreamExt as _;
use tonic::{Response, Status};
use transom::list::Pager;
use transom::list::{Key, KeyRing, ListRequestExt as _, OwnOrder, Pages};

use crate::list::{ListNumbersRequest, ListNumbersResponse, request};

/// A client as tonic makes them: its methods need it exclusively, and answer with a response.
#[derive(Clone)]
struct Client {
    pages: std::sync::Arc<Pages<ListNumbersRequest, OwnOrder>>,
}

impl Client {
    fn new() -> Self {
        let ring = KeyRing::new(Key::new([3; 32]));
        Self { pages: std::sync::Arc::new(Pages::offset_in_own_order(ring)) }
    }

    async fn list_numbers(&mut self, request: ListNumbersRequest) -> Result<Response<ListNumbersResponse>, Status> {
        tokio::task::yield_now().await;
        let numbers: Vec<_> = (0..30).collect();
        Ok(Response::new(request.page(&self.pages)?.paginate(&numbers)?))
    }
}

fn assert_send<T: Send>(value: T) -> T {
    value
}

#[tokio::test]
async fn a_client_is_borrowed_call_by_call() {
    let mut client = Client::new();
    let mut pager = Pager::new(request(), async |request| client.list_numbers(request).await);
    let mut seen = Vec::new();
    while let Some(page) = pager.next_page().await {
        seen.extend(page.unwrap().numbers);
    }
    assert_eq!(seen, (0..30).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_stream_can_go_to_another_task() {
    let client = Client::new();
    let items = Pager::new(request(), move |request| {
        let mut client = client.clone();
        async move { client.list_numbers(request).await }
    })
    .into_items()
    .prefetch();
    let items = assert_send(items);
    let seen = tokio::spawn(async move {
        let items = pin!(items);
        items.collect::<Result<Vec<_>, _>>().await
    });
    let seen = seen.await.unwrap().map_err(Status::from).unwrap();
    assert_eq!(seen, (0..30).collect::<Vec<_>>());
}
