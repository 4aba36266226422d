//! The server that Transom generates, with the same handlers.

use transom::{BoxStream, Request, Response, Status, Streaming};

use self::schema::item_service_server::{ItemService, ItemServiceServer};
use self::schema::{GetRequest, Item, ListRequest, PutResponse};

#[allow(missing_docs, reason = "the proto has no comments to carry over")]
pub mod schema {
    include!(concat!(env!("OUT_DIR"), "/transom/bench.v1.rs"));
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

impl ItemService for Items {
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

    async fn list(&self, request: Request<ListRequest>) -> Result<Response<BoxStream<Item>>, Status> {
        let items = (0..request.into_inner().count).map(|index| Ok(item(index)));
        Ok(Response::new(Box::pin(tokio_stream::iter(items))))
    }

    async fn put(&self, request: Request<Streaming<Item>>) -> Result<Response<PutResponse>, Status> {
        let mut items = request.into_inner();
        let mut count = 0;
        while items.message().await?.is_some() {
            count += 1;
        }
        Ok(Response::new(PutResponse { count }))
    }

    async fn exchange(&self, request: Request<Streaming<Item>>) -> Result<Response<BoxStream<Item>>, Status> {
        Ok(Response::new(Box::pin(request.into_inner())))
    }
}
