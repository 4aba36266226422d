//! The server that tonic-build generates, with the fastest handlers that its trait allows: streams of a
//! named type, not boxed.

use std::iter::Map;
use std::ops::Range;

use tokio_stream::Iter;
use tonic::{Request, Response, Status, Streaming, async_trait};

use self::schema::item_service_server::{ItemService, ItemServiceServer};
use self::schema::{GetRequest, Item, ListRequest, PutResponse};

#[allow(missing_docs, unused_qualifications, reason = "written by tonic-build")]
pub mod schema {
    include!(concat!(env!("OUT_DIR"), "/tonic/bench.v1.rs"));
}

/// The service.
#[derive(Debug)]
pub struct Items;

/// The server around it.
pub fn server() -> ItemServiceServer<Items> {
    ItemServiceServer::new(Items)
}

fn item(index: u32) -> Item {
    Item { name: "items/42".into(), title: "An item".into(), version: index.into(), ..Item::default() }
}

#[async_trait]
impl ItemService for Items {
    type ListStream = Iter<Map<Range<u32>, fn(u32) -> Result<Item, Status>>>;
    type ExchangeStream = Streaming<Item>;

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<Item>, Status> {
        let request = request.into_inner();
        if request.name.is_empty() {
            return Err(Status::not_found("no item has an empty name"));
        }
        Ok(Response::new(Item {
            name: request.name,
            title: request.locale,
            version: request.view.into(),
            ..Item::default()
        }))
    }

    async fn list(&self, request: Request<ListRequest>) -> Result<Response<Self::ListStream>, Status> {
        let items: Map<_, fn(u32) -> _> = (0..request.into_inner().count).map(|index| Ok(item(index)));
        Ok(Response::new(tokio_stream::iter(items)))
    }

    async fn put(&self, request: Request<Streaming<Item>>) -> Result<Response<PutResponse>, Status> {
        let mut items = request.into_inner();
        let mut count = 0;
        while items.message().await?.is_some() {
            count += 1;
        }
        Ok(Response::new(PutResponse { count }))
    }

    async fn exchange(&self, request: Request<Streaming<Item>>) -> Result<Response<Self::ExchangeStream>, Status> {
        Ok(Response::new(request.into_inner()))
    }
}
