//! Associated data of a page token: the method, the principal, the order and the request that the token is valid for.
//!
//! ```text
//! binding = version:u8 key id:4 text(method) ( 0 | 1 text(principal) ) order request
//! order   = { number:varint { number:varint } 0 direction:u8 kind:u8 } 0
//! text    = length:varint bytes
//! ```
//!
//! The kind is the tag of the values in `payload.rs`, so tokens become invalid if a field gets another type.
//!
//! The request is its canonical encoding ([`crate::canonical`]), without the fields that select the page. It contains the
//! `order_by` of the client. The default order and the tie-breakers are settings of the server. They can change while
//! tokens are valid, so the whole order is bound too. Every part has a length or an end mark, so two different bindings
//! never have the same bytes.

use std::borrow::Cow;

use super::key::KeyId;
use super::payload::{VERSION, kind_tag};
use crate::canonical::{Buffer, write, write_varint};
use crate::fields::Fields;
use crate::list::request::ListRequest;
use crate::order::{Direction, OrderBy};

/// Associated data for one key. The data for another key differs in the key identifier alone.
#[derive(Debug)]
pub(in crate::list) struct Binding {
    key: KeyId,
    bytes: Buffer,
}

/// Bytes of the key identifier.
const KEY_ID: std::ops::Range<usize> = 1..5;

impl Binding {
    pub(in crate::list) fn new<R: ListRequest>(
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
        write::<R>(request, R::PAGE_FIELDS, &mut bytes);
        Self { key, bytes }
    }

    /// Returns the associated data for a key.
    pub(super) fn associated_data(&self, key: KeyId) -> Cow<'_, [u8]> {
        if key == self.key {
            return Cow::Borrowed(&self.bytes);
        }
        let mut bytes = self.bytes.to_vec();
        if let Some(key_id) = bytes.get_mut(KEY_ID) {
            key_id.copy_from_slice(&key.0);
        }
        Cow::Owned(bytes)
    }
}

/// Writes the fingerprint of a request and passes it to `read`, for benchmarks.
#[doc(hidden)]
pub fn with_fingerprint<R: ListRequest, T>(request: &R, read: impl FnOnce(&[u8]) -> T) -> T {
    let mut text = Buffer::new();
    write::<R>(request, R::PAGE_FIELDS, &mut text);
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
        // The number 0 is not a field, so it marks the end of the path.
        to.push(0);
        to.push(u8::from(term.direction() == Direction::Descending));
        to.push(kind_tag(term.kind()));
    }
    to.push(0);
}
