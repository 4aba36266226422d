//! Writer of the canonical encoding; [`super`] has its properties.
//!
//! The writer reads the fields of a message, because the wire encoding has no fixed order of maps. An empty field adds no
//! bytes. Fields are written in the order of their numbers. A new field, or a field that moves in the source, therefore
//! changes no encoding until a message sets it.
//!
//! ```text
//! message  = { tag value } 0, in the order of the numbers
//! tag      = varint of number * 8 + kind, where elements, keys and values of a list or a map have the number 0
//! value    = fixed:8 | text | time | message | list | map
//! text     = length:varint bytes; also the sorted encoding of a message without a field table
//! time     = seconds:8 nanos:4
//! list     = count:varint { tag value }
//! map      = count:varint { tag key tag value }, in the order of the keys
//! ```
//!
//! Different messages have different encodings, except for the order of fields in messages without a table (see `wire.rs`).
//! The binding of a page token skips the fields of the request that select the page: `unbound`.

use std::any::TypeId;
use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};
use std::ops::Range;

use prost_types::{Any, FieldMask};
use smallvec::SmallVec;

use super::buffer::Buffer;
use super::varint::write_varint;
use super::wire::{canonicalize, reorder};
use crate::fields::{FieldInfo, Fields, Key, KeyRef, Leaf, Lens, Map, OptionalLens, Value, Visitor};

/// Kind of a value: the lowest bits of its tag.
#[derive(Clone, Copy)]
enum Kind {
    Fixed = 1,
    Text = 2,
    Time = 3,
    Message = 4,
    List = 5,
    Map = 6,
}

/// Number in the tags of elements, keys and values.
const ELEMENT: u32 = 0;

/// Writes the fields of a message, except those whose position has a bit in `unbound`.
pub(crate) fn write<F: Fields>(message: &F::Message, unbound: u64, text: &mut Buffer) {
    if F::schema().is_in_order() {
        write_fields::<F>(message, unbound, None, text);
    } else {
        let start = text.len();
        let mut fields = FieldRanges::new();
        write_fields::<F>(message, unbound, Some(&mut fields), text);
        if !fields.is_sorted_by_key(|(number, _)| *number) {
            fields.sort_unstable_by_key(|(number, _)| *number);
            let fields = fields.iter().map(|(_, range)| range.start - start..range.end - start);
            reorder(text.as_mut_slice().get_mut(start..).unwrap_or_default(), fields);
        }
    }
    text.push(0);
}

/// Numbers of the written fields, and their ranges in the output.
type FieldRanges = SmallVec<[(u32, Range<usize>); 16]>;

#[inline]
fn write_fields<F: Fields>(message: &F::Message, unbound: u64, ranges: Option<&mut FieldRanges>, text: &mut Buffer) {
    let _: ControlFlow<Infallible> = F::visit(&mut Writer::<F> { text, message, unbound, ranges });
}

#[inline]
fn tag(to: &mut Buffer, number: u32, kind: Kind) {
    write_varint(tag_of(number, kind), to);
}

#[inline]
const fn tag_of(number: u32, kind: Kind) -> u64 {
    (number as u64) << 3 | kind as u64
}

#[inline]
fn leaf<L: Leaf>(to: &mut Buffer, number: u32, value: &L::Value) {
    match L::view(value) {
        Value::Bool(value) => fixed(to, number, u64::from(value)),
        Value::Int(value) => fixed(to, number, value.cast_unsigned()),
        Value::Uint(value) => fixed(to, number, value),
        Value::Float(value) => fixed(to, number, value.to_bits()),
        Value::Text(value) => text(to, number, value.as_bytes()),
        Value::Bytes(value) => text(to, number, value),
        Value::Timestamp(value) => time(to, number, value.seconds, value.nanos),
        Value::Duration(value) => time(to, number, value.seconds, value.nanos),
        // A message without a table is written by prost, in one encoding for each order of its maps.
        Value::Opaque => {
            let length = L::encoded_len(value);
            tag(to, number, Kind::Text);
            write_varint(length as u64, to);
            let max_sorted = to.max_sorted;
            let encoding = to.reserve(length);
            L::encode(value, encoding);
            if !has_one_encoding::<L>() {
                canonicalize(encoding, max_sorted);
            }
        }
    }
}

/// Returns `true` for messages that have no map. The content of an `Any` is bytes.
fn has_one_encoding<L: Leaf>() -> bool {
    [TypeId::of::<Any>(), TypeId::of::<FieldMask>()].contains(&TypeId::of::<L::Value>())
}

#[inline]
fn fixed(to: &mut Buffer, number: u32, value: u64) {
    tag(to, number, Kind::Fixed);
    to.extend(&value.to_le_bytes());
}

#[inline]
fn text(to: &mut Buffer, number: u32, bytes: &[u8]) {
    match (tag_of(number, Kind::Text), bytes.len()) {
        // The common case, with one call of `extend` for both bytes.
        (tag @ ..0x80, length @ ..0x80) => to.extend(&[tag as u8, length as u8]),
        (tag, length) => {
            write_varint(tag, to);
            write_varint(length as u64, to);
        }
    }
    to.extend(bytes);
}

