//! The whole way: tonic's server and channel, over TCP.

use std::time::Duration;

use tokio_stream::{StreamExt, iter};
use tonic::metadata::MetadataValue;
use tonic::transport::Server;
use tonic::{Request, Response, Status};
use transom::{BoxStream, Code, CompressionEncoding, Streaming};

use crate::generated::Note;
use crate::generated::note_service_client::NoteServiceClient;
use crate::generated::note_service_server::{NoteService, NoteServiceServer};
use crate::support::{Echo, note, serve, serve_one};

#[tokio::test]
async fn every_kind_answers() {
    let mut client = NoteServiceClient::connect(serve_one(Echo).await).await.unwrap();
    // Larger than a frame of HTTP/2, so that it comes in pieces.
    let large = note(&"x".repeat(100_000), 1);
    assert_eq!(client.get(large.clone()).await.unwrap().into_inner(), large);

    let answers = client.watch(note("b", 1_000)).await.unwrap().into_inner();
    let answers: Vec<_> = answers.collect::<Result<_, _>>().await.unwrap();
    assert_eq!(answers.len(), 1_000);
    assert_eq!(answers.last(), Some(&note("b", 999)));

    let notes: Vec<_> = (0..1_000).map(|count| note("c", count)).collect();
    let sum = client.collect(iter(notes.clone())).await.unwrap().into_inner();
    assert_eq!(sum, note(&"c".repeat(1_000), 499_500));

    let answers = client.chat(iter(notes.clone())).await.unwrap().into_inner();
    assert_eq!(answers.collect::<Result<Vec<_>, _>>().await.unwrap(), notes);
}

/// Answers with the encoding of the request.
struct Encoding;

impl NoteService for Encoding {
    async fn get(&self, request: Request<Note>) -> Result<Response<Note>, Status> {
        let encoding = request.metadata().get("grpc-encoding");
        assert_eq!(request.get_ref().text.len(), 50_000);
        let encoding = encoding.map_or("none", |encoding| encoding.to_str().unwrap());
        Ok(Response::new(note(encoding, 0)))
    }

    async fn chat(&self, request: Request<Streaming<Note>>) -> Result<Response<BoxStream<Note>>, Status> {
        Ok(Response::new(Box::pin(request.into_inner())))
    }
}

#[tokio::test]
async fn messages_are_compressed_both_ways() {
    let large = note(&"x".repeat(50_000), 1);
    for encoding in [CompressionEncoding::Gzip, CompressionEncoding::Zstd, CompressionEncoding::Deflate] {
        let server = NoteServiceServer::new(Encoding).accept_compressed(encoding).send_compressed(encoding);
        let address = serve(Server::builder().add_service(server)).await;
        let plain = NoteServiceClient::connect(address).await.unwrap();
        let mut client = plain.clone().send_compressed(encoding).accept_compressed(encoding);
        let answer = client.get(large.clone()).await.unwrap();
        assert_eq!(answer.metadata().get("grpc-encoding").unwrap(), encoding.to_string().as_str());
        assert_eq!(answer.into_inner().text, encoding.to_string());

        let notes = client.chat(iter([large.clone()])).await.unwrap();
        assert_eq!(notes.metadata().get("grpc-encoding").unwrap(), encoding.to_string().as_str());
        let notes: Vec<_> = notes.into_inner().collect::<Result<_, _>>().await.unwrap();
        assert_eq!(notes, std::slice::from_ref(&large));

        let answer = plain.clone().get(large.clone()).await.unwrap();
        assert_eq!(answer.metadata().get("grpc-encoding"), None);
        assert_eq!(answer.into_inner().text, "none");
    }
}

#[tokio::test]
async fn an_encoding_that_the_server_does_not_accept_is_unimplemented() {
    let plain = NoteServiceClient::connect(serve_one(Echo).await).await.unwrap();
    let mut client = plain.send_compressed(CompressionEncoding::Gzip);
    let status = client.get(note("a", 1)).await.unwrap_err();
    assert_eq!(status.code(), Code::Unimplemented);
    assert_eq!(status.message(), "Content is compressed with `gzip` which isn't supported");
    assert_eq!(status.metadata().get("grpc-accept-encoding").unwrap(), "identity");
}

