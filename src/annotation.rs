//! Annotations: options of elements, decoded by the types that the model has for them.

mod reader;
mod value;

pub(crate) use reader::{KnownExtension, OptionMessage, OptionReader};
pub(crate) use value::{TypedValue, ValueKind};
