//! Streams of messages: one error and then the end, and a turn for others when a peer is always ready.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::Frame;
use tokio::time::timeout;
use tokio_stream::{StreamExt, iter};
use tonic::body::Body;
use tonic::codec::Codec;
use tonic::{Request, Response, Status};
use tonic_prost::ProstCodec;
use transom::{BoxStream, Code, CompressionEncoding, Streaming};

use crate::generated::Note;
use crate::generated::note_service_client::NoteServiceClient;
use crate::generated::note_service_server::{NoteService, NoteServiceServer};
use crate::support::{End, Frames, RawResponse, call, framed, note, request};

/// Longer than any machine needs for what is not being waited for.
const LONG: Duration = Duration::from_secs(20);

/// Bodies that stop being messages, with the number of messages before that.
fn broken() -> Vec<(&'static str, Vec<Bytes>, usize)> {
    let good = framed(&note("a", 1));
    let piece = Bytes::from_static;
    vec![
        ("truncated", vec![piece(b"\0\0\0\0\x05\x0a")], 0),
        ("truncated prefix", vec![good.clone(), piece(b"\0\0\0")], 1),
        ("undecodable", vec![piece(b"\0\0\0\0\x02\x0a\xff")], 0),
        ("undecodable, then good", vec![good.clone(), piece(b"\0\0\0\0\x02\x0a\xff"), good.clone()], 1),
        ("HTML", vec![piece(b"<html>503</html>")], 0),
        ("a flag without an encoding", vec![good.clone(), piece(b"\x01\0\0\0\x01a"), good.clone()], 1),
        ("too large", vec![good.clone(), piece(b"\0\xff\xff\xff\xff"), good], 1),
    ]
}

fn body(frames: Vec<Bytes>) -> Frames {
    Frames { frames: frames.into_iter().map(|data| Ok(Frame::data(data))).collect(), end: End::Close }
}

/// Counts the messages and errors of its stream, as far as a few of them.
struct Counter;

const ENOUGH: usize = 10;

async fn count(notes: Streaming<Note>) -> (usize, usize) {
    let results: Vec<_> = notes.take(ENOUGH).collect().await;
    (results.iter().filter(|result| result.is_ok()).count(), results.iter().filter(|result| result.is_err()).count())
}

impl NoteService for Counter {
    async fn collect(&self, request: Request<Streaming<Note>>) -> Result<Response<Note>, Status> {
        let (good, bad) = count(request.into_inner()).await;
        Ok(Response::new(note(&format!("{good} {bad}"), 0)))
    }

    async fn chat(&self, request: Request<Streaming<Note>>) -> Result<Response<BoxStream<Note>>, Status> {
        Ok(Response::new(Box::pin(request.into_inner().take(ENOUGH))))
    }
}

#[tokio::test]
async fn request_stream_ends_after_its_error() {
    for (name, frames, good) in broken() {
        for encoding in ["identity", "deflate"] {
            let mut request = request("Collect", body(frames.clone()));
            request.headers_mut().insert("grpc-encoding", encoding.parse().unwrap());
            let server = NoteServiceServer::new(Counter).accept_compressed(CompressionEncoding::Deflate);
            let Ok(response) = tower::ServiceExt::oneshot(server, request).await;
            let answer = RawResponse::read(response).await;
            assert_eq!(answer.notes()[0].text, format!("{good} 1"), "{name} {encoding}");
        }
    }
}

#[tokio::test]
async fn handler_that_skips_errors_ends() {
    struct Skipper;
    impl NoteService for Skipper {
        async fn collect(&self, request: Request<Streaming<Note>>) -> Result<Response<Note>, Status> {
            let notes = request.into_inner().filter_map(Result::ok);
            let count = notes.fold(0, |count, _| count + 1).await;
            Ok(Response::new(note("", count)))
        }
    }
    for (name, frames, good) in broken() {
        let answer = call(Skipper, request("Collect", body(frames))).await;
        assert_eq!(answer.notes()[0].count as usize, good, "{name}");
    }
}

/// A client of a server that answers every call with these bytes.
fn client(
    frames: Vec<Bytes>,
) -> NoteServiceClient<impl transom::client::Transport<ResponseBody = Body, Error = Infallible>> {
    NoteServiceClient::new(tower::service_fn(move |_: http::Request<Body>| {
        let mut response = http::Response::new(Body::new(body(frames.clone())));
        response.headers_mut().insert("content-type", "application/grpc".parse().unwrap());
        std::future::ready(Ok::<_, Infallible>(response))
    }))
}

#[tokio::test]
async fn response_stream_ends_after_its_error() {
    for (name, frames, good) in broken() {
        let notes = client(frames.clone()).watch(note("a", 1)).await.unwrap().into_inner();
        assert_eq!(count(notes).await, (good, 1), "{name}");
        let mut notes = client(frames).chat(iter([note("a", 1)])).await.unwrap().into_inner();
        for _ in 0..good {
            assert!(notes.message().await.unwrap().is_some(), "{name}");
        }
        assert!(notes.message().await.is_err(), "{name}");
        assert!(notes.message().await.unwrap().is_none(), "{name}");
        assert!(notes.trailers().await.unwrap().is_none(), "{name}");
    }
}

