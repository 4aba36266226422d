//! Deadlines of streams whose client does not read.

use std::time::{Duration, Instant};

use http::Request;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};
use tonic::transport::Server;
use tonic::transport::server::Router;
use tonic::{Response, Status};
use transom::{BoxStream, CompressionEncoding, Deadline, Streaming};

use crate::generated::Note;
use crate::generated::note_service_server::{NoteService, NoteServiceServer};
use crate::support::{framed, note, serve};

const LONG: Duration = Duration::from_secs(20);

/// Streams without end, and sends a word when the stream is dropped.
struct Endless(mpsc::UnboundedSender<&'static str>);

struct Gone(mpsc::UnboundedSender<&'static str>);

impl Drop for Gone {
    fn drop(&mut self) {
        let _ = self.0.send("gone");
    }
}

impl Endless {
    fn notes(&self) -> BoxStream<Note> {
        let gone = Gone(self.0.clone());
        Box::pin(tokio_stream::iter(std::iter::repeat_with(move || {
            let _held = &gone;
            Ok(note(&"x".repeat(1_000), 1))
        })))
    }
}

impl NoteService for Endless {
    async fn watch(&self, _: tonic::Request<Note>) -> Result<Response<BoxStream<Note>>, Status> {
        Ok(Response::new(self.notes()))
    }

    async fn chat(&self, _: tonic::Request<Streaming<Note>>) -> Result<Response<BoxStream<Note>>, Status> {
        Ok(Response::new(self.notes()))
    }
}

/// Calls `method`, reads nothing of the answer, and waits for the handler's stream to be dropped.
async fn stall(
    router: Router,
    mut events: mpsc::UnboundedReceiver<&'static str>,
    method: &str,
    headers: &[(&'static str, &str)],
) -> Duration {
    let address = serve(router).await;
    let socket = TcpStream::connect(address.trim_start_matches("http://")).await.unwrap();
    let (mut client, connection) = h2::client::handshake(socket).await.unwrap();
    tokio::spawn(connection);
    let mut head = Request::post(format!("{address}/test.v1.NoteService/{method}"))
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .body(())
        .unwrap();
    for (name, value) in headers {
        head.headers_mut().insert(*name, value.parse().unwrap());
    }
    let start = Instant::now();
    let (response, mut body) = client.send_request(head, false).unwrap();
    body.send_data(framed(&note("a", 1)), true).unwrap();
    let unread = response.await.unwrap();
    assert_eq!(timeout(LONG, events.recv()).await, Ok(Some("gone")), "{method} {headers:?}");
    drop(unread);
    start.elapsed()
}

#[tokio::test]
async fn deadline_drops_a_stream_that_the_client_does_not_read() {
    for method in ["Watch", "Chat"] {
        for accepted in ["identity", "gzip"] {
            let (sender, events) = mpsc::unbounded_channel();
            let server = NoteServiceServer::new(Endless(sender)).send_compressed(CompressionEncoding::Gzip);
            let router = Server::builder().add_service(server);
            let headers = [("grpc-timeout", "200m"), ("grpc-accept-encoding", accepted)];
            let elapsed = stall(router, events, method, &headers).await;
            assert!(elapsed >= Duration::from_millis(190), "{method}: {elapsed:?}");
        }
    }
}

#[tokio::test]
async fn deadline_of_the_server_drops_a_stream_that_the_client_does_not_read() {
    for method in ["Watch", "Chat"] {
        let (sender, events) = mpsc::unbounded_channel();
        let server = NoteServiceServer::with_interceptor(Endless(sender), |mut request: tonic::Request<()>| {
            request.extensions_mut().insert(Deadline::after(Duration::from_millis(200)));
            Ok(request)
        });
        let elapsed = stall(Server::builder().add_service(server), events, method, &[]).await;
        assert!(elapsed >= Duration::from_millis(190), "{method}: {elapsed:?}");
    }
}

#[tokio::test]
async fn stream_without_a_deadline_waits_for_its_client() {
    let (sender, mut events) = mpsc::unbounded_channel();
    let address = serve(Server::builder().add_service(NoteServiceServer::new(Endless(sender)))).await;
    let mut client = crate::generated::note_service_client::NoteServiceClient::connect(address).await.unwrap();
    let unread = client.watch(note("a", 1)).await.unwrap();
    sleep(Duration::from_millis(300)).await;
    assert!(events.try_recv().is_err());
    drop(unread);
    assert_eq!(timeout(LONG, events.recv()).await, Ok(Some("gone")));
}
