//! What a token is good for, and nothing else: the associated data that is authenticated with it.
//!
//! ```text
//! binding = version:u8 key id:4 text(method) ( 0 | 1 text(principal) ) order request
//! order   = { number:varint { number:varint } 0 direction:u8 kind:u8 } 0
//! text    = length:varint bytes
//! ```
//!
//! The kind is what `cursor.rs` writes before values of the field: a field that gets another type gets other tokens.
//!
//! The request is its canonical encoding ([`crate::canonical`]), without the fields that select the page. It has the
//! order that the client asked for. The default order and the tie-breakers are the server's, and can change while tokens
//! are valid, so the whole order is bound too. Every part has a length or an end mark, so no two bindings have the same
//! bytes.

use std::borrow::Cow;

use super::cursor;
use super::key::KeyId;
use super::request::ListRequest;
use super::token::VERSION;
use crate::canonical::{Buffer, write, write_varint};
use crate::fields::Fields;
use crate::order::{Direction, OrderBy};

/// The bytes for one key; others differ in its name alone.
#[derive(Debug)]
pub(super) struct Binding {
    key: KeyId,
    bytes: Buffer,
}

const KEY: std::ops::Range<usize> = 1..5;

impl Binding {
    pub(super) fn new<R: ListRequest>(
        key: KeyId,
        method: &str,
        principal: Option<&[u8]>,
        order: &OrderBy<R::Resource>,
        request: &R,
    ) -> Self {
        let mut bytes = Buffer::new();
        bytes.push(VERSION);
        bytes.extend(&key.0);
        write_text(method.as_bytes(), &mut bytes);
        bytes.push(u8::from(principal.is_some()));
        if let Some(principal) = principal {
            write_text(principal, &mut bytes);
        }
        write_order(order, &mut bytes);
        write::<R>(request, R::UNBOUND, &mut bytes);
        Self { key, bytes }
    }

    /// The bytes for a key.
    pub(super) fn associated_data(&self, key: KeyId) -> Cow<'_, [u8]> {
        if key == self.key {
            return Cow::Borrowed(&self.bytes);
        }
        let mut bytes = self.bytes.to_vec();
        if let Some(place) = bytes.get_mut(KEY) {
            place.copy_from_slice(&key.0);
        }
        Cow::Owned(bytes)
    }
}

/// Writes the fingerprint of a request and shows it, to measure what that takes.
#[doc(hidden)]
pub fn with_fingerprint<R: ListRequest, T>(request: &R, read: impl FnOnce(&[u8]) -> T) -> T {
    let mut text = Buffer::new();
    write::<R>(request, R::UNBOUND, &mut text);
    read(&text)
}

fn write_text(text: &[u8], to: &mut Buffer) {
    write_varint(text.len() as u64, to);
    to.extend(text);
}

fn write_order<F: Fields>(order: &OrderBy<F>, to: &mut Buffer) {
    for term in order.terms() {
        for field in term.path.fields(F::schema()) {
            write_varint(field.number.into(), to);
        }
        // No field has this number.
        to.push(0);
        to.push(u8::from(term.direction() == Direction::Descending));
        to.push(cursor::kind(term.kind()));
    }
    to.push(0);
}
