//! How a body that is cut short tells its reader.

use bytes::Bytes;
use http_body::Frame;
use tonic::Status;

/// What stands in place of the rest of a body.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ending {
    /// A server's answer ends with the status in its trailers.
    #[cfg(feature = "server")]
    Trailers,
    /// Who reads a body, or sends it from here, gets the status as the body's error.
    Error,
}

impl Ending {
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
