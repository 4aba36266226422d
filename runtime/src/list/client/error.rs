//! Error of a pager.

use std::fmt;

/// Error of a page that was not received.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagerError<E> {
    /// The call failed. The next call of the pager requests the same page again. A stream has ended.
    Call(E),
    /// The server returned a page token a second time, so the list would never end.
    RepeatedToken,
    /// The list has more pages than the pager may request.
    TooManyPages,
}

impl<E: fmt::Display> fmt::Display for PagerError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(formatter),
            Self::RepeatedToken => formatter.write_str("the server returned a page token a second time"),
            Self::TooManyPages => formatter.write_str("the list has more pages than the pager may request"),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for PagerError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // The text of this error is the text of the call's error, so the source is the next error.
            Self::Call(error) => error.source(),
            Self::RepeatedToken | Self::TooManyPages => None,
        }
    }
}

/// Returns the status of the call, `INTERNAL` for a repeated token, or `OUT_OF_RANGE` for too many pages.
#[cfg(feature = "_grpc")]
impl From<PagerError<crate::Status>> for crate::Status {
    fn from(error: PagerError<crate::Status>) -> Self {
        match error {
            PagerError::Call(status) => status,
            PagerError::RepeatedToken => Self::internal(error.to_string()),
            PagerError::TooManyPages => Self::out_of_range(error.to_string()),
        }
    }
}
