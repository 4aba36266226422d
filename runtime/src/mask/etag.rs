//! `etag` (AIP-154): compared, never updated. [`etag_of`] makes one from the content of a resource.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::policy;
use super::select::Selected;
use super::source::ByRef;
use super::transfer::{PLAIN, assign};
use super::tree::{ROOT, Tree};
use crate::fields::{Behavior, Fields, Kind, Shape, Value, value};
use crate::violation::{Reason, Violation};

/// Returns a strong etag of a resource's content, in quotes (RFC 9110): the same for equal resources in every process.
///
/// It is a hash of the [canonical encoding](crate::canonical), which has the promise of stability. The resource's own
/// field `etag` is left out, so that the etag of a stored resource can be computed again. `INPUT_ONLY` fields are left
/// out too: clients do not see them, and a hash would let them guess a secret.
///
/// `*` and weak etags (`W/"…"`) are not values of it; compare them yourself.
///
/// ```ignore
/// book.update_time = Some(now());
/// book.etag = etag_of::<Book>(&book);
/// ```
#[must_use]
pub fn etag_of<F: Fields>(resource: &F::Message) -> String {
    let mut visible = resource.clone();
    policy::strip::<F>(&mut visible, Behavior::INPUT_ONLY);
    keep::<F>(&mut visible, &F::Message::default());
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

/// How the `etag` of a request compares with that of the stored resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    /// They are the same, or the request has none, which asks for no comparison.
    Agrees,
    /// They are not, or there is no resource that it could be the same as.
    Differs,
    /// The request has one, and its resource has no field for one.
    Incomparable,
}

/// Compares the etag of a request, or else that of the resource in it, with that of the stored resource.
pub(super) fn compare<F: Fields>(request: &str, given: Option<&F::Message>, stored: Option<&F::Message>) -> Agreement {
    let Some(index) = position::<F>() else {
        return if request.is_empty() { Agreement::Agrees } else { Agreement::Incomparable };
    };
    let text = |message| text::<F>(message, index);
    let wanted = if request.is_empty() { given.map_or("", text) } else { request };
    match stored {
        _ if wanted.is_empty() => Agreement::Agrees,
        Some(stored) if text(stored) == wanted => Agreement::Agrees,
        _ => Agreement::Differs,
    }
}

/// Gives a resource the stored etag, so that no mask can change it.
pub(super) fn keep<F: Fields>(resource: &mut F::Message, stored: &F::Message) {
    if let Some(index) = position::<F>() {
        let mut etag = Tree::empty();
        etag.add_field(ROOT, index);
        assign::<F>(resource, ByRef(stored), &Selected::root(&etag), PLAIN);
    }
}

/// What is wrong with an etag that nothing can be compared with.
pub(super) fn incomparable<F: Fields>() -> Violation {
    let description = format!("`{}` has no etag to compare it with: leave it out", F::schema().name());
    Violation::new("etag", Reason::UnsupportedField, description)
}

/// The position of the resource's own etag: a field of this name that holds one text.
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
