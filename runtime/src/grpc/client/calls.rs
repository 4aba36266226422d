//! [`Client`], the calls of a generated client.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use http::uri::PathAndQuery;
use prost::Message;
use tokio::task::coop::consume_budget;
use tonic::codec::CompressionEncoding;
use tonic::{Code, GrpcMethod, IntoRequest, IntoStreamingRequest, Request, Response, Status};

use super::guard::{GuardedTransport, MessageLimits};
use super::transport::Transport;
use crate::grpc::deadline::status::exceeded;
use crate::grpc::deadline::{self, Deadline, DeadlineFuture};
use crate::grpc::message::codec::{Codec, Quota};
use crate::grpc::message::size_limit::check_sent;
use crate::grpc::streaming::Streaming;

/// Client of one service, over the transport `C`.
#[derive(Clone)]
pub struct Client<C> {
    grpc: tonic::client::Grpc<GuardedTransport<C>>,
    default_deadline: Option<Duration>,
    max_decoding: Option<usize>,
    max_encoding: Option<usize>,
    send: Option<CompressionEncoding>,
}

impl<C> Client<C> {
    /// Creates a client whose transport sets scheme and authority.
    pub fn new(transport: C) -> Self {
        Self::with_origin(transport, Uri::default())
    }

    /// Creates a client whose requests have the scheme and authority of `origin`, and a path that starts with its path.
    pub fn with_origin(transport: C, origin: Uri) -> Self {
        Self {
            grpc: tonic::client::Grpc::with_origin(GuardedTransport(transport), origin),
            default_deadline: None,
            max_decoding: None,
            max_encoding: None,
            send: None,
        }
    }

    /// Compresses requests; the server must accept `encoding`.
    #[must_use]
    pub fn send_compressed(mut self, encoding: CompressionEncoding) -> Self {
        self.grpc = self.grpc.send_compressed(encoding);
        self.send = Some(encoding);
        self
    }

    /// Accepts responses that are compressed with `encoding`.
    #[must_use]
    pub fn accept_compressed(mut self, encoding: CompressionEncoding) -> Self {
        self.grpc = self.grpc.accept_compressed(encoding);
        self
    }

    /// Rejects response messages of more than `limit` bytes. The default is 4 MiB.
    #[must_use]
    pub fn max_decoding_message_size(mut self, limit: usize) -> Self {
        self.grpc = self.grpc.max_decoding_message_size(limit);
        self.max_decoding = Some(limit);
        self
    }

    /// Rejects request messages of more than `limit` bytes. The default is no limit.
    #[must_use]
    pub fn max_encoding_message_size(mut self, limit: usize) -> Self {
        self.max_encoding = Some(limit);
        self
    }

    /// Sets the timeout of calls whose request has none (`Request::set_timeout`).
    #[must_use]
    pub fn default_deadline(mut self, timeout: Duration) -> Self {
        self.default_deadline = Some(timeout);
        self
    }
}

