//! The fingerprint of a request: equal for requests that ask for the same list, whatever page of it.
//!
//! It reads the fields, not the encoding, which has no fixed order of maps. A field that says nothing adds nothing, so a
//! field that a later version of the proto adds changes no fingerprint until a request sets it. The page's own fields
//! are left out: their names are the caller's.
//!
//! ```text
//! message = { number:varint value } 0
//! value   = 1 8 bytes | 2 text | 3 message | 4 count:varint { value } | 5 count:varint { key value } | 6 time
//! text    = length:varint bytes
//! time    = seconds:8 nanos:4
//! ```
//!
//! Two requests that differ never give the same text, and a keyed hash of it (SipHash-2-4, 128 bits) stands for it.
//! The key is a secret, so nobody outside can look for two requests with one fingerprint.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use siphasher::sip128::{Hasher128 as _, SipHasher24};
use smallvec::SmallVec;

use super::hash::Hash;
use super::key::Derived;
use crate::fields::{FieldInfo, Fields, Key, KeyRef, Leaf, Lens, Map, OptionalLens, Value, Visitor};

/// 128 bits that stand for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint(pub(super) [u8; 16]);

impl Fingerprint {
    /// The fingerprint of a message under a key, without the fields at these positions (as bits).
    pub(super) fn of<F: Fields>(key: &Derived, message: &F::Message, unbound: u64) -> Self {
        let mut hash = Hash::new(SipHasher24::new_with_key(&key.fingerprint));
        message_of::<F>(&mut hash, message, unbound);
        Self(hash.finish().finish128().as_bytes())
    }
}

const FIXED: u8 = 1;
const TEXT: u8 = 2;
const MESSAGE: u8 = 3;
const LIST: u8 = 4;
const MAP: u8 = 5;
const TIME: u8 = 6;

/// Adds the fields of a message. The end has the number that no field has.
fn message_of<F: Fields>(hash: &mut Hash, message: &F::Message, unbound: u64) {
    let _: ControlFlow<Infallible> = F::visit(&mut Fold::<F> { hash, message, unbound });
    hash.byte(0);
}

fn leaf<L: Leaf>(hash: &mut Hash, value: &L::Value) {
    match L::view(value) {
        Value::Bool(value) => fixed(hash, u64::from(value)),
        Value::Int(value) => fixed(hash, value.cast_unsigned()),
        Value::Uint(value) => fixed(hash, value),
        Value::Float(value) => fixed(hash, value.to_bits()),
        Value::Text(value) => text(hash, value.as_bytes()),
        Value::Bytes(value) => text(hash, value),
        Value::Timestamp(value) => time(hash, value.seconds, value.nanos),
        Value::Duration(value) => time(hash, value.seconds, value.nanos),
        Value::Opaque => L::encoded(value, |bytes| text(hash, bytes)),
    }
}

#[inline]
fn fixed(hash: &mut Hash, value: u64) {
    hash.byte(FIXED);
    hash.bytes(&value.to_le_bytes());
}

#[inline]
fn text(hash: &mut Hash, bytes: &[u8]) {
    hash.byte(TEXT);
    hash.varint(bytes.len() as u64);
    hash.bytes(bytes);
}

fn time(hash: &mut Hash, seconds: i64, nanos: i32) {
    hash.byte(TIME);
    hash.bytes(&seconds.to_le_bytes());
    hash.bytes(&nanos.to_le_bytes());
}

fn key(hash: &mut Hash, key: KeyRef<'_>) {
    match key {
        KeyRef::Bool(key) => fixed(hash, u64::from(key)),
        KeyRef::Int(key) => fixed(hash, key.cast_unsigned()),
        KeyRef::Uint(key) => fixed(hash, key),
        KeyRef::Text(key) => text(hash, key.as_bytes()),
    }
}

/// The entries of a map in the order of their keys.
fn entries<K: Key, V, C: Map<K, V>>(hash: &mut Hash, map: &C, mut value: impl FnMut(&mut Hash, &V)) {
    let mut sorted: SmallVec<[(&K, &V); 8]> = map.entries().collect();
    sorted.sort_unstable_by_key(|(key, _)| *key);
    hash.byte(MAP);
    hash.varint(sorted.len() as u64);
    for (entry_key, entry_value) in sorted {
        key(hash, entry_key.view());
        value(hash, entry_value);
    }
}

