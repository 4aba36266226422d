//! Deadlines on the server: read, enforced, shown to the handler. Requests are made by hand, so that no
//! client helps.

use std::future::pending;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use http_body::Frame;
use http_body_util::BodyExt;
use tokio::time::{Instant, sleep};
use tokio_stream::{StreamExt, iter};
use tonic::{Response, Status};
use transom::{BoxStream, Code, CompressionEncoding, Deadline, Streaming, deadline};

use crate::generated::Note;
use crate::generated::note_service_server::{NoteService, NoteServiceServer};
use crate::support::{Echo, End, Frames, RawResponse, call, framed, note, request};

fn timed<B>(method: &str, timeout: &str, body: B) -> Request<B> {
    let mut request = request(method, body);
    request.headers_mut().insert("grpc-timeout", timeout.parse().unwrap());
    request
}

fn one(timeout: &str) -> Request<Frames> {
    timed("Get", timeout, Frames::new(&[note("a", 1)], End::Close))
}

/// Takes as long as the request's `count` says, in milliseconds; streams do so before their second message.
struct Slow;

impl NoteService for Slow {
    async fn get(&self, request: tonic::Request<Note>) -> Result<Response<Note>, Status> {
        sleep(Duration::from_millis(request.get_ref().count.into())).await;
        Ok(Response::new(request.into_inner()))
    }

    async fn watch(&self, request: tonic::Request<Note>) -> Result<Response<BoxStream<Note>>, Status> {
        let note = request.into_inner();
        let wait = Duration::from_millis(note.count.into());
        let later = iter([Ok(note.clone())]).then(move |note| async move {
            sleep(wait).await;
            note
        });
        Ok(Response::new(Box::pin(iter([Ok(note)]).chain(Box::pin(later)))))
    }

    async fn collect(&self, request: tonic::Request<Streaming<Note>>) -> Result<Response<Note>, Status> {
        let mut notes = request.into_inner();
        while notes.message().await?.is_some() {}
        Ok(Response::new(note("done", 0)))
    }

    async fn chat(&self, request: tonic::Request<Streaming<Note>>) -> Result<Response<BoxStream<Note>>, Status> {
        Ok(Response::new(Box::pin(request.into_inner())))
    }
}

/// The elapsed time of tokio's paused clock, which ticks in milliseconds.
fn assert_elapsed(start: Instant, expected: u64) {
    let elapsed = start.elapsed();
    let expected = Duration::from_millis(expected);
    assert!(
        elapsed >= expected && elapsed <= expected + Duration::from_millis(2),
        "took {elapsed:?} instead of {expected:?}"
    );
}

fn assert_exceeded(answer: &RawResponse) {
    assert_eq!((answer.http, answer.code()), (200, Code::DeadlineExceeded));
    assert_eq!(answer.status().message(), "the deadline of the call has passed");
}

