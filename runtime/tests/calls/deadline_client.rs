//! Deadlines on the client: sent, enforced, and inherited from the call that is being served.

use std::convert::Infallible;
use std::future::{Ready, pending, ready};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, sleep};
use tokio_stream::{StreamExt, iter};
use tonic::body::Body;
use tonic::{Request, Response, Status};
use tower::{Service, service_fn};
use transom::{BoxStream, Code, Deadline, deadline};

use crate::generated::Note;
use crate::generated::note_service_client::NoteServiceClient;
use crate::generated::note_service_server::{NoteService, NoteServiceServer};
use crate::support::{Echo, End, Frames, call, note, request};

/// A transport to a server of [`Echo`] that writes down the `grpc-timeout` of each call.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<Option<String>>>>);

impl Recorder {
    fn client(&self) -> NoteServiceClient<Self> {
        NoteServiceClient::new(self.clone())
    }

    fn taken(&self) -> Vec<Option<String>> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Service<http::Request<Body>> for Recorder {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = transom::server::CallFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let timeout = request.headers().get("grpc-timeout");
        let timeout = timeout.map(|value| value.to_str().unwrap().to_owned());
        self.0.lock().unwrap().push(timeout);
        NoteServiceServer::new(Echo).call(request)
    }
}

fn sent(timeout: &str) -> Vec<Option<String>> {
    vec![Some(timeout.to_owned())]
}

#[tokio::test(start_paused = true)]
async fn without_a_deadline_nothing_is_sent() {
    let recorder = Recorder::default();
    recorder.client().get(note("a", 1)).await.unwrap();
    assert_eq!(recorder.taken(), [None]);
}

#[tokio::test(start_paused = true)]
async fn the_default_holds_until_a_request_says_otherwise() {
    let recorder = Recorder::default();
    let mut client = recorder.client().default_deadline(Duration::from_secs(2));
    client.get(note("a", 1)).await.unwrap();
    assert_eq!(recorder.taken(), sent("2000000u"));

    let mut longer = Request::new(note("a", 1));
    longer.set_timeout(Duration::from_secs(5));
    client.get(longer).await.unwrap();
    assert_eq!(recorder.taken(), sent("5000000u"));
}

#[tokio::test(start_paused = true)]
async fn every_kind_sends_its_deadline() {
    let recorder = Recorder::default();
    let mut client = recorder.client().default_deadline(Duration::from_millis(50));
    client.get(note("a", 1)).await.unwrap();
    client.watch(note("a", 1)).await.unwrap();
    client.collect(iter([note("a", 1)])).await.unwrap();
    client.chat(iter([note("a", 1)])).await.unwrap();
    assert_eq!(recorder.taken(), [const { Some("50000000n") }; 4].map(|sent| sent.map(str::to_owned)));
}

#[tokio::test(start_paused = true)]
async fn the_outer_deadline_wins_when_it_is_earlier() {
    let recorder = Recorder::default();
    let mut client = recorder.client();
    let outer = Deadline::after(Duration::from_secs(1));
    deadline::scope(outer, async {
        sleep(Duration::from_millis(400)).await;
        client.get(note("a", 1)).await.unwrap();
        let mut longer = Request::new(note("a", 1));
        longer.set_timeout(Duration::from_secs(5));
        client.get(longer).await.unwrap();
        let mut shorter = Request::new(note("a", 1));
        shorter.set_timeout(Duration::from_millis(10));
        client.get(shorter).await.unwrap();
        let mut generous = client.clone().default_deadline(Duration::from_secs(60));
        generous.get(note("a", 1)).await.unwrap();
    })
    .await;
    let sent = recorder.taken();
    assert_eq!(sent.iter().flatten().collect::<Vec<_>>(), ["600000u", "600000u", "10000000n", "600000u"]);
}

#[tokio::test(start_paused = true)]
async fn an_inner_scope_cannot_extend_an_outer_one() {
    let recorder = Recorder::default();
    let mut client = recorder.client();
    let (one, two) = (Deadline::after(Duration::from_secs(1)), Deadline::after(Duration::from_secs(2)));
    let call = async { client.get(note("a", 1)).await.unwrap() };
    deadline::scope(one, deadline::scope(two, call)).await;
    assert_eq!(recorder.taken(), sent("1000000u"));
}

#[tokio::test(start_paused = true)]
async fn an_expired_deadline_makes_no_call() {
    let recorder = Recorder::default();
    let mut client = recorder.client();
    let over = Deadline::after(Duration::ZERO);
    let status = deadline::scope(over, client.get(note("a", 1))).await.unwrap_err();
    assert_eq!(status.code(), Code::DeadlineExceeded);
    let mut zero = Request::new(note("a", 1));
    zero.set_timeout(Duration::ZERO);
    let status = client.get(zero).await.unwrap_err();
    assert_eq!(status.code(), Code::DeadlineExceeded);
    assert!(recorder.taken().is_empty());
}

