//! Errors as gRPC clients want them: a code, a sentence, and `google.rpc` details for programs.

use std::borrow::Cow;

use tonic_types::{ErrorDetails, FieldViolation, StatusExt};
use transom::{Code, Status};

/// Number of bytes of a client's text that a status repeats. A status travels in headers, in which a byte can become three,
/// and peers limit their headers to 8 KiB in all.
const MOST_REPEATED: usize = 256;
/// Primary result codes of SQLite.
const SQLITE_BUSY: u32 = 5;
const SQLITE_FULL: u32 = 13;

/// What is wrong with a request: all of it, so that a caller can mend it at once.
#[derive(Debug, Default)]
pub(crate) struct Violations(Vec<FieldViolation>);

impl Violations {
    /// Adds a violation unless `holds`.
    pub(crate) fn require(&mut self, holds: bool, field: impl Into<String>, description: impl Into<String>) {
        if !holds {
            self.0.push(FieldViolation::new(field, description));
        }
    }

    /// INVALID_ARGUMENT with a `BadRequest` if there was any violation.
    pub(crate) fn finish(self) -> Result<(), Status> {
        if self.0.is_empty() {
            return Ok(());
        }
        let fields: Vec<_> = self.0.iter().map(|violation| violation.field.as_str()).collect();
        let message = format!("invalid argument: {}", fields.join(", "));
        Err(Status::with_error_details(Code::InvalidArgument, message, ErrorDetails::with_bad_request(self.0)))
    }
}

/// INVALID_ARGUMENT for a single field.
pub(crate) fn invalid(field: &str, description: impl Into<String>) -> Status {
    let details = ErrorDetails::with_bad_request_violation(field, description);
    Status::with_error_details(Code::InvalidArgument, format!("invalid argument: {field}"), details)
}

/// NOT_FOUND with a `ResourceInfo`.
pub(crate) fn not_found(resource_type: &str, name: &str) -> Status {
    let name = excerpt(name, MOST_REPEATED);
    let details = ErrorDetails::with_resource_info(resource_type, name.as_ref(), "", "");
    Status::with_error_details(Code::NotFound, format!("{resource_type} \"{name}\" not found"), details)
}

/// ALREADY_EXISTS with a `ResourceInfo`.
pub(crate) fn already_exists(resource_type: &str, name: &str) -> Status {
    let name = excerpt(name, MOST_REPEATED);
    let details = ErrorDetails::with_resource_info(resource_type, name.as_ref(), "", "");
    Status::with_error_details(Code::AlreadyExists, format!("{resource_type} \"{name}\" already exists"), details)
}

/// Status for an error of the database. The error itself goes to the log only.
///
/// | error | code |
/// |---|---|
/// | no connection is free in time, or another process locks the file | UNAVAILABLE |
/// | the file is as large as it may become, or the disk is full | RESOURCE_EXHAUSTED |
/// | any other | INTERNAL |
pub(crate) fn database_failed(error: &sqlx::Error) -> Status {
    // Extended codes of SQLite have the primary code in their lowest byte.
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok()).map(|code| code & 0xff);
    match (error, code) {
        (sqlx::Error::PoolTimedOut, _) | (_, Some(SQLITE_BUSY)) => {
            tracing::warn!(%error, "the database is busy");
            Status::unavailable("the database is busy: try again")
        }
        (_, Some(SQLITE_FULL)) => {
            tracing::error!(%error, "the database is full");
            Status::resource_exhausted("the database is full")
        }
        _ => {
            tracing::error!(%error, "the database failed");
            Status::internal("the database failed")
        }
    }
}

/// Returns the first `most` bytes of a text, or fewer where a character would be cut, and `…` in place of the rest.
pub(crate) fn excerpt(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    let end = (0..=most).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default()))
}

/// RESOURCE_EXHAUSTED for a reader that is too slow for its stream. Better an error than a silent gap.
pub(crate) fn lagging(missed: u64, what: &str) -> Status {
    Status::resource_exhausted(format!("{missed} {what} were lost because this stream was read too slowly"))
}

/// UNAVAILABLE for streams that would go on while the server wants to stop.
pub(crate) fn going_down() -> Status {
    Status::unavailable("the server is going down")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpt_ends_before_a_character_that_does_not_fit() {
        assert_eq!(excerpt("", 0), "");
        assert_eq!(excerpt("abc", 3), "abc");
        assert_eq!(excerpt("abc", 2), "ab…");
        assert_eq!(excerpt("aéb", 2), "a…");
        assert_eq!(excerpt("é", 1), "…");
    }

    #[test]
    fn pool_timeout_is_unavailable() {
        assert_eq!(database_failed(&sqlx::Error::PoolTimedOut).code(), Code::Unavailable);
        assert_eq!(database_failed(&sqlx::Error::RowNotFound).code(), Code::Internal);
    }
}
