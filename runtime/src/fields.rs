//! Messages as generated code describes them: names, numbers and kinds as static data, and access to every field.
//!
//! A generated `fields!` table implements [`Fields`] for a message. Everything that works on messages by field (masks,
//! order, filters) is a [`Visitor`] over that one implementation; nothing here knows what they do.
//!
//! A field goes by its position: a `u16` that counts the fields of its message in source order, from 0, and indexes
//! [`Schema::fields`]. It is not the field's number, and it means nothing in another message.
//!
//! Enums that protobuf or this crate may add to are `#[non_exhaustive]`: [`Kind`], [`Shape`], [`Value`]. Those that are
//! complete by nature are not: [`KeyKind`], [`KeyRef`], [`Step`].

mod behavior;
mod enums;
mod get;
mod leaf;
mod lens;
mod macros;
mod map;
mod names;
mod path;
mod schema;
mod visitor;
mod well_known;

pub use behavior::Behavior;
#[doc(hidden)]
pub use enums::{NoNames, NoNumbers, Numbered};
pub use get::value;
#[cfg(feature = "order")]
pub(crate) use get::value_at;
pub use leaf::{Leaf, Value};
#[doc(hidden)]
pub use leaf::{Native, Opaque};
#[doc(hidden)]
pub use lens::{Arm, Held, Place, Slot, SlotPlace, arm, place, slot};
pub use lens::{Lens, OptionalLens};
#[doc(hidden)]
pub use macros::are_positions;
pub use map::{Key, KeyRef, Map};
#[doc(hidden)]
pub use path::Joins;
pub use path::{Any, Entries, Items, Path, Scalar, Step, Whole};
pub use schema::{EnumSchema, FieldInfo, FieldSchema, KeyKind, Kind, Schema, Shape};
pub use visitor::Visitor;
pub use well_known::{ListValue, Struct, StructValue};

use std::ops::ControlFlow;

/// A message whose fields are described and reachable.
///
/// Implemented by generated code: for a message of its own package on the struct itself, for one that lives elsewhere
/// on a stand-in, whose [`Message`](Self::Message) is the struct. A message that no request reaches has none, unless the
/// generator has the option `field_mask_root` or `field_mask=all`:
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
    /// The struct that prost made.
    type Message: Clone + Default + 'static;

    /// The behaviors of the message's own fields, and of all that can be reached through them.
    const REACHES: Behavior;

    /// Positions of the fields that hold the resource of an update: a mask beside them selects which parts of it count.
    const MASKED: &'static [u16] = &[];

    /// Names, numbers and kinds of the fields.
    fn schema() -> &'static Schema;

    /// Shows every field to the visitor, in the order of the schema, until it breaks off.
    ///
    /// # Errors
    ///
    /// What the visitor broke off with.
    fn visit<V: Visitor<Self::Message>>(visitor: &mut V) -> ControlFlow<V::Break>;
}
