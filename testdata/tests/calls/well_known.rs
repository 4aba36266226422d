//! Methods over well-known types, which are plain Rust types here.

use tokio_stream::StreamExt;
use transom::{BoxStream, Request, Response, Status, Streaming};
use transom_testdata::well_known_calls::known::known_calls_client::KnownCallsClient;
use transom_testdata::well_known_calls::known::known_calls_server::{KnownCalls, KnownCallsServer};

struct Echo;

impl KnownCalls for Echo {
    async fn empty(&self, _: Request<()>) -> Result<Response<()>, Status> {
        Ok(Response::new(()))
    }

    async fn empty_stream(&self, request: Request<Streaming<()>>) -> Result<Response<BoxStream<()>>, Status> {
        Ok(Response::new(Box::pin(request.into_inner())))
    }

    async fn string(&self, request: Request<String>) -> Result<Response<String>, Status> {
        Ok(Response::new(request.into_inner().to_uppercase()))
    }

    async fn join(&self, request: Request<Streaming<String>>) -> Result<Response<String>, Status> {
        let words: Result<Vec<_>, _> = request.into_inner().collect().await;
        Ok(Response::new(words?.join(" ")))
    }

    async fn int64(&self, request: Request<i64>) -> Result<Response<i64>, Status> {
        Ok(Response::new(request.into_inner() + 1))
    }

    async fn r#struct(&self, request: Request<prost_types::Struct>) -> Result<Response<prost_types::Value>, Status> {
        let kind = prost_types::value::Kind::StructValue(request.into_inner());
        Ok(Response::new(prost_types::Value { kind: Some(kind) }))
    }
}

#[tokio::test]
async fn well_known_types_are_requests_and_responses() {
    let mut client = KnownCallsClient::new(KnownCallsServer::new(Echo));
    client.empty(()).await.unwrap();
    assert_eq!(client.string("word".to_owned()).await.unwrap().into_inner(), "WORD");
    assert_eq!(client.int64(-1).await.unwrap().into_inner(), 0);
    let words = tokio_stream::iter(["a", "", "b"].map(str::to_owned));
    assert_eq!(client.join(words).await.unwrap().into_inner(), "a  b");
    let empties = client.empty_stream(tokio_stream::iter([(), ()])).await.unwrap().into_inner();
    assert_eq!(empties.collect::<Vec<_>>().await.len(), 2);
    let value = client.r#struct(prost_types::Struct::default()).await.unwrap().into_inner();
    assert!(matches!(value.kind, Some(prost_types::value::Kind::StructValue(_))));
}
