//! Changes a protobuf message as a hostile or broken producer might: on the level of wire-format fields.
//!
//! A byte flipped at random is mostly caught by the decoder. These changes give messages that decode, with parts that
//! are missing, doubled, moved, or hold what no compiler writes.

use fastrand::Rng;

/// Nesting depth to which fields are parsed as messages.
const MAX_DEPTH: usize = 12;

/// Strings and numbers that are wrong somewhere.
const STRINGS: [&str; 14] = [
    "",
    ".",
    "..",
    ".a",
    "a-b",
    "fn",
    "self",
    "Self",
    "é",
    "\0",
    "\\777",
    ".google.protobuf.Empty",
    "proto2",
    "editions",
];
const NUMBERS: [u64; 10] = [0, 1, 2, 3, 10, 11, 14, 999, 0x1fff_ffff, u64::MAX];

/// One field: its number, wire type, and the bytes of its value.
struct Field {
    number: u64,
    wire_type: u8,
    value: Vec<u8>,
}

/// A changed copy of `message`.
pub(crate) fn mutate(message: &[u8], random: &mut Rng) -> Vec<u8> {
    mutate_at(message, random, 0)
}

fn mutate_at(message: &[u8], random: &mut Rng, depth: usize) -> Vec<u8> {
    let Some(mut fields) = parse(message).filter(|fields| !fields.is_empty()) else {
        return STRINGS[random.usize(..STRINGS.len())].as_bytes().to_vec();
    };
    let target = random.usize(..fields.len());
    let inner = parse(&fields[target].value).is_some_and(|inner| !inner.is_empty());
    if fields[target].wire_type == 2 && inner && depth < MAX_DEPTH && random.u8(..10) != 0 {
        fields[target].value = mutate_at(&fields[target].value, random, depth + 1);
        return encode(&fields);
    }
    match random.u8(..6) {
        0 => {
            fields.remove(target);
        }
        1 => {
            let field = &fields[target];
            let copy = Field { number: field.number, wire_type: field.wire_type, value: field.value.clone() };
            fields.insert(random.usize(..=fields.len()), copy);
        }
        2 => {
            let other = random.usize(..fields.len());
            fields.swap(target, other);
        }
        3 => fields[target].number = random.u64(1..20),
        4 if fields[target].wire_type == 0 => {
            fields[target].value = varint(NUMBERS[random.usize(..NUMBERS.len())]);
        }
        _ if fields[target].wire_type == 2 => {
            let other = random.usize(..fields.len());
            fields[target].value = if fields[other].wire_type == 2 && random.bool() {
                fields[other].value.clone()
            } else {
                STRINGS[random.usize(..STRINGS.len())].as_bytes().to_vec()
            };
        }
        _ => fields.truncate(target),
    }
    encode(&fields)
}

fn parse(mut bytes: &[u8]) -> Option<Vec<Field>> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let tag = take_varint(&mut bytes)?;
        let (number, wire_type) = (tag >> 3, (tag & 7) as u8);
        let length = match wire_type {
            0 => {
                let mut rest = bytes;
                take_varint(&mut rest)?;
                bytes.len() - rest.len()
            }
            1 => 8,
            2 => usize::try_from(take_varint(&mut bytes)?).ok()?,
            5 => 4,
            _ => return None,
        };
        let (value, rest) = bytes.split_at_checked(length)?;
        bytes = rest;
        if number == 0 {
            return None;
        }
        fields.push(Field { number, wire_type, value: value.to_vec() });
    }
    Some(fields)
}

fn encode(fields: &[Field]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for field in fields {
        bytes.extend(varint(field.number << 3 | u64::from(field.wire_type)));
        if field.wire_type == 2 {
            bytes.extend(varint(field.value.len() as u64));
        }
        bytes.extend_from_slice(&field.value);
    }
    bytes
}

fn take_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for index in 0..10 {
        let byte = *bytes.get(index)?;
        value |= u64::from(byte & 0x7f).checked_shl(7 * index as u32)?;
        if byte < 0x80 {
            *bytes = &bytes[index + 1..];
            return Some(value);
        }
    }
    None
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}
