//! Connections that are refused or lost, and streams that are reset: the client's statuses.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use h2::{Reason, SendStream};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_stream::pending;
use tonic::body::Body;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Status};
use transom::Streaming;

use crate::generated::Note;
use crate::generated::note_service_client::NoteServiceClient;
use crate::support::{framed, note};

/// Action of a server in place of a response.
#[derive(Debug, Clone, Copy)]
enum Fate {
    /// Closes the socket.
    Close,
    /// Closes it with a TCP reset.
    Abort,
    /// Ends the connection with a GOAWAY.
    GoAway(Reason),
    /// Ends the stream with a RST_STREAM.
    Reset(Reason),
}

/// Time of the action.
#[derive(Debug, Clone, Copy)]
enum Moment {
    BeforeTheHead,
    /// After the head and one message.
    InTheBody,
}

/// A client of a server whose only call meets `fate`.
async fn meet(fate: Fate, moment: Moment) -> NoteServiceClient<Channel> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        fail(socket, fate, moment).await;
    });
    let channel = Endpoint::new(format!("http://{address}")).unwrap().connect_lazy();
    NoteServiceClient::new(channel).default_deadline(Duration::from_secs(20))
}

async fn fail(socket: TcpStream, fate: Fate, moment: Moment) {
    if let Fate::Abort = fate {
        socket.set_zero_linger().unwrap();
    }
    let mut connection = h2::server::handshake(socket).await.unwrap();
    let (request, mut respond) = connection.accept().await.unwrap().unwrap();
    let mut body: Option<SendStream<Bytes>> = None;
    if let Moment::InTheBody = moment {
        let head = http::Response::builder().header("content-type", "application/grpc").body(()).unwrap();
        let stream = body.insert(respond.send_response(head, false).unwrap());
        stream.send_data(framed(&note("a", 1)), false).unwrap();
        // Sent before anything else happens.
        let flushed = tokio::time::timeout(Duration::from_millis(100), connection.accept()).await;
        assert!(flushed.is_err());
    }
    match fate {
        Fate::Close | Fate::Abort => {}
        Fate::GoAway(reason) => {
            connection.abrupt_shutdown(reason);
            let _ = tokio::time::timeout(Duration::from_millis(100), connection.accept()).await;
        }
        Fate::Reset(reason) => {
            match body {
                Some(mut body) => body.send_reset(reason),
                None => respond.send_reset(reason),
            }
            // Until the client goes.
            let _ = connection.accept().await;
        }
    }
    drop(request);
}

async fn broken(mut notes: Streaming<Note>) -> Status {
    assert_eq!(notes.message().await.unwrap(), Some(note("a", 1)));
    notes.message().await.unwrap_err()
}

/// Returns the statuses of a unary call and of a stream, each on a connection of its own.
async fn ends(fate: Fate) -> Vec<(String, Status)> {
    let mut ends = Vec::new();
    for moment in [Moment::BeforeTheHead, Moment::InTheBody] {
        let unary = meet(fate, moment).await.get(note("a", 1)).await.unwrap_err();
        ends.push((format!("unary, {fate:?} {moment:?}"), unary));
        let chat = match (moment, meet(fate, moment).await.chat(pending::<Note>()).await) {
            (Moment::BeforeTheHead, answer) => answer.map(drop).unwrap_err(),
            (Moment::InTheBody, answer) => broken(answer.unwrap().into_inner()).await,
        };
        ends.push((format!("stream, {fate:?} {moment:?}"), chat));
    }
    ends
}

#[tokio::test]
async fn a_lost_connection_is_unavailable() {
    for fate in [Fate::Close, Fate::Abort, Fate::GoAway(Reason::NO_ERROR), Fate::GoAway(Reason::INTERNAL_ERROR)] {
        for (name, status) in ends(fate).await {
            assert_eq!(status.code(), Code::Unavailable, "{name}: {status:?}");
            assert!(status.message().starts_with("transport error: "), "{name}: {status:?}");
            let mut cause = status.source();
            while let Some(error) = cause.filter(|error| !error.is::<hyper::Error>()) {
                cause = error.source();
            }
            assert!(cause.is_some(), "{name}: {status:?}");
        }
    }
}

