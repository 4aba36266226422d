//! The answer to a method that nobody has written: `UNIMPLEMENTED`, with the method's name.

use std::future::{Ready, ready};

use tonic::{Response, Status};

/// The status for the method at `path` (`/package.Service/Method`).
pub(crate) fn status(path: &str) -> Status {
    Status::unimplemented(format!("method `{path}` is not implemented"))
}

/// The default body of every method in a generated trait; the request is dropped unread.
pub fn unimplemented<R, M>(request: R, path: &'static str) -> Ready<Result<Response<M>, Status>> {
    drop(request);
    ready(Err(status(path)))
}
