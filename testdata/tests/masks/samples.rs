//! Messages in which a field is set, or every field, made from the schema: as bytes that the field accepts.

use transom::fields::{FieldSchema, Fields};

/// A value in each of the wire types of its field; empty ones are for messages and entries of maps, which do not read the
/// bytes of the ones before.
const VALUES: [(u8, &[u8]); 5] =
    [(0, &[1]), (5, &[0, 0, 0x80, 0x3F]), (1, &[0, 0, 0, 0, 0, 0, 0xF0, 0x3F]), (2, &[1, b'a']), (2, &[0])];

/// The message with this field set, and no other.
pub(crate) fn of_field<F: Fields>(field: &FieldSchema) -> F::Message
where
    F::Message: prost::Message,
{
    prost::Message::decode(&*encoded::<F>(field)).unwrap()
}

/// The message with every field set; of a oneof its last member.
pub(crate) fn full<F: Fields>() -> F::Message
where
    F::Message: prost::Message,
{
    let bytes: Vec<u8> = F::schema().fields().iter().flat_map(encoded::<F>).collect();
    prost::Message::decode(&*bytes).unwrap()
}

fn encoded<F: Fields>(field: &FieldSchema) -> Vec<u8>
where
    F::Message: prost::Message,
{
    let with = |(wire_type, value): (u8, &[u8])| {
        let mut bytes = Vec::new();
        prost::encoding::encode_varint(u64::from(field.number) << 3 | u64::from(wire_type), &mut bytes);
        bytes.extend(value);
        bytes
    };
    // A group ends with a tag of its own.
    let mut group = with((3, &[]));
    group.extend(with((4, &[])));
    let accepts = |bytes: &Vec<u8>| <F::Message as prost::Message>::decode(&**bytes).is_ok();
    VALUES.into_iter().map(with).chain([group]).find(accepts).unwrap_or_else(|| panic!("{} takes no value", field.name))
}
