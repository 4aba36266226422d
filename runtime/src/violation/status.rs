//! Violations as a gRPC status, with the details of `google.rpc` (AIP-193).

use tonic::{Code, Status};
use tonic_types::{BadRequest, ErrorDetails, FieldViolation, StatusExt as _};

use super::Violations;

/// `INVALID_ARGUMENT`, with one `BadRequest` that names every violation.
impl From<Violations> for Status {
    fn from(violations: Violations) -> Self {
        let message = violations.to_string();
        let domain = domain(violations.resource());
        let field_violations = violations.into_iter().map(|violation| FieldViolation {
            field: violation.field,
            description: violation.description,
            reason: violation.reason.as_str().to_owned(),
            localized_message: None,
        });
        let mut details = ErrorDetails::new();
        let BadRequest { field_violations } = BadRequest::new(field_violations.collect::<Vec<_>>());
        details.set_bad_request(field_violations);
        details.set_error_info("INVALID_FIELD", domain, []);
        Self::with_error_details(Code::InvalidArgument, shortened(message), details)
    }
}

/// The package of a message, which is the domain that its errors belong to.
fn domain(message: &str) -> &str {
    message.rsplit_once('.').map_or(message, |(package, _)| package)
}

/// A status travels in headers, which must not grow with the request; the details have it all.
fn shortened(message: String) -> String {
    const MOST: usize = 512;
    match message.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", message.get(..end).unwrap_or_default()),
        None => message,
    }
}
