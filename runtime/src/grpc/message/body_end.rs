//! Last frame of a body that the runtime ends early.

use bytes::Bytes;
use http_body::Frame;
use tonic::Status;

/// Form in which the reader of a body gets the status that ends it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum BodyEnd {
    /// Trailers: for the response of a server.
    #[cfg(feature = "server")]
    Trailers,
    /// An error of the body: for a body that is read in this process, or that a client sends.
    Error,
}

impl BodyEnd {
    /// Returns the last frame for `status`.
    pub(crate) fn frame<E: From<Status>>(self, status: Status) -> Result<Frame<Bytes>, E> {
        match self {
            #[cfg(feature = "server")]
            Self::Trailers => {
                let mut trailers = http::HeaderMap::with_capacity(2);
                status.add_header(&mut trailers)?;
                Ok(Frame::trailers(trailers))
            }
            Self::Error => Err(status.into()),
        }
    }
}
