//! Description of messages: names, numbers, kinds and behaviors of fields, as static data.

mod behavior;
mod enum_names;
mod message;
mod name_index;

pub use behavior::Behavior;
pub use enum_names::{NoNames, NoNumbers, Numbered};
pub use message::{EnumSchema, FieldInfo, FieldSchema, KeyKind, Kind, Schema, Shape};
