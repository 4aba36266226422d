//! Canonical encoding: equal messages have the same bytes.
//!
//! The protobuf encoding has no fixed order of maps, so 50 equal messages can have 50 encodings. This one has an order,
//! for hashes, fingerprints and etags. It cannot be decoded.
//!
//! # Stability
//!
//! The encoding of a message is the same
//!
//! - in every process and on every platform, whatever the order of its maps;
//! - in every release of this crate with the same [`VERSION`], which changes only with an incompatible release;
//! - after a field is added to the proto or moved in its source, until a message sets the field. Fields are identified by
//!   their numbers, so a field can be renamed.
//!
//! The encoding changes when
//!
//! - a field gets another number or another type;
//! - a message becomes a well-known type;
//! - a message gets or loses a table. A message without a table is encoded as a value of unknown fields.
//!
//! # Content
//!
//! | value | rule |
//! |---|---|
//! | field without presence | absent if it is zero |
//! | field with presence | present if it is set, even to zero |
//! | `float`, `double` | by their bits: `-0.0` is not `0.0`, and each NaN equals itself |
//! | list | in its order |
//! | map | in the order of its keys |
//! | message without a table | its protobuf encoding, sorted: the order of its repeated values does not count |
//! | unknown fields | absent: prost drops them when it decodes |
//!
//! ```
//! # use transom::fields::Struct;
//! # use prost_types::{Struct as Message, Value, value::Kind};
//! # let text = |text: &str| Value { kind: Some(Kind::StringValue(text.to_owned())) };
//! let labels = Message { fields: [("a".to_owned(), text("1")), ("b".to_owned(), text("2"))].into() };
//! let again = Message { fields: [("b".to_owned(), text("2")), ("a".to_owned(), text("1"))].into() };
//! assert_eq!(transom::canonical::encode::<Struct>(&labels), transom::canonical::encode::<Struct>(&again));
//! ```

mod buffer;
mod encode;
mod varint;
mod wire;

#[cfg(feature = "list")]
pub(crate) use self::buffer::Buffer;
#[cfg(not(feature = "list"))]
use self::buffer::Buffer;
pub(crate) use self::encode::write;
#[cfg(feature = "list")]
pub(crate) use self::varint::{Reader, write_signed, write_varint};
use crate::fields::Fields;

/// Version of the encoding.
pub const VERSION: u8 = 1;

/// Returns the canonical encoding of a message. `F` is the type that has the table of the message: the message itself, or
/// its proxy type in `foreign_fields`.
#[must_use]
pub fn encode<F: Fields>(message: &F::Message) -> Vec<u8> {
    let mut buffer = Buffer::unlimited();
    write::<F>(message, 0, &mut buffer);
    buffer.to_vec()
}