#[tokio::test]
async fn stream_that_has_ended_stays_ended() {
    let mut client = NoteServiceClient::new(NoteServiceServer::new(crate::support::Echo));
    let mut notes = client.watch(note("a", 1)).await.unwrap().into_inner();
    assert_eq!(notes.message().await.unwrap(), Some(note("a", 0)));
    assert_eq!(notes.message().await.unwrap(), None);
    assert!(notes.trailers().await.unwrap().is_some());
    assert_eq!(notes.message().await.unwrap(), None);
    assert!(notes.trailers().await.unwrap().is_none(), "trailers are taken once");
}

#[tokio::test]
async fn constructors_are_those_of_tonic() {
    fn assert_bounds<T: Send + Sync + Unpin>(stream: T) -> T {
        stream
    }
    let decoder = || ProstCodec::<Note, Note>::new().decoder();
    let one = || Frames::new(&[note("a", 1)], End::Close);
    for mut notes in [
        Streaming::new_request(decoder(), one(), None, None),
        Streaming::new_empty(decoder(), one()),
        Streaming::from(tonic::Streaming::new_request(decoder(), one(), None, None)),
    ] {
        assert_eq!(notes.message().await.unwrap(), Some(note("a", 1)));
        assert_eq!(notes.message().await.unwrap(), None);
    }
    let mut notes = assert_bounds(Streaming::new_response(decoder(), one(), http::StatusCode::OK, None, None));
    assert_eq!(notes.message().await.unwrap(), Some(note("a", 1)));
    assert_eq!(notes.message().await.unwrap_err().code(), Code::Unknown);
    assert_eq!(notes.message().await.unwrap(), None);
}

/// A body that is always ready.
enum Ready {
    Messages,
    EmptyFrames,
}

impl http_body::Body for Ready {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let data = match *self {
            Self::Messages => framed(&note("again", 1)),
            Self::EmptyFrames => Bytes::new(),
        };
        Poll::Ready(Some(Ok(Frame::data(data))))
    }
}

/// Reads its stream to the end.
struct Reader;

impl NoteService for Reader {
    async fn collect(&self, request: Request<Streaming<Note>>) -> Result<Response<Note>, Status> {
        let mut notes = request.into_inner();
        while notes.message().await?.is_some() {}
        Ok(Response::new(note("done", 0)))
    }

    async fn chat(&self, request: Request<Streaming<Note>>) -> Result<Response<BoxStream<Note>>, Status> {
        Ok(Response::new(Box::pin(request.into_inner().filter(|_| false))))
    }
}

#[tokio::test]
async fn deadline_stops_a_handler_whose_client_is_always_ready() {
    for method in ["Get", "Watch", "Collect", "Chat"] {
        for body in [Ready::Messages, Ready::EmptyFrames] {
            let mut request = request(method, body);
            request.headers_mut().insert("grpc-timeout", "50m".parse().unwrap());
            let answer = timeout(LONG, call(Reader, request)).await.unwrap();
            // A second message to a method that takes one is an error of its own.
            assert!(matches!(answer.code(), Code::DeadlineExceeded | Code::Internal), "{method}: {answer:?}");
        }
    }
    for method in ["Collect", "Chat"] {
        let mut request = request(method, Ready::Messages);
        request.headers_mut().insert("grpc-timeout", "50m".parse().unwrap());
        assert_eq!(call(Reader, request).await.code(), Code::DeadlineExceeded, "{method}");
    }
}

/// Answers at once, for ever.
struct Endless;

impl NoteService for Endless {
    async fn get(&self, request: Request<Note>) -> Result<Response<Note>, Status> {
        Ok(Response::new(request.into_inner()))
    }

    async fn watch(&self, _: Request<Note>) -> Result<Response<BoxStream<Note>>, Status> {
        Ok(Response::new(Box::pin(iter(std::iter::repeat_with(|| Ok(note("again", 1)))))))
    }
}

#[tokio::test]
async fn timeout_fires_around_an_endless_stream_in_process() {
    let mut client = NoteServiceClient::new(NoteServiceServer::new(Endless));
    let mut notes = client.watch(note("a", 1)).await.unwrap().into_inner();
    let read = async { while notes.message().await.unwrap().is_some() {} };
    assert!(timeout(Duration::from_millis(50), read).await.is_err());
}

#[tokio::test]
async fn timeout_fires_around_endless_calls_in_process() {
    let mut client = NoteServiceClient::new(NoteServiceServer::new(Endless));
    let calls = async {
        loop {
            client.get(note("a", 1)).await.unwrap();
        }
    };
    assert!(timeout(Duration::from_millis(50), calls).await.is_err());
}

#[tokio::test]
async fn timeout_fires_around_an_answer_of_empty_frames() {
    let endless = tower::service_fn(|_: http::Request<Body>| {
        let mut response = http::Response::new(Body::new(Ready::EmptyFrames));
        response.headers_mut().insert("content-type", "application/grpc".parse().unwrap());
        std::future::ready(Ok::<_, Infallible>(response))
    });
    let mut client = NoteServiceClient::new(endless);
    assert!(timeout(Duration::from_millis(50), client.get(note("a", 1))).await.is_err());
}
