//! Options: the few that `descriptor.proto` itself declares and the generator uses, and all extensions as bytes.

use bytes::Bytes;

use super::feature::FeatureOverrides;
use super::wire::{Malformed, Reader, Value};

/// The options of one element as they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OptionBytes(Bytes);

/// Extensions of an options message start at this number (`extensions 1000 to max`).
const FIRST_EXTENSION: u32 = 1000;

/// The kind of element an options message belongs to: it says which number means what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ElementKind {
    File,
    Message,
    Field,
    Oneof,
    Enum,
    EnumValue,
    Service,
    Method,
}

impl ElementKind {
    /// The options message of the kind, with a leading dot: the extendee of its custom options.
    pub(crate) fn options_message(self) -> &'static str {
        match self {
            Self::File => ".google.protobuf.FileOptions",
            Self::Message => ".google.protobuf.MessageOptions",
            Self::Field => ".google.protobuf.FieldOptions",
            Self::Oneof => ".google.protobuf.OneofOptions",
            Self::Enum => ".google.protobuf.EnumOptions",
            Self::EnumValue => ".google.protobuf.EnumValueOptions",
            Self::Service => ".google.protobuf.ServiceOptions",
            Self::Method => ".google.protobuf.MethodOptions",
        }
    }

    /// Number of the field with the options in the descriptor of the element.
    pub(crate) fn options_number(self) -> i32 {
        match self {
            Self::File | Self::Field => 8,
            Self::Message => 7,
            Self::Oneof => 2,
            Self::Enum | Self::EnumValue | Self::Service => 3,
            Self::Method => 4,
        }
    }

    fn deprecated_number(self) -> Option<u32> {
        match self {
            Self::File => Some(23),
            Self::Message | Self::Field | Self::Enum => Some(3),
            Self::EnumValue => Some(1),
            Self::Service | Self::Method => Some(33),
            Self::Oneof => None,
        }
    }

    fn features_number(self) -> u32 {
        match self {
            Self::File => 50,
            Self::Message => 12,
            Self::Field => 21,
            Self::Oneof => 1,
            Self::Enum => 7,
            Self::EnumValue => 2,
            Self::Service => 34,
            Self::Method => 35,
        }
    }
}

/// The options of `descriptor.proto` that change what is generated.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct KnownOptions {
    /// `deprecated = true`.
    pub(crate) deprecated: bool,
    /// `MessageOptions.map_entry`.
    pub(crate) map_entry: bool,
    /// `FieldOptions.packed`, where it was written.
    pub(crate) packed: Option<bool>,
    /// `features` of an edition.
    pub(crate) features: FeatureOverrides,
}

impl OptionBytes {
    /// Wraps the bytes of an options message.
    pub(crate) fn new(bytes: Bytes) -> Self {
        Self(bytes)
    }

    /// Reads the options that matter for an element of the given kind.
    pub(crate) fn known(&self, kind: ElementKind) -> Result<KnownOptions, Malformed> {
        let mut known = KnownOptions::default();
        for entry in Reader::new(&self.0) {
            let entry = entry?;
            match entry.value {
                Value::Varint(value) if Some(entry.number) == kind.deprecated_number() => known.deprecated = value != 0,
                Value::Varint(value) if kind == ElementKind::Message && entry.number == 7 => {
                    known.map_entry = value != 0;
                }
                Value::Varint(value) if kind == ElementKind::Field && entry.number == 2 => {
                    known.packed = Some(value != 0);
                }
                Value::Delimited(bytes) if entry.number == kind.features_number() => {
                    known.features.merge(bytes)?;
                }
                _ => {}
            }
        }
        Ok(known)
    }

    /// The option extensions in the order they were written: number, and the field's bytes with its tag.
    pub(crate) fn extensions(&self) -> impl Iterator<Item = (u32, Bytes)> + '_ {
        Reader::new(&self.0)
            .map_while(Result::ok)
            .filter(|entry| entry.number >= FIRST_EXTENSION)
            .map(|entry| (entry.number, self.0.slice_ref(entry.encoded)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_keep_their_bytes() {
        // FieldOptions { packed: true, [1052]: 2 }
        let options = OptionBytes::new(Bytes::from_static(&[0x10, 1, 0xe0, 0x41, 2]));
        assert_eq!(options.known(ElementKind::Field).unwrap().packed, Some(true));
        let extensions: Vec<_> = options.extensions().collect();
        assert_eq!(extensions, [(1052, Bytes::from_static(&[0xe0, 0x41, 2]))]);
    }

    #[test]
    fn the_same_number_means_another_thing_on_another_element() {
        let three = OptionBytes::new(Bytes::from_static(&[0x18, 1]));
        assert!(three.known(ElementKind::Message).unwrap().deprecated);
        assert!(!three.known(ElementKind::Method).unwrap().deprecated);
    }
}
