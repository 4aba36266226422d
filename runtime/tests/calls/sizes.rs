//! Messages over the limits: `RESOURCE_EXHAUSTED`, wherever they are noticed.

use std::sync::{Arc, Mutex};

use bytes::{Bytes, BytesMut};
use http_body::Frame;
use tokio_stream::{StreamExt, iter};
use tonic::transport::{Channel, Server};
use tonic::{Request, Response, Status};
use transom::{BoxStream, Code, CompressionEncoding, Streaming};

use crate::generated::Note;
use crate::generated::note_service_client::NoteServiceClient;
use crate::generated::note_service_server::{NoteService, NoteServiceServer};
use crate::support::{Echo, End, Frames, RawResponse, framed, note, request, serve};

const LIMIT: usize = 100;
const RECEIVED: &str = "Error, decoded message length too large: found 202 bytes, the limit is: 100 bytes";
const SENT: &str = "Error, encoded message length too large: found 202 bytes, the limit is: 100 bytes";
const DECODED: &str = "Error, decoded message length too large: found ";
const ENCODED: &str = "Error, encoded message length too large: found ";
const INFLATED: &str = "Error decompressing: size limit, of 100 bytes, exceeded while decompressing message";

/// 202 bytes as it is, a few of them when compressed.
fn large() -> Note {
    note(&"x".repeat(199), 0)
}

/// More than the limit even when compressed.
fn dense() -> Note {
    let mut state = 1u32;
    let text = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'!' + u8::try_from((state >> 24) % 90).unwrap())
    });
    note(&text.take(2_000).collect::<String>(), 0)
}

fn gzip(server: NoteServiceServer<Echo>) -> NoteServiceServer<Echo> {
    server.accept_compressed(CompressionEncoding::Gzip).send_compressed(CompressionEncoding::Gzip)
}

async fn connect(server: NoteServiceServer<Echo>) -> NoteServiceClient<Channel> {
    NoteServiceClient::connect(serve(Server::builder().add_service(server)).await).await.unwrap()
}

fn compressing(client: NoteServiceClient<Channel>) -> NoteServiceClient<Channel> {
    client.send_compressed(CompressionEncoding::Gzip).accept_compressed(CompressionEncoding::Gzip)
}

