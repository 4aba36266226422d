//! `etag` of a resource (AIP-154): comparison with that of a request, and computation from the content.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::fields::{Behavior, Fields, Kind, Shape, Value, value};
use crate::mask::policy;
use crate::mask::set::{ROOT, Selected, Tree};
use crate::mask::update::{ASSIGN, ByRef, assign};
use crate::violation::{Reason, Violation};

/// Returns a strong etag of the content of a resource, in quotes (RFC 9110). Equal resources have the same etag in every
/// process.
///
/// The etag is a hash of the [canonical encoding](crate::canonical), whose stability is documented there. The field `etag` is
/// not hashed, so the etag of a stored resource can be computed again. `INPUT_ONLY` fields are not hashed: clients do not see
/// them, and could guess a secret by its hash.
///
/// The function never returns `*` or a weak etag (`W/"…"`). Compare these in the service.
///
/// ```ignore
/// book.update_time = Some(now());
/// book.etag = etag_of::<Book>(&book);
/// ```
#[must_use]
pub fn etag_of<F: Fields>(resource: &F::Message) -> String {
    let mut visible = resource.clone();
    policy::strip::<F>(&mut visible, Behavior::INPUT_ONLY);
    keep_stored::<F>(&mut visible, &F::Message::default());
    let hash = Sha256::digest(crate::canonical::encode::<F>(&visible));
    // 128 bits are enough that no two versions of a resource have the same.
    let mut etag = String::with_capacity(34);
    etag.push('"');
    for byte in hash.iter().take(16) {
        // Writing into a string cannot fail.
        let _ = write!(etag, "{byte:02x}");
    }
    etag.push('"');
    etag
}

/// Result of the comparison of the `etag` of a request with that of the stored resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EtagMatch {
    /// The etags are the same, or the request has none.
    Same,
    /// The etags differ, or no resource is stored.
    Different,
    /// The request has an etag, and the resource has no field for one.
    NoEtagField,
}

/// Compares the etag of a request, or else that of the resource in it, with that of the stored resource.
pub(super) fn compare<F: Fields>(request: &str, given: Option<&F::Message>, stored: Option<&F::Message>) -> EtagMatch {
    let Some(index) = position::<F>() else {
        return if request.is_empty() { EtagMatch::Same } else { EtagMatch::NoEtagField };
    };
    let text = |message| text::<F>(message, index);
    let wanted = if request.is_empty() { given.map_or("", text) } else { request };
    match stored {
        _ if wanted.is_empty() => EtagMatch::Same,
        Some(stored) if text(stored) == wanted => EtagMatch::Same,
        _ => EtagMatch::Different,
    }
}

/// Sets the etag of a resource to the stored one, so that no mask can change it.
pub(super) fn keep_stored<F: Fields>(resource: &mut F::Message, stored: &F::Message) {
    if let Some(index) = position::<F>() {
        let mut etag = Tree::empty();
        etag.add_field(ROOT, index);
        assign::<F>(resource, ByRef(stored), &Selected::root(&etag), ASSIGN);
    }
}

/// Creates the violation of an etag for a resource without a field for one.
pub(super) fn no_etag_field<F: Fields>() -> Violation {
    let description = format!("`{}` has no etag to compare it with: leave it out", F::schema().name());
    Violation::new("etag", Reason::UnsupportedField, description)
}

/// Returns the position of the etag in the resource: a field `etag` with one text.
fn position<F: Fields>() -> Option<u16> {
    let (index, field) = F::schema().field("etag")?;
    let is_text = matches!(field.kind, Kind::String | Kind::Wrapper(Kind::String));
    (is_text && !matches!(field.shape, Shape::Repeated | Shape::Map(_))).then_some(index)
}

fn text<F: Fields>(message: &F::Message, index: u16) -> &str {
    match value::<F>(message, index) {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}
