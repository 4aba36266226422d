//! Request bodies of any shape: the unary path must answer as tonic's does, byte for byte and status for status.
//!
//! Four differences are meant:
//!
//! - tonic ignores a second message; here it is an error.
//! - A message over the limit is `RESOURCE_EXHAUSTED` for gRPC, `OUT_OF_RANGE` for tonic.
//! - tonic merges trailers into the metadata, and drops what is left of a message before them; here trailers are dropped,
//!   and what is left is an error as it is without trailers.
//! - tonic takes a body that fails with `CANCELLED` for a complete one; here it is an error.

use std::convert::Infallible;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::{Buf, BufMut, Bytes, BytesMut};
use http::{HeaderMap, HeaderValue};
use http_body::Frame;
use proptest::collection::vec;
use proptest::prelude::*;
use prost::Message;
use tonic::body::Body;
use tonic::codec::{Codec, CompressionEncoding, DecodeBuf, Decoder};
use tonic::server::Grpc;
use tonic::{Code, Request, Response, Status, Streaming};
use tonic_prost::ProstCodec;

use crate::generated::Note;
use crate::generated::note_service_server::{NoteService, NoteServiceServer};
use crate::support::{End, Frames, RawResponse, note, request};

/// Small, so that random lengths are often beyond it.
const LIMIT: usize = 64;

/// Answers with the message and with the metadata that a trailer brought.
fn answer(request: Request<Note>) -> Result<Response<Note>, Status> {
    let trailer = request.metadata().get("x-trailer").cloned();
    let mut response = Response::new(request.into_inner());
    if let Some(trailer) = trailer {
        response.metadata_mut().insert("x-trailer", trailer);
    }
    Ok(response)
}

struct Subject;

impl NoteService for Subject {
    async fn get(&self, request: Request<Note>) -> Result<Response<Note>, Status> {
        answer(request)
    }
}

/// A request body: its bytes, where they are cut, and how it ends.
#[derive(Debug, Clone)]
struct Shape {
    bytes: Bytes,
    cuts: Vec<prop::sample::Index>,
    tail: Tail,
}

#[derive(Debug, Clone)]
enum Tail {
    Nothing,
    Trailers,
    Failure(Code),
}

impl Shape {
    fn body(&self) -> Body {
        let mut cuts: Vec<_> = self.cuts.iter().map(|cut| cut.index(self.bytes.len() + 1)).collect();
        cuts.sort_unstable();
        cuts.push(self.bytes.len());
        let mut start = 0;
        let mut frames = Vec::new();
        for end in cuts {
            frames.push(Ok(Frame::data(self.bytes.slice(start..end))));
            start = end;
        }
        match self.tail {
            Tail::Nothing => {}
            Tail::Trailers => {
                let mut trailers = HeaderMap::new();
                trailers.insert("x-trailer", HeaderValue::from_static("yes"));
                frames.push(Ok(Frame::trailers(trailers)));
            }
            Tail::Failure(code) => frames.push(Err(Status::new(code, "the body broke"))),
        }
        Body::new(Frames { frames: frames.into(), end: End::Close })
    }
}

fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("nothing here waits"),
    }
}

fn ours(shape: &Shape) -> RawResponse {
    let server = NoteServiceServer::new(Subject).max_decoding_message_size(LIMIT);
    ready(async {
        let Ok(response) = tower::ServiceExt::oneshot(server, request("Get", shape.body())).await;
        RawResponse::read(response).await
    })
}

fn tonics(shape: &Shape) -> RawResponse {
    let mut grpc = Grpc::new(ProstCodec::<Note, Note>::new()).max_decoding_message_size(LIMIT);
    let service = tower::service_fn(async |request| answer(request));
    let mut shape = shape.clone();
    match shape.tail {
        Tail::Trailers => shape.tail = Tail::Nothing,
        Tail::Failure(Code::Cancelled) => shape.tail = Tail::Failure(Code::Aborted),
        Tail::Nothing | Tail::Failure(_) => {}
    }
    ready(async {
        let response = grpc.unary(service, request("Get", shape.body())).await;
        let mut answer = RawResponse::read(response).await;
        // The handler knows no errors, so these are of tonic's reader.
        if let Some(status) = answer.headers.get_mut("grpc-status") {
            match status.as_bytes() {
                b"10" => *status = HeaderValue::from_static("1"),
                b"11" => *status = HeaderValue::from_static("8"),
                _ => {}
            }
        }
        answer
    })
}

/// Whether the body holds a message and another one behind it, be that one well-formed or not.
fn has_second(shape: &Shape) -> bool {
    let mut notes = Streaming::new_request(ProstCodec::<Note, Note>::new().decoder(), shape.body(), None, Some(LIMIT));
    let mut frames = Streaming::new_request(Anything, shape.body(), None, Some(LIMIT));
    ready(async {
        matches!(notes.message().await, Ok(Some(_)))
            && matches!(frames.message().await, Ok(Some(())))
            && matches!(frames.message().await, Ok(Some(())))
    })
}

/// Takes any bytes for a message.
struct Anything;

impl Decoder for Anything {
    type Item = ();
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<()>, Status> {
        from.advance(from.remaining());
        Ok(Some(()))
    }
}

fn check(shape: &Shape) -> Result<(), TestCaseError> {
    let ours = ours(shape);
    if has_second(shape) {
        prop_assert_eq!(ours.code(), Code::Internal);
        let status = ours.status();
        prop_assert_eq!(status.message(), "Too many request messages.");
    } else {
        prop_assert_eq!(ours, tonics(shape));
    }
    Ok(())
}

