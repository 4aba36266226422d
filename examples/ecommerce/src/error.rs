//! Errors as gRPC clients want them: a code, a sentence, and `google.rpc` details for programs.

use tonic_types::{ErrorDetails, FieldViolation, StatusExt};
use transom::{Code, Status};

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
    let details = ErrorDetails::with_resource_info(resource_type, name, "", "");
    Status::with_error_details(Code::NotFound, format!("{resource_type} \"{name}\" not found"), details)
}

/// ALREADY_EXISTS with a `ResourceInfo`.
pub(crate) fn already_exists(resource_type: &str, name: &str) -> Status {
    let details = ErrorDetails::with_resource_info(resource_type, name, "", "");
    Status::with_error_details(Code::AlreadyExists, format!("{resource_type} \"{name}\" already exists"), details)
}

/// INTERNAL for what the database did; the log is told what that was, the client is not.
pub(crate) fn database_failed(error: &sqlx::Error) -> Status {
    tracing::error!(%error, "the database failed");
    Status::internal("the database failed")
}

/// RESOURCE_EXHAUSTED for a reader that is too slow for its stream. Better an error than a silent gap.
pub(crate) fn lagging(missed: u64, what: &str) -> Status {
    Status::resource_exhausted(format!("{missed} {what} were lost because this stream was read too slowly"))
}

/// UNAVAILABLE for streams that would go on while the server wants to stop.
pub(crate) fn going_down() -> Status {
    Status::unavailable("the server is going down")
}
