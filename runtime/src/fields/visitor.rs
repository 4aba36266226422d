//! What is done with the fields of a message: one method for each way in which prost stores them.

use std::ops::ControlFlow;

use super::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens};

/// An operation on messages of the type `M`, told of their fields one by one.
///
/// It holds the message, or the two, that it works on; a lens reaches the field in each of them.
pub trait Visitor<M> {
    /// What ends the visit early; `Infallible` for visitors that see everything.
    type Break;

    /// A scalar or an enum without presence.
    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break>;

    /// A proto2 `required` field that has no fields of its own.
    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break>;

    /// A field with presence that has no fields of its own; alone or in a oneof.
    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>)
    -> ControlFlow<Self::Break>;

    /// A message, alone or in a oneof.
    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Self::Break>;

    /// A proto2 `required` message.
    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Self::Break>;

    /// A list of values that have no fields.
    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Self::Break>;

    /// A list of messages.
    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Self::Break>;

    /// A map to values that have no fields.
    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break>;

    /// A map to messages.
    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break>;
}
