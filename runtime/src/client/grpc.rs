//! Sends the calls of a generated client.

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

use super::Transport;
use super::wrapper::{Guarded, Limits};
use crate::Streaming;
use crate::codec::{Codec, Quota};
use crate::deadline::{self, Deadline, Enforced, wire};
use crate::size::check_sent;

/// The calls of one service, through the transport `C`.
#[derive(Clone)]
pub struct Client<C> {
    grpc: tonic::client::Grpc<Guarded<C>>,
    default_deadline: Option<Duration>,
    max_decoding: Option<usize>,
    max_encoding: Option<usize>,
    send: Option<CompressionEncoding>,
}

impl<C> Client<C> {
    /// A client that leaves scheme and authority to the transport.
    pub fn new(transport: C) -> Self {
        Self::with_origin(transport, Uri::default())
    }

    /// A client whose requests carry the scheme and authority of `origin`, and begin with its path.
    pub fn with_origin(transport: C, origin: Uri) -> Self {
        Self {
            grpc: tonic::client::Grpc::with_origin(Guarded(transport), origin),
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

    /// Accepts answers that are compressed with `encoding`.
    #[must_use]
    pub fn accept_compressed(mut self, encoding: CompressionEncoding) -> Self {
        self.grpc = self.grpc.accept_compressed(encoding);
        self
    }

    /// Refuses messages of more than `limit` bytes; 4 MiB unless set.
    #[must_use]
    pub fn max_decoding_message_size(mut self, limit: usize) -> Self {
        self.grpc = self.grpc.max_decoding_message_size(limit);
        self.max_decoding = Some(limit);
        self
    }

    /// Refuses to send messages of more than `limit` bytes; unlimited unless set.
    #[must_use]
    pub fn max_encoding_message_size(mut self, limit: usize) -> Self {
        self.max_encoding = Some(limit);
        self
    }

    /// The time that a call may take when its request does not say (`Request::set_timeout`).
    #[must_use]
    pub fn default_deadline(mut self, timeout: Duration) -> Self {
        self.default_deadline = Some(timeout);
        self
    }
}

impl<C: Transport> Client<C> {
    /// One message each way.
    ///
    /// # Errors
    ///
    /// The status that the server or the transport answers; `DEADLINE_EXCEEDED` when the time is over,
    /// without a call if it was over before.
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

    /// One request, a stream of answers.
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
            self.grpc.server_streaming(request, path_and_query(path)?, Codec::new(Quota::Unlimited)).await.map(fused)
        })
        .await
    }

    /// A stream of requests, one answer.
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

    /// A stream each way.
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
            self.grpc.streaming(request, path_and_query(path)?, Codec::new(Quota::Unlimited)).await.map(fused)
        })
        .await
    }

    /// Refuses a single message that is too large before the call begins. Of a compressed message the size is
    /// not known yet.
    fn check_size(&self, message: &impl Message) -> Result<(), Status> {
        match (self.max_encoding, self.send) {
            (Some(limit), None) => check_sent(message.encoded_len(), limit),
            _ => Ok(()),
        }
    }

    async fn ready(&mut self) -> Result<(), Status> {
        self.grpc.ready().await.map_err(Status::from_error)
    }

    /// Names the method for layers and interceptors, hands on the limits, and settles the deadline: the request's
    /// own or the client's, and never later than that of the call we serve.
    fn prepare<M>(&self, request: &mut Request<M>, path: &'static str) -> Result<Option<Deadline>, Status> {
        if let Some((service, method)) = path.trim_start_matches('/').split_once('/') {
            request.extensions_mut().insert(GrpcMethod::new(service, method));
        }
        if self.max_decoding.is_some() || self.max_encoding.is_some() {
            request.extensions_mut().insert(Limits { received: self.max_decoding, sent: self.max_encoding });
        }
        let own = match request.metadata().as_ref().get(&wire::HEADER) {
            Some(value) => Some(wire::parse(value)?),
            None => self.default_deadline,
        };
        let deadline = match (own.map(Deadline::after), deadline::current()) {
            (Some(own), Some(outer)) => own.min(outer),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => return Ok(None),
        };
        let remaining = deadline.remaining();
        if remaining.is_zero() {
            return Err(deadline::exceeded());
        }
        let value = http::HeaderValue::try_from(wire::format(remaining))
            .map_err(|error| Status::internal(error.to_string()))?;
        request.metadata_mut().as_mut().insert(wire::HEADER.clone(), value);
        request.extensions_mut().insert(deadline);
        Ok(Some(deadline))
    }
}

fn path_and_query(path: &'static str) -> Result<PathAndQuery, Status> {
    PathAndQuery::from_maybe_shared(Bytes::from_static(path.as_bytes()))
        .map_err(|error| Status::internal(format!("path `{path}`: {error}")))
}

fn fused<M>(response: Response<tonic::Streaming<M>>) -> Response<Streaming<M>> {
    let (metadata, messages, extensions) = response.into_parts();
    Response::from_parts(metadata, messages.into(), extensions)
}

/// Waits for a call until its deadline.
async fn within<R>(deadline: Option<Deadline>, call: impl Future<Output = Result<R, Status>>) -> Result<R, Status> {
    let call = async {
        // A server in the same process may always be ready; a loop of calls must leave other futures a turn.
        consume_budget().await;
        call.await
    };
    let answer = Enforced::new(deadline, || Err(deadline::exceeded()), call).await;
    match (answer, deadline) {
        // tonic's channel reads the same header, and calls the end of that time `CANCELLED`.
        (Err(status), Some(deadline)) if status.code() == Code::Cancelled && deadline.is_expired() => {
            Err(deadline::exceeded())
        }
        (answer, _) => answer,
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
