//! Conversion of errors to a gRPC status with the details of `google.rpc` (AIP-193).

use std::collections::HashMap;

use super::{Count, NamedResource, Subject, Violations, shown};
use crate::grpc::error_details::{BadRequest, ErrorDetails, FieldViolation, StatusExt as _};
use crate::{Code, Status};

/// Bytes of violations in a status, which travels in headers, in base64. gRPC in Java and C accepts 8 KiB of headers in
/// all, hyper 16 KiB. A longer status does not arrive, and can end the connection.
const MOST_DETAILS: usize = 4 * 1024;

/// Bytes of the details beside the violations, the message and the values of the metadata: type URLs, keys, tags and
/// lengths.
const OVERHEAD: usize = 240;

/// Bytes of the message of a status; in the header, a byte can become three.
const MOST_TEXT: usize = 512;

/// Bytes of the field and of the description of one violation, so that at least one always fits.
const MOST_OF_ONE: usize = 1024;

/// Bytes of the names of fields in the metadata.
const MOST_FIELDS: usize = 256;

/// Bytes of a domain, of a type of resource, and of the name of a resource.
const MOST_OF_NAME: usize = 256;

/// `INVALID_ARGUMENT` with one `BadRequest` that names the violations.
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
        let message = shortened(self.to_string(), MOST_TEXT);
        let fields: Vec<&str> = self.as_slice().iter().map(|violation| violation.field.as_str()).collect();
        let fields = shortened(fields.join(", "), MOST_FIELDS);
        let (count, subject) = (self.count(), self.subject());
        let names = [domain, subject.resource_type()].map(|name| name.len().min(MOST_OF_NAME)).iter().sum::<usize>();
        let mut room = MOST_DETAILS.saturating_sub(message.len() + fields.len() + names + OVERHEAD);
        let fits = |violation: &FieldViolation| {
            // Tags and lengths of the fields and of the message itself.
            let size = violation.field.len() + violation.description.len() + violation.reason.len() + 16;
            room = room.saturating_sub(size);
            room > 0
        };
        let field_violations = self.into_iter().map(|violation| FieldViolation {
            field: shortened(violation.field, MOST_OF_ONE),
            description: shortened(violation.description, MOST_OF_ONE),
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
        let resource_type = shortened(self.subject.resource_type().to_owned(), MOST_OF_NAME);
        let known = self.known.into_iter().chain([("resourceType", resource_type)]);
        let metadata: HashMap<String, String> = known.map(|(key, value)| (key.to_owned(), value)).collect();
        details.set_error_info(self.reason, shortened(self.domain.to_owned(), MOST_OF_NAME), metadata);
        Status::with_error_details(code, shortened(message, MOST_TEXT), details)
    }
}

impl NamedResource {
    /// Creates a status about the resource, with a `google.rpc.ResourceInfo`.
    pub(crate) fn status(self, code: Code, reason: &'static str, domain: &str, message: String) -> Status {
        let Self { subject, name } = self;
        let mut details = ErrorDetails::new();
        let resource_type = shortened(subject.resource_type().to_owned(), MOST_OF_NAME);
        let name = shown(&name, MOST_OF_NAME);
        let known = if name.is_empty() { Vec::new() } else { vec![("resourceName", name.clone())] };
        details.set_resource_info(resource_type, name, "", message.clone());
        Cause { reason, domain, subject, known }.status(code, message, details)
    }
}

/// `INTERNAL` for an error of the server, whose cause is nothing for clients. The cause is the source of the status.
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

/// Returns the beginning of a text, of at most `most` bytes.
fn shortened(text: String, most: usize) -> String {
    match text.char_indices().find(|(start, character)| start + character.len_utf8() > most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::violation::{Reason, Violation};

    #[test]
    fn details_of_many_violations_fit_into_the_limit() {
        for (length, count) in [(1, 1_000), (20, 1_000), (100, 500), (900, 100), (5_000, 10)] {
            let violation = |index: usize| Violation {
                field: format!("items[{index}].{}", "x".repeat(length)),
                description: "a value is required".repeat(length / 10 + 1),
                reason: Reason::RequiredField,
            };
            let subject = Subject::of_message("library.v1.Book");
            let mut violations = Violations::new(subject, violation(0));
            (1..count).for_each(|index| violations.push(violation(index)));
            let details = Status::from(violations).details().len();
            assert!(details <= MOST_DETAILS, "{details} bytes with {length}, {count}");
        }
    }

    #[test]
    fn status_names_at_least_one_violation_however_long_it_is() {
        let field = "very_long_name.".repeat(1000);
        let violation = Violation { description: field.clone(), field, reason: Reason::RequiredField };
        let mut violations = Violations::new(Subject::of_message("library.v1.Book"), violation.clone());
        violations.push(violation);
        let status = Status::from(violations);
        let named = status.get_error_details().bad_request().map(|request| request.field_violations.len());
        assert_eq!(named, Some(1));
    }
}
