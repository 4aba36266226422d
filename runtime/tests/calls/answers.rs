//! Answers that no gRPC server should send: the client's statuses, and that nothing of a peer can stop the client.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use http_body::Frame;
use proptest::collection::vec;
use proptest::prelude::*;
use tokio_stream::iter;
use tonic::Status;
use tonic::body::Body;
use transom::{Code, CompressionEncoding, Streaming};

use crate::generated::Note;
use crate::generated::note_service_client::NoteServiceClient;
use crate::support::{End, Frames, framed, note};

/// An answer as it is on the wire.
#[derive(Debug, Clone)]
struct Script {
    http: u16,
    head: HeaderMap,
    data: Vec<Bytes>,
    trailers: Option<HeaderMap>,
}

impl Script {
    /// The messages of `data`, and a status.
    fn new(data: &[Bytes], trailers: &[(&str, &[u8])]) -> Self {
        let head = headers(&[("content-type", b"application/grpc")]);
        Self { http: 200, head, data: data.to_vec(), trailers: Some(headers(trailers)) }
    }

    /// A page of HTML.
    fn html(http: u16, content_type: &[u8]) -> Self {
        let data = vec![Bytes::from_static(b"<html><h1>Sorry</h1></html>")];
        Self { http, head: headers(&[("content-type", content_type)]), data, trailers: None }
    }
}

fn headers(pairs: &[(&str, &[u8])]) -> HeaderMap {
    let pair =
        |&(name, value): &(&str, &[u8])| (HeaderName::try_from(name).unwrap(), HeaderValue::from_bytes(value).unwrap());
    pairs.iter().map(pair).collect()
}

/// A transport that answers every call with the script.
#[derive(Clone)]
struct Server(Arc<Script>);

impl tower::Service<http::Request<Body>> for Server {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Ready<Result<http::Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<Body>) -> Self::Future {
        let Script { http, head, data, trailers } = self.0.as_ref().clone();
        let mut frames: std::collections::VecDeque<_> = data.into_iter().map(|data| Ok(Frame::data(data))).collect();
        frames.extend(trailers.map(|trailers| Ok(Frame::trailers(trailers))));
        let mut response = http::Response::new(Body::new(Frames { frames, end: End::Close }));
        *response.status_mut() = http.try_into().unwrap();
        *response.headers_mut() = head;
        ready(Ok(response))
    }
}

/// Returns the messages of a stream, or the error that ends it.
async fn drain(answer: Result<tonic::Response<Streaming<Note>>, Status>) -> Result<Vec<Note>, Status> {
    let mut stream = answer?.into_inner();
    let mut notes = Vec::new();
    let end = loop {
        match stream.message().await {
            Ok(Some(note)) => notes.push(note),
            Ok(None) => break Ok(()),
            Err(status) => break Err(status),
        }
    };
    assert_eq!(stream.message().await.unwrap(), None, "the stream ends with its error");
    let _ = stream.trailers().await;
    end.map(|()| notes)
}

