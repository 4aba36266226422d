//! The four kinds of methods, and methods that nobody wrote.

use tokio_stream::StreamExt;
use transom::Code;

use crate::generated::note_service_client::NoteServiceClient;
use crate::generated::note_service_server::{NoteService, NoteServiceServer};
use crate::support::{Echo, End, Frames, call, note, request};

struct Nothing;
impl NoteService for Nothing {}

#[tokio::test]
async fn every_kind_answers() {
    let mut client = NoteServiceClient::new(NoteServiceServer::new(Echo));
    let answer = client.get(note("a", 1)).await.unwrap().into_inner();
    assert_eq!(answer, note("a", 1));

    let answers = client.watch(note("b", 3)).await.unwrap().into_inner();
    let answers: Vec<_> = answers.collect::<Result<_, _>>().await.unwrap();
    assert_eq!(answers, [note("b", 0), note("b", 1), note("b", 2)]);

    let notes = [note("c", 1), note("d", 2)];
    let answer = client.collect(tokio_stream::iter(notes.clone())).await.unwrap();
    assert_eq!(answer.into_inner(), note("cd", 3));

    let answers = client.chat(tokio_stream::iter(notes.clone())).await.unwrap().into_inner();
    assert_eq!(answers.collect::<Result<Vec<_>, _>>().await.unwrap(), notes);
}

#[tokio::test]
async fn a_method_without_a_body_is_unimplemented_and_named() {
    let mut client = NoteServiceClient::new(NoteServiceServer::new(Nothing));
    let one = client.get(note("a", 1)).await.unwrap_err();
    let answers = client.watch(note("a", 1)).await.unwrap_err();
    let requests = client.collect(tokio_stream::iter([])).await.unwrap_err();
    let both = client.chat(tokio_stream::iter([])).await.unwrap_err();
    for (status, method) in [(one, "Get"), (answers, "Watch"), (requests, "Collect"), (both, "Chat")] {
        assert_eq!(status.code(), Code::Unimplemented);
        assert_eq!(status.message(), format!("method `/test.v1.NoteService/{method}` is not implemented"));
    }
}

#[tokio::test]
async fn an_unknown_method_is_unimplemented_and_named() {
    let answer = call(Echo, request("Forget", Frames::new(&[], End::Close))).await;
    assert_eq!((answer.http, answer.code()), (200, Code::Unimplemented));
    assert_eq!(answer.status().message(), "method `/test.v1.NoteService/Forget` is not implemented");
}

#[tokio::test]
async fn a_path_of_another_service_reaches_no_method() {
    for path in ["/test.v1.OtherService/Get", "/Get", "/", "/test.v1.NoteService/Get/", "/test.v1.NoteServiceGet"] {
        let mut request = request("Get", Frames::new(&[note("a", 1)], End::Close));
        *request.uri_mut() = path.parse().unwrap();
        let answer = call(Echo, request).await;
        assert_eq!(answer.code(), Code::Unimplemented, "{path}");
    }
}
