//! Connections: their number, and the time that one may take without a call.
//!
//! tonic's server reads from a connection until the client closes it. This module ends connections that a client leaves
//! open without use:
//!
//! | a connection ends | when |
//! |---|---|
//! | `handshake_timeout` after its start | it has not sent the preface of HTTP/2, or not finished the TLS handshake |
//! | after `silence` | it sends and receives nothing, not even the pings of keepalive |
//! | at once | the server stops, and its handshake is not finished |
//! | after `goodbye` | the server stops, works on none of its calls, and it sends and receives nothing |
//! | after `goodbye` | the server stops, no call is open, and it sends at most the answers to pings |
//!
//! Calls that the server works on keep their connection until `shutdown_grace` is over. So do calls whose responses the
//! client reads, however slowly.

mod usage;

use std::future::Future;
use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_util::{Stream, stream};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tonic::transport::server::{Connected, TcpConnectInfo};

pub(crate) use self::usage::{Call, Turn};
use self::usage::{Traffic, Usage};

/// Time until the next try when the system has no resources for a connection, such as file descriptors.
const RETRY: Duration = Duration::from_millis(100);

/// Limits on connections.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Number of connections. More are not accepted until others have ended.
    pub(crate) connections: usize,
    pub(crate) handshake_timeout: Duration,
    /// Longer than a connection that answers the pings of keepalive can be silent.
    pub(crate) silence: Duration,
    /// Time for the end of HTTP/2 (GOAWAY, a ping and its answer) on a connection without a call.
    pub(crate) goodbye: Duration,
}

/// Accepts connections.
pub(crate) fn accept(
    listener: TcpListener,
    limits: Limits,
    stop: CancellationToken,
) -> impl Stream<Item = io::Result<Connection>> {
    let places = Arc::new(Semaphore::new(limits.connections));
    stream::unfold((listener, places), move |(listener, places)| {
        let stop = stop.clone();
        async move {
            let place = Arc::clone(&places).acquire_owned().await.ok()?;
            let stream = loop {
                match listener.accept().await {
                    Ok((stream, _)) => break stream,
                    // The client has closed it already.
                    Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => {
                    }
                    Err(error) => {
                        tracing::warn!(%error, "cannot accept a connection");
                        sleep(RETRY).await;
                    }
                }
            };
            Some((Connection::new(stream, place, limits, stop), (listener, places)))
        }
    })
}

/// A connection that ends itself.
pub(crate) struct Connection {
    stream: TcpStream,
    usage: Arc<Usage>,
    end: Pin<Box<dyn Future<Output = ()> + Send>>,
    is_over: bool,
    /// Belongs to the connection, and returns when that is closed.
    _place: OwnedSemaphorePermit,
}

impl Connection {
    fn new(
        stream: TcpStream,
        place: OwnedSemaphorePermit,
        limits: Limits,
        stop: CancellationToken,
    ) -> io::Result<Self> {
        // Messages are sent whole: nothing is gained by waiting for more.
        stream.set_nodelay(true)?;
        let usage = Arc::new(Usage::default());
        let end = Box::pin(end(Arc::clone(&usage), limits, stop));
        Ok(Self { stream, usage, end, is_over: false, _place: place })
    }

    /// Fails when the connection has to end. The task that reads and writes is woken for that.
    fn check(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        self.is_over = self.is_over || self.end.as_mut().poll(context).is_ready();
        if self.is_over { Err(ErrorKind::TimedOut.into()) } else { Ok(()) }
    }
}