/// Returns the outcome of each kind of call.
async fn ends(script: Script) -> [(&'static str, Result<Vec<Note>, Status>); 4] {
    let client = NoteServiceClient::new(Server(Arc::new(script)));
    let mut client = client.accept_compressed(CompressionEncoding::Gzip).max_decoding_message_size(1_000);
    [
        ("get", client.get(note("a", 1)).await.map(|answer| vec![answer.into_inner()])),
        ("watch", drain(client.watch(note("a", 1)).await).await),
        ("collect", client.collect(iter([note("a", 1)])).await.map(|answer| vec![answer.into_inner()])),
        ("chat", drain(client.chat(iter([note("a", 1)])).await).await),
    ]
}

async fn statuses(script: Script) -> [(&'static str, Status); 4] {
    ends(script).await.map(|(kind, end)| (kind, end.expect_err(kind)))
}

#[tokio::test]
async fn malformed_details_leave_the_status_without_details() {
    for details in ["!!!", "a", "=", "====", "a b", "YQ==YQ==", "%", ",,"] {
        let status = [
            ("grpc-status", b"9".as_slice()),
            ("grpc-message", b"not now"),
            ("grpc-status-details-bin", details.as_bytes()),
            ("x-reason", b"full"),
        ];
        let trailers = Script::new(&[framed(&note("a", 1))], &status);
        let mut only = Script::new(&[], &[]);
        only.head.extend(headers(&status));
        only.trailers = None;
        for script in [trailers, only] {
            for (kind, status) in statuses(script).await {
                assert_eq!(status.code(), Code::FailedPrecondition, "{kind}, {details}");
                assert_eq!((status.message(), status.details()), ("not now", b"".as_slice()), "{kind}, {details}");
                assert_eq!(status.metadata().get("x-reason").unwrap(), "full", "{kind}, {details}");
            }
        }
    }
}

#[tokio::test]
async fn malformed_details_do_not_fail_a_success() {
    let script = Script::new(&[framed(&note("a", 1))], &[("grpc-status", b"0"), ("grpc-status-details-bin", b"!!!")]);
    for (kind, end) in ends(script).await {
        assert_eq!(end.unwrap(), [note("a", 1)], "{kind}");
    }
}

#[tokio::test]
async fn message_that_is_not_utf8_keeps_its_code() {
    for (message, text) in [
        (b"%E2%28".as_slice(), "\u{fffd}("),
        (b"100%25 %ff!", "100% \u{fffd}!"),
        (b"caf\xe9", "caf\u{fffd}"),
        (b"%E2%82%AC %zz %", "\u{20ac} %zz %"),
    ] {
        let status = [("grpc-status", b"7".as_slice()), ("grpc-message", message)];
        let mut only = Script::new(&[], &[]);
        only.head.extend(headers(&status));
        only.trailers = None;
        for script in [Script::new(&[], &status), only] {
            for (kind, status) in statuses(script).await {
                assert_eq!((status.code(), status.message()), (Code::PermissionDenied, text), "{kind}");
            }
        }
    }
}

#[tokio::test]
async fn http_status_of_an_answer_without_a_status_is_mapped() {
    for (http, code) in [
        (400, Code::Internal),
        (401, Code::Unauthenticated),
        (403, Code::PermissionDenied),
        (404, Code::Unimplemented),
        (429, Code::Unavailable),
        (502, Code::Unavailable),
        (503, Code::Unavailable),
        (504, Code::Unavailable),
        (200, Code::Unknown),
        (204, Code::Unknown),
        (302, Code::Unknown),
        (418, Code::Unknown),
        (500, Code::Unknown),
    ] {
        for (kind, status) in statuses(Script::html(http, b"text/html; charset=utf-8")).await {
            assert_eq!(status.code(), code, "{kind}, {http}: {status:?}");
            assert!(status.message().contains(&http.to_string()), "{kind}: {status:?}");
            assert!(status.message().contains("text/html"), "{kind}: {status:?}");
        }
        if http != 200 {
            for (kind, status) in statuses(Script::html(http, b"application/grpc")).await {
                assert_eq!(status.code(), code, "{kind}, {http}: {status:?}");
            }
        }
    }
}

#[tokio::test]
async fn status_of_an_answer_wins_over_its_http_status() {
    let status = headers(&[("grpc-status", b"5"), ("grpc-message", b"none")]);
    let mut head = Script::html(503, b"text/html");
    head.head.extend(status.clone());
    let mut page = Script::html(503, b"application/grpc");
    page.trailers = Some(status.clone());
    let mut message = Script::new(&[framed(&note("a", 1))], &[]);
    (message.http, message.trailers) = (503, Some(status));
    for script in [head, page, message] {
        for (kind, status) in statuses(script).await {
            assert_eq!((status.code(), status.message()), (Code::NotFound, "none"), "{kind}");
        }
    }
}

#[tokio::test]
async fn http_error_with_malformed_messages_has_the_mapped_status() {
    let one = framed(&note("a", 1));
    for data in [one.slice(..7), Bytes::from_static(&[1, 0, 0, 0, 1, 0]), Bytes::from_static(&[0, 0, 0, 0, 1, 0xff])] {
        let mut script = Script::html(503, b"application/grpc");
        script.data = vec![data.clone()];
        for (kind, status) in statuses(script).await {
            assert_eq!(status.code(), Code::Unavailable, "{kind}, {data:?}: {status:?}");
        }
    }
}

#[tokio::test]
async fn http_error_with_a_success_in_its_trailers_has_the_mapped_status() {
    let mut script = Script::new(&[framed(&note("a", 1))], &[("grpc-status", b"0")]);
    script.http = 503;
    for (kind, status) in statuses(script).await {
        assert_eq!(status.code(), Code::Unavailable, "{kind}: {status:?}");
    }
}

#[tokio::test]
async fn status_in_the_trailers_wins_over_a_success_in_the_head() {
    let mut script = Script::new(&[framed(&note("a", 1))], &[("grpc-status", b"7"), ("grpc-message", b"no")]);
    script.head.extend(headers(&[("grpc-status", b"0")]));
    for (kind, status) in statuses(script).await {
        assert_eq!((status.code(), status.message()), (Code::PermissionDenied, "no"), "{kind}");
    }
}

#[tokio::test]
async fn success_in_the_head_needs_no_trailers() {
    let mut script = Script::new(&[framed(&note("a", 1))], &[]);
    script.head.extend(headers(&[("grpc-status", b"0")]));
    script.trailers = None;
    for (kind, end) in ends(script).await {
        assert_eq!(end.unwrap(), [note("a", 1)], "{kind}");
    }
}

#[tokio::test]
async fn content_type_of_an_answer_is_echoed_in_part() {
    for (_, status) in statuses(Script::html(200, &[b'x'; 10_000])).await {
        assert_eq!(status.code(), Code::Unknown);
        assert!(status.message().len() < 400, "{status:?}");
    }
    let mut without = Script::html(200, b"");
    without.head.clear();
    for (kind, status) in statuses(without).await {
        assert_eq!(status.code(), Code::Unknown, "{kind}");
    }
}

#[tokio::test]
async fn single_answer_of_two_messages_is_internal() {
    let one = framed(&note("a", 1));
    let together = Bytes::from([&one[..], &one[..]].concat());
    for data in [vec![one.clone(), one.clone()], vec![together]] {
        for (kind, end) in ends(Script::new(&data, &[("grpc-status", b"0")])).await {
            match kind {
                "get" | "collect" => {
                    let status = end.unwrap_err();
                    assert_eq!(status.code(), Code::Internal, "{kind}");
                    assert_eq!(status.message(), "Too many response messages.", "{kind}");
                }
                _ => assert_eq!(end.unwrap(), [note("a", 1), note("a", 1)], "{kind}"),
            }
        }
    }
}

#[tokio::test]
async fn answer_whose_last_message_is_cut_off_is_internal() {
    let one = framed(&note("a", 1));
    let prefix = Bytes::from_static(&[0, 0, 0, 0, 9]);
    for cut in [one.slice(..7), one.slice(..3), prefix] {
        for data in
            [vec![one.clone(), cut.clone()], vec![cut.clone()], vec![Bytes::from([&one[..], &cut[..]].concat())]]
        {
            for (kind, end) in ends(Script::new(&data, &[("grpc-status", b"0")])).await {
                assert_eq!(end.expect_err(kind).code(), Code::Internal, "{kind} {cut:?}");
            }
            for (kind, status) in statuses(Script::new(&data, &[("grpc-status", b"7")])).await {
                assert!(matches!(status.code(), Code::PermissionDenied | Code::Internal), "{kind} {status:?}");
            }
        }
    }
}

#[tokio::test]
async fn success_that_http_contradicts_is_an_error() {
    let mut script = Script::html(503, b"text/html");
    script.head.extend(headers(&[("grpc-status", b"0")]));
    for (kind, status) in statuses(script).await {
        assert_eq!(status.code(), Code::Unavailable, "{kind}");
    }
}

#[tokio::test]
async fn single_answer_without_a_message_is_internal() {
    let mut only = Script::new(&[], &[]);
    only.head.extend(headers(&[("grpc-status", b"0")]));
    only.trailers = None;
    for script in [Script::new(&[], &[("grpc-status", b"0")]), only] {
        for (kind, end) in ends(script).await {
            match kind {
                "get" | "collect" => assert_eq!(end.unwrap_err().code(), Code::Internal, "{kind}"),
                _ => assert_eq!(end.unwrap(), [], "{kind}"),
            }
        }
    }
}

#[tokio::test]
async fn answer_without_a_status_is_unknown() {
    let mut script = Script::new(&[framed(&note("a", 1))], &[]);
    for trailers in [None, Some(headers(&[("x-trailer", b"yes")]))] {
        script.trailers = trailers;
        for (kind, status) in statuses(script.clone()).await {
            assert_eq!(status.code(), Code::Unknown, "{kind}");
        }
    }
}

/// Names and values that a client reads, and some that it does not.
fn field() -> impl Strategy<Value = (HeaderName, HeaderValue)> {
    let name = prop_oneof![
        Just("grpc-status"),
        Just("grpc-message"),
        Just("grpc-status-details-bin"),
        Just("grpc-encoding"),
        Just("grpc-accept-encoding"),
        Just("content-type"),
        Just("content-length"),
        Just("x-binary-bin"),
        Just("x-text"),
    ];
    let value = prop_oneof![
        Just(b"0".to_vec()),
        Just(b"7".to_vec()),
        Just(b"99999999999999999999".to_vec()),
        Just(b"application/grpc".to_vec()),
        Just(b"text/html".to_vec()),
        Just(b"gzip".to_vec()),
        Just(b"identity".to_vec()),
        Just(b"%E2%28".to_vec()),
        Just(b"!!!".to_vec()),
        Just(b"YWJj".to_vec()),
        vec(any::<u8>(), 0..20),
    ];
    (name, value).prop_filter_map("a valid value", |(name, value)| {
        Some((HeaderName::from_static(name), HeaderValue::from_bytes(&value).ok()?))
    })
}

fn script() -> impl Strategy<Value = Script> {
    let fields = || vec(field(), 0..6).prop_map(|fields| fields.into_iter().collect::<HeaderMap>());
    let data = prop_oneof![
        Just(framed(&note("a", 1))),
        Just(Bytes::from_static(b"<html>")),
        vec(any::<u8>(), 0..40).prop_map(Bytes::from),
        (0u8..3, 0u32..30, vec(any::<u8>(), 0..20)).prop_map(|(flag, length, rest)| [
            &[flag][..],
            &length.to_be_bytes(),
            &rest
        ]
        .concat()
        .into()),
    ];
    let http = prop_oneof![3 => Just(200u16), 1 => 200u16..600];
    let grpc = prop_oneof![3 => Just(true), 1 => Just(false)];
    (http, fields(), grpc, vec(data, 0..4), proptest::option::of(fields())).prop_map(
        |(http, mut head, grpc, data, trailers)| {
            if grpc {
                head.insert("content-type", HeaderValue::from_static("application/grpc"));
            }
            Script { http, head, data, trailers }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_answer_ends_without_a_panic(script in script()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            for (kind, end) in ends(script).await {
                if let (Ok(notes), "get" | "collect") = (&end, kind) {
                    assert_eq!(notes.len(), 1, "{kind}");
                }
            }
        });
    }
}
