//! One encoding for equal messages whose fields are not known here.
//!
//! A message that is taken whole is its encoding, in which maps have no fixed order: nothing but the wire format tells
//! what is in it, and there a map is a repeated message. So the encoding is put in order, in place, without knowing more:
//!
//! ```text
//! message = { field }          in the order of the numbers
//! field   = tag value          fields of one number stay in their order, but
//!         | tag length bytes   those with a length stand in the order of their bytes
//! bytes   = message            in order itself, where it can be read as one; otherwise as it is
//! ```
//!
//! Text can look like a message, so two different requests can come to the same encoding: those that have the same bytes
//! in another order. The order of repeated values inside of such a message does not count either. Both are harmless,
//! because a token gives no right to anything; a token that is refused for no reason would not be.
//!
//! No byte is added or taken away. Each level is read once, and copied once if it is out of order. An encoding
//! in a request that is longer than [`LONGEST`] is not put in order. A request can have megabytes, and this code runs
//! before the caller is known.

use std::cmp::Ordering;
use std::ops::Range;

use smallvec::SmallVec;

use super::varint::Reader;

/// Maximum depth of messages that are put in order: the depth to which messages are decoded.
const DEEPEST: u32 = 100;

/// The longest encoding in a request that is put in order.
pub(super) const LONGEST: usize = 64 * 1024;

/// Wire form of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A number of any width.
    Number,
    /// With its length before it.
    Framed,
    /// Between two tags.
    Group,
}

/// Position of a field in a message.
struct Field {
    number: u32,
    form: Form,
    start: usize,
    /// Start of the value, after the length if there is one.
    value: usize,
    end: usize,
}

/// Puts an encoding in order that is not longer than `longest`.
pub(super) fn canonicalize(encoding: &mut [u8], longest: usize) {
    if encoding.len() <= longest {
        message(encoding, None, DEEPEST);
    }
}

/// Puts the fields of a message in order, and returns the range of the tag that closes `group`.
///
/// Without a group, returns an empty range at the end of `bytes`. Returns `None` if `bytes` is not a message; parts of
/// it can be in order already.
fn message(bytes: &mut [u8], group: Option<u32>, depth: u32) -> Option<Range<usize>> {
    let depth = depth.checked_sub(1)?;
    let mut fields: SmallVec<[Field; 8]> = SmallVec::new();
    let mut start = 0;
    let closing = loop {
        let mut reader = Reader::new(bytes.get(start..)?);
        if group.is_none() && reader.is_empty() {
            break start..start;
        }
        let (number, wire_type) = tag(&mut reader)?;
        let mut value = bytes.len() - reader.len();
        let form = match wire_type {
            0 => reader.varint().map(|_| Form::Number)?,
            1 => reader.array::<8>().map(|_| Form::Number)?,
            2 => {
                let framed = reader.framed()?;
                value = bytes.len() - reader.len() - framed.len();
                Form::Framed
            }
            3 => Form::Group,
            4 if group == Some(number) => break start..value,
            5 => reader.array::<4>().map(|_| Form::Number)?,
            _ => return None,
        };
        let mut end = bytes.len() - reader.len();
        match form {
            Form::Number => {}
            Form::Framed => {
                message(bytes.get_mut(value..end)?, None, depth);
            }
            Form::Group => end = value + message(bytes.get_mut(value..)?, Some(number), depth)?.end,
        }
        fields.push(Field { number, form, start, value, end });
        start = end;
    };
    let fields_of = bytes.get_mut(..closing.start)?;
    if !fields.is_sorted_by(|left, right| compare(fields_of, left, right) == Ordering::Less) {
        fields.sort_unstable_by(|left, right| compare(fields_of, left, right));
        rearrange(fields_of, fields.iter().map(|field| field.start..field.end));
    }
    Some(closing)
}

/// Puts the pieces of a text, which are all of it, in another order.
pub(super) fn rearrange(bytes: &mut [u8], pieces: impl Iterator<Item = Range<usize>>) {
    let before: SmallVec<[u8; 256]> = SmallVec::from_slice(bytes);
    let mut rest = bytes;
    for piece in pieces {
        let piece = before.get(piece).unwrap_or_default();
        let Some((place, after)) = rest.split_at_mut_checked(piece.len()) else { return };
        place.copy_from_slice(piece);
        rest = after;
    }
}

