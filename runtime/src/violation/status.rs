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

/// `INVALID_ARGUMENT`, with one `BadRequest` that names every violation; of very many the first ones, and in the
/// `ErrorInfo` how many there are: `violationCount`.
impl From<Violations> for Status {
    fn from(violations: Violations) -> Self {
        let message = violations.to_string();
        let domain = domain(violations.resource());
        let count = violations.as_slice().len();
        let mut room = MOST_DETAILS;
        let fits = |violation: &FieldViolation| {
            // Tags and lengths of the fields and of the message itself.
            let size = violation.field.len() + violation.description.len() + violation.reason.len() + 16;
            room = room.saturating_sub(size);
            room > 0
        };
        let field_violations = violations.into_iter().map(|violation| FieldViolation {
            field: violation.field,
            description: violation.description,
            reason: violation.reason.as_str().to_owned(),
            localized_message: None,
        });
        let field_violations: Vec<FieldViolation> = field_violations.take_while(fits).collect();
        let is_cut = field_violations.len() < count;
        let mut details = ErrorDetails::new();
        let BadRequest { field_violations } = BadRequest::new(field_violations);
        details.set_bad_request(field_violations);
        let told = is_cut.then(|| ("violationCount".to_owned(), count.to_string()));
        details.set_error_info("INVALID_FIELD", domain, told.into_iter().collect::<HashMap<_, _>>());
        Self::with_error_details(Code::InvalidArgument, shortened(message), details)
    }
}

/// The package of a message, which is the domain that its errors belong to.
fn domain(message: &str) -> &str {
    message.rsplit_once('.').map_or(message, |(package, _)| package)
}

/// The beginning of a text.
fn shortened(message: String) -> String {
    match message.char_indices().find(|(start, character)| start + character.len_utf8() > MOST_TEXT) {
        Some((end, _)) => format!("{}…", message.get(..end).unwrap_or_default()),
        None => message,
    }
}