fn time(to: &mut Buffer, number: u32, seconds: i64, nanos: i32) {
    tag(to, number, Kind::Time);
    to.extend(&seconds.to_le_bytes());
    to.extend(&nanos.to_le_bytes());
}

fn key(to: &mut Buffer, key: KeyRef<'_>) {
    match key {
        KeyRef::Bool(key) => fixed(to, ELEMENT, u64::from(key)),
        KeyRef::Int(key) => fixed(to, ELEMENT, key.cast_unsigned()),
        KeyRef::Uint(key) => fixed(to, ELEMENT, key),
        KeyRef::Text(key) => text(to, ELEMENT, key.as_bytes()),
    }
}

/// Writes a message as a value.
fn nested<F: Fields>(to: &mut Buffer, number: u32, message: &F::Message) {
    tag(to, number, Kind::Message);
    write::<F>(message, 0, to);
}

/// Writes the elements of a list.
fn list<T>(to: &mut Buffer, number: u32, list: &[T], element: impl Fn(&mut Buffer, u32, &T)) {
    tag(to, number, Kind::List);
    write_varint(list.len() as u64, to);
    for value in list {
        element(to, ELEMENT, value);
    }
}

/// Writes the entries of a map in the order of their keys.
fn entries<K: Key, V, C: Map<K, V>>(to: &mut Buffer, number: u32, map: &C, value: impl Fn(&mut Buffer, u32, &V)) {
    let mut sorted: SmallVec<[(&K, &V); 8]> = map.entries().collect();
    sorted.sort_unstable_by_key(|(key, _)| *key);
    tag(to, number, Kind::Map);
    write_varint(sorted.len() as u64, to);
    for (entry_key, entry_value) in sorted {
        key(to, entry_key.view());
        value(to, ELEMENT, entry_value);
    }
}

struct Writer<'m, F: Fields> {
    text: &'m mut Buffer,
    message: &'m F::Message,
    unbound: u64,
    /// `None` if the schema has its fields in the order of their numbers.
    ranges: Option<&'m mut FieldRanges>,
}

impl<F: Fields> Writer<'_, F> {
    /// Writes a field, unless it is unbound.
    #[inline]
    fn add(&mut self, field: FieldInfo, value: impl FnOnce(&mut Buffer, u32)) -> ControlFlow<Infallible> {
        if 1_u64.checked_shl(u32::from(field.index)).is_none_or(|bit| self.unbound & bit == 0) {
            let start = self.text.len();
            value(self.text, field.number);
            if let Some(ranges) = &mut self.ranges {
                ranges.push((field.number, start..self.text.len()));
            }
        }
        Continue(())
    }
}

impl<F: Fields> Visitor<F::Message> for Writer<'_, F> {
    type Break = Infallible;

    #[inline]
    fn implicit<L: Leaf>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<F::Message, L::Value>,
    ) -> ControlFlow<Infallible> {
        let value = lens.get(self.message);
        if L::is_default(value) { Continue(()) } else { self.add(field, |to, number| leaf::<L>(to, number, value)) }
    }

    #[inline]
    fn required<L: Leaf>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<F::Message, L::Value>,
    ) -> ControlFlow<Infallible> {
        let value = lens.get(self.message);
        self.add(field, |to, number| leaf::<L>(to, number, value))
    }

    #[inline]
    fn optional<L: Leaf>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<F::Message, L::Value>,
    ) -> ControlFlow<Infallible> {
        match lens.get(self.message) {
            Some(value) => self.add(field, |to, number| leaf::<L>(to, number, value)),
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
            Some(value) => self.add(field, |to, number| nested::<G>(to, number, value)),
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
        self.add(field, |to, number| nested::<G>(to, number, value))
    }

    #[inline]
    fn repeated<L: Leaf>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<F::Message, Vec<L::Value>>,
    ) -> ControlFlow<Infallible> {
        let values = lens.get(self.message);
        if values.is_empty() { Continue(()) } else { self.add(field, |to, number| list(to, number, values, leaf::<L>)) }
    }

    #[inline]
    fn repeated_message<G: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<F::Message, Vec<G::Message>>,
    ) -> ControlFlow<Infallible> {
        let values = lens.get(self.message);
        if values.is_empty() {
            Continue(())
        } else {
            self.add(field, |to, number| list(to, number, values, nested::<G>))
        }
    }

    #[inline]
    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<F::Message, C>,
    ) -> ControlFlow<Infallible> {
        let map = lens.get(self.message);
        if map.is_empty() { Continue(()) } else { self.add(field, |to, number| entries(to, number, map, leaf::<L>)) }
    }

    #[inline]
    fn map_message<G: Fields, K: Key, C: Map<K, G::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<F::Message, C>,
    ) -> ControlFlow<Infallible> {
        let map = lens.get(self.message);
        if map.is_empty() { Continue(()) } else { self.add(field, |to, number| entries(to, number, map, nested::<G>)) }
    }
}
