//! What a server is told about compression and sizes.

use http::{HeaderMap, HeaderName};
use tonic::codec::{CompressionEncoding, EnabledCompressionEncodings};
use tonic::server::Grpc;

use crate::size::Encoding;

static ACCEPT_ENCODING: HeaderName = HeaderName::from_static("grpc-accept-encoding");

/// The settings of one server, copied into each call.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Config {
    pub(crate) accept: EnabledCompressionEncodings,
    pub(crate) send: EnabledCompressionEncodings,
    pub(crate) max_decoding: Option<usize>,
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

    /// Whether the request is compressed, or its answer may be.
    pub(crate) fn compresses(&self, headers: &HeaderMap) -> bool {
        Encoding::of(headers) == Encoding::Compressed
            || (!self.send.is_empty() && headers.contains_key(&ACCEPT_ENCODING))
    }

    /// tonic's machinery with these settings. The limit of what is sent is missing: `size::Bounded` holds it.
    pub(crate) fn grpc<C: tonic::codec::Codec>(self, codec: C) -> Grpc<C> {
        Grpc::new(codec)
            .apply_compression_config(self.accept, self.send)
            .apply_max_message_size_config(self.max_decoding, None)
    }
}