/// Completes when a connection has to end.
async fn end(usage: Arc<Usage>, limits: Limits, stop: CancellationToken) {
    tokio::select! {
        // First: a connection that has just opened may have a call.
        biased;
        () = usage.opened() => {}
        () = sleep(limits.handshake_timeout) => return,
        () = stop.cancelled() => return,
    }
    tokio::select! {
        () = usage.silent_for(limits.silence) => return,
        () = stop.cancelled() => {}
    }
    loop {
        match usage.observe(limits.goodbye).await {
            _ if usage.is_busy() => {}
            Traffic::Silence => return,
            Traffic::Pings if !usage.is_open() => return,
            Traffic::Pings | Traffic::Data => {}
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check(context)?;
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        self.usage.received(buffer.filled().len() - before);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.check(context)?;
        let sent = ready!(Pin::new(&mut self.stream).poll_write(context, bytes))?;
        self.usage.sent(sent);
        Poll::Ready(Ok(sent))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check(context)?;
        let sent = ready!(Pin::new(&mut self.stream).poll_write_vectored(context, slices))?;
        self.usage.sent(sent);
        Poll::Ready(Ok(sent))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Connection of a request, in the request's extensions.
#[derive(Debug, Clone)]
pub(crate) struct Peer {
    usage: Arc<Usage>,
    tcp: TcpConnectInfo,
}

impl Connected for Connection {
    type ConnectInfo = Peer;

    /// Is called by tonic when the connection is accepted, over TLS after the handshake.
    fn connect_info(&self) -> Peer {
        self.usage.accepted();
        Peer { usage: Arc::clone(&self.usage), tcp: self.stream.connect_info() }
    }
}

/// Starts a call on the connection of `request`. The call lasts until it is dropped.
///
/// Adds the addresses to the extensions, where `Request::remote_addr` looks for them.
pub(crate) fn begin_call<B>(request: &mut http::Request<B>) -> Option<Call> {
    let Peer { usage, tcp } = request.extensions().get::<Peer>()?.clone();
    request.extensions_mut().insert(tcp);
    Some(Call::begin(usage))
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use tokio::time::timeout;

    use super::*;

    const LATER: Duration = Duration::from_secs(60 * 60);
    const SOON: Duration = Duration::from_millis(10);
    const PATIENT: Limits = Limits { connections: 1, handshake_timeout: LATER, silence: LATER, goodbye: SOON };

    fn opened() -> Arc<Usage> {
        let usage = Arc::new(Usage::default());
        usage.accepted();
        usage.received(24);
        usage
    }

    #[tokio::test]
    async fn bytes_of_the_tls_handshake_do_not_open_a_connection() {
        let usage = Arc::new(Usage::default());
        usage.received(1000);
        end(Arc::clone(&usage), Limits { handshake_timeout: SOON, ..PATIENT }, CancellationToken::new()).await;
        usage.accepted();
        usage.received(23);
        end(Arc::clone(&usage), Limits { handshake_timeout: SOON, ..PATIENT }, CancellationToken::new()).await;
        usage.received(1);
        let stop = CancellationToken::new();
        let end = end(usage, Limits { handshake_timeout: SOON, ..PATIENT }, stop);
        assert!(timeout(10 * SOON, end).await.is_err());
    }

    #[tokio::test]
    async fn silent_connection_ends() {
        end(opened(), Limits { silence: SOON, ..PATIENT }, CancellationToken::new()).await;
    }

    #[tokio::test]
    async fn connection_that_is_not_open_ends_when_the_server_stops() {
        let stop = CancellationToken::new();
        stop.cancel();
        assert!(end(Arc::default(), PATIENT, stop).now_or_never().is_some());
    }

    /// A client that sends pings, each of which is answered.
    async fn ping(usage: Arc<Usage>) {
        loop {
            usage.received(17);
            usage.sent(17);
            sleep(SOON / 4).await;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn connection_with_pings_alone_ends_when_the_server_stops() {
        let (usage, stop) = (opened(), CancellationToken::new());
        stop.cancel();
        let pings = tokio::spawn(ping(Arc::clone(&usage)));
        assert!(timeout(100 * SOON, end(usage, PATIENT, stop)).await.is_ok());
        pings.abort();
    }

    #[tokio::test(start_paused = true)]
    async fn pings_keep_the_connection_of_a_call_whose_client_reads() {
        let (usage, stop) = (opened(), CancellationToken::new());
        stop.cancel();
        let mut call = Call::begin(Arc::clone(&usage));
        call.set_turn(Turn::Client);
        let pings = tokio::spawn(ping(Arc::clone(&usage)));
        let mut end = Box::pin(end(usage, PATIENT, stop));
        assert!(timeout(10 * SOON, &mut end).await.is_err());
        drop(call);
        assert!(timeout(100 * SOON, end).await.is_ok());
        pings.abort();
    }

    #[tokio::test(start_paused = true)]
    async fn response_that_is_still_sent_keeps_its_connection() {
        let (usage, stop) = (opened(), CancellationToken::new());
        stop.cancel();
        let sender = tokio::spawn({
            let usage = Arc::clone(&usage);
            async move {
                loop {
                    usage.sent(2_000);
                    sleep(SOON / 4).await;
                }
            }
        });
        assert!(timeout(10 * SOON, end(usage, PATIENT, stop)).await.is_err());
        sender.abort();
    }

    #[tokio::test]
    async fn call_keeps_its_connection_while_the_server_works_on_it() {
        let (usage, stop) = (opened(), CancellationToken::new());
        stop.cancel();
        let mut call = Call::begin(Arc::clone(&usage));
        let mut first = Box::pin(end(Arc::clone(&usage), PATIENT, stop.clone()));
        assert!(timeout(10 * SOON, &mut first).await.is_err());
        call.set_turn(Turn::Client);
        first.await;

        call.set_turn(Turn::Server);
        usage.opened.notify_one();
        let mut second = Box::pin(end(usage, PATIENT, stop));
        assert!(timeout(10 * SOON, &mut second).await.is_err());
        drop(call);
        second.await;
    }
}
