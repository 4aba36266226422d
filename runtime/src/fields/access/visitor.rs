//! Visits of the fields of a message: one method for each form in which prost stores a field.

use std::ops::ControlFlow;

use super::{Key, Leaf, Lens, Map, OptionalLens};
use crate::fields::{Behavior, FieldInfo, Schema};

/// Operation on messages of the type `M`, called once for each field.
///
/// The visitor stores the messages that it works on. A lens returns the field of each of them.
pub trait Visitor<M> {
    /// Result of a visit that ends early; `Infallible` for visitors that see every field.
    type Break;

    /// A scalar or an enum without presence.
    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break>;

    /// A proto2 `required` field of a value type.
    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break>;

    /// A field of a value type with presence; alone or in a oneof.
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

    /// A list of a value type.
    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Self::Break>;

    /// A list of messages.
    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Self::Break>;

    /// A map to a value type.
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

/// Message with a table of its fields.
///
/// Implemented by generated code. For a message of the package, the implementation is on the struct. For a message of
/// another package, it is on a type in `foreign_fields`, whose [`Message`](Self::Message) is the struct. Messages that no
/// request reaches have tables only with the option `field_mask_root` or `field_mask=all`:
///
/// ```compile_fail,E0277
/// fn needs_fields<F: transom::fields::Fields>() {}
/// struct Thing;
/// needs_fields::<Thing>();
/// ```
#[diagnostic::on_unimplemented(
    message = "the fields of `{Self}` are not described",
    label = "no table was generated for this message",
    note = "the generator describes the messages that requests reach; for others, give it the option \
            `field_mask_root=.package.Message` or `field_mask=all`",
    note = "a message of another package is described by a type in the module `foreign_fields` of the package that uses it"
)]
pub trait Fields: Sized + 'static {
    /// The struct that prost generates.
    type Message: Clone + Default + 'static;

    /// The behaviors of the message's own fields, and of all fields that are reachable through them.
    const REACHES: Behavior;

    /// Positions of the fields that hold the resource of an update: a mask beside them selects which parts of it count.
    const MASKED: &'static [u16] = &[];

    /// Names, numbers and kinds of the fields.
    fn schema() -> &'static Schema;

    /// Calls the visitor for every field, in the order of the schema, until it breaks.
    ///
    /// # Errors
    ///
    /// Returns the value that the visitor broke with.
    fn visit<V: Visitor<Self::Message>>(visitor: &mut V) -> ControlFlow<V::Break>;
}
