//! Header `grpc-encoding`: compression of the messages in a body.

use http::{HeaderMap, HeaderName};

/// Name of the header.
pub(crate) static HEADER: HeaderName = HeaderName::from_static("grpc-encoding");

/// Encoding of the messages in a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// No message is compressed.
    Identity,
    /// Each message may be compressed.
    Compressed,
}

impl Encoding {
    /// Reads the encoding from the head of a request or a response.
    pub(crate) fn from_headers(headers: &HeaderMap) -> Self {
        match headers.get(&HEADER) {
            Some(encoding) if encoding != "identity" => Self::Compressed,
            _ => Self::Identity,
        }
    }
}
