//! Trailers of a request: gRPC has none, and what a client sends as such must not reach a handler.

use std::time::Duration;

use http::{HeaderMap, HeaderValue, Request};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tonic::metadata::MetadataMap;
use tonic::transport::Server;
use tonic::{Response, Status};
use transom::{BoxStream, CompressionEncoding, Streaming};

use crate::generated::Note;
use crate::generated::note_service_server::{NoteService, NoteServiceServer};
use crate::support::{End, Frames, call, framed, note, request, serve};

/// Answers with the user that its metadata names, and with what a trailer could have brought.
struct Whoami;

fn user(metadata: &MetadataMap) -> Note {
    let users: Vec<_> = metadata.get_all("x-authenticated-user").iter().map(|user| user.to_str().unwrap()).collect();
    assert_eq!(metadata.get("authorization"), None);
    note(&users.join(","), 0)
}

async fn read(request: tonic::Request<Streaming<Note>>) -> Result<Note, Status> {
    let (metadata, _, mut notes) = request.into_parts();
    while notes.message().await?.is_some() {}
    assert!(notes.trailers().await?.is_none());
    Ok(user(&metadata))
}

impl NoteService for Whoami {
    async fn get(&self, request: tonic::Request<Note>) -> Result<Response<Note>, Status> {
        Ok(Response::new(user(request.metadata())))
    }

    async fn watch(&self, request: tonic::Request<Note>) -> Result<Response<BoxStream<Note>>, Status> {
        Ok(Response::new(Box::pin(tokio_stream::once(Ok(user(request.metadata()))))))
    }

    async fn collect(&self, request: tonic::Request<Streaming<Note>>) -> Result<Response<Note>, Status> {
        Ok(Response::new(read(request).await?))
    }

    async fn chat(&self, request: tonic::Request<Streaming<Note>>) -> Result<Response<BoxStream<Note>>, Status> {
        Ok(Response::new(Box::pin(tokio_stream::once(read(request).await))))
    }
}

fn trailers() -> HeaderMap {
    let mut trailers = HeaderMap::new();
    trailers.insert("x-authenticated-user", HeaderValue::from_static("admin"));
    trailers.insert("authorization", HeaderValue::from_static("Bearer root"));
    trailers
}

/// Calls `method` over HTTP/2 and returns the bytes of the answer.
async fn answer(address: &str, method: &str, encoding: &str) -> Vec<u8> {
    let socket = TcpStream::connect(address.trim_start_matches("http://")).await.unwrap();
    let (mut client, connection) = h2::client::handshake(socket).await.unwrap();
    tokio::spawn(connection);
    let head = Request::post(format!("{address}/test.v1.NoteService/{method}"))
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .header("grpc-encoding", encoding)
        .body(())
        .unwrap();
    let (response, mut body) = client.send_request(head, false).unwrap();
    body.send_data(framed(&note("a", 1)), false).unwrap();
    body.send_trailers(trailers()).unwrap();
    let mut body = response.await.unwrap().into_body();
    let mut bytes = Vec::new();
    while let Some(data) = body.data().await {
        bytes.extend_from_slice(&data.unwrap());
    }
    bytes
}

#[tokio::test]
async fn request_trailers_do_not_reach_metadata_over_http2() {
    let server = NoteServiceServer::new(Whoami).accept_compressed(CompressionEncoding::Gzip);
    let server = tonic::service::interceptor::InterceptedService::new(server, |mut request: tonic::Request<()>| {
        request.metadata_mut().insert("x-authenticated-user", "alice".parse().unwrap());
        Ok(request)
    });
    let address = serve(Server::builder().add_service(server)).await;
    for method in ["Get", "Watch", "Collect", "Chat"] {
        for encoding in ["identity", "gzip"] {
            let answer = timeout(Duration::from_secs(20), answer(&address, method, encoding)).await.unwrap();
            assert_eq!(answer, framed(&note("alice", 0)), "{method} {encoding}");
        }
    }
}

#[tokio::test]
async fn request_trailers_do_not_reach_metadata_in_process() {
    for method in ["Get", "Watch", "Collect", "Chat"] {
        for encoding in ["identity", "gzip"] {
            // In one frame, and in pieces.
            for cut in [0, 3] {
                let mut whole = framed(&note("a", 1));
                let mut body = Frames::new(&[], End::Close);
                if cut > 0 {
                    body.frames.push_back(Ok(http_body::Frame::data(whole.split_to(cut))));
                }
                body.frames.push_back(Ok(http_body::Frame::data(whole)));
                body.frames.push_back(Ok(http_body::Frame::trailers(trailers())));
                let mut request = request(method, body);
                request.headers_mut().insert("x-authenticated-user", HeaderValue::from_static("alice"));
                request.headers_mut().insert("grpc-encoding", HeaderValue::from_static(encoding));
                let server = NoteServiceServer::new(Whoami).accept_compressed(CompressionEncoding::Gzip);
                let Ok(response) = tower::ServiceExt::oneshot(server, request).await;
                let answer = crate::support::RawResponse::read(response).await;
                assert_eq!(answer.notes(), [note("alice", 0)], "{method} {encoding} {cut}");
            }
        }
    }
    assert_eq!(call(Whoami, request("Get", Frames::new(&[note("a", 1)], End::Close))).await.notes(), [note("", 0)]);
}