/// A message as it is on the wire, mostly right.
fn message() -> impl Strategy<Value = Vec<u8>> {
    let payload = prop_oneof![
        4 => ("[a-zé]{0,40}", any::<u32>()).prop_map(|(text, count)| note(&text, count).encode_to_vec()),
        1 => vec(any::<u8>(), 0..80),
    ];
    let flag = prop_oneof![8 => Just(0u8), 1 => Just(1), 1 => any::<u8>()];
    let length = prop_oneof![8 => Just(None), 1 => (0u32..200).prop_map(Some), 1 => any::<u32>().prop_map(Some)];
    (flag, length, payload).prop_map(|(flag, length, payload)| {
        let mut wire = BytesMut::new();
        wire.put_u8(flag);
        wire.put_u32(length.unwrap_or(u32::try_from(payload.len()).unwrap()));
        wire.put_slice(&payload);
        wire.to_vec()
    })
}

fn shape() -> impl Strategy<Value = Shape> {
    let bytes = prop_oneof![
        6 => message(),
        4 => vec(message(), 0..4).prop_map(|messages| messages.concat()),
        1 => vec(any::<u8>(), 0..40),
    ];
    let cut_short = prop_oneof![4 => Just(None), 1 => any::<prop::sample::Index>().prop_map(Some)];
    let cuts = prop_oneof![2 => Just(Vec::new()), 3 => vec(any::<prop::sample::Index>(), 0..6)];
    let tail = prop_oneof![
        4 => Just(Tail::Nothing),
        2 => Just(Tail::Trailers),
        1 => Just(Tail::Failure(Code::Cancelled)),
        1 => Just(Tail::Failure(Code::Unavailable)),
    ];
    (bytes, cut_short, cuts, tail).prop_map(|(mut bytes, cut_short, cuts, tail)| {
        if let Some(cut) = cut_short {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        Shape { bytes: bytes.into(), cuts, tail }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_body_is_answered_as_tonic_answers_it(shape in shape()) {
        check(&shape)?;
    }
}

#[test]
fn every_split_of_a_message_is_answered_as_tonic_answers_it() {
    let bytes = crate::support::framed(&note("split me", 7));
    for first in 0..=bytes.len() {
        for tail in [Tail::Nothing, Tail::Trailers] {
            let (head, rest) = bytes.split_at(first);
            let frames = [head, rest].map(|part| Ok(Frame::data(Bytes::copy_from_slice(part))));
            let mut whole = Shape { bytes: bytes.clone(), cuts: Vec::new(), tail };
            let expected = tonics(&whole);
            assert_eq!(ours(&whole), expected);
            whole.tail = Tail::Nothing;
            let server = NoteServiceServer::new(Subject);
            let body = Frames { frames: frames.into(), end: End::Close };
            let answer = ready(async {
                let response: Result<_, Infallible> = tower::ServiceExt::oneshot(server, request("Get", body)).await;
                let Ok(response) = response;
                RawResponse::read(response).await
            });
            assert_eq!(answer, tonics(&whole), "split after {first} bytes");
        }
    }
}

#[test]
fn statuses_of_the_common_mistakes() {
    let good = crate::support::framed(&note("a", 1));
    let cases: [(&[u8], Code, &str); 6] = [
        (b"", Code::Internal, "Missing request message."),
        (b"\0\0\0", Code::Internal, "Unexpected EOF decoding stream."),
        (
            b"\x01\0\0\0\0",
            Code::Internal,
            "protocol error: received message with compressed-flag but no grpc-encoding was specified",
        ),
        (
            b"\x07\0\0\0\0",
            Code::Internal,
            "protocol error: received message with invalid compression flag: 7 (valid flags are 0 and 1), while sending request",
        ),
        (
            b"\0\0\0\0\x41",
            Code::ResourceExhausted,
            "Error, decoded message length too large: found 65 bytes, the limit is: 64 bytes",
        ),
        (&[&good[..], &good[..]].concat(), Code::Internal, "Too many request messages."),
    ];
    for (bytes, code, message) in cases {
        let bytes = Bytes::copy_from_slice(bytes);
        let status = ours(&Shape { bytes, cuts: Vec::new(), tail: Tail::Nothing }).status();
        assert_eq!((status.code(), status.message()), (code, message));
    }
}

#[test]
fn a_second_message_is_refused_on_every_path() {
    let two = [note("a", 1), note("b", 2)];
    for (method, encoding) in [("Get", "identity"), ("Get", "gzip"), ("Watch", "identity"), ("Watch", "gzip")] {
        let server = NoteServiceServer::new(crate::support::Echo).accept_compressed(CompressionEncoding::Gzip);
        let mut request = request(method, Frames::new(&two, End::Close));
        request.headers_mut().insert("grpc-encoding", HeaderValue::from_static(encoding));
        let answer = ready(async {
            let Ok(response) = tower::ServiceExt::oneshot(server, request).await;
            RawResponse::read(response).await
        });
        assert_eq!(answer.code(), Code::Internal, "{method}, {encoding}");
        assert_eq!(answer.status().message(), "Too many request messages.");
        assert!(answer.data.is_empty());
    }
}

#[test]
fn unknown_encoding_is_repeated_in_part() {
    for method in ["Get", "Watch"] {
        let server = NoteServiceServer::new(crate::support::Echo);
        let mut request = request(method, Frames::new(&[note("a", 1)], End::Close));
        request.headers_mut().insert("grpc-encoding", HeaderValue::from_str(&"x".repeat(6000)).unwrap());
        let answer = ready(async {
            let Ok(response) = tower::ServiceExt::oneshot(server, request).await;
            RawResponse::read(response).await
        });
        assert_eq!(answer.code(), Code::Unimplemented, "{method}");
        let wanted = format!("Content is compressed with `{}…` which isn't supported", "x".repeat(256));
        assert_eq!(answer.status().message(), wanted, "{method}");
    }
}
