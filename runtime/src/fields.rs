//! Descriptions of messages, and access to their fields.
//!
//! A generated `fields!` table implements [`Fields`] for a message. It has two sides. The [`Schema`] describes the
//! fields as static data. [`Fields::visit`] gives a [`Visitor`] access to each field through a lens. Masks, orders and
//! filters are built on both, and nothing in this module depends on them.
//!
//! A field is identified by its position: a `u16` that counts the fields of its message in source order, from 0, and
//! indexes [`Schema::fields`]. The position is not the field number, and is valid for one message only.
//!
//! Enums that protobuf or this crate may extend are `#[non_exhaustive]`: [`Kind`], [`Shape`], [`Value`]. Complete enums
//! are not: [`KeyKind`], [`KeyRef`], [`Step`].

mod access;
mod macros;
mod path;
mod schema;
mod well_known;

#[cfg(feature = "order")]
pub(crate) use access::value_at;
#[doc(hidden)]
pub use access::{
    FieldLens, MaybeBoxed, Native, OneofLens, Opaque, OptionFieldLens, OptionalStorage, field_lens, oneof_lens,
    option_field_lens,
};
pub use access::{Fields, Key, KeyRef, Leaf, Lens, Map, OptionalLens, Value, Visitor, value};
#[doc(hidden)]
pub use macros::are_positions;
#[doc(hidden)]
pub use path::Joins;
pub use path::{Any, Entries, Items, Path, Scalar, Step, Whole};
pub use schema::{Behavior, EnumSchema, FieldInfo, FieldSchema, KeyKind, Kind, Schema, Shape};
#[doc(hidden)]
pub use schema::{NoNames, NoNumbers, Numbered};
pub use well_known::{ListValue, Struct, StructValue};