#[tokio::test(start_paused = true)]
async fn a_slow_handler_is_stopped_at_the_deadline() {
    let start = Instant::now();
    let slow = Frames::new(&[note("a", 60_000)], End::Close);
    assert_exceeded(&call(Slow, timed("Get", "250m", slow)).await);
    assert_elapsed(start, 250);
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_is_quicker_answers() {
    let quick = Frames::new(&[note("a", 240)], End::Close);
    let answer = call(Slow, timed("Get", "250m", quick)).await;
    assert_eq!(answer.notes(), [note("a", 240)]);
    assert_eq!(answer.code(), Code::Ok);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_stops_sending_does_not_hold_the_call() {
    for (method, sent) in [("Get", 0), ("Watch", 0), ("Collect", 0), ("Collect", 2)] {
        let start = Instant::now();
        let stalled = Frames::new(&vec![note("a", 1); sent], End::Stall);
        assert_exceeded(&call(Slow, timed(method, "1S", stalled)).await);
        assert_elapsed(start, 1_000);
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_ends_in_the_middle_and_keeps_what_was_sent() {
    let start = Instant::now();
    let slow = Frames::new(&[note("a", 60_000)], End::Close);
    let answer = call(Slow, timed("Watch", "2S", slow)).await;
    assert_eq!(answer.notes(), [note("a", 60_000)]);
    assert_exceeded(&answer);
    assert!(answer.trailers.is_some(), "the status follows the messages");
    assert_elapsed(start, 2_000);
}

#[tokio::test(start_paused = true)]
async fn a_stream_in_both_directions_ends_in_the_middle() {
    let start = Instant::now();
    let notes = [note("a", 1), note("b", 2)];
    let answer = call(Slow, timed("Chat", "3S", Frames::new(&notes, End::Stall))).await;
    assert_eq!(answer.notes(), notes);
    assert_exceeded(&answer);
    assert_elapsed(start, 3_000);
}

#[tokio::test]
async fn a_stream_that_never_pauses_ends_too() {
    struct Endless;
    impl NoteService for Endless {
        async fn watch(&self, _: tonic::Request<Note>) -> Result<Response<BoxStream<Note>>, Status> {
            let notes = std::iter::repeat_with(|| Ok(note("again", 1)));
            Ok(Response::new(Box::pin(iter(notes))))
        }
    }
    let one = Frames::new(&[note("a", 1)], End::Close);
    assert_exceeded(&call(Endless, timed("Watch", "50m", one)).await);
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_dropped_at_the_deadline() {
    struct Held(Arc<()>);
    impl NoteService for Held {
        async fn watch(&self, _: tonic::Request<Note>) -> Result<Response<BoxStream<Note>>, Status> {
            let held = self.0.clone();
            Ok(Response::new(Box::pin(never(held))))
        }
    }
    fn never(held: Arc<()>) -> impl tokio_stream::Stream<Item = Result<Note, Status>> {
        iter([()]).then(move |()| {
            let held = held.clone();
            async move {
                pending::<()>().await;
                drop(held);
                Err(Status::internal("never"))
            }
        })
    }
    let held = Arc::new(());
    let server = NoteServiceServer::new(Held(held.clone()));
    let one = Frames::new(&[note("a", 1)], End::Close);
    let Ok(response) = tower::ServiceExt::oneshot(server, timed("Watch", "1S", one)).await;
    let mut body = response.into_body();
    assert_eq!(Arc::strong_count(&held), 2, "the stream holds it");
    let last = body.frame().await.unwrap().unwrap();
    assert_eq!(last.trailers_ref().unwrap()["grpc-status"], "4");
    assert_eq!(Arc::strong_count(&held), 1, "the stream is gone, the body is still there");
    assert!(body.frame().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn zero_is_over_before_the_handler_runs() {
    for zero in ["0n", "0S", "00000000H"] {
        assert_exceeded(&call(Never, one(zero)).await);
    }
}

/// Fails the test when one of its handlers runs.
struct Never;

impl NoteService for Never {
    async fn get(&self, _: tonic::Request<Note>) -> Result<Response<Note>, Status> {
        panic!("the handler must not run");
    }

    async fn watch(&self, _: tonic::Request<Note>) -> Result<Response<BoxStream<Note>>, Status> {
        panic!("the handler must not run");
    }

    async fn collect(&self, _: tonic::Request<Streaming<Note>>) -> Result<Response<Note>, Status> {
        panic!("the handler must not run");
    }

    async fn chat(&self, _: tonic::Request<Streaming<Note>>) -> Result<Response<BoxStream<Note>>, Status> {
        panic!("the handler must not run");
    }
}

const METHODS: [&str; 4] = ["Get", "Watch", "Collect", "Chat"];

#[tokio::test]
async fn handler_does_not_run_when_the_deadline_is_shorter_than_any_call() {
    for method in METHODS {
        for timeout in ["0n", "1n", "999n", "1u"] {
            let answer = call(Never, timed(method, timeout, Frames::new(&[note("a", 1)], End::Close))).await;
            assert_exceeded(&answer);
        }
    }
}

/// One message, which takes 20 ms of the thread's time to arrive.
struct Late(Option<Bytes>);

impl http_body::Body for Late {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        std::thread::sleep(Duration::from_millis(20));
        Poll::Ready(self.0.take().map(|data| Ok(Frame::data(data))))
    }
}

#[tokio::test]
async fn handler_does_not_run_when_the_body_arrives_after_the_deadline() {
    for method in ["Get", "Watch"] {
        for encoding in ["identity", "gzip"] {
            let mut request = timed(method, "5m", Late(Some(framed(&note("a", 1)))));
            request.headers_mut().insert("grpc-encoding", encoding.parse().unwrap());
            let server = NoteServiceServer::new(Never).accept_compressed(CompressionEncoding::Gzip);
            let Ok(response) = tower::ServiceExt::oneshot(server, request).await;
            assert_exceeded(&RawResponse::read(response).await);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_longest_timeouts_do_not_overflow() {
    for longest in ["99999999H", "99999999M", "99999999S", "99999999m", "99999999u", "99999999n"] {
        let answer = call(Slow, one(longest)).await;
        assert_eq!(answer.code(), Code::Ok, "{longest}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_unit_is_read() {
    for (timeout, milliseconds) in
        [("1H", 3_600_000), ("2M", 120_000), ("3S", 3_000), ("4m", 4), ("5000u", 5), ("6000000n", 6)]
    {
        let start = Instant::now();
        let stalled = Frames::new(&[], End::Stall);
        assert_exceeded(&call(Slow, timed("Get", timeout, stalled)).await);
        assert_elapsed(start, milliseconds);
    }
}

#[tokio::test]
async fn a_malformed_timeout_is_an_error() {
    for malformed in
        ["", "5", "S", "5s", "5 S", " 5S", "+5S", "-5S", "5.0S", "123456789S", "5SS", "0x5S", "٥S", "\u{e9}S"]
    {
        let mut request = one("1S");
        let value = http::HeaderValue::from_bytes(malformed.as_bytes()).unwrap();
        request.headers_mut().insert("grpc-timeout", value);
        let status = call(Echo, request).await.status();
        assert_eq!(status.code(), Code::Internal, "{malformed}");
        assert_eq!(
            status.message(),
            format!(
                "malformed grpc-timeout `{}`: write 1 to 8 digits and one of the units H, M, S, m, u, n",
                malformed.as_bytes().escape_ascii()
            )
        );
    }
}

/// Answers with the milliseconds that are left: by the request, and by the scope.
struct Left;

impl NoteService for Left {
    async fn get(&self, request: tonic::Request<Note>) -> Result<Response<Note>, Status> {
        sleep(Duration::from_millis(400)).await;
        let milliseconds = |deadline: Option<Deadline>| deadline.map(|deadline| deadline.remaining().as_millis());
        let text =
            format!("{:?} {:?}", milliseconds(Deadline::from_request(&request)), milliseconds(deadline::current()),);
        Ok(Response::new(note(&text, 0)))
    }
}

#[tokio::test(start_paused = true)]
async fn the_handler_sees_what_is_left() {
    let answer = call(Left, one("1S")).await;
    assert_eq!(answer.notes()[0].text, "Some(600) Some(600)");
    let answer = call(Left, request("Get", Frames::new(&[note("a", 1)], End::Close))).await;
    assert_eq!(answer.notes()[0].text, "None None");
}

#[tokio::test(start_paused = true)]
async fn a_layer_in_front_can_set_an_earlier_deadline() {
    let mut request = one("1H");
    request.extensions_mut().insert(Deadline::after(Duration::from_secs(1)));
    let answer = call(Left, request).await;
    assert_eq!(answer.notes()[0].text, "Some(600) Some(600)");

    let mut late = one("1H");
    late.extensions_mut().insert(Deadline::after(Duration::ZERO));
    assert_exceeded(&call(Left, late).await);
}

#[tokio::test]
async fn a_deadline_does_not_leak_out_of_its_call() {
    struct Panics;
    impl NoteService for Panics {
        async fn get(&self, _: tonic::Request<Note>) -> Result<Response<Note>, Status> {
            assert!(deadline::current().is_some());
            panic!("as handlers may");
        }
    }
    let caught = tokio::spawn(async {
        let call = std::panic::AssertUnwindSafe(call(Panics, one("1S")));
        let caught = panics(call).await;
        (caught, deadline::current())
    });
    assert_eq!(caught.await.unwrap(), (true, None));
    assert_eq!(call(Echo, one("1S")).await.code(), Code::Ok);
    assert_eq!(deadline::current(), None);
}

/// Whether a future panics when it is polled.
async fn panics<F: Future + std::panic::UnwindSafe>(future: F) -> bool {
    let mut future = Box::pin(future);
    std::future::poll_fn(|context| {
        let poll = std::panic::AssertUnwindSafe(|| future.as_mut().poll(context).map(|_| false));
        std::panic::catch_unwind(poll).unwrap_or(Poll::Ready(true))
    })
    .await
}

#[test]
fn outside_of_tokio_a_deadline_is_kept_when_the_call_wakes() {
    struct Silent;
    impl NoteService for Silent {
        async fn get(&self, _: tonic::Request<Note>) -> Result<Response<Note>, Status> {
            pending().await
        }
    }
    let mut answer = std::pin::pin!(call(Silent, one("30m")));
    let mut context = Context::from_waker(std::task::Waker::noop());
    assert!(answer.as_mut().poll(&mut context).is_pending());
    std::thread::sleep(Duration::from_millis(40));
    let Poll::Ready(answer) = answer.poll(&mut context) else {
        panic!("the deadline has passed");
    };
    assert_exceeded(&answer);
}
