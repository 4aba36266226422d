//! Whether a message holds anything (AIP-203): a field that is not zero and not empty, at any depth.

use std::ops::ControlFlow::{self, Break, Continue};

use crate::fields::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Visitor};

/// Whether any field of the message does.
pub(super) fn is_truthy<F: Fields>(message: &F::Message) -> bool {
    F::visit(&mut Truthy { message }).is_break()
}

/// Breaks off at the first field that holds something.
struct Truthy<'a, M> {
    message: &'a M,
}

fn end_if(truthy: bool) -> ControlFlow<()> {
    if truthy { Break(()) } else { Continue(()) }
}

impl<M> Visitor<M> for Truthy<'_, M> {
    type Break = ();

    fn implicit<L: Leaf>(&mut self, _: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<()> {
        end_if(!L::is_default(lens.get(self.message)))
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<()> {
        self.implicit::<L>(field, lens)
    }

    fn optional<L: Leaf>(&mut self, _: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<()> {
        end_if(lens.get(self.message).is_some_and(|value| !L::is_default(value)))
    }

    fn message<F: Fields>(&mut self, _: FieldInfo, lens: impl OptionalLens<M, F::Message>) -> ControlFlow<()> {
        end_if(lens.get(self.message).is_some_and(is_truthy::<F>))
    }

    fn required_message<F: Fields>(&mut self, _: FieldInfo, lens: impl Lens<M, F::Message>) -> ControlFlow<()> {
        end_if(is_truthy::<F>(lens.get(self.message)))
    }

    fn repeated<L: Leaf>(&mut self, _: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<()> {
        end_if(!lens.get(self.message).is_empty())
    }

    fn repeated_message<F: Fields>(&mut self, _: FieldInfo, lens: impl Lens<M, Vec<F::Message>>) -> ControlFlow<()> {
        end_if(!lens.get(self.message).is_empty())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(&mut self, _: FieldInfo, lens: impl Lens<M, C>) -> ControlFlow<()> {
        end_if(!lens.get(self.message).is_empty())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        _: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<()> {
        end_if(!lens.get(self.message).is_empty())
    }
}
