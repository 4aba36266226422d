//! Uploads that a client cancels: a body without END_STREAM is an error in every kind of call.

use std::time::Duration;

use bytes::Bytes;
use h2::{Reason, SendStream};
use http::{HeaderMap, Request};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tonic::{Response, Status};
use transom::{BoxStream, CompressionEncoding, Streaming};

use crate::generated::Note;
use crate::generated::note_service_server::{NoteService, NoteServiceServer};
use crate::support::{End, Frames, call, framed, note, serve};

/// Longer than any machine needs for what is not being waited for.
const LONG: Duration = Duration::from_secs(20);

/// Writes down what reaches its handlers.
#[derive(Clone)]
struct Witness(mpsc::UnboundedSender<String>);

impl Witness {
    fn saw(&self, event: &str) {
        self.0.send(event.to_owned()).unwrap();
    }

    async fn read(&self, mut notes: Streaming<Note>) {
        loop {
            match notes.message().await {
                Ok(Some(Note { text, .. })) => self.saw(&text),
                Ok(None) => return self.saw("end"),
                Err(status) => return self.saw(&format!("{:?}", status.code())),
            }
        }
    }
}

impl NoteService for Witness {
    async fn get(&self, request: tonic::Request<Note>) -> Result<Response<Note>, Status> {
        self.saw("handler");
        Ok(Response::new(request.into_inner()))
    }

    async fn watch(&self, _: tonic::Request<Note>) -> Result<Response<BoxStream<Note>>, Status> {
        self.saw("handler");
        Ok(Response::new(Box::pin(tokio_stream::empty())))
    }

    async fn collect(&self, request: tonic::Request<Streaming<Note>>) -> Result<Response<Note>, Status> {
        self.read(request.into_inner()).await;
        Ok(Response::new(note("", 0)))
    }

    async fn chat(&self, request: tonic::Request<Streaming<Note>>) -> Result<Response<BoxStream<Note>>, Status> {
        let witness = self.clone();
        // As in a conversation, another task reads.
        tokio::spawn(async move { witness.read(request.into_inner()).await });
        Ok(Response::new(Box::pin(tokio_stream::pending())))
    }
}

/// Transport of the server.
#[derive(Debug, Clone, Copy)]
enum Stack {
    /// tonic's transport and router, which box the body.
    Tonic,
    /// hyper alone.
    Hyper,
}

/// A server on a free port, and what its handlers saw.
async fn witness(stack: Stack) -> (String, mpsc::UnboundedReceiver<String>) {
    let (sender, events) = mpsc::unbounded_channel();
    let server = NoteServiceServer::new(Witness(sender)).accept_compressed(CompressionEncoding::Gzip);
    let address = match stack {
        Stack::Tonic => serve(tonic::transport::Server::builder().add_service(server)).await,
        Stack::Hyper => {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            tokio::spawn(async move {
                let (socket, _) = listener.accept().await.unwrap();
                let service = hyper_util::service::TowerToHyperService::new(server);
                let connection = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
                let _ = connection.serve_connection(TokioIo::new(socket), service).await;
            });
            format!("http://{address}")
        }
    };
    (address, events)
}

/// Starts a call on a connection that lives until the end of the test.
async fn begin(address: &str, method: &str, encoding: &str) -> (h2::client::ResponseFuture, SendStream<Bytes>) {
    let (response, body, _) = begin_on_own_connection(address, method, encoding).await;
    (response, body)
}

/// Starts a call, and returns the task of its connection too.
async fn begin_on_own_connection(
    address: &str,
    method: &str,
    encoding: &str,
) -> (h2::client::ResponseFuture, SendStream<Bytes>, JoinHandle<()>) {
    let socket = TcpStream::connect(address.trim_start_matches("http://")).await.unwrap();
    let (mut client, connection) = h2::client::handshake(socket).await.unwrap();
    let connection = tokio::spawn(async move { connection.await.unwrap() });
    let request = Request::post(format!("{address}/test.v1.NoteService/{method}"))
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .header("grpc-encoding", encoding)
        .body(())
        .unwrap();
    let (response, body) = client.send_request(request, false).unwrap();
    (response, body, connection)
}

async fn next(events: &mut mpsc::UnboundedReceiver<String>) -> String {
    timeout(LONG, events.recv()).await.expect("an event in time").expect("a server that lives")
}

#[tokio::test]
async fn stream_of_a_cancelled_upload_ends_with_an_error() {
    for stack in [Stack::Tonic, Stack::Hyper] {
        for reason in [Reason::CANCEL, Reason::NO_ERROR] {
            for (method, encoding) in
                [("Collect", "identity"), ("Collect", "gzip"), ("Chat", "identity"), ("Chat", "gzip")]
            {
                let (address, mut events) = witness(stack).await;
                let (response, mut body) = begin(&address, method, encoding).await;
                for text in ["a", "b"] {
                    body.send_data(framed(&note(text, 1)), false).unwrap();
                }
                assert_eq!((next(&mut events).await, next(&mut events).await), ("a".into(), "b".into()));
                body.send_reset(reason);
                assert_eq!(next(&mut events).await, "Cancelled", "{stack:?} {reason:?} {method} {encoding}");
                drop(response);
            }
        }
    }
}

