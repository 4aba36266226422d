//! The record of what changed while two messages were gone through.
//!
//! A message's changes are bits in registers until it is done; only then, and only if there are any, do they become a
//! node. So the record costs nothing where nothing changes, and inner messages come before the ones around them.

use super::part::Part;
use super::tree::Tree;
use crate::fields::{FieldInfo, FieldSchema, KeyRef, Schema, Shape};

/// Told of changes, each with the message that they are in.
pub(super) trait Record {
    /// Whether anybody wants to know: if not, values are carried over without a look at what was there.
    const LISTENS: bool;

    /// A field changed that has no parts, or that came or went as a whole.
    fn changed(&mut self, message: &mut Part, field: FieldInfo);

    /// A member of a oneof was set that was not, so that another one may have gone.
    fn switched(&mut self, message: &mut Part, schema: fn() -> &'static Schema, field: FieldInfo);

    /// The message in a field is done.
    fn done(&mut self, message: &mut Part, field: FieldInfo, inside: Part);
}

/// Keeps nothing.
pub(super) struct Unrecorded;

impl Tree {
    /// Whether a change is on record for another member of the field's oneof.
    pub(super) fn has_other_of_oneof(&self, message: &Part, schema: fn() -> &'static Schema, field: FieldInfo) -> bool {
        others_of_oneof(schema(), field).any(|index| self.part_has(message, index))
    }

    /// The message in a field is done, and counts even if nothing in it does; for implied masks alone.
    pub(super) fn done_blank(&mut self, message: &mut Part, field: FieldInfo, inside: Part) {
        self.add_part(message, field.index, inside);
    }

    /// Records entries of a map by their keys.
    pub(super) fn record_keys<'k>(
        &mut self,
        message: &mut Part,
        field: FieldInfo,
        keys: impl Iterator<Item = KeyRef<'k>>,
    ) {
        let mut keys = keys.peekable();
        if keys.peek().is_some() {
            let map = self.add_part(message, field.index, Part::default());
            keys.for_each(|key| self.add_key(map, key));
        }
    }
}

/// The positions of the other members of a field's oneof.
pub(super) fn others_of_oneof(schema: &'static Schema, field: FieldInfo) -> impl Iterator<Item = u16> {
    let shape = schema.fields().get(usize::from(field.index)).map(|field| field.shape);
    let is_other = move |(index, other): &(u16, &'static FieldSchema)| {
        *index != field.index && matches!(shape, Some(Shape::Oneof(oneof)) if other.shape == Shape::Oneof(oneof))
    };
    schema.positions().filter(is_other).map(|(index, _)| index)
}

/// Keeps the changes as a set of fields; the outermost message is set when it is done ([`Tree::set_root`]).
impl Record for Tree {
    const LISTENS: bool = true;

    #[inline]
    fn changed(&mut self, message: &mut Part, field: FieldInfo) {
        self.add_to_part(message, field.index);
    }

    #[cold]
    fn switched(&mut self, message: &mut Part, schema: fn() -> &'static Schema, field: FieldInfo) {
        for index in others_of_oneof(schema(), field) {
            self.remove_from_part(message, index);
        }
    }

    #[inline]
    fn done(&mut self, message: &mut Part, field: FieldInfo, inside: Part) {
        if !inside.is_blank() {
            self.add_part(message, field.index, inside);
        }
    }
}

impl Record for Unrecorded {
    const LISTENS: bool = false;

    #[inline]
    fn changed(&mut self, _: &mut Part, _: FieldInfo) {}

    #[inline]
    fn switched(&mut self, _: &mut Part, _: fn() -> &'static Schema, _: FieldInfo) {}

    #[inline]
    fn done(&mut self, _: &mut Part, _: FieldInfo, _: Part) {}
}