/// No two fields are equal, because no two start at the same place.
fn compare(bytes: &[u8], left: &Field, right: &Field) -> Ordering {
    let value = |field: &Field| bytes.get(field.value..field.end).unwrap_or_default();
    let by_value = match (left.form, right.form) {
        (Form::Framed, Form::Framed) => value(left).cmp(value(right)),
        (left, right) => (left == Form::Framed).cmp(&(right == Form::Framed)),
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

    fn canonical(mut bytes: Vec<u8>) -> Vec<u8> {
        canonicalize(&mut bytes, LONGEST);
        bytes
    }

    /// Maps in maps, beside numbers and text.
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

    /// With letters that no message starts with.
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

    /// The same node with maps that iterate in another order.
    fn again(node: &Node) -> Node {
        Node {
            nodes: node.nodes.iter().map(|(key, node)| (key.clone(), again(node))).collect(),
            texts: node.texts.iter().map(|(key, text)| (*key, text.clone())).collect(),
            numbers: node.numbers.clone(),
            node: node.node.as_deref().map(again).map(Box::new),
            group: node.group.as_deref().map(again).map(Box::new),
        }
    }

    proptest! {
        #[test]
        fn maps_have_one_order(node in node()) {
            let encoding = canonical(node.encode_to_vec());
            prop_assert_eq!(&canonical(again(&node).encode_to_vec()), &encoding);
            prop_assert_eq!(Node::decode(&*encoding).unwrap(), node, "and nothing else is changed");
        }

        #[test]
        fn other_numbers_and_texts_are_other_encodings(left in node(), right in node()) {
            let encodings = [&left, &right].map(|node| canonical(node.encode_to_vec()));
            prop_assert_eq!(encodings[0] == encodings[1], left == right);
        }

        /// Whatever the bytes are, the same ones are there afterwards, and once more changes nothing.
        #[test]
        fn any_bytes_will_do(bytes: Vec<u8>, tags in prop::collection::vec(0..48_u8, 0..40)) {
            for bytes in [bytes, tags] {
                let once = canonical(bytes.clone());
                prop_assert_eq!(&canonical(once.clone()), &once);
                let sorted = |mut bytes: Vec<u8>| { bytes.sort_unstable(); bytes };
                prop_assert_eq!(sorted(once), sorted(bytes));
            }
        }
    }

    #[test]
    fn text_that_looks_like_a_message_is_put_in_order_too() {
        assert_eq!(canonical(b"\x0a\x04paha".to_vec()), b"\x0a\x04hapa");
    }

    #[test]
    fn numbers_of_one_field_keep_their_order() {
        let node = Node { numbers: vec![3, 1, 2], ..Node::default() };
        assert_eq!(canonical(node.encode_to_vec()), node.encode_to_vec());
        assert_eq!(canonical(vec![0x10, 1, 0x08, 2, 0x10, 0]), [0x08, 2, 0x10, 1, 0x10, 0]);
    }

    #[test]
    fn what_is_no_message_stays_as_it_is() {
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

    /// However groups are nested, their contents are read once.
    #[test]
    fn groups_in_groups_are_read_once() {
        let mut groups = vec![0x0b; 97];
        groups.extend([0x10, 0, 0x08, 0].repeat(LONGEST / 4 - 97));
        groups.extend([0x0c; 97]);
        let ordered = canonical(groups.clone());
        assert!(ordered != groups, "they are put in order");
        assert_eq!(ordered.len(), groups.len());
        for _ in 0..100 {
            groups = canonical(groups);
        }
        assert_eq!(groups, ordered);
    }

    #[test]
    fn what_is_very_long_stays_as_it_is() {
        let long = |times: usize| [0x12, 0, 0x0a, 0].repeat(times);
        assert!(canonical(long(LONGEST / 4)) != long(LONGEST / 4));
        assert_eq!(canonical(long(LONGEST / 4 + 1)), long(LONGEST / 4 + 1));
    }

    /// Messages in messages as deep as the length allows: each level has a field that is out of order.
    #[test]
    fn no_depth_takes_the_stack_or_the_day() {
        let mut framed = Vec::new();
        while framed.len() < LONGEST - 8 {
            // From the inside outwards, so it is written backwards.
            let length = framed.len();
            framed.extend([0, 0x08]);
            let mut head = Vec::new();
            prost::encoding::encode_varint(length as u64, &mut head);
            framed.extend(head.iter().rev());
            framed.push(0x12);
        }
        framed.reverse();
        let groups = vec![0x0b; LONGEST];
        let mut closed = vec![0x0b; LONGEST / 2];
        closed.extend(vec![0x0c; LONGEST / 2]);
        let flat: Vec<u8> = [0x12, 0, 0x0a, 0].repeat(LONGEST / 4);
        for bytes in [framed, groups, closed, flat] {
            let length = bytes.len();
            assert_eq!(canonical(bytes).len(), length);
        }
    }
}
