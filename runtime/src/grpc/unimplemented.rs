//! Status of a method that is not implemented: `UNIMPLEMENTED`, with the beginning of the method's path.

use std::future::{Ready, ready};

use tonic::{Response, Status};

use crate::excerpt::Excerpt;

/// Returns the status for the method at `path` (`/package.Service/Method`).
pub(crate) fn status(path: &str) -> Status {
    Status::unimplemented(format!("method `{}` is not implemented", Excerpt(path.as_bytes())))
}

/// Default body of every method in a generated trait. Drops the request unread.
pub fn unimplemented<R, M>(request: R, path: &'static str) -> Ready<Result<Response<M>, Status>> {
    drop(request);
    ready(Err(status(path)))
}