#[tokio::test]
async fn a_malformed_timeout_makes_no_call() {
    let recorder = Recorder::default();
    let mut malformed = Request::new(note("a", 1));
    malformed.metadata_mut().insert("grpc-timeout", "soon".parse().unwrap());
    let status = recorder.client().get(malformed).await.unwrap_err();
    assert_eq!(status.code(), Code::Internal);
    assert!(status.message().starts_with("malformed grpc-timeout `soon`"));
    assert!(recorder.taken().is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_finest_unit_that_fits_is_sent() {
    let recorder = Recorder::default();
    let cases = [
        (Duration::from_nanos(99_999_999), "99999999n"),
        (Duration::from_nanos(100_000_999), "100000u"),
        (Duration::from_secs(100), "100000m"),
        (Duration::from_secs(100_000), "100000S"),
        (Duration::from_secs(100_000_000), "1666666M"),
    ];
    for (timeout, expected) in cases {
        let mut client = recorder.client().default_deadline(timeout);
        client.get(note("a", 1)).await.unwrap();
        assert_eq!(recorder.taken(), sent(expected));
    }
    // Without end: 30 years, as the clock counts no further everywhere.
    let mut client = recorder.client().default_deadline(Duration::MAX);
    client.get(note("a", 1)).await.unwrap();
    assert_eq!(recorder.taken(), sent("15768000M"));
}

/// Serves `get` and `watch` by calling the next server.
struct Relay(Recorder);

impl NoteService for Relay {
    async fn get(&self, request: Request<Note>) -> Result<Response<Note>, Status> {
        sleep(Duration::from_millis(300)).await;
        self.0.client().get(request.into_inner()).await
    }

    async fn watch(&self, _: Request<Note>) -> Result<Response<BoxStream<Note>>, Status> {
        let recorder = self.0.clone();
        let notes = iter(1..=3).then(move |count| {
            let mut client = recorder.client();
            async move {
                sleep(Duration::from_millis(100)).await;
                client.get(note("a", count)).await.map(Response::into_inner)
            }
        });
        Ok(Response::new(Box::pin(notes)))
    }
}

#[tokio::test(start_paused = true)]
async fn a_handler_passes_on_what_is_left() {
    let recorder = Recorder::default();
    let mut incoming = request("Get", Frames::new(&[note("a", 1)], End::Close));
    incoming.headers_mut().insert("grpc-timeout", "1S".parse().unwrap());
    let answer = call(Relay(recorder.clone()), incoming).await;
    assert_eq!(answer.code(), Code::Ok);
    assert_eq!(recorder.taken(), sent("700000u"));
}

#[tokio::test(start_paused = true)]
async fn a_stream_of_answers_passes_on_what_is_left_while_it_runs() {
    let recorder = Recorder::default();
    let mut incoming = request("Watch", Frames::new(&[note("a", 1)], End::Close));
    incoming.headers_mut().insert("grpc-timeout", "250m".parse().unwrap());
    let answer = call(Relay(recorder.clone()), incoming).await;
    assert_eq!(answer.code(), Code::DeadlineExceeded);
    assert_eq!(answer.notes(), [note("a", 1), note("a", 2)]);
    let sent = recorder.taken();
    assert_eq!(sent.iter().flatten().collect::<Vec<_>>(), ["150000u", "50000000n"]);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_never_answers_does_not_hold_the_caller() {
    let silent = service_fn(|_: http::Request<Body>| pending::<Result<http::Response<Body>, Infallible>>());
    let start = Instant::now();
    let mut client = NoteServiceClient::new(silent).default_deadline(Duration::from_secs(3));
    let status = client.get(note("a", 1)).await.unwrap_err();
    assert_eq!(status.code(), Code::DeadlineExceeded);
    assert_eq!(start.elapsed().as_secs(), 3);
    let status = client.watch(note("a", 1)).await.unwrap_err();
    assert_eq!(status.code(), Code::DeadlineExceeded);
}

#[tokio::test(start_paused = true)]
async fn a_transport_that_is_never_ready_does_not_hold_the_caller() {
    struct Busy;
    impl Service<http::Request<Body>> for Busy {
        type Response = http::Response<Body>;
        type Error = Infallible;
        type Future = Ready<Result<http::Response<Body>, Infallible>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
            Poll::Pending
        }

        fn call(&mut self, _: http::Request<Body>) -> Self::Future {
            ready(Ok(http::Response::default()))
        }
    }
    let mut client = NoteServiceClient::new(Busy).default_deadline(Duration::from_secs(3));
    let status = client.get(note("a", 1)).await.unwrap_err();
    assert_eq!(status.code(), Code::DeadlineExceeded);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_falls_silent_does_not_hold_the_reader() {
    // A server that ignores deadlines: the message comes, and then nothing.
    let silent = service_fn(|_: http::Request<Body>| {
        let mut response = http::Response::new(Body::new(Frames::new(&[note("a", 1)], End::Stall)));
        response.headers_mut().insert("content-type", "application/grpc".parse().unwrap());
        ready(Ok::<_, Infallible>(response))
    });
    let start = Instant::now();
    let mut client = NoteServiceClient::new(silent).default_deadline(Duration::from_secs(3));
    let mut notes = client.watch(note("a", 1)).await.unwrap().into_inner();
    assert_eq!(notes.message().await.unwrap(), Some(note("a", 1)));
    let status = notes.message().await.unwrap_err();
    assert_eq!(status.code(), Code::DeadlineExceeded);
    assert_eq!(start.elapsed().as_secs(), 3);
}
