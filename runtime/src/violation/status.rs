//! Violations as a gRPC status, with the details of `google.rpc` (AIP-193).

use std::collections::HashMap;

use tonic::{Code, Status};
use tonic_types::{BadRequest, ErrorDetails, FieldViolation, StatusExt as _};

use super::Violations;

/// How much of the violations goes into a status, which travels in headers, written in base64. gRPC in Java and C accepts
/// 8 KiB of headers in all, hyper 16; a status that has more does not arrive, and can end the connection.
const MOST_DETAILS: usize = 4 * 1024;

/// How long the text of a status is; in the header, a byte can become three.
const MOST_TEXT: usize = 512;

/// How long the field and the description of one violation are, so that at least one always fits.
const MOST_OF_ONE: usize = 1024;

/// How much of the names of fields the metadata holds.
const MOST_FIELDS: usize = 256;

/// `INVALID_ARGUMENT`, with one `BadRequest` that names every violation; of very many the first ones, and in the
/// `ErrorInfo` how many there are: `violationCount`. Its domain is the package of the resource.
impl From<Violations> for Status {
    fn from(violations: Violations) -> Self {
        let domain = package(violations.resource());
        violations.into_status(domain)
    }
}

impl Violations {
    /// The violations as a status whose `google.rpc.ErrorInfo` has this domain: the name of the service, as AIP-193 wants
    /// it, for example `library.example.com`.
    #[must_use]
    pub fn into_status(self, domain: &str) -> Status {
        let message = shortened(self.to_string(), MOST_TEXT);
        let fields: Vec<&str> = self.as_slice().iter().map(|violation| violation.field.as_str()).collect();
        let fields = shortened(fields.join(", "), MOST_FIELDS);
        let (count, resource) = (self.as_slice().len(), self.resource());
        // The rest of the `ErrorInfo`, with its keys, tags and lengths.
        let mut room = MOST_DETAILS.saturating_sub(fields.len() + resource.len() + domain.len() + 96);
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
        let cut = (field_violations.len() < count).then(|| ("violationCount", count.to_string()));
        let mut details = ErrorDetails::new();
        let BadRequest { field_violations } = BadRequest::new(field_violations);
        details.set_bad_request(field_violations);
        let known = [("fields", fields)].into_iter().chain(cut).collect();
        let cause = Cause { reason: "INVALID_FIELD", domain, resource, known };
        cause.status(Code::InvalidArgument, message, details)
    }
}

/// What an error's `google.rpc.ErrorInfo` says, which AIP-193 asks of every error.
pub(crate) struct Cause<'a> {
    pub(crate) reason: &'a str,
    pub(crate) domain: &'a str,
    /// The full name of the resource's message.
    pub(crate) resource: &'a str,
    /// What else its message says of the request.
    pub(crate) known: Vec<(&'static str, String)>,
}

impl Cause<'_> {
    /// The error. What its message says of the request is in the metadata as well, for programs.
    pub(crate) fn status(self, code: Code, message: String, mut details: ErrorDetails) -> Status {
        let known = self.known.into_iter().chain([("resourceType", self.resource.to_owned())]);
        let metadata: HashMap<String, String> = known.map(|(key, value)| (key.to_owned(), value)).collect();
        details.set_error_info(self.reason, self.domain, metadata);
        Status::with_error_details(code, message, details)
    }
}

/// The package of a message, from its full name: what stands before the first name that begins with a capital.
pub(crate) fn package(message: &str) -> &str {
    let names = message.split('.');
    let before = names.take_while(|name| !name.starts_with(|first: char| first.is_ascii_uppercase()));
    let length = before.map(|name| name.len() + 1).sum::<usize>();
    match length.checked_sub(1).and_then(|end| message.get(..end)) {
        Some(package) => package,
        None => message,
    }
}

/// The beginning of a text, of at most so many bytes.
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
    fn at_least_one_violation_is_named_however_long_it_is() {
        let field = "very_long_name.".repeat(1000);
        let violation = Violation { description: field.clone(), field, reason: Reason::RequiredField };
        let status = Status::from(Violations::of("library.v1.Book", vec![violation.clone(), violation]));
        let named = status.get_error_details().bad_request().map(|request| request.field_violations.len());
        assert_eq!(named, Some(1));
    }
}