/// Returns the status of each kind of call that sends and receives `message` once.
async fn ends(client: &mut NoteServiceClient<Channel>, message: Note) -> [(&'static str, Status); 4] {
    let one = Note { count: 1, ..message };
    let get = client.get(one.clone()).await.unwrap_err();
    let watch = match client.watch(one.clone()).await {
        Ok(answer) => answer.into_inner().next().await.unwrap().unwrap_err(),
        Err(status) => status,
    };
    let collect = client.collect(iter([one.clone()])).await.unwrap_err();
    let chat = match client.chat(iter([one])).await {
        Ok(answer) => answer.into_inner().next().await.unwrap().unwrap_err(),
        Err(status) => status,
    };
    [("get", get), ("watch", watch), ("collect", collect), ("chat", chat)]
}

fn assert_refused(ends: [(&'static str, Status); 4], text: &str) {
    for (kind, status) in ends {
        assert_eq!(status.code(), Code::ResourceExhausted, "{kind}: {status:?}");
        assert!(status.message().starts_with(text), "{kind}: {status:?}");
    }
}

#[tokio::test]
async fn a_server_refuses_what_it_receives() {
    let server = gzip(NoteServiceServer::new(Echo)).max_decoding_message_size(LIMIT);
    let mut plain = connect(server).await;
    assert_refused(ends(&mut plain, large()).await, DECODED);

    let mut compressing = compressing(plain);
    assert_refused(ends(&mut compressing, dense()).await, DECODED);
    assert_refused(ends(&mut compressing, large()).await, INFLATED);
}

#[tokio::test]
async fn a_server_refuses_to_send() {
    let mut plain = connect(gzip(NoteServiceServer::new(Echo)).max_encoding_message_size(LIMIT)).await;
    let status = plain.get(large()).await.unwrap_err();
    assert_eq!((status.code(), status.message()), (Code::ResourceExhausted, SENT));

    let two = [note("fits", 1), large()];
    let notes: Vec<_> = plain.chat(iter(two.clone())).await.unwrap().into_inner().collect().await;
    let [Ok(first), Err(status)] = &notes[..] else { panic!("{notes:?}") };
    assert_eq!(*first, two[0]);
    assert_eq!((status.code(), status.message()), (Code::ResourceExhausted, SENT));
    let status = plain.collect(iter(two)).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted);

    let mut compressing = compressing(plain);
    assert!(compressing.get(large()).await.is_ok());
    assert_refused(ends(&mut compressing, dense()).await, ENCODED);
}

#[tokio::test]
async fn a_client_refuses_what_it_receives() {
    let mut plain = connect(gzip(NoteServiceServer::new(Echo))).await.max_decoding_message_size(LIMIT);
    assert_refused(ends(&mut plain, large()).await, DECODED);

    let mut compressing = compressing(plain);
    assert_refused(ends(&mut compressing, dense()).await, DECODED);
    assert_refused(ends(&mut compressing, large()).await, INFLATED);
}

#[tokio::test]
async fn a_client_refuses_to_send() {
    let mut plain = connect(gzip(NoteServiceServer::new(Echo))).await.max_encoding_message_size(LIMIT);
    assert_refused(ends(&mut plain, large()).await, ENCODED);

    let mut compressing = compressing(plain.clone());
    assert!(compressing.get(large()).await.is_ok());
    assert_refused(ends(&mut compressing, dense()).await, ENCODED);

    // In the middle of a conversation, after the head of the answer.
    let mut notes = plain.chat(iter([note("fits", 1)]).chain(tokio_stream::pending())).await.unwrap().into_inner();
    assert_eq!(notes.message().await.unwrap(), Some(note("fits", 1)));
    let (send, receive) = tokio::sync::mpsc::channel(1);
    let said = tokio_stream::wrappers::ReceiverStream::new(receive);
    send.send(note("fits", 1)).await.unwrap();
    let mut notes = plain.chat(said).await.unwrap().into_inner();
    assert_eq!(notes.message().await.unwrap(), Some(note("fits", 1)));
    send.send(large()).await.unwrap();
    let status = notes.message().await.unwrap_err();
    assert_eq!((status.code(), status.message()), (Code::ResourceExhausted, SENT));
}

#[tokio::test]
async fn limits_hold_without_a_socket() {
    let mut client = NoteServiceClient::new(NoteServiceServer::new(Echo)).max_encoding_message_size(LIMIT);
    let status = client.collect(iter([note("fits", 1), large()])).await.unwrap_err();
    assert_eq!((status.code(), status.message()), (Code::ResourceExhausted, SENT));
}

/// Writes down what its stream brings, and fails for reasons of its own.
#[derive(Clone, Default)]
struct Witness(Arc<Mutex<Vec<Result<Note, Code>>>>);

impl NoteService for Witness {
    async fn collect(&self, request: Request<Streaming<Note>>) -> Result<Response<Note>, Status> {
        let notes: Vec<_> = request.into_inner().map(|note| note.map_err(|status| status.code())).collect().await;
        *self.0.lock().unwrap() = notes;
        Err(Status::out_of_range(RECEIVED))
    }

    async fn watch(&self, _: Request<Note>) -> Result<Response<BoxStream<Note>>, Status> {
        Ok(Response::new(Box::pin(iter([Ok(note("a", 1)), Err(Status::out_of_range(SENT))]))))
    }
}

async fn collected(frames: Vec<Bytes>) -> (Vec<Result<Note, Code>>, RawResponse) {
    let witness = Witness::default();
    let server = NoteServiceServer::new(witness.clone()).max_decoding_message_size(LIMIT);
    let frames = frames.into_iter().map(|data| Ok(Frame::data(data))).collect();
    let body = Frames { frames, end: End::Close };
    let Ok(response) = tower::ServiceExt::oneshot(server, request("Collect", body)).await;
    let answer = RawResponse::read(response).await;
    let notes = witness.0.lock().unwrap().clone();
    (notes, answer)
}

#[tokio::test]
async fn a_status_of_the_handler_stays_what_it_is() {
    let (_, answer) = collected(vec![framed(&note("a", 1))]).await;
    assert_eq!((answer.code(), answer.status().message()), (Code::OutOfRange, RECEIVED));

    let server = NoteServiceServer::new(Witness::default()).max_encoding_message_size(LIMIT);
    let mut client = NoteServiceClient::new(server).max_decoding_message_size(LIMIT);
    let mut notes = client.watch(note("a", 1)).await.unwrap().into_inner();
    assert!(notes.message().await.is_ok());
    assert_eq!(notes.message().await.unwrap_err().code(), Code::OutOfRange);
}

#[tokio::test]
async fn a_handler_sees_what_came_before_wherever_the_body_is_cut() {
    let fits = note(&"y".repeat(LIMIT - 2), 0);
    let mut wire = BytesMut::new();
    for message in [&fits, &note("", 0), &note("b", 2), &large(), &note("c", 3)] {
        wire.extend_from_slice(&framed(message));
    }
    let wire = wire.freeze();
    let mut cuts: Vec<Vec<Bytes>> = (0..=wire.len()).map(|cut| vec![wire.slice(..cut), wire.slice(cut..)]).collect();
    cuts.push(wire.chunks(1).map(Bytes::copy_from_slice).collect());
    for frames in cuts {
        let first = frames[0].len();
        let (notes, _) = collected(frames).await;
        assert_eq!(notes[..3], [Ok(fits.clone()), Ok(note("", 0)), Ok(note("b", 2))], "first frame: {first} bytes");
        assert_eq!(notes[3..], [Err(Code::ResourceExhausted)], "first frame: {first} bytes");
    }
}