#[tokio::test]
async fn a_reset_stream_has_the_status_of_its_reason() {
    for (reason, code) in [
        (Reason::REFUSED_STREAM, Code::Unavailable),
        (Reason::CANCEL, Code::Cancelled),
        (Reason::ENHANCE_YOUR_CALM, Code::ResourceExhausted),
        (Reason::INADEQUATE_SECURITY, Code::PermissionDenied),
        (Reason::INTERNAL_ERROR, Code::Internal),
        (Reason::PROTOCOL_ERROR, Code::Internal),
        (Reason::STREAM_CLOSED, Code::Unknown),
    ] {
        for (name, status) in ends(Fate::Reset(reason)).await {
            assert_eq!(status.code(), code, "{name}: {status:?}");
        }
    }
}

/// Answers the first request with a GOAWAY that names no stream: none has been looked at.
async fn turn_away(mut socket: TcpStream, reason: Reason) {
    socket.write_all(b"\0\0\0\x04\0\0\0\0\0").await.unwrap();
    socket.read_exact(&mut [0; 24]).await.unwrap();
    loop {
        let mut head = [0; 9];
        socket.read_exact(&mut head).await.unwrap();
        let [a, b, c, kind, ..] = head;
        let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
        socket.read_exact(&mut payload).await.unwrap();
        if kind == 1 {
            break;
        }
    }
    socket.write_all(b"\0\0\x08\x07\0\0\0\0\0\0\0\0\0").await.unwrap();
    socket.write_all(&u32::from(reason).to_be_bytes()).await.unwrap();
    // Until the client goes.
    let _ = socket.read_to_end(&mut Vec::new()).await;
}

#[tokio::test]
async fn a_server_that_turns_calls_away_is_unavailable_unless_it_says_to_slow_down() {
    for (reason, code) in [
        (Reason::NO_ERROR, Code::Unavailable),
        (Reason::PROTOCOL_ERROR, Code::Unavailable),
        (Reason::ENHANCE_YOUR_CALM, Code::ResourceExhausted),
        (Reason::INADEQUATE_SECURITY, Code::PermissionDenied),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { turn_away(listener.accept().await.unwrap().0, reason).await });
        let channel = Endpoint::new(format!("http://{address}")).unwrap().connect_lazy();
        let status = NoteServiceClient::new(channel).get(note("a", 1)).await.unwrap_err();
        assert_eq!(status.code(), code, "{reason:?}: {status:?}");
    }
}

#[tokio::test]
async fn a_refused_connection_is_unavailable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let channel = Endpoint::new(format!("http://{address}")).unwrap().connect_lazy();
    let status = NoteServiceClient::new(channel).get(note("a", 1)).await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable);
    assert!(status.source().is_some());
}

#[tokio::test]
async fn a_server_of_another_protocol_is_unavailable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        socket.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        // Not read: what the client sends is of no interest.
        tokio::time::sleep(Duration::from_secs(20)).await;
    });
    let channel = Endpoint::new(format!("http://{address}")).unwrap().connect_lazy();
    let status = NoteServiceClient::new(channel).get(note("a", 1)).await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable, "{status:?}");
}

/// A transport that fails with `error`.
async fn failing(error: impl Into<transom::BoxError>) -> Status {
    let mut error = Some(error.into());
    let transport = tower::service_fn(move |_: http::Request<Body>| {
        std::future::ready(Err::<http::Response<Body>, _>(error.take().unwrap()))
    });
    NoteServiceClient::new(transport).get(note("a", 1)).await.unwrap_err()
}

#[tokio::test]
async fn an_error_of_any_transport_is_unavailable_and_stays_the_source() {
    let status = failing("the pigeon got lost").await;
    assert_eq!((status.code(), status.message()), (Code::Unavailable, "transport error: the pigeon got lost"));
    assert_eq!(status.source().unwrap().to_string(), "the pigeon got lost");
}

#[tokio::test]
async fn a_status_of_a_layer_stays_what_it_is() {
    for code in [Code::Unknown, Code::Internal, Code::Cancelled, Code::DeadlineExceeded, Code::OutOfRange] {
        let status = failing(Status::new(code, "says the layer")).await;
        assert_eq!((status.code(), status.message()), (code, "says the layer"));
    }
}
