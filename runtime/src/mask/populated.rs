//! The fields that a message has set: the mask that an update without one implies (AIP-134).

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use super::changes::Record;
use super::part::Part;
use super::tree::Tree;
use crate::fields::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Visitor};

/// What becomes of a message that is there and has no field set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hollow {
    /// It is left out: it has no leaf, so no path names what it holds. A member of a oneof is selected whole: that it is
    /// set is a value.
    LeftOut,
    /// It is a part without a field: an update makes the message where there is none, and clears nothing. No mask can say
    /// that, so only the tree of an implied mask has such parts.
    Made,
}

/// The set fields of a message, by their leaves, so that no field of a message that the sender does not know of is in
/// it.
pub(super) fn populated<F: Fields>(message: &F::Message, hollow: Hollow) -> Tree {
    let mut tree = Tree::empty();
    let outermost = visit::<F>(message, hollow, &mut tree);
    tree.set_root(outermost);
    tree
}

fn visit<F: Fields>(message: &F::Message, hollow: Hollow, fields: &mut Tree) -> Part {
    let mut populated = Populated { message, hollow, fields, part: Part::default() };
    let _ = F::visit(&mut populated);
    populated.part
}

struct Populated<'a, M> {
    message: &'a M,
    hollow: Hollow,
    fields: &'a mut Tree,
    part: Part,
}

impl<M> Populated<'_, M> {
    fn note(&mut self, field: FieldInfo, is_set: bool) {
        if is_set {
            self.fields.changed(&mut self.part, field);
        }
    }

    fn inside<F: Fields>(&mut self, field: FieldInfo, message: &F::Message) {
        let inside = visit::<F>(message, self.hollow, self.fields);
        match self.hollow {
            Hollow::LeftOut if field.in_oneof && inside.is_blank() => self.note(field, true),
            Hollow::LeftOut => self.fields.done(&mut self.part, field, inside),
            Hollow::Made => self.fields.done_blank(&mut self.part, field, inside),
        }
    }
}

impl<M> Visitor<M> for Populated<'_, M> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.note(field, !L::is_default(lens.get(self.message)));
        Continue(())
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, _: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.note(field, true);
        Continue(())
    }

    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        self.note(field, lens.get(self.message).is_some());
        Continue(())
    }

    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        if let Some(message) = lens.get(self.message) {
            self.inside::<F>(field, message);
        }
        Continue(())
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        self.inside::<F>(field, lens.get(self.message));
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        self.note(field, !lens.get(self.message).is_empty());
        Continue(())
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        self.note(field, !lens.get(self.message).is_empty());
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        self.note(field, !lens.get(self.message).is_empty());
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        self.note(field, !lens.get(self.message).is_empty());
        Continue(())
    }
}
