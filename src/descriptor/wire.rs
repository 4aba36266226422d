//! A reader over wire-format bytes: tag by tag, without a schema.
//!
//! For the places where a struct would be wrong: options with unknown extensions, and source info that is mostly skipped.

use bytes::Bytes;

/// One field of a wire-format message.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Entry<'a> {
    /// The field number.
    pub(crate) number: u32,
    /// The value.
    pub(crate) value: Value<'a>,
    /// The whole field, its tag included.
    pub(crate) encoded: &'a [u8],
}

/// A value as the wire type tells it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value<'a> {
    /// Wire type 0.
    Varint(u64),
    /// Wire type 5.
    Fixed32(u32),
    /// Wire type 1.
    Fixed64(u64),
    /// Wire type 2.
    Delimited(&'a [u8]),
    /// Wire type 3: the fields between the two tags.
    Group(&'a [u8]),
}

/// The bytes end inside a field, or hold a tag that no message has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

/// Largest nesting depth of groups, as in prost.
const MAX_GROUP_DEPTH: u32 = 100;

/// Iterates over the fields of one message.
#[derive(Debug, Clone)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Reads `bytes` from their start.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The varints of a packed field, up to the first that is broken.
    pub(crate) fn varints(packed: &'a [u8]) -> impl Iterator<Item = u64> {
        let mut reader = Self::new(packed);
        std::iter::from_fn(move || if reader.rest.is_empty() { None } else { reader.varint().ok() })
    }

    fn varint(&mut self) -> Result<u64, Malformed> {
        let mut value = 0u64;
        for (index, &byte) in self.rest.iter().enumerate().take(10) {
            value |= u64::from(byte & 0x7f) << (7 * index);
            if byte < 0x80 {
                self.rest = &self.rest[index + 1..];
                return Ok(value);
            }
        }
        Err(Malformed)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Malformed)?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        self.take(N)?.try_into().map_err(|_| Malformed)
    }

    fn tag(&mut self) -> Result<(u32, u8), Malformed> {
        let tag = u32::try_from(self.varint()?).map_err(|_| Malformed)?;
        if tag >> 3 == 0 { Err(Malformed) } else { Ok((tag >> 3, (tag & 7) as u8)) }
    }

    fn entry(&mut self, depth: u32) -> Result<Entry<'a>, Malformed> {
        let start = self.rest;
        let (number, wire_type) = self.tag()?;
        let value = match wire_type {
            0 => Value::Varint(self.varint()?),
            1 => Value::Fixed64(u64::from_le_bytes(self.array()?)),
            2 => {
                let length = usize::try_from(self.varint()?).map_err(|_| Malformed)?;
                Value::Delimited(self.take(length)?)
            }
            3 => Value::Group(self.group(number, depth)?),
            5 => Value::Fixed32(u32::from_le_bytes(self.array()?)),
            _ => return Err(Malformed),
        };
        Ok(Entry { number, value, encoded: &start[..start.len() - self.rest.len()] })
    }

    /// Returns the fields of a group and skips its end.
    fn group(&mut self, number: u32, depth: u32) -> Result<&'a [u8], Malformed> {
        if depth >= MAX_GROUP_DEPTH {
            return Err(Malformed);
        }
        let start = self.rest;
        loop {
            let before = self.rest;
            let (inner, wire_type) = self.tag()?;
            if wire_type == 4 {
                let fields = &start[..start.len() - before.len()];
                return if inner == number { Ok(fields) } else { Err(Malformed) };
            }
            self.rest = before;
            self.entry(depth + 1)?;
        }
    }
}

impl<'a> Iterator for Reader<'a> {
    type Item = Result<Entry<'a>, Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let entry = self.entry(0);
        if entry.is_err() {
            self.rest = &[];
        }
        Some(entry)
    }
}

/// A copy of `message` without its fields of the given number; malformed bytes are copied as they are.
pub(crate) fn without_field(message: &Bytes, number: u32) -> Vec<u8> {
    let mut kept = Vec::with_capacity(message.len());
    for entry in Reader::new(message) {
        match entry {
            Ok(entry) if entry.number == number => {}
            Ok(entry) => kept.extend_from_slice(entry.encoded),
            Err(Malformed) => return message.to_vec(),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wire_type_is_read_and_its_bytes_are_kept() {
        // 1: varint 150, 2: "hi", 3: group { 1: 1 }, 4: fixed32, 5: fixed64
        let bytes = [
            0x08, 0x96, 0x01, 0x12, 2, b'h', b'i', 0x1b, 0x08, 1, 0x1c, 0x25, 1, 2, 3, 4, 0x29, 1, 2, 3, 4, 5, 6, 7, 8,
        ];
        let entries: Vec<_> = Reader::new(&bytes).collect::<Result<_, _>>().unwrap();
        assert_eq!(entries.iter().map(|entry| entry.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert_eq!(entries[0].value, Value::Varint(150));
        assert_eq!(entries[1].value, Value::Delimited(b"hi"));
        assert_eq!(entries[2].value, Value::Group(&[0x08, 1]));
        assert_eq!(entries[3].value, Value::Fixed32(0x0403_0201));
        assert_eq!(entries.iter().map(|entry| entry.encoded.len()).sum::<usize>(), bytes.len());
        assert_eq!(without_field(&Bytes::copy_from_slice(&bytes), 3).len(), bytes.len() - 4);
    }

    #[test]
    fn broken_bytes_end_the_iteration_with_one_error() {
        for bytes in [&[0x08][..], &[0x12, 5, 1], &[0x1b, 0x24], &[0x00], &[0x07], &[0x1b; 300], &[0xff; 12]] {
            let results: Vec<_> = Reader::new(bytes).collect();
            assert_eq!(results, [Err(Malformed)], "{bytes:?}");
        }
    }
}