impl<C: Transport> Client<C> {
    /// Calls a method with one request and one response.
    ///
    /// # Errors
    ///
    /// The status of the server or the transport. `DEADLINE_EXCEEDED` at the deadline; nothing is sent if it has passed
    /// before the call.
    pub async fn unary<M, R>(&mut self, request: impl IntoRequest<M>, path: &'static str) -> Result<Response<R>, Status>
    where
        M: Message + 'static,
        R: Message + Default + 'static,
    {
        let mut request = request.into_request();
        self.check_size(request.get_ref())?;
        let deadline = self.prepare(&mut request, path)?;
        within(deadline, async {
            self.ready().await?;
            self.grpc.unary(request, path_and_query(path)?, Codec::new(Quota::one_response())).await
        })
        .await
    }

    /// Calls a method with one request and a stream of responses.
    ///
    /// # Errors
    ///
    /// As [`unary`](Self::unary); the deadline covers the whole stream.
    pub async fn server_streaming<M, R>(
        &mut self,
        request: impl IntoRequest<M>,
        path: &'static str,
    ) -> Result<Response<Streaming<R>>, Status>
    where
        M: Message + 'static,
        R: Message + Default + 'static,
    {
        let mut request = request.into_request();
        self.check_size(request.get_ref())?;
        let deadline = self.prepare(&mut request, path)?;
        within(deadline, async {
            self.ready().await?;
            self.grpc
                .server_streaming(request, path_and_query(path)?, Codec::new(Quota::Unlimited))
                .await
                .map(into_streaming)
        })
        .await
    }

    /// Calls a method with a stream of requests and one response.
    ///
    /// # Errors
    ///
    /// As [`unary`](Self::unary).
    pub async fn client_streaming<S, M, R>(&mut self, request: S, path: &'static str) -> Result<Response<R>, Status>
    where
        S: IntoStreamingRequest<Message = M>,
        M: Message + 'static,
        R: Message + Default + 'static,
    {
        let mut request = request.into_streaming_request();
        let deadline = self.prepare(&mut request, path)?;
        within(deadline, async {
            self.ready().await?;
            self.grpc.client_streaming(request, path_and_query(path)?, Codec::new(Quota::one_response())).await
        })
        .await
    }

    /// Calls a method with a stream of requests and a stream of responses.
    ///
    /// # Errors
    ///
    /// As [`unary`](Self::unary); the deadline covers both streams.
    pub async fn streaming<S, M, R>(&mut self, request: S, path: &'static str) -> Result<Response<Streaming<R>>, Status>
    where
        S: IntoStreamingRequest<Message = M>,
        M: Message + 'static,
        R: Message + Default + 'static,
    {
        let mut request = request.into_streaming_request();
        let deadline = self.prepare(&mut request, path)?;
        within(deadline, async {
            self.ready().await?;
            self.grpc.streaming(request, path_and_query(path)?, Codec::new(Quota::Unlimited)).await.map(into_streaming)
        })
        .await
    }

    /// Rejects a single message over the limit before the call. The size of a compressed message is not known yet.
    fn check_size(&self, message: &impl Message) -> Result<(), Status> {
        match (self.max_encoding, self.send) {
            (Some(limit), None) => check_sent(message.encoded_len(), limit),
            _ => Ok(()),
        }
    }

    async fn ready(&mut self) -> Result<(), Status> {
        self.grpc.ready().await.map_err(Status::from_error)
    }

    /// Inserts the method, the size limits and the deadline into the request.
    ///
    /// The deadline is that of the request or the client's default. The deadline of the call that the running code serves
    /// applies if it is earlier.
    fn prepare<M>(&self, request: &mut Request<M>, path: &'static str) -> Result<Option<Deadline>, Status> {
        if let Some((service, method)) = path.trim_start_matches('/').split_once('/') {
            request.extensions_mut().insert(GrpcMethod::new(service, method));
        }
        if self.max_decoding.is_some() || self.max_encoding.is_some() {
            request.extensions_mut().insert(MessageLimits { received: self.max_decoding, sent: self.max_encoding });
        }
        let own = match request.metadata().as_ref().get(&deadline::HEADER) {
            Some(value) => Some(deadline::parse(value)?),
            None => self.default_deadline,
        };
        let deadline = match (own.map(Deadline::after), deadline::current()) {
            (Some(own), Some(outer)) => own.min(outer),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => return Ok(None),
        };
        let remaining = deadline.remaining();
        if remaining.is_zero() {
            return Err(exceeded());
        }
        let value = http::HeaderValue::try_from(deadline::format(remaining))
            .map_err(|error| Status::internal(error.to_string()))?;
        request.metadata_mut().as_mut().insert(deadline::HEADER.clone(), value);
        request.extensions_mut().insert(deadline);
        Ok(Some(deadline))
    }
}

fn path_and_query(path: &'static str) -> Result<PathAndQuery, Status> {
    PathAndQuery::from_maybe_shared(Bytes::from_static(path.as_bytes()))
        .map_err(|error| Status::internal(format!("path `{path}`: {error}")))
}

/// Converts tonic's stream.
fn into_streaming<M>(response: Response<tonic::Streaming<M>>) -> Response<Streaming<M>> {
    let (metadata, messages, extensions) = response.into_parts();
    Response::from_parts(metadata, messages.into(), extensions)
}

/// Runs a call until its deadline.
async fn within<R>(deadline: Option<Deadline>, call: impl Future<Output = Result<R, Status>>) -> Result<R, Status> {
    let call = async {
        // A server in the same process may always be ready. A loop of calls must still yield to other futures.
        consume_budget().await;
        call.await
    };
    let response = DeadlineFuture::new(deadline, || Err(exceeded()), call).await;
    match (response, deadline) {
        // tonic's channel reads the same header, and ends the call with `CANCELLED`.
        (Err(status), Some(deadline)) if status.code() == Code::Cancelled && deadline.is_expired() => Err(exceeded()),
        (response, _) => response,
    }
}

impl<C: fmt::Debug> fmt::Debug for Client<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("grpc", &self.grpc)
            .field("default_deadline", &self.default_deadline)
            .finish()
    }
}
