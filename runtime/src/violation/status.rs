//! Conversion of errors to a gRPC status with the details of `google.rpc` (AIP-193).

use std::collections::HashMap;

use super::{Count, NamedResource, Subject, Violations};
use crate::excerpt::{escaped, truncated};
use crate::grpc::error_details::{BadRequest, ErrorDetails, FieldViolation, StatusExt as _};
use crate::{Code, Status};

/// Largest number of bytes of violations in a status, which is sent in headers, in base64. gRPC in Java and C accepts
/// 8 KiB of headers in all, hyper 16 KiB. A longer status is lost, and can end the connection.
const MAX_DETAILS: usize = 4 * 1024;

/// Number of bytes of the details beside the violations, the message and the values of the metadata: type URLs, keys,
/// tags and lengths.
const OVERHEAD: usize = 240;

/// Largest number of bytes of the message of a status. In the header, a byte can become three.
const MAX_TEXT: usize = 512;

/// Largest number of bytes of the field and of the description of one violation. At least one violation always fits.
const MAX_VIOLATION_TEXT: usize = 1024;

/// Largest number of bytes of the names of fields in the metadata.
const MAX_FIELDS: usize = 256;

/// Largest number of bytes of a domain, of a type of resource, and of the name of a resource.
const MAX_NAME: usize = 256;

/// Converts to `INVALID_ARGUMENT` with one `BadRequest` that has the violations.
///
/// If not all fit into 4 KiB, the metadata of the `ErrorInfo` has the number of all in `violationCount`. If the check
/// stopped early, the metadata also has `violationCountIsLowerBound`.
impl From<Violations> for Status {
    fn from(violations: Violations) -> Self {
        let domain = violations.subject().domain();
        violations.into_status(domain)
    }
}

impl Violations {
    /// Converts the violations to a status whose `google.rpc.ErrorInfo` has this domain in place of that of the
    /// [subject](Self::subject).
    #[must_use]
    pub fn into_status(self, domain: &str) -> Status {
        let message = truncated(self.to_string(), MAX_TEXT);
        let fields: Vec<&str> = self.as_slice().iter().map(|violation| violation.field.as_str()).collect();
        let fields = truncated(fields.join(", "), MAX_FIELDS);
        let (count, subject) = (self.count(), self.subject());
        let names = [domain, subject.resource_type()].map(|name| name.len().min(MAX_NAME)).iter().sum::<usize>();
        let mut room = MAX_DETAILS.saturating_sub(message.len() + fields.len() + names + OVERHEAD);
        let fits = |violation: &FieldViolation| {
            // Tags and lengths of the fields and of the message itself.
            let size = violation.field.len() + violation.description.len() + violation.reason.len() + 16;
            room = room.saturating_sub(size);
            room > 0
        };
        let field_violations = self.into_iter().map(|violation| FieldViolation {
            field: truncated(violation.field, MAX_VIOLATION_TEXT),
            description: truncated(violation.description, MAX_VIOLATION_TEXT),
            reason: violation.reason.as_str().to_owned(),
            localized_message: None,
        });
        let field_violations: Vec<FieldViolation> = field_violations.take_while(fits).collect();
        let mut known = vec![("fields", fields)];
        if field_violations.len() < count.number() {
            known.push(("violationCount", count.number().to_string()));
        }
        if matches!(count, Count::AtLeast(_)) {
            known.push(("violationCountIsLowerBound", "true".to_owned()));
        }
        let mut details = ErrorDetails::new();
        let BadRequest { field_violations } = BadRequest::new(field_violations);
        details.set_bad_request(field_violations);
        let cause = Cause { reason: "INVALID_FIELD", domain, subject, known };
        cause.status(Code::InvalidArgument, message, details)
    }
}

/// Content of a `google.rpc.ErrorInfo`, which AIP-193 requires of every error.
pub(crate) struct Cause<'a> {
    /// UPPER_SNAKE_CASE text of at most 63 characters.
    pub(crate) reason: &'static str,
    pub(crate) domain: &'a str,
    pub(crate) subject: Subject,
    /// Text of the message that depends on the request, for programs. Keys have at most 64 characters.
    pub(crate) known: Vec<(&'static str, String)>,
}

impl Cause<'_> {
    /// Creates the status.
    pub(crate) fn status(self, code: Code, message: String, mut details: ErrorDetails) -> Status {
        let resource_type = truncated(self.subject.resource_type().to_owned(), MAX_NAME);
        let known = self.known.into_iter().chain([("resourceType", resource_type)]);
        let metadata: HashMap<String, String> = known.map(|(key, value)| (key.to_owned(), value)).collect();
        details.set_error_info(self.reason, truncated(self.domain.to_owned(), MAX_NAME), metadata);
        Status::with_error_details(code, truncated(message, MAX_TEXT), details)
    }
}

impl NamedResource {
    /// Creates a status about the resource, with a `google.rpc.ResourceInfo`.
    pub(crate) fn status(self, code: Code, reason: &'static str, domain: &str, message: String) -> Status {
        let Self { subject, name } = self;
        let mut details = ErrorDetails::new();
        let resource_type = truncated(subject.resource_type().to_owned(), MAX_NAME);
        let name = escaped(&name, MAX_NAME);
        let known = if name.is_empty() { Vec::new() } else { vec![("resourceName", name.clone())] };
        details.set_resource_info(resource_type, name, "", message.clone());
        Cause { reason, domain, subject, known }.status(code, message, details)
    }
}

/// Creates an `INTERNAL` status for an error of the server. The cause is the source of the status and is not sent to
/// clients.
#[cfg(feature = "_lists")]
pub(crate) fn internal(
    reason: &'static str,
    subject: Subject,
    message: &str,
    cause: impl std::error::Error + Send + Sync + 'static,
) -> Status {
    let info = Cause { reason, domain: subject.domain(), subject, known: Vec::new() };
    let mut status = info.status(Code::Internal, message.to_owned(), ErrorDetails::new());
    status.set_source(std::sync::Arc::new(cause));
    status
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::violation::{Collector, Reason, Violation};

    #[test]
    fn details_of_many_violations_fit_into_the_limit() {
        for (length, count) in [(1, 1_000), (20, 1_000), (100, 500), (900, 100), (5_000, 10)] {
            let violation = |index: usize| Violation {
                field: format!("items[{index}].{}", "x".repeat(length)),
                description: "a value is required".repeat(length / 10 + 1),
                reason: Reason::RequiredField,
            };
            let mut violations = Collector::new(Subject::from_full_name("library.v1.Book"));
            violations.extend((0..count).map(violation));
            let details = Status::from(violations.finish().unwrap_err()).details().len();
            assert!(details <= MAX_DETAILS, "{details} bytes with {length}, {count}");
        }
    }

    #[test]
    fn status_of_very_long_violations_has_one_of_them() {
        let field = "very_long_name.".repeat(1000);
        let violation = Violation { description: field.clone(), field, reason: Reason::RequiredField };
        let mut violations = Collector::new(Subject::from_full_name("library.v1.Book"));
        violations.extend([violation.clone(), violation]);
        let status = Status::from(violations.finish().unwrap_err());
        let named = status.get_error_details().bad_request().map(|request| request.field_violations.len());
        assert_eq!(named, Some(1));
    }
}
