//! Cancellation and deadlines over TCP, where tonic's own timers run beside ours.

use std::future::pending;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::Full;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};
use tonic::body::Body;
use tonic::transport::{Channel, Endpoint, Server};
use tonic::{Request, Response, Status};
use transom::{BoxStream, Code, Deadline};

use crate::generated::Note;
use crate::generated::note_service_client::NoteServiceClient;
use crate::generated::note_service_server::{NoteService, NoteServiceServer};
use crate::support::{RawResponse, framed, note, request, serve_one};

/// Longer than any machine needs for what is not being waited for.
const LONG: Duration = Duration::from_secs(20);

/// Says when a call begins, and when its handler is gone.
struct Witness(mpsc::UnboundedSender<&'static str>);

struct Gone(mpsc::UnboundedSender<&'static str>);

impl Drop for Gone {
    fn drop(&mut self) {
        self.0.send("gone").unwrap();
    }
}

impl NoteService for Witness {
    async fn get(&self, _: Request<Note>) -> Result<Response<Note>, Status> {
        let _gone = Gone(self.0.clone());
        self.0.send("begun").unwrap();
        pending().await
    }

    async fn watch(&self, _: Request<Note>) -> Result<Response<BoxStream<Note>>, Status> {
        let gone = Gone(self.0.clone());
        self.0.send("begun").unwrap();
        let notes = tokio_stream::StreamExt::map(tokio_stream::iter(0..), move |count| {
            let _held = &gone;
            Ok(note("a", count))
        });
        Ok(Response::new(Box::pin(notes)))
    }
}

async fn next(events: &mut mpsc::UnboundedReceiver<&'static str>) -> &'static str {
    timeout(LONG, events.recv()).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_caller_that_goes_away_takes_the_handler_along() {
    let (sender, mut events) = mpsc::unbounded_channel();
    let address = serve_one(Witness(sender)).await;
    let mut client = NoteServiceClient::connect(address).await.unwrap();

    let mut other = client.clone();
    let call = tokio::spawn(async move { other.get(note("a", 1)).await });
    assert_eq!(next(&mut events).await, "begun");
    call.abort();
    assert_eq!(next(&mut events).await, "gone");

    let mut notes = client.watch(note("a", 1)).await.unwrap().into_inner();
    assert_eq!(next(&mut events).await, "begun");
    assert_eq!(notes.message().await.unwrap(), Some(note("a", 0)));
    drop(notes);
    assert_eq!(next(&mut events).await, "gone");
}

/// Never answers.
struct Silent;

impl NoteService for Silent {
    async fn get(&self, _: Request<Note>) -> Result<Response<Note>, Status> {
        pending().await
    }
}

/// A call without tonic's client, which has a timer of its own.
async fn bare_call<S>(stream: S, timeout: &str) -> RawResponse
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (executor, io) = (TokioExecutor::new(), TokioIo::new(stream));
    let (mut sender, connection) = hyper::client::conn::http2::handshake(executor, io).await.unwrap();
    tokio::spawn(connection);
    let body = Full::new(framed(&note("a", 1)));
    let mut request: http::Request<Full<Bytes>> = request("Get", body);
    *request.uri_mut() = "http://test/test.v1.NoteService/Get".parse().unwrap();
    request.headers_mut().insert("grpc-timeout", timeout.parse().unwrap());
    let response = sender.send_request(request).await.unwrap();
    RawResponse::read(response.map(Body::new)).await
}

// Of two timers for the same moment, tonic's would answer CANCELLED.

#[tokio::test(start_paused = true)]
async fn our_deadline_wins_over_the_transports_timer() {
    for timeout in ["1m", "20m", "20137u", "1S", "99999999n", "1H"] {
        let (ours, theirs) = tokio::io::duplex(64 * 1024);
        let router = Server::builder().add_service(NoteServiceServer::new(Silent));
        let incoming = tokio_stream::once(Ok::<_, std::io::Error>(theirs));
        tokio::spawn(router.serve_with_incoming(incoming));
        let answer = bare_call(ours, timeout).await;
        assert_eq!(answer.code(), Code::DeadlineExceeded, "{timeout}: {answer:?}");
    }
}

#[tokio::test]
async fn our_deadline_wins_when_clocks_run() {
    let address = serve_one(Silent).await;
    for timeout in ["50m", "50137u", "50811u"] {
        let stream = TcpStream::connect(address.trim_start_matches("http://")).await.unwrap();
        let answer = bare_call(stream, timeout).await;
        assert_eq!(answer.code(), Code::DeadlineExceeded, "{timeout}: {answer:?}");
    }
}

#[tokio::test]
async fn the_caller_hears_of_its_deadline_and_not_of_a_cancellation() {
    let address = serve_one(Silent).await;
    let mut client = NoteServiceClient::connect(address).await.unwrap();
    for round in 0..5 {
        let mut request = Request::new(note("a", 1));
        request.set_timeout(Duration::from_micros(50_000 + 137 * round));
        let status = client.get(request).await.unwrap_err();
        assert_eq!(status.code(), Code::DeadlineExceeded, "round {round}: {status:?}");
    }
}

/// Answers with the milliseconds that its call has left, after taking some of them.
struct Last;

impl NoteService for Last {
    async fn get(&self, request: Request<Note>) -> Result<Response<Note>, Status> {
        let left = Deadline::from_request(&request).unwrap().remaining();
        sleep(Duration::from_millis(request.get_ref().count.into())).await;
        Ok(Response::new(note("left", left.as_millis().try_into().unwrap())))
    }
}

/// Asks the next server, after some time.
struct Hop(Channel);

impl NoteService for Hop {
    async fn get(&self, request: Request<Note>) -> Result<Response<Note>, Status> {
        sleep(Duration::from_millis(200)).await;
        NoteServiceClient::new(self.0.clone()).get(request.into_inner()).await
    }
}

#[tokio::test]
async fn a_deadline_passes_through_two_hops() {
    let last = Endpoint::new(serve_one(Last).await).unwrap().connect_lazy();
    let middle = Endpoint::new(serve_one(Hop(last)).await).unwrap().connect_lazy();
    let first = serve_one(Hop(middle)).await;
    let client = NoteServiceClient::connect(first).await.unwrap();

    let mut patient = client.clone().default_deadline(LONG);
    let left = patient.get(note("a", 0)).await.unwrap().into_inner().count;
    let most = u32::try_from(LONG.as_millis()).unwrap() - 400;
    assert!((1..=most).contains(&left), "{left} ms are left");

    let start = Instant::now();
    let mut hasty = client.default_deadline(Duration::from_millis(700));
    let status = hasty.get(note("a", 60_000)).await.unwrap_err();
    assert_eq!(status.code(), Code::DeadlineExceeded);
    assert!(start.elapsed() < LONG);
}