struct Fold<'m, F: Fields> {
    hash: &'m mut Hash,
    message: &'m F::Message,
    unbound: u64,
}

impl<F: Fields> Fold<'_, F> {
    /// Adds a field that says something: its number and its value.
    #[inline]
    fn add(&mut self, field: FieldInfo, value: impl FnOnce(&mut Hash)) -> ControlFlow<Infallible> {
        let is_bound = 1_u64.checked_shl(u32::from(field.index)).is_none_or(|bit| self.unbound & bit == 0);
        if is_bound && let Some(schema) = F::schema().fields().get(usize::from(field.index)) {
            self.hash.varint(u64::from(schema.number));
            value(self.hash);
        }
        Continue(())
    }
}

impl<F: Fields> Visitor<F::Message> for Fold<'_, F> {
    type Break = Infallible;

    #[inline]
    fn implicit<L: Leaf>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<F::Message, L::Value>,
    ) -> ControlFlow<Infallible> {
        let value = lens.get(self.message);
        if L::is_default(value) { Continue(()) } else { self.add(field, |hash| leaf::<L>(hash, value)) }
    }

    #[inline]
    fn required<L: Leaf>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<F::Message, L::Value>,
    ) -> ControlFlow<Infallible> {
        let value = lens.get(self.message);
        self.add(field, |hash| leaf::<L>(hash, value))
    }

    #[inline]
    fn optional<L: Leaf>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<F::Message, L::Value>,
    ) -> ControlFlow<Infallible> {
        match lens.get(self.message) {
            Some(value) => self.add(field, |hash| leaf::<L>(hash, value)),
            None => Continue(()),
        }
    }

    #[inline]
    fn message<G: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<F::Message, G::Message>,
    ) -> ControlFlow<Infallible> {
        match lens.get(self.message) {
            Some(value) => self.add(field, |hash| framed::<G>(hash, value)),
            None => Continue(()),
        }
    }

    #[inline]
    fn required_message<G: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<F::Message, G::Message>,
    ) -> ControlFlow<Infallible> {
        let value = lens.get(self.message);
        self.add(field, |hash| framed::<G>(hash, value))
    }

    #[inline]
    fn repeated<L: Leaf>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<F::Message, Vec<L::Value>>,
    ) -> ControlFlow<Infallible> {
        list(self, field, lens.get(self.message), leaf::<L>)
    }

    #[inline]
    fn repeated_message<G: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<F::Message, Vec<G::Message>>,
    ) -> ControlFlow<Infallible> {
        list(self, field, lens.get(self.message), framed::<G>)
    }

    #[inline]
    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<F::Message, C>,
    ) -> ControlFlow<Infallible> {
        let map = lens.get(self.message);
        if map.is_empty() { Continue(()) } else { self.add(field, |hash| entries(hash, map, leaf::<L>)) }
    }

    #[inline]
    fn map_message<G: Fields, K: Key, C: Map<K, G::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<F::Message, C>,
    ) -> ControlFlow<Infallible> {
        let map = lens.get(self.message);
        if map.is_empty() { Continue(()) } else { self.add(field, |hash| entries(hash, map, framed::<G>)) }
    }
}

/// A message as a value.
fn framed<F: Fields>(hash: &mut Hash, message: &F::Message) {
    hash.byte(MESSAGE);
    message_of::<F>(hash, message, 0);
}

/// The elements of a list, if there are any.
fn list<F: Fields, T>(
    fold: &mut Fold<'_, F>,
    field: FieldInfo,
    list: &[T],
    element: impl Fn(&mut Hash, &T),
) -> ControlFlow<Infallible> {
    if list.is_empty() {
        return Continue(());
    }
    fold.add(field, |hash| {
        hash.byte(LIST);
        hash.varint(list.len() as u64);
        for value in list {
            element(hash, value);
        }
    })
}
