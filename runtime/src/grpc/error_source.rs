//! Sources of an error.

use std::error::Error;
use std::iter::successors;

/// Returns `error` and its sources, from the outermost to the innermost.
pub(crate) fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(Some(error), |&error| error.source())
}

/// Returns `true` if HTTP failed: the connection was lost, or the stream was reset.
#[cfg(all(feature = "server", feature = "transport"))]
pub(crate) fn is_http(error: &(dyn Error + 'static)) -> bool {
    causes(error).any(|cause| cause.is::<h2::Error>() || cause.is::<hyper::Error>())
}

/// Returns `false`: the types of the errors are known only with the feature `transport`.
#[cfg(all(feature = "server", not(feature = "transport")))]
pub(crate) fn is_http(_: &(dyn Error + 'static)) -> bool {
    false
}
