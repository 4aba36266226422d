//! Test support: an echo service, servers on a free port, and requests and responses below gRPC.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{BufMut, Bytes, BytesMut};
use http::{HeaderMap, Request, Response};
use http_body::Frame;
use http_body_util::BodyExt;
use prost::Message;
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::Status;
use tonic::body::Body;
use tonic::transport::Server;
use tonic::transport::server::Router;
use transom::{Code, Streaming};

use crate::generated::Note;
use crate::generated::note_service_server::{NoteService, NoteServiceServer};

pub(crate) fn note(text: &str, count: u32) -> Note {
    Note { text: text.into(), count }
}

/// Service that returns the messages of its requests.
pub(crate) struct Echo;

impl NoteService for Echo {
    async fn get(&self, request: transom::Request<Note>) -> Result<transom::Response<Note>, Status> {
        Ok(transom::Response::new(request.into_inner()))
    }

    async fn watch(
        &self,
        request: transom::Request<Note>,
    ) -> Result<transom::Response<transom::BoxStream<Note>>, Status> {
        let Note { text, count } = request.into_inner();
        let notes = (0..count).map(move |count| Ok(note(&text, count)));
        Ok(transom::Response::new(Box::pin(tokio_stream::iter(notes))))
    }

    async fn collect(&self, request: transom::Request<Streaming<Note>>) -> Result<transom::Response<Note>, Status> {
        let mut notes = request.into_inner();
        let mut sum = note("", 0);
        while let Some(Note { text, count }) = notes.message().await? {
            sum.text += &text;
            sum.count += count;
        }
        Ok(transom::Response::new(sum))
    }

    async fn chat(
        &self,
        request: transom::Request<Streaming<Note>>,
    ) -> Result<transom::Response<transom::BoxStream<Note>>, Status> {
        Ok(transom::Response::new(Box::pin(request.into_inner())))
    }
}

/// Serves `router` on a free port, and returns its address.
pub(crate) async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(router.serve_with_incoming(TcpListenerStream::new(listener)));
    format!("http://{address}")
}

/// Serves `service` on a free port, and returns its address.
pub(crate) async fn serve_one<T: NoteService>(service: T) -> String {
    serve(Server::builder().add_service(NoteServiceServer::new(service))).await
}

/// Encodes a message with its prefix.
pub(crate) fn framed(note: &Note) -> Bytes {
    let encoded = note.encode_to_vec();
    let mut wire = BytesMut::new();
    wire.put_u8(0);
    wire.put_u32(encoded.len().try_into().unwrap());
    wire.put_slice(&encoded);
    wire.freeze()
}

/// Creates a gRPC request for `/test.v1.NoteService/<method>`.
pub(crate) fn request<B>(method: &str, body: B) -> Request<B> {
    Request::post(format!("/test.v1.NoteService/{method}"))
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .body(body)
        .unwrap()
}

/// Sends `request` to a server of `service`.
pub(crate) async fn call<T, B>(service: T, request: Request<B>) -> RawResponse
where
    T: NoteService,
    B: http_body::Body<Data = Bytes, Error: Into<tower::BoxError>> + Send + 'static,
{
    let server = NoteServiceServer::new(service);
    let Ok(response) = tower::ServiceExt::oneshot(server, request).await;
    RawResponse::read(response).await
}

/// Response below gRPC, read to its end.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RawResponse {
    pub(crate) http: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) data: Bytes,
    pub(crate) trailers: Option<HeaderMap>,
}

impl RawResponse {
    pub(crate) async fn read(response: Response<Body>) -> Self {
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap();
        Self {
            http: head.status.as_u16(),
            headers: head.headers,
            trailers: body.trailers().cloned(),
            data: body.to_bytes(),
        }
    }

    /// Returns the status, from the trailers, or from the head of a response without trailers.
    pub(crate) fn status(&self) -> Status {
        let trailers = self.trailers.as_ref().unwrap_or(&self.headers);
        Status::from_header_map(trailers).expect("a response ends with a status")
    }

    pub(crate) fn code(&self) -> Code {
        self.status().code()
    }

    /// Returns the messages of the body.
    pub(crate) fn notes(&self) -> Vec<Note> {
        let mut rest = &self.data[..];
        let mut notes = Vec::new();
        while let Some((prefix, tail)) = rest.split_first_chunk::<5>() {
            let length = u32::from_be_bytes(*prefix.last_chunk().unwrap()) as usize;
            notes.push(Note::decode(&tail[..length]).unwrap());
            rest = &tail[length..];
        }
        notes
    }
}

/// Body of the given frames.
pub(crate) struct Frames {
    pub(crate) frames: VecDeque<Result<Frame<Bytes>, Status>>,
    pub(crate) end: End,
}

/// State of a body after its last frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Close,
    /// Neither sends nor closes.
    Stall,
}

impl Frames {
    pub(crate) fn new(notes: &[Note], end: End) -> Self {
        Self { frames: notes.iter().map(|note| Ok(Frame::data(framed(note)))).collect(), end }
    }
}

impl http_body::Body for Frames {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        match (self.frames.pop_front(), self.end) {
            (Some(frame), _) => Poll::Ready(Some(frame)),
            (None, End::Close) => Poll::Ready(None),
            (None, End::Stall) => Poll::Pending,
        }
    }
}