#[tokio::test]
async fn stream_of_a_lost_connection_ends_with_cancelled() {
    for stack in [Stack::Tonic, Stack::Hyper] {
        for (method, encoding) in [("Collect", "identity"), ("Collect", "gzip"), ("Chat", "identity"), ("Chat", "gzip")]
        {
            let (address, mut events) = witness(stack).await;
            let (response, mut body, connection) = begin_on_own_connection(&address, method, encoding).await;
            body.send_data(framed(&note("a", 1)), false).unwrap();
            assert_eq!(next(&mut events).await, "a");
            connection.abort();
            assert_eq!(next(&mut events).await, "Cancelled", "{stack:?} {method} {encoding}");
            drop(response);
        }
    }
}

#[tokio::test]
async fn handler_does_not_run_for_a_cancelled_request() {
    for stack in [Stack::Tonic, Stack::Hyper] {
        for reason in [Reason::CANCEL, Reason::NO_ERROR] {
            for (method, encoding) in [("Get", "identity"), ("Get", "gzip"), ("Watch", "identity"), ("Watch", "gzip")] {
                let (address, mut events) = witness(stack).await;
                let (response, mut body) = begin(&address, method, encoding).await;
                body.send_data(framed(&note("a", 1)), false).unwrap();
                // Read before the reset arrives.
                tokio::time::sleep(Duration::from_millis(30)).await;
                body.send_reset(reason);
                let event = timeout(Duration::from_millis(100), events.recv()).await;
                assert!(event.is_err(), "{stack:?} {reason:?} {method} {encoding}: {event:?}");
                drop(response);
            }
        }
    }
}

#[tokio::test]
async fn upload_with_its_end_is_complete() {
    for stack in [Stack::Tonic, Stack::Hyper] {
        for end in ["with the data", "after the data", "with trailers"] {
            for (method, seen) in [("Get", ["handler"].as_slice()), ("Watch", &["handler"]), ("Collect", &["a", "end"])]
            {
                let (address, mut events) = witness(stack).await;
                let (response, mut body) = begin(&address, method, "identity").await;
                body.send_data(framed(&note("a", 1)), end == "with the data").unwrap();
                match end {
                    "after the data" => body.send_data(Bytes::new(), true).unwrap(),
                    "with trailers" => body.send_trailers(HeaderMap::new()).unwrap(),
                    _ => {}
                }
                for event in seen {
                    assert_eq!(next(&mut events).await, *event, "{stack:?} {method} {end}");
                }
                assert_eq!(response.await.unwrap().status(), 200);
            }
        }
    }
}

#[tokio::test]
async fn body_that_fails_with_cancelled_is_an_error() {
    for method in ["Get", "Watch", "Collect"] {
        let (sender, mut events) = mpsc::unbounded_channel();
        let mut body = Frames::new(&[note("a", 1)], End::Close);
        body.frames.push_back(Err(Status::cancelled("the caller left")));
        call(Witness(sender), crate::support::request(method, body)).await;
        let mut seen = Vec::new();
        while let Some(event) = events.recv().await {
            seen.push(event);
        }
        let expected: &[&str] = if method == "Collect" { &["a", "Cancelled"] } else { &[] };
        assert_eq!(seen, expected, "{method}");
    }
}

/// A layer that hides the end of the body makes requests of HTTP/2 look like this.
#[tokio::test]
async fn server_that_trusts_the_end_of_requests_accepts_bodies_without_end_stream() {
    for (method, trusts) in [("Get", false), ("Get", true), ("Watch", true), ("Collect", false), ("Collect", true)] {
        let (sender, mut events) = mpsc::unbounded_channel();
        let mut server = NoteServiceServer::new(Witness(sender));
        if trusts {
            server = server.trust_request_end();
        }
        let mut request = crate::support::request(method, Frames::new(&[note("a", 1)], End::Close));
        *request.version_mut() = http::Version::HTTP_2;
        *request.uri_mut() = format!("http://localhost/test.v1.NoteService/{method}").parse().unwrap();
        let _ = tower::Service::call(&mut server, request).await;
        let mut seen = Vec::new();
        drop(server);
        while let Some(event) = events.recv().await {
            seen.push(event);
        }
        assert_eq!(seen.iter().all(|event| event != "Cancelled") && !seen.is_empty(), trusts, "{method} {seen:?}");
    }
}
