//! Settings of a server: compression, size limits, end of a request.

use http::{HeaderMap, HeaderName};
use tonic::codec::{CompressionEncoding, EnabledCompressionEncodings};
use tonic::server::Grpc;

use crate::grpc::message::encoding::Encoding;

static ACCEPT_ENCODING: HeaderName = HeaderName::from_static("grpc-accept-encoding");

/// Settings of one server, copied into each call.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Config {
    pub(crate) accept: EnabledCompressionEncodings,
    pub(crate) send: EnabledCompressionEncodings,
    /// Limit of a request message in bytes.
    pub(crate) max_decoding: Option<usize>,
    /// Limit of a response message in bytes.
    pub(crate) max_encoding: Option<usize>,
    pub(crate) request_end: RequestEnd,
}

/// Treatment of an HTTP/2 request body that ends without END_STREAM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum RequestEnd {
    /// The request was cancelled.
    #[default]
    Checked,
    /// The request is complete.
    Trusted,
}

impl Config {
    pub(crate) fn accept(&mut self, encoding: CompressionEncoding) {
        self.accept.enable(encoding);
    }

    pub(crate) fn send(&mut self, encoding: CompressionEncoding) {
        self.send.enable(encoding);
    }

    /// Returns `true` if the request is compressed or its response may be.
    pub(crate) fn compresses(&self, headers: &HeaderMap) -> bool {
        Encoding::from_headers(headers) == Encoding::Compressed
            || (!self.send.is_empty() && headers.contains_key(&ACCEPT_ENCODING))
    }

    /// Returns tonic's server with these settings, except `max_encoding`, which `SizeLimitBody` enforces.
    pub(crate) fn tonic_server<C: tonic::codec::Codec>(self, codec: C) -> Grpc<C> {
        Grpc::new(codec)
            .apply_compression_config(self.accept, self.send)
            .apply_max_message_size_config(self.max_decoding, None)
    }
}
