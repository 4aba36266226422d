//! Oneofs in an update: a member that is set replaces the stored member.

use std::ops::ControlFlow::{self, Break, Continue};

use super::rules::KEPT;
use crate::fields::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Schema, Visitor};
use crate::mask::set::{Prune, Selected, Selection, is_writable, other_oneof_members};

/// Returns `true` if the update sets another member of the field's oneof.
///
/// The source has that member set, and the selection writes it.
pub(super) fn is_replaced<M>(
    field: FieldInfo,
    schema: &'static Schema,
    is_present: impl Fn(&M, u16) -> bool,
    given: &M,
    selected: &Selected<'_>,
    prune: Prune,
) -> bool {
    field.in_oneof
        && other_oneof_members(schema, field).any(|index| {
            let other = schema.fields().get(usize::from(index));
            let is_written = other.is_some_and(|other| match selected.field(index) {
                Selection::Nothing => false,
                Selection::Whole => !other.behavior.has(KEPT),
                Selection::Part(part) => !other.behavior.has(KEPT) && is_writable(&part, other, prune),
            });
            is_written && is_present(given, index)
        })
}

/// Returns `true` if the field with presence at this position is set.
pub(super) fn is_present<F: Fields>(message: &F::Message, index: u16) -> bool {
    F::visit(&mut Presence { message, index }).is_break()
}

struct Presence<'a, M> {
    message: &'a M,
    index: u16,
}

impl<M> Presence<'_, M> {
    fn break_if_present<T>(&self, field: FieldInfo, lens: &impl OptionalLens<M, T>) -> ControlFlow<()> {
        if field.index == self.index && lens.get(self.message).is_some() { Break(()) } else { Continue(()) }
    }
}

impl<M> Visitor<M> for Presence<'_, M> {
    type Break = ();

    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<()> {
        self.break_if_present(field, &lens)
    }

    fn message<F: Fields>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, F::Message>) -> ControlFlow<()> {
        self.break_if_present(field, &lens)
    }

    // Other fields are never oneof members.

    fn implicit<L: Leaf>(&mut self, _: FieldInfo, _: impl Lens<M, L::Value>) -> ControlFlow<()> {
        Continue(())
    }

    fn required<L: Leaf>(&mut self, _: FieldInfo, _: impl Lens<M, L::Value>) -> ControlFlow<()> {
        Continue(())
    }

    fn required_message<F: Fields>(&mut self, _: FieldInfo, _: impl Lens<M, F::Message>) -> ControlFlow<()> {
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, _: FieldInfo, _: impl Lens<M, Vec<L::Value>>) -> ControlFlow<()> {
        Continue(())
    }

    fn repeated_message<F: Fields>(&mut self, _: FieldInfo, _: impl Lens<M, Vec<F::Message>>) -> ControlFlow<()> {
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(&mut self, _: FieldInfo, _: impl Lens<M, C>) -> ControlFlow<()> {
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        _: FieldInfo,
        _: impl Lens<M, C>,
    ) -> ControlFlow<()> {
        Continue(())
    }
}
