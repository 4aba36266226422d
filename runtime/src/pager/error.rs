//! Why a page did not come.

use std::fmt;

/// Why a page did not come.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagerError<E> {
    /// The call failed. The pager asks for the same page again when it is asked again; a stream of it is over.
    Call(E),
    /// The server gave out a page token for the second time, so the list would never end.
    RepeatedToken,
    /// There are more pages than the pager may ask for.
    TooManyPages,
}

impl<E: fmt::Display> fmt::Display for PagerError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(formatter),
            Self::RepeatedToken => formatter.write_str("the server returned a page token a second time"),
            Self::TooManyPages => formatter.write_str("the list has more pages than the pager may ask for"),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for PagerError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // Its text is already this error's text; what is behind it follows.
            Self::Call(error) => error.source(),
            Self::RepeatedToken | Self::TooManyPages => None,
        }
    }
}

/// The status of the call; `INTERNAL` for a server that repeats a token, `OUT_OF_RANGE` at the cap on pages.
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
