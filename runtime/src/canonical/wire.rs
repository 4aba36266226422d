//! Canonical order of the protobuf encoding of a message without a field table.
//!
//! A message without a table is encoded by prost. Its maps have no fixed order, and on the wire a map is a repeated message.
//! So the encoding is sorted in place, by rules that need no schema:
//!
//! ```text
//! message = { field }          sorted by number
//! field   = tag value          fields of one number keep their order
//!         | tag length bytes   length-delimited fields of one number are sorted by their bytes
//! bytes   = message            sorted itself, if it can be parsed as a message
//! ```
//!
//! Text can look like a message, so two different messages can get the same encoding: their bytes are the same in another
//! order. The order of repeated values does not count either. Both are harmless for a page token, which grants no access. A
//! token that is rejected without a reason would not be harmless.
//!
//! No byte is added or removed. Each level is read once, and copied once if it is not sorted. In a request, an encoding
//! longer than [`Buffer::MAX_SORTED_IN_REQUEST`](super::buffer::Buffer::MAX_SORTED_IN_REQUEST) is not sorted.

use std::cmp::Ordering;
use std::ops::Range;

use smallvec::SmallVec;

use super::varint::Reader;

/// Largest depth of messages that are sorted, which is the depth limit of prost.
const MAX_DEPTH: u32 = 100;

/// Wire format of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WireFormat {
    /// Number of any width.
    Number,
    /// Bytes with a length prefix.
    LengthDelimited,
    /// Fields between a start tag and an end tag.
    Group,
}

/// Position of a field in a message.
struct Field {
    number: u32,
    format: WireFormat,
    start: usize,
    /// Start of the value, after the length if there is one.
    value: usize,
    end: usize,
}

/// Sorts an encoding that is not longer than `max_length`.
pub(super) fn canonicalize(encoding: &mut [u8], max_length: usize) {
    if encoding.len() <= max_length {
        sort_message(encoding, None, MAX_DEPTH);
    }
}

/// Sorts the fields of a message, and returns the range of the end tag of `group`.
///
/// Without a group, returns an empty range at the end of `bytes`. Returns `None` if `bytes` is not a message. Then some of
/// its fields can be sorted already.
fn sort_message(bytes: &mut [u8], group: Option<u32>, depth: u32) -> Option<Range<usize>> {
    let depth = depth.checked_sub(1)?;
    let mut fields: SmallVec<[Field; 8]> = SmallVec::new();
    let mut start = 0;
    let end_tag = loop {
        let mut reader = Reader::new(bytes.get(start..)?);
        if group.is_none() && reader.is_empty() {
            break start..start;
        }
        let (number, wire_type) = tag(&mut reader)?;
        let mut value = bytes.len() - reader.len();
        let format = match wire_type {
            0 => reader.varint().map(|_| WireFormat::Number)?,
            1 => reader.array::<8>().map(|_| WireFormat::Number)?,
            2 => {
                let delimited = reader.length_delimited()?;
                value = bytes.len() - reader.len() - delimited.len();
                WireFormat::LengthDelimited
            }
            3 => WireFormat::Group,
            4 if group == Some(number) => break start..value,
            5 => reader.array::<4>().map(|_| WireFormat::Number)?,
            _ => return None,
        };
        let mut end = bytes.len() - reader.len();
        match format {
            WireFormat::Number => {}
            WireFormat::LengthDelimited => {
                sort_message(bytes.get_mut(value..end)?, None, depth);
            }
            WireFormat::Group => end = value + sort_message(bytes.get_mut(value..)?, Some(number), depth)?.end,
        }
        fields.push(Field { number, format, start, value, end });
        start = end;
    };
    let content = bytes.get_mut(..end_tag.start)?;
    if !fields.is_sorted_by(|left, right| compare(content, left, right) == Ordering::Less) {
        fields.sort_unstable_by(|left, right| compare(content, left, right));
        reorder(content, fields.iter().map(|field| field.start..field.end));
    }
    Some(end_tag)
}