#[tokio::test]
async fn messages_over_the_limits_are_refused() {
    let address = serve_one(Echo).await;
    let mut client = NoteServiceClient::connect(address.clone()).await.unwrap();
    // 4 MiB is the default: the text, its tag and its length.
    let fits = note(&"x".repeat(4 * 1024 * 1024 - 5), 0);
    let mut generous = client.clone().max_decoding_message_size(usize::MAX);
    assert!(generous.get(fits).await.is_ok());
    let over = note(&"x".repeat(4 * 1024 * 1024), 0);
    let status = client.get(over).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted);
    assert_eq!(
        status.message(),
        "Error, decoded message length too large: found 4194309 bytes, the limit is: 4194304 bytes"
    );

    let small = NoteServiceServer::new(Echo).max_encoding_message_size(10);
    let address = serve(Server::builder().add_service(small)).await;
    let mut client = NoteServiceClient::connect(address).await.unwrap();
    assert!(client.get(note("fits", 1)).await.is_ok());
    let status = client.get(note("is too long", 1)).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted);
    assert_eq!(status.message(), "Error, encoded message length too large: found 15 bytes, the limit is: 10 bytes");

    let mut narrow = NoteServiceClient::connect(serve_one(Echo).await).await.unwrap();
    narrow = narrow.max_encoding_message_size(7);
    assert!(narrow.get(note("fits!", 0)).await.is_ok());
    for status in
        [narrow.get(note("fits", 1)).await.unwrap_err(), narrow.watch(note("fits", 1)).await.map(drop).unwrap_err()]
    {
        assert_eq!(status.code(), Code::ResourceExhausted);
        assert_eq!(status.message(), "Error, encoded message length too large: found 8 bytes, the limit is: 7 bytes");
    }
}

/// Answers with its metadata, or fails with all that a status can carry.
struct Courier;

impl NoteService for Courier {
    async fn get(&self, request: Request<Note>) -> Result<Response<Note>, Status> {
        let metadata = request.metadata().clone();
        if request.get_ref().text == "fail" {
            return Err(Status::with_details_and_metadata(
                Code::FailedPrecondition,
                "not now: 100 % tröstlich",
                b"\0details\xff"[..].into(),
                metadata,
            ));
        }
        Ok(Response::from_parts(metadata, request.into_inner(), Default::default()))
    }

    async fn watch(&self, request: Request<Note>) -> Result<Response<BoxStream<Note>>, Status> {
        let failure = self.get(Request::from_parts(request.metadata().clone(), Default::default(), note("fail", 0)));
        let failure = failure.await.map(Response::into_inner);
        Ok(Response::new(Box::pin(iter([Ok(note("a", 1)), failure]))))
    }
}

fn with_metadata(message: Note) -> Request<Note> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("x-text", "text".parse().unwrap());
    request.metadata_mut().append("x-twice", "one".parse().unwrap());
    request.metadata_mut().append("x-twice", "two".parse().unwrap());
    let binary = MetadataValue::from_bytes(b"\0\x01\xff");
    request.metadata_mut().insert_bin("x-binary-bin", binary);
    request
}

fn assert_metadata(metadata: &tonic::metadata::MetadataMap) {
    assert_eq!(metadata.get("x-text").unwrap(), "text");
    let twice: Vec<_> = metadata.get_all("x-twice").iter().collect();
    assert_eq!(twice, ["one", "two"]);
    let binary = metadata.get_bin("x-binary-bin").unwrap();
    assert_eq!(binary.to_bytes().unwrap(), b"\0\x01\xff"[..]);
}

