//! Errors of the services: a code, a sentence, and `google.rpc` details for programs.

use std::borrow::Cow;

use tonic_types::{ErrorDetails, StatusExt};
use transom::violation::{Collector, Reason, Subject, Violation, Violations};
use transom::{Code, Status};

/// Domain of all errors.
const DOMAIN: &str = "ecommerce.v1";

/// Number of bytes of a client's text that a status repeats. A status travels in headers, in which a byte can become three,
/// and peers limit their headers to 8 KiB in all.
const MOST_REPEATED: usize = 256;
/// Primary result codes of SQLite.
const SQLITE_BUSY: u32 = 5;
const SQLITE_FULL: u32 = 13;

/// Checks of the fields of one request. All violations are returned at once.
#[derive(Debug)]
pub(crate) struct FieldChecks(Collector);

impl FieldChecks {
    /// Creates the checks of a request about a resource of this type.
    pub(crate) fn new(resource_type: &'static str) -> Self {
        Self(Collector::new(Subject::new(DOMAIN, resource_type)))
    }

    /// Adds a violation unless `is_valid`.
    pub(crate) fn require(&mut self, is_valid: bool, field: impl Into<String>, description: impl Into<String>) {
        if !is_valid {
            self.0.add(field, Reason::InvalidValue, description);
        }
    }

    /// Returns INVALID_ARGUMENT with a `BadRequest` if there is any violation.
    pub(crate) fn finish(self) -> Result<(), Status> {
        Ok(self.0.finish()?)
    }
}

/// Returns INVALID_ARGUMENT for a single field.
pub(crate) fn invalid(resource_type: &'static str, field: &str, description: impl Into<String>) -> Status {
    let violation = Violation::new(field, Reason::InvalidValue, description);
    Violations::new(Subject::new(DOMAIN, resource_type), violation).into()
}

/// Returns NOT_FOUND with a `ResourceInfo`.
pub(crate) fn not_found(resource_type: &str, name: &str) -> Status {
    let name = excerpt(name, MOST_REPEATED);
    let details = ErrorDetails::with_resource_info(resource_type, name.as_ref(), "", "");
    Status::with_error_details(Code::NotFound, format!("{resource_type} \"{name}\" not found"), details)
}

/// Returns ALREADY_EXISTS with a `ResourceInfo`.
pub(crate) fn already_exists(resource_type: &str, name: &str) -> Status {
    let name = excerpt(name, MOST_REPEATED);
    let details = ErrorDetails::with_resource_info(resource_type, name.as_ref(), "", "");
    Status::with_error_details(Code::AlreadyExists, format!("{resource_type} \"{name}\" already exists"), details)
}

/// Returns the status for an error of the database. The error itself is only logged.
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

/// Returns RESOURCE_EXHAUSTED for a client that reads a stream too slowly, so that it does not miss messages unnoticed.
pub(crate) fn lagging(missed: u64, what: &str) -> Status {
    Status::resource_exhausted(format!("{missed} {what} were lost because this stream was read too slowly"))
}

/// Returns UNAVAILABLE, which ends the streams of a server that stops.
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
