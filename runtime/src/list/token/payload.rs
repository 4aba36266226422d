//! Cursors, and the payload of page tokens.
//!
//! ```text
//! payload = issued_at:varint cursor
//! cursor  = 0 offset:varint | 1 { value } | 2 bytes | 3 skipped:varint { value }
//! value   = 0 | 1 | 2                           NULL, false, true
//!         | 3 zigzag | 4 varint | 5 bits:8      int, uint, float
//!         | 6 length:varint text | 7 length:varint bytes
//!         | 8 zigzag zigzag | 9 zigzag zigzag   timestamp, duration: seconds and nanoseconds
//! ```
//!
//! [`VERSION`] is the version of this format.

use prost_types::{Duration, Timestamp};

use super::error::Refusal;
use crate::canonical::{Buffer, Reader, write_signed, write_varint};
use crate::fields::Kind;
use crate::order::{CursorValue, Term};

/// Version of the token, its payload and its binding.
pub(super) const VERSION: u8 = 1;

/// Start of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Cursor {
    /// After this many items.
    Offset(u64),
    /// After the item with these values, one for each term of the order.
    Keyset(Vec<CursorValue>),
    /// Bytes of the server.
    Custom(Vec<u8>),
}

/// Cursor of the next page, which is written to a token.
#[derive(Debug, Clone, Copy)]
pub(in crate::list) enum NextCursor<'a> {
    Offset(u64),
    Keyset(&'a [CursorValue]),
    /// Number of items to skip after the item with these values. Without values, after the start of the list.
    KeysetAndOffset(u64, &'a [CursorValue]),
    Custom(&'a [u8]),
}

/// Maximum number of characters that an offset adds to a token: ten bytes in base64.
pub(in crate::list) const MAX_OFFSET_LENGTH: usize = 14;

/// Writes the payload of a token. `issued_at` is in seconds since 1970.
pub(in crate::list) fn write(issued_at: u64, next: NextCursor<'_>, payload: &mut Buffer) {
    write_varint(issued_at, payload);
    match next {
        NextCursor::Offset(offset) => {
            payload.push(0);
            write_varint(offset, payload);
        }
        NextCursor::Keyset(values) => {
            payload.push(1);
            for value in values {
                write_value(value, payload);
            }
        }
        NextCursor::Custom(bytes) => {
            payload.push(2);
            payload.extend(bytes);
        }
        NextCursor::KeysetAndOffset(skipped, values) => {
            payload.push(3);
            write_varint(skipped, payload);
            for value in values {
                write_value(value, payload);
            }
        }
    }
}

fn write_value(value: &CursorValue, payload: &mut Buffer) {
    match value {
        CursorValue::Null => payload.push(0),
        CursorValue::Bool(value) => payload.push(1 + u8::from(*value)),
        CursorValue::Int(value) => {
            payload.push(3);
            write_signed(*value, payload);
        }
        CursorValue::Uint(value) => {
            payload.push(4);
            write_varint(*value, payload);
        }
        CursorValue::Float(value) => {
            payload.push(5);
            payload.extend(&value.to_bits().to_le_bytes());
        }
        CursorValue::Text(value) => write_length_prefixed(6, value.as_bytes(), payload),
        CursorValue::Bytes(value) => write_length_prefixed(7, value, payload),
        CursorValue::Timestamp(value) => write_time(8, value.seconds, value.nanos, payload),
        CursorValue::Duration(value) => write_time(9, value.seconds, value.nanos, payload),
    }
}

fn write_length_prefixed(tag: u8, bytes: &[u8], payload: &mut Buffer) {
    payload.push(tag);
    write_varint(bytes.len() as u64, payload);
    payload.extend(bytes);
}

fn write_time(tag: u8, seconds: i64, nanos: i32, payload: &mut Buffer) {
    payload.push(tag);
    write_signed(seconds, payload);
    write_signed(nanos.into(), payload);
}

/// Returns the tag of the values of a field kind. `bool` has two tags; this is the first one.
pub(super) fn kind_tag(kind: Kind) -> u8 {
    match kind {
        Kind::Bool => 1,
        Kind::Int32 | Kind::Int64 | Kind::Enum(_) => 3,
        Kind::Uint32 | Kind::Uint64 => 4,
        Kind::Float | Kind::Double => 5,
        Kind::String => 6,
        Kind::Bytes => 7,
        Kind::Timestamp => 8,
        Kind::Duration => 9,
        Kind::Wrapper(inner) => kind_tag(*inner),
        // Messages have no order.
        Kind::Message(_) | Kind::Opaque(_) => 0,
    }
}

/// Returns `true` if the values have the kinds of the terms of an order.
pub(in crate::list) fn matches_terms(values: &[CursorValue], terms: &[Term]) -> bool {
    let fits = |(value, term): (&CursorValue, &Term)| {
        let tag = match value {
            CursorValue::Null => return term.is_nullable(),
            CursorValue::Bool(_) => 1,
            CursorValue::Int(_) => 3,
            CursorValue::Uint(_) => 4,
            CursorValue::Float(_) => 5,
            CursorValue::Text(_) => 6,
            CursorValue::Bytes(_) => 7,
            CursorValue::Timestamp(_) => 8,
            CursorValue::Duration(_) => 9,
        };
        tag == kind_tag(term.kind())
    };
    values.len() == terms.len() && values.iter().zip(terms).all(fits)
}

/// Payload of a token.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::list) struct Payload {
    /// Time of issue, in seconds since 1970.
    pub(in crate::list) issued_at: u64,
    pub(in crate::list) cursor: Cursor,
    /// Number of items between a keyset cursor and the page. A cursor at the start of the list has no values.
    pub(in crate::list) skipped: u64,
}

/// Reads a payload. A server with the same key wrote it, so a malformed payload is one of another version.
pub(in crate::list) fn read(payload: &[u8]) -> Result<Payload, Refusal> {
    parse(Reader::new(payload)).ok_or(Refusal::UnknownVersion)
}

fn parse(mut reader: Reader<'_>) -> Option<Payload> {
    let issued_at = reader.varint()?;
    let mut skipped = 0;
    let cursor = match reader.byte()? {
        0 => Cursor::Offset(reader.varint()?),
        1 => Cursor::Keyset(values(&mut reader)?),
        2 => Cursor::Custom(reader.rest().to_vec()),
        3 => {
            skipped = reader.varint()?;
            Cursor::Keyset(values(&mut reader)?)
        }
        _ => return None,
    };
    reader.is_empty().then_some(Payload { issued_at, cursor, skipped })
}

fn values(reader: &mut Reader<'_>) -> Option<Vec<CursorValue>> {
    let mut values = Vec::new();
    while !reader.is_empty() {
        values.push(value(reader)?);
    }
    Some(values)
}

fn value(reader: &mut Reader<'_>) -> Option<CursorValue> {
    Some(match reader.byte()? {
        0 => CursorValue::Null,
        1 => CursorValue::Bool(false),
        2 => CursorValue::Bool(true),
        3 => CursorValue::Int(reader.signed()?),
        4 => CursorValue::Uint(reader.varint()?),
        5 => CursorValue::Float(f64::from_bits(u64::from_le_bytes(reader.array()?))),
        6 => CursorValue::Text(std::str::from_utf8(reader.length_delimited()?).ok()?.to_owned()),
        7 => CursorValue::Bytes(reader.length_delimited()?.to_vec()),
        8 => {
            let (seconds, nanos) = time(reader)?;
            CursorValue::Timestamp(Timestamp { seconds, nanos })
        }
        9 => {
            let (seconds, nanos) = time(reader)?;
            CursorValue::Duration(Duration { seconds, nanos })
        }
        _ => return None,
    })
}

fn time(reader: &mut Reader<'_>) -> Option<(i64, i32)> {
    Some((reader.signed()?, i32::try_from(reader.signed()?).ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::canonical::Buffer;

    fn values() -> impl Strategy<Value = Vec<CursorValue>> {
        let time = || (any::<i64>(), any::<i32>());
        let value = prop_oneof![
            Just(CursorValue::Null),
            any::<bool>().prop_map(CursorValue::Bool),
            any::<i64>().prop_map(CursorValue::Int),
            any::<u64>().prop_map(CursorValue::Uint),
            any::<f64>().prop_map(CursorValue::Float),
            ".{0,200}".prop_map(CursorValue::Text),
            prop::collection::vec(any::<u8>(), 0..500).prop_map(CursorValue::Bytes),
            time().prop_map(|(seconds, nanos)| CursorValue::Timestamp(Timestamp { seconds, nanos })),
            time().prop_map(|(seconds, nanos)| CursorValue::Duration(Duration { seconds, nanos })),
        ];
        prop::collection::vec(value, 0..6)
    }

    proptest! {
        #[test]
        fn read_returns_written_payload(issued_at: u64, values in values(), offset: u64, bytes: Vec<u8>) {
            let cursors = [
                (NextCursor::Offset(offset), Cursor::Offset(offset), 0),
                (NextCursor::Keyset(&values), Cursor::Keyset(values.clone()), 0),
                (NextCursor::Custom(&bytes), Cursor::Custom(bytes.clone()), 0),
                (NextCursor::KeysetAndOffset(offset, &values), Cursor::Keyset(values.clone()), offset),
            ];
            for (next, cursor, skipped) in cursors {
                let mut payload = Buffer::new();
                write(issued_at, next, &mut payload);
                prop_assert_eq!(read(&payload), Ok(Payload { issued_at, cursor, skipped }));
            }
        }

        /// The holder of the key may seal any bytes.
        #[test]
        fn read_of_any_payload_returns(mut payload: Vec<u8>, kind in 0..5_u8, tags in prop::collection::vec((0..11_u8, 0..300_usize), 0..8)) {
            let _ = read(&payload);
            payload.insert(0, 0);
            payload.insert(1, kind);
            for (tag, at) in tags {
                payload.insert(at.min(payload.len()), tag);
            }
            let _ = read(&payload);
        }
    }

    #[test]
    fn read_rejects_numbers_above_64_bits() {
        let read = |bytes: &[u8]| read(&[&[0, 0], bytes].concat());
        assert!(read(&[&[0xff; 9][..], &[1]].concat()).is_ok());
        assert_eq!(read(&[&[0xff; 9][..], &[2]].concat()), Err(Refusal::UnknownVersion));
        assert_eq!(read(&[0xff; 11]), Err(Refusal::UnknownVersion));
        assert_eq!(read(&[1, 1]), Err(Refusal::UnknownVersion), "no byte may be left");
    }
}