/// Reorders the pieces of `bytes`. The pieces must cover all bytes.
pub(super) fn reorder(bytes: &mut [u8], pieces: impl Iterator<Item = Range<usize>>) {
    let before: SmallVec<[u8; 256]> = SmallVec::from_slice(bytes);
    let mut rest = bytes;
    for piece in pieces {
        let piece = before.get(piece).unwrap_or_default();
        let Some((target, after)) = rest.split_at_mut_checked(piece.len()) else { return };
        target.copy_from_slice(piece);
        rest = after;
    }
}

/// Compares two fields. No two fields are equal, because their starts differ.
fn compare(bytes: &[u8], left: &Field, right: &Field) -> Ordering {
    let value = |field: &Field| bytes.get(field.value..field.end).unwrap_or_default();
    let by_value = match (left.format, right.format) {
        (WireFormat::LengthDelimited, WireFormat::LengthDelimited) => value(left).cmp(value(right)),
        (left, right) => (left == WireFormat::LengthDelimited).cmp(&(right == WireFormat::LengthDelimited)),
    };
    left.number.cmp(&right.number).then(by_value).then(left.start.cmp(&right.start))
}

fn tag(reader: &mut Reader<'_>) -> Option<(u32, u8)> {
    let tag = u32::try_from(reader.varint()?).ok()?;
    (tag >= 8).then_some((tag >> 3, (tag & 7) as u8))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;
    use prost::Message;

    use super::*;

    const MAX_LENGTH: usize = crate::canonical::buffer::Buffer::MAX_SORTED_IN_REQUEST;

    fn canonical(mut bytes: Vec<u8>) -> Vec<u8> {
        canonicalize(&mut bytes, MAX_LENGTH);
        bytes
    }

    /// Message with nested maps, numbers and text.
    #[derive(Clone, PartialEq, Message)]
    struct Node {
        #[prost(map = "string, message", tag = "1")]
        nodes: HashMap<String, Node>,
        #[prost(map = "int32, string", tag = "2")]
        texts: HashMap<i32, String>,
        #[prost(fixed64, repeated, packed = "false", tag = "3")]
        numbers: Vec<u64>,
        #[prost(message, optional, boxed, tag = "4")]
        node: Option<Box<Node>>,
        #[prost(group, optional, boxed, tag = "5")]
        group: Option<Box<Node>>,
    }

    /// Nodes whose text has no letter that is a valid tag.
    fn node() -> impl Strategy<Value = Node> {
        let texts = || prop::collection::hash_map(any::<i32>(), "[fgnovw]{0,5}", 0..6);
        let leaf = texts().prop_map(|texts| Node { texts, ..Node::default() });
        leaf.prop_recursive(4, 60, 5, move |inner| {
            let boxed = || prop::option::of(inner.clone().prop_map(Box::new));
            let nodes = prop::collection::hash_map("[fgnovw]{0,3}", inner.clone(), 0..6);
            let numbers = prop::collection::vec(any::<u64>(), 0..4);
            (nodes, texts(), numbers, boxed(), boxed()).prop_map(|(nodes, texts, numbers, node, group)| Node {
                nodes,
                texts,
                numbers,
                node,
                group,
            })
        })
    }

    /// Returns the same node, with maps that iterate in another order.
    fn reordered(node: &Node) -> Node {
        Node {
            nodes: node.nodes.iter().map(|(key, node)| (key.clone(), reordered(node))).collect(),
            texts: node.texts.iter().map(|(key, text)| (*key, text.clone())).collect(),
            numbers: node.numbers.clone(),
            node: node.node.as_deref().map(reordered).map(Box::new),
            group: node.group.as_deref().map(reordered).map(Box::new),
        }
    }

    proptest! {
        #[test]
        fn canonicalize_sorts_maps(node in node()) {
            let encoding = canonical(node.encode_to_vec());
            prop_assert_eq!(&canonical(reordered(&node).encode_to_vec()), &encoding);
            prop_assert_eq!(Node::decode(&*encoding).unwrap(), node, "and nothing else is changed");
        }

        #[test]
        fn canonicalize_keeps_different_messages_different(left in node(), right in node()) {
            let encodings = [&left, &right].map(|node| canonical(node.encode_to_vec()));
            prop_assert_eq!(encodings[0] == encodings[1], left == right);
        }

        #[test]
        fn canonicalize_is_idempotent_and_permutes_bytes(bytes: Vec<u8>, tags in prop::collection::vec(0..48_u8, 0..40)) {
            for bytes in [bytes, tags] {
                let once = canonical(bytes.clone());
                prop_assert_eq!(&canonical(once.clone()), &once);
                let sorted = |mut bytes: Vec<u8>| { bytes.sort_unstable(); bytes };
                prop_assert_eq!(sorted(once), sorted(bytes));
            }
        }
    }

    #[test]
    fn canonicalize_sorts_text_that_parses_as_a_message() {
        assert_eq!(canonical(b"\x0a\x04paha".to_vec()), b"\x0a\x04hapa");
    }

    #[test]
    fn canonicalize_keeps_the_order_of_repeated_numbers() {
        let node = Node { numbers: vec![3, 1, 2], ..Node::default() };
        assert_eq!(canonical(node.encode_to_vec()), node.encode_to_vec());
        assert_eq!(canonical(vec![0x10, 1, 0x08, 2, 0x10, 0]), [0x08, 2, 0x10, 1, 0x10, 0]);
    }

    #[test]
    fn canonicalize_keeps_bytes_that_are_not_a_message() {
        for bytes in [
            &[0x12, 0, 0x0a][..],                              // cut off in a length
            &[0x12, 0, 0x0a, 2, 0],                            // in a value
            &[0x12, 0, 0x02, 0],                               // the number 0
            &[0x12, 0, 0x0e],                                  // no such wire type
            &[0x12, 0, 0x0b],                                  // a group without an end
            &[0x12, 0, 0x0b, 0x14],                            // or with another's
            &[0x12, 0, 0x0c],                                  // an end without a group
            &[0x12, 0, 0x88, 0x80, 0x80, 0x80, 0x80, 0x01, 0], // a number beyond those of fields
        ] {
            assert_eq!(canonical(bytes.to_vec()), bytes);
        }
        assert_eq!(canonical(vec![0x12, 0, 0x0a, 0]), [0x0a, 0, 0x12, 0]);
        assert_eq!(canonical(vec![0x12, 0, 0x0b, 0x18, 1, 0x10, 2, 0x0c]), [0x0b, 0x10, 2, 0x18, 1, 0x0c, 0x12, 0]);
    }

    #[test]
    fn canonicalize_reads_nested_groups_once() {
        let mut groups = vec![0x0b; 97];
        groups.extend([0x10, 0, 0x08, 0].repeat(MAX_LENGTH / 4 - 97));
        groups.extend([0x0c; 97]);
        let ordered = canonical(groups.clone());
        assert!(ordered != groups, "the groups are sorted");
        assert_eq!(ordered.len(), groups.len());
        for _ in 0..100 {
            groups = canonical(groups);
        }
        assert_eq!(groups, ordered);
    }

    #[test]
    fn canonicalize_keeps_long_encodings() {
        let long = |times: usize| [0x12, 0, 0x0a, 0].repeat(times);
        assert!(canonical(long(MAX_LENGTH / 4)) != long(MAX_LENGTH / 4));
        assert_eq!(canonical(long(MAX_LENGTH / 4 + 1)), long(MAX_LENGTH / 4 + 1));
    }

    /// The messages are as deep as the length allows, and each level has a field to sort.
    #[test]
    fn canonicalize_is_bounded_for_deep_messages() {
        let mut nested = Vec::new();
        while nested.len() < MAX_LENGTH - 8 {
            // The innermost message is written first, so the bytes are reversed below.
            let length = nested.len();
            nested.extend([0, 0x08]);
            let mut head = Vec::new();
            prost::encoding::encode_varint(length as u64, &mut head);
            nested.extend(head.iter().rev());
            nested.push(0x12);
        }
        nested.reverse();
        let groups = vec![0x0b; MAX_LENGTH];
        let mut closed = vec![0x0b; MAX_LENGTH / 2];
        closed.extend(vec![0x0c; MAX_LENGTH / 2]);
        let flat: Vec<u8> = [0x12, 0, 0x0a, 0].repeat(MAX_LENGTH / 4);
        for bytes in [nested, groups, closed, flat] {
            let length = bytes.len();
            assert_eq!(canonical(bytes).len(), length);
        }
    }
}
