//! The four kinds of methods, in-process.

use tokio_stream::StreamExt;
use transom::{BoxStream, Code, Request, Response, Status, Streaming};

use crate::generated::Note;
use crate::generated::note_service_client::NoteServiceClient;
use crate::generated::note_service_server::{NoteService, NoteServiceServer};

pub(crate) fn note(text: &str, count: u32) -> Note {
    Note { text: text.into(), count }
}

struct Echo;

impl NoteService for Echo {
    async fn get(&self, request: Request<Note>) -> Result<Response<Note>, Status> {
        Ok(Response::new(request.into_inner()))
    }

    async fn watch(&self, request: Request<Note>) -> Result<Response<BoxStream<Note>>, Status> {
        let Note { text, count } = request.into_inner();
        let notes = (0..count).map(move |count| Ok(note(&text, count)));
        Ok(Response::new(Box::pin(tokio_stream::iter(notes))))
    }

    async fn collect(&self, request: Request<Streaming<Note>>) -> Result<Response<Note>, Status> {
        let mut notes = request.into_inner();
        let mut sum = note("", 0);
        while let Some(Note { text, count }) = notes.message().await? {
            sum.text += &text;
            sum.count += count;
        }
        Ok(Response::new(sum))
    }

    async fn chat(&self, request: Request<Streaming<Note>>) -> Result<Response<BoxStream<Note>>, Status> {
        Ok(Response::new(Box::pin(request.into_inner())))
    }
}

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
async fn a_method_that_nobody_wrote_is_unimplemented() {
    let mut client = NoteServiceClient::new(NoteServiceServer::new(Nothing));
    let status = client.get(note("a", 1)).await.unwrap_err();
    assert_eq!(status.code(), Code::Unimplemented);
    assert_eq!(status.message(), "method `/test.v1.NoteService/Get` is not implemented");
    let status = client.chat(tokio_stream::iter([])).await.unwrap_err();
    assert_eq!(status.code(), Code::Unimplemented);
}
