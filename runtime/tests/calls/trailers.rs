//! Trailing metadata of an answer: sent by the handler, read by the client.

use std::time::Duration;

use http_body::Frame;
use http_body_util::BodyExt;
use tokio_stream::{StreamExt, iter};
use tonic::metadata::{MetadataMap, MetadataValue};
use tonic::transport::Server;
use tonic::{Request, Response, Status};
use transom::server::Trailers;
use transom::{BoxStream, Code, CompressionEncoding, Streaming};

use crate::generated::Note;
use crate::generated::note_service_client::NoteServiceClient;
use crate::generated::note_service_server::{NoteService, NoteServiceServer};
use crate::support::{End, Frames, RawResponse, note, request, serve};

/// Answers with trailing metadata; a stream knows it only at its end. The text `fail` ends a stream with a status.
struct Courier;

fn fill(metadata: &mut MetadataMap) {
    metadata.insert("x-next", "token".parse().unwrap());
    metadata.append("x-twice", "one".parse().unwrap());
    metadata.append("x-twice", "two".parse().unwrap());
    metadata.insert_bin("x-binary-bin", MetadataValue::from_bytes(b"\0\x01\xff"));
    // Names of the protocols.
    for name in ["grpc-status", "grpc-message", "grpc-status-details-bin", "grpc-timeout", "te", "content-type"] {
        metadata.as_mut().insert(name, "3".parse().unwrap());
    }
    for name in ["content-length", "connection", "transfer-encoding"] {
        metadata.as_mut().insert(name, "3".parse().unwrap());
    }
}

/// A response with complete trailers.
fn single(message: Note) -> Response<Note> {
    let mut metadata = MetadataMap::new();
    fill(&mut metadata);
    let mut response = Response::new(message);
    Trailers::from(metadata).attach_to(&mut response);
    response
}

/// A response whose trailers are filled when the stream has yielded all notes.
fn stream(notes: Vec<Note>) -> Response<BoxStream<Note>> {
    let trailers = Trailers::new();
    let fails = notes.iter().any(|note| note.text == "fail");
    let filled = trailers.clone();
    let last = iter([()]).filter_map(move |()| {
        filled.update(fill);
        fails.then(|| {
            let mut status = Status::out_of_range("the end");
            status.metadata_mut().insert("x-next", "of the status".parse().unwrap());
            Err(status)
        })
    });
    let mut response: Response<BoxStream<Note>> = Response::new(Box::pin(iter(notes.into_iter().map(Ok)).chain(last)));
    trailers.attach_to(&mut response);
    response
}

impl NoteService for Courier {
    async fn get(&self, request: Request<Note>) -> Result<Response<Note>, Status> {
        Ok(single(request.into_inner()))
    }

    async fn watch(&self, request: Request<Note>) -> Result<Response<BoxStream<Note>>, Status> {
        Ok(stream(vec![request.into_inner(); 2]))
    }

    async fn collect(&self, request: Request<Streaming<Note>>) -> Result<Response<Note>, Status> {
        Ok(single(request.into_inner().message().await?.unwrap_or_default()))
    }

    async fn chat(&self, request: Request<Streaming<Note>>) -> Result<Response<BoxStream<Note>>, Status> {
        Ok(stream(request.into_inner().collect::<Result<_, _>>().await?))
    }
}

fn assert_filled(metadata: &MetadataMap, kind: &str) {
    assert_eq!(metadata.get("x-next").unwrap(), "token", "{kind}");
    let twice: Vec<_> = metadata.get_all("x-twice").iter().collect();
    assert_eq!(twice, ["one", "two"], "{kind}");
    assert_eq!(metadata.get_bin("x-binary-bin").unwrap().to_bytes().unwrap(), b"\0\x01\xff"[..], "{kind}");
    for name in ["grpc-message", "grpc-timeout", "te", "content-length", "connection", "transfer-encoding"] {
        assert!(!metadata.contains_key(name), "{kind}: {name}");
    }
    assert!(!metadata.contains_key("grpc-status-details-bin"), "{kind}");
}

#[tokio::test]
async fn trailers_of_every_kind_reach_the_client() {
    let server = NoteServiceServer::new(Courier)
        .accept_compressed(CompressionEncoding::Gzip)
        .send_compressed(CompressionEncoding::Gzip);
    let plain = NoteServiceClient::connect(serve(Server::builder().add_service(server)).await).await.unwrap();
    let compressing =
        plain.clone().send_compressed(CompressionEncoding::Gzip).accept_compressed(CompressionEncoding::Gzip);
    let timed = plain.clone().default_deadline(Duration::from_secs(20));
    for (name, mut client) in [("plain", plain), ("gzip", compressing), ("timed", timed)] {
        let answer = client.get(note("a", 1)).await.unwrap();
        assert_filled(answer.metadata(), &format!("get, {name}"));
        let answer = client.collect(iter([note("a", 1)])).await.unwrap();
        assert_filled(answer.metadata(), &format!("collect, {name}"));

        let answer = client.watch(note("a", 1)).await.unwrap();
        assert!(!answer.metadata().contains_key("x-next"), "the head has none");
        let mut notes = answer.into_inner();
        while notes.message().await.unwrap().is_some() {}
        assert_filled(&notes.trailers().await.unwrap().unwrap(), &format!("watch, {name}"));
        let mut notes = client.chat(iter([note("a", 1), note("b", 2)])).await.unwrap().into_inner();
        // Messages that are not read are dropped.
        assert_filled(&notes.trailers().await.unwrap().unwrap(), &format!("chat, {name}"));
    }
}

#[tokio::test]
async fn trailers_follow_a_stream_without_messages() {
    let mut client = NoteServiceClient::new(NoteServiceServer::new(Courier));
    let mut notes = client.chat(iter([])).await.unwrap().into_inner();
    assert_eq!(notes.message().await.unwrap(), None);
    assert_filled(&notes.trailers().await.unwrap().unwrap(), "chat");
}

#[tokio::test]
async fn trailers_of_a_stream_that_fails_do_not_replace_those_of_its_status() {
    let mut client = NoteServiceClient::new(NoteServiceServer::new(Courier));
    let mut notes = client.watch(note("fail", 1)).await.unwrap().into_inner();
    let status = notes.trailers().await.unwrap_err();
    assert_eq!((status.code(), status.message()), (Code::OutOfRange, "the end"));
    assert_eq!(status.metadata().get_all("x-next").iter().collect::<Vec<_>>(), ["of the status"]);
    assert_eq!(status.metadata().get_all("x-twice").iter().count(), 2);
}

#[tokio::test]
async fn trailers_stay_out_of_the_extensions_of_an_answer() {
    let one = request("Get", Frames::new(&[note("a", 1)], End::Close));
    let Ok(response) = tower::ServiceExt::oneshot(NoteServiceServer::new(Courier), one).await;
    assert!(response.extensions().get::<Trailers>().is_none());
    let frames: Vec<Frame<_>> = {
        let mut body = response.into_body();
        let mut frames = Vec::new();
        while let Some(frame) = body.frame().await {
            frames.push(frame.unwrap());
        }
        frames
    };
    assert_eq!(frames.last().unwrap().trailers_ref().unwrap()["grpc-status"], "0");
    let two = request("Watch", Frames::new(&[note("a", 1)], End::Close));
    let Ok(response) = tower::ServiceExt::oneshot(NoteServiceServer::new(Courier), two).await;
    assert_eq!(RawResponse::read(response).await.code(), Code::Ok);
}
