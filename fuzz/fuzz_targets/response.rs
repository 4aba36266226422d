//! Answers of a server, read by a client: every call ends, a stream ends with its first error, and nothing panics.
//!
//! An input is a head, trailers and data, each ended by an empty line but the last. The first line of the head is the HTTP
//! status; lines without a colon are skipped. The data is cut into frames at each byte `0xfe`.

#![no_main]

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use http_body::Frame;
use libfuzzer_sys::fuzz_target;
use prost_types::Timestamp;
use tonic::body::Body;
use transom::client::Client;
use transom::{CompressionEncoding, Status, Streaming};

const PATH: &str = "/test.v1.Clock/Call";

fuzz_target!(|input: &[u8]| {
    let script = Script::read(input);
    let client = Client::new(script).accept_compressed(CompressionEncoding::Gzip).max_decoding_message_size(10_000);
    finish(async {
        let mut client = client;
        let request = Timestamp { seconds: 1, nanos: 2 };
        let one = client.unary::<_, Timestamp>(request, PATH).await;
        let read = drain(client.server_streaming::<_, Timestamp>(request, PATH).await).await;
        assert!(one.is_err() || read == Ok(1), "{read:?}");
    });
});

/// The number of messages of a stream, or its status's code.
async fn drain(answer: Result<tonic::Response<Streaming<Timestamp>>, Status>) -> Result<usize, transom::Code> {
    let mut messages = answer.map_err(|status| status.code())?.into_inner();
    let mut count = 0;
    let end = loop {
        match messages.message().await {
            Ok(Some(_)) => count += 1,
            Ok(None) => break Ok(count),
            Err(status) => break Err(status.code()),
        }
    };
    assert_eq!(messages.message().await.map_err(|status| status.code()), Ok(None));
    let trailers = messages.trailers().await;
    assert!(trailers.is_ok(), "{trailers:?}");
    end
}

/// Polls a future that has nothing to wait for.
fn finish<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("nothing here waits"),
    }
}

/// A transport that answers every call alike.
#[derive(Clone)]
struct Script {
    http: StatusCode,
    head: HeaderMap,
    trailers: HeaderMap,
    data: Vec<Bytes>,
}

impl Script {
    fn read(input: &[u8]) -> Self {
        let (head, rest) = section(input);
        let (trailers, data) = section(rest);
        let http = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
        Self {
            http: StatusCode::from_bytes(http).unwrap_or_default(),
            head: headers(head),
            trailers: headers(trailers),
            data: data.split(|&byte| byte == 0xfe).map(Bytes::copy_from_slice).collect(),
        }
    }
}

/// Splits the input at the first empty line.
fn section(input: &[u8]) -> (&[u8], &[u8]) {
    match input.windows(2).position(|pair| pair == b"\n\n") {
        Some(end) => (&input[..end], &input[end + 2..]),
        None => (input, &[]),
    }
}

fn headers(text: &[u8]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in text.split(|&byte| byte == b'\n') {
        let Some(colon) = line.iter().position(|&byte| byte == b':') else { continue };
        let (name, value) = (HeaderName::from_bytes(&line[..colon]), HeaderValue::from_bytes(&line[colon + 1..]));
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    headers
}

impl tower_service::Service<Request<Body>> for Script {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Ready<Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Body>) -> Self::Future {
        let Self { http, head, trailers, data } = self.clone();
        let trailers = Some(trailers).filter(|trailers| !trailers.is_empty());
        let mut response = Response::new(Body::new(Frames { data: data.into_iter(), trailers }));
        *response.status_mut() = http;
        *response.headers_mut() = head;
        ready(Ok(response))
    }
}

struct Frames {
    data: std::vec::IntoIter<Bytes>,
    trailers: Option<HeaderMap>,
}

impl http_body::Body for Frames {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let frame = self.data.next().map(Frame::data).or_else(|| self.trailers.take().map(Frame::trailers));
        Poll::Ready(frame.map(Ok))
    }
}