#[tokio::test]
async fn metadata_and_details_pass_unchanged() {
    let mut client = NoteServiceClient::connect(serve_one(Courier).await).await.unwrap();
    let answer = client.get(with_metadata(note("a", 1))).await.unwrap();
    assert_metadata(answer.metadata());
    assert_eq!(answer.metadata().get("content-type").unwrap(), "application/grpc");

    let failed = client.get(with_metadata(note("fail", 1))).await.unwrap_err();
    let mut notes = client.watch(with_metadata(note("a", 1))).await.unwrap().into_inner();
    assert_eq!(notes.message().await.unwrap(), Some(note("a", 1)));
    let broken = notes.message().await.unwrap_err();
    for status in [failed, broken] {
        assert_eq!(status.code(), Code::FailedPrecondition);
        assert_eq!(status.message(), "not now: 100 % tröstlich");
        assert_eq!(status.details(), b"\0details\xff");
        assert_metadata(status.metadata());
    }
}

#[tokio::test]
async fn interceptors_see_calls_on_both_sides() {
    #[derive(Clone)]
    struct User(String);
    struct Whoami;
    impl NoteService for Whoami {
        async fn get(&self, request: Request<Note>) -> Result<Response<Note>, Status> {
            let User(name) = request.extensions().get().unwrap();
            Ok(Response::new(note(name, 0)))
        }
    }
    let server = NoteServiceServer::with_interceptor(Whoami, |mut request: Request<()>| {
        let user = request.metadata().get("x-user").cloned();
        let user = user.ok_or_else(|| Status::unauthenticated("who is it"))?;
        let user = User(user.to_str().unwrap().to_owned());
        request.extensions_mut().insert(user);
        Ok(request)
    });
    let address = serve(Server::builder().add_service(server)).await;
    let channel = tonic::transport::Endpoint::new(address).unwrap().connect_lazy();
    let status = NoteServiceClient::new(channel.clone()).get(note("a", 1)).await.unwrap_err();
    assert_eq!((status.code(), status.message()), (Code::Unauthenticated, "who is it"));

    let mut client = NoteServiceClient::with_interceptor(channel, |mut request: Request<()>| {
        let method = request.extensions().get::<transom::GrpcMethod<'_>>().unwrap();
        let user = format!("{}.{}", method.service(), method.method());
        request.metadata_mut().insert("x-user", user.parse().unwrap());
        Ok(request)
    });
    let answer = client.get(note("a", 1)).await.unwrap().into_inner();
    assert_eq!(answer.text, "test.v1.NoteService.Get");
}

#[tokio::test]
async fn a_panic_ends_its_own_call_only() {
    struct Clumsy;
    impl NoteService for Clumsy {
        async fn get(&self, request: Request<Note>) -> Result<Response<Note>, Status> {
            assert_ne!(request.get_ref().text, "trip");
            Ok(Response::new(request.into_inner()))
        }
    }
    let mut client = NoteServiceClient::connect(serve_one(Clumsy).await).await.unwrap();
    assert!(client.get(note("trip", 1)).await.is_err());
    assert!(client.get(note("walk", 1)).await.is_ok());
}

#[tokio::test]
async fn a_client_can_be_pointed_at_another_path() {
    let server = tower::service_fn(|request: http::Request<tonic::body::Body>| {
        let status = Status::not_found(request.uri().to_string());
        std::future::ready(Ok::<_, Status>(status.into_http::<tonic::body::Body>()))
    });
    let origin = "https://example.com/behind/a/proxy".parse().unwrap();
    let mut client = NoteServiceClient::with_origin(server, origin);
    let status = client.get(note("a", 1)).await.unwrap_err();
    assert_eq!(status.message(), "https://example.com/behind/a/proxy/test.v1.NoteService/Get");
}

#[tokio::test]
async fn connecting_to_nothing_fails() {
    assert!(NoteServiceClient::connect("not a uri at all").await.is_err());
    let lazy = tonic::transport::Endpoint::from_static("http://127.0.0.1:1").connect_lazy();
    let mut client = NoteServiceClient::new(lazy).default_deadline(Duration::from_secs(5));
    let status = client.get(note("a", 1)).await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable);
}
