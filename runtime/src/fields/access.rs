//! Access to the fields of messages: lenses, visitors, and the types that fields are stored in.

mod lens;
mod map;
mod read;
mod storage;
mod value;
mod visitor;

pub use lens::{FieldLens, Lens, OneofLens, OptionFieldLens, OptionalLens, field_lens, oneof_lens, option_field_lens};
pub use map::{Key, KeyRef, Map};
pub use read::value;
#[cfg(feature = "order")]
pub(crate) use read::value_at;
pub use storage::{MaybeBoxed, OptionalStorage};
pub use value::{Leaf, Native, Opaque, Value};
pub use visitor::{Fields, Visitor};
