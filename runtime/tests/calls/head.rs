//! Requests that are no gRPC calls.

use http::Method;
use transom::Code;

use crate::support::{Echo, End, Frames, call, note, request};

#[tokio::test]
async fn another_content_type_is_an_unsupported_media_type() {
    for content_type in ["application/json", "application/grpc-web", "application/grpcx", "text/plain", ""] {
        let mut request = request("Get", Frames::new(&[note("a", 1)], End::Close));
        request.headers_mut().insert("content-type", content_type.parse().unwrap());
        let answer = call(Echo, request).await;
        assert_eq!((answer.http, answer.code()), (415, Code::InvalidArgument), "{content_type}");
        assert_eq!(answer.status().message(), format!("content type `{content_type}` is not `application/grpc`"));
        assert!(answer.data.is_empty());
    }
    let mut request = request("Get", Frames::new(&[note("a", 1)], End::Close));
    request.headers_mut().remove("content-type");
    assert_eq!(call(Echo, request).await.http, 415);
}

#[tokio::test]
async fn message_format_and_parameters_of_the_content_type_are_free() {
    for content_type in ["application/grpc", "application/grpc+proto", "application/grpc;v=1", "Application/GRPC"] {
        let mut request = request("Get", Frames::new(&[note("a", 1)], End::Close));
        request.headers_mut().insert("content-type", content_type.parse().unwrap());
        let answer = call(Echo, request).await;
        assert_eq!((answer.http, answer.code()), (200, Code::Ok), "{content_type}");
        assert_eq!(answer.notes(), [note("a", 1)]);
    }
}

#[tokio::test]
async fn another_http_method_is_not_allowed() {
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        let mut request = request("Get", Frames::new(&[], End::Close));
        *request.method_mut() = method;
        let answer = call(Echo, request).await;
        assert_eq!(answer.http, 405);
        assert_eq!(answer.headers["allow"], "POST");
    }
}

#[tokio::test]
async fn refusal_repeats_the_beginning_of_a_long_value_only() {
    let long = "x".repeat(10_000);
    let plain = || request("Get", Frames::new(&[note("a", 1)], End::Close));
    let with = |name: &'static str| {
        let mut request = plain();
        request.headers_mut().insert(name, long.parse().unwrap());
        request
    };
    let mut method = plain();
    *method.method_mut() = Method::from_bytes(long.as_bytes()).unwrap();
    let unknown = request(&long, Frames::new(&[note("a", 1)], End::Close));
    for request in [with("content-type"), with("grpc-timeout"), method, unknown] {
        let answer = call(Echo, request).await;
        assert_ne!(answer.code(), Code::Ok);
        let message = answer.status().message().to_owned();
        assert!(message.contains("xxx") && message.len() < 512, "{} bytes", message.len());
    }
}
