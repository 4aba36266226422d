//! Where in a list a page starts, and what of it stands in a token.
//!
//! ```text
//! payload = issued_at:varint cursor
//! cursor  = 0 offset:varint | 1 { value } | 2 bytes | 3 passed:varint { value }
//! value   = 0 | 1 | 2                           NULL, false, true
//!         | 3 zigzag | 4 varint | 5 bits:8      int, uint, float
//!         | 6 length:varint text | 7 length:varint bytes
//!         | 8 zigzag zigzag | 9 zigzag zigzag   timestamp, duration: seconds and nanoseconds
//! ```
//!
//! The token around it says which version of this is meant.

use prost_types::{Duration, Timestamp};

use super::token::Refusal;
use crate::canonical::{Buffer, Reader, write_signed, write_varint};
use crate::fields::Kind;
use crate::order::{CursorValue, Term};

/// Where a page starts: after what.
#[derive(Debug, Clone, PartialEq)]
pub enum Cursor {
    /// After so many items.
    Offset(u64),
    /// After the item with these values: one for each term of the order.
    Keyset(Vec<CursorValue>),
    /// Whatever the server put into the token.
    Opaque(Vec<u8>),
}

/// A cursor that goes into a token.
#[derive(Debug, Clone, Copy)]
pub(super) enum Next<'a> {
    Offset(u64),
    Keyset(&'a [CursorValue]),
    /// Number of items after the item with these values. Without values, after the start of the list.
    Passed(u64, &'a [CursorValue]),
    Opaque(&'a [u8]),
}

/// Maximum number of characters that a count adds to a token: ten bytes in base64.
pub(super) const MOST_COUNT: usize = 14;

/// Writes the payload of a token that was made at this time, in seconds since 1970.
pub(super) fn write(issued_at: u64, next: Next<'_>, payload: &mut Buffer) {
    write_varint(issued_at, payload);
    match next {
        Next::Offset(offset) => {
            payload.push(0);
            write_varint(offset, payload);
        }
        Next::Keyset(values) => {
            payload.push(1);
            for value in values {
                write_value(value, payload);
            }
        }
        Next::Opaque(bytes) => {
            payload.push(2);
            payload.extend(bytes);
        }
        Next::Passed(passed, values) => {
            payload.push(3);
            write_varint(passed, payload);
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
        CursorValue::Text(value) => write_framed(6, value.as_bytes(), payload),
        CursorValue::Bytes(value) => write_framed(7, value, payload),
        CursorValue::Timestamp(value) => write_time(8, value.seconds, value.nanos, payload),
        CursorValue::Duration(value) => write_time(9, value.seconds, value.nanos, payload),
    }
}

fn write_framed(tag: u8, bytes: &[u8], payload: &mut Buffer) {
    payload.push(tag);
    write_varint(bytes.len() as u64, payload);
    payload.extend(bytes);
}

fn write_time(tag: u8, seconds: i64, nanos: i32, payload: &mut Buffer) {
    payload.push(tag);
    write_signed(seconds, payload);
    write_signed(nanos.into(), payload);
}

/// What stands before the values of fields of a kind; before truth values, the first of theirs.
pub(super) fn kind(kind: Kind) -> u8 {
    match kind {
        Kind::Bool => 1,
        Kind::Int32 | Kind::Int64 | Kind::Enum(_) => 3,
        Kind::Uint32 | Kind::Uint64 => 4,
        Kind::Float | Kind::Double => 5,
        Kind::String => 6,
        Kind::Bytes => 7,
        Kind::Timestamp => 8,
        Kind::Duration => 9,
        Kind::Wrapper(inner) => self::kind(*inner),
        // Nothing is sorted by them.
        Kind::Message(_) | Kind::Opaque(_) => 0,
    }
}

/// Whether the terms of an order can have these values.
pub(super) fn fit(values: &[CursorValue], terms: &[Term]) -> bool {
    let fits = |(value, term): (&CursorValue, &Term)| {
        let of_value = match value {
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
        of_value == kind(term.kind())
    };
    values.len() == terms.len() && values.iter().zip(terms).all(fits)
}

/// What a token says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Payload {
    /// In seconds since 1970.
    pub(super) issued_at: u64,
    pub(super) cursor: Cursor,
    /// Number of items between the cursor and the page. A cursor at the start of the list then has no values.
    pub(super) passed: u64,
}

/// Reads a payload. It was sealed by a server with the same key, so what cannot be read is of another version.
pub(super) fn read(payload: &[u8]) -> Result<Payload, Refusal> {
    parse(Reader::new(payload)).ok_or(Refusal::UnknownVersion)
}

fn parse(mut reader: Reader<'_>) -> Option<Payload> {
    let issued_at = reader.varint()?;
    let mut passed = 0;
    let cursor = match reader.byte()? {
        0 => Cursor::Offset(reader.varint()?),
        1 => Cursor::Keyset(values(&mut reader)?),
        2 => Cursor::Opaque(reader.rest().to_vec()),
        3 => {
            passed = reader.varint()?;
            Cursor::Keyset(values(&mut reader)?)
        }
        _ => return None,
    };
    reader.is_empty().then_some(Payload { issued_at, cursor, passed })
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
        fn what_is_written_is_read(issued_at: u64, values in values(), offset: u64, bytes: Vec<u8>) {
            let cursors = [
                (Next::Offset(offset), Cursor::Offset(offset), 0),
                (Next::Keyset(&values), Cursor::Keyset(values.clone()), 0),
                (Next::Opaque(&bytes), Cursor::Opaque(bytes.clone()), 0),
                (Next::Passed(offset, &values), Cursor::Keyset(values.clone()), offset),
            ];
            for (next, cursor, passed) in cursors {
                let mut payload = Buffer::new();
                write(issued_at, next, &mut payload);
                prop_assert_eq!(read(&payload), Ok(Payload { issued_at, cursor, passed }));
            }
        }

        /// Whoever has the key may seal anything.
        #[test]
        fn nothing_stops_the_reader(mut payload: Vec<u8>, kind in 0..5_u8, tags in prop::collection::vec((0..11_u8, 0..300_usize), 0..8)) {
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
    fn no_number_has_two_forms_beyond_64_bits() {
        let read = |bytes: &[u8]| read(&[&[0, 0], bytes].concat());
        assert!(read(&[&[0xff; 9][..], &[1]].concat()).is_ok());
        assert_eq!(read(&[&[0xff; 9][..], &[2]].concat()), Err(Refusal::UnknownVersion));
        assert_eq!(read(&[0xff; 11]), Err(Refusal::UnknownVersion));
        assert_eq!(read(&[1, 1]), Err(Refusal::UnknownVersion), "nothing may be left over");
    }
}
