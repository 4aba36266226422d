//! Editions: the features of an element, from the edition's defaults and the overrides on its way down.
//!
//! Defaults are those of `FeatureSetDefaults` in `descriptor.proto` ("Feature Settings for Editions").
//! Features that have no effect on prost code (`json_format`, `utf8_validation`, naming and visibility) are not kept.

use super::wire::{Malformed, Reader, Value};

/// The language a file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Edition {
    Proto2,
    Proto3,
    Edition2023,
    Edition2024,
}

/// The lowest and the highest edition that the plugin answers for, as numbers of `google.protobuf.Edition`.
pub(crate) const SUPPORTED_EDITIONS: (i32, i32) = (998, 1001);

impl Edition {
    /// Reads `syntax` and `edition` of a file; the error is what the file says instead.
    pub(crate) fn of(syntax: Option<&str>, edition: Option<i32>) -> Result<Self, String> {
        match (syntax, edition) {
            (None | Some("" | "proto2"), None) | (_, Some(998)) => Ok(Self::Proto2),
            (Some("proto3"), None) | (_, Some(999)) => Ok(Self::Proto3),
            (_, Some(1000)) => Ok(Self::Edition2023),
            (_, Some(1001)) => Ok(Self::Edition2024),
            (_, Some(other)) => Err(edition_name(other)),
            (Some(other), None) => Err(format!("syntax {other:?}")),
        }
    }

    /// The features of a file that overrides none.
    pub(crate) fn defaults(self) -> FeatureSet {
        match self {
            Self::Proto2 => FeatureSet {
                field_presence: FieldPresence::Explicit,
                repeated_field_encoding: RepeatedFieldEncoding::Expanded,
                message_encoding: MessageEncoding::LengthPrefixed,
            },
            Self::Proto3 => FeatureSet {
                field_presence: FieldPresence::Implicit,
                repeated_field_encoding: RepeatedFieldEncoding::Packed,
                message_encoding: MessageEncoding::LengthPrefixed,
            },
            Self::Edition2023 | Self::Edition2024 => FeatureSet {
                field_presence: FieldPresence::Explicit,
                repeated_field_encoding: RepeatedFieldEncoding::Packed,
                message_encoding: MessageEncoding::LengthPrefixed,
            },
        }
    }
}

/// The name of an edition that is not supported, as a proto file writes it where it has a year.
fn edition_name(number: i32) -> String {
    match number {
        900 => "edition LEGACY".to_owned(),
        1002 => "edition 2026".to_owned(),
        9999 => "edition UNSTABLE".to_owned(),
        1 | 2 | 99_997..=99_999 => format!("edition {number}_TEST_ONLY"),
        i32::MAX => "edition MAX".to_owned(),
        // A later edition than this program knows: its year is not known either.
        _ => format!("the edition with the number {number}"),
    }
}

/// The resolved features of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FeatureSet {
    pub(crate) field_presence: FieldPresence,
    pub(crate) repeated_field_encoding: RepeatedFieldEncoding,
    pub(crate) message_encoding: MessageEncoding,
}

/// `FeatureSet.FieldPresence`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldPresence {
    Explicit,
    Implicit,
    LegacyRequired,
}

/// `FeatureSet.RepeatedFieldEncoding`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RepeatedFieldEncoding {
    Packed,
    Expanded,
}

/// `FeatureSet.MessageEncoding`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MessageEncoding {
    LengthPrefixed,
    Delimited,
}

/// Features that one element's `features` option sets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct FeatureOverrides {
    field_presence: Option<FieldPresence>,
    repeated_field_encoding: Option<RepeatedFieldEncoding>,
    message_encoding: Option<MessageEncoding>,
}

impl FeatureOverrides {
    /// Merges an encoded `FeatureSet`; numbers and values that mean nothing here are passed over.
    pub(super) fn merge(&mut self, encoded: &[u8]) -> Result<(), Malformed> {
        for entry in Reader::new(encoded) {
            let entry = entry?;
            let Value::Varint(value) = entry.value else { continue };
            match (entry.number, value) {
                (1, 1) => self.field_presence = Some(FieldPresence::Explicit),
                (1, 2) => self.field_presence = Some(FieldPresence::Implicit),
                (1, 3) => self.field_presence = Some(FieldPresence::LegacyRequired),
                (3, 1) => self.repeated_field_encoding = Some(RepeatedFieldEncoding::Packed),
                (3, 2) => self.repeated_field_encoding = Some(RepeatedFieldEncoding::Expanded),
                (5, 1) => self.message_encoding = Some(MessageEncoding::LengthPrefixed),
                (5, 2) => self.message_encoding = Some(MessageEncoding::Delimited),
                _ => {}
            }
        }
        Ok(())
    }
}

impl FeatureSet {
    /// The features of an element inside this one.
    pub(crate) fn with(self, overrides: FeatureOverrides) -> Self {
        Self {
            field_presence: overrides.field_presence.unwrap_or(self.field_presence),
            repeated_field_encoding: overrides.repeated_field_encoding.unwrap_or(self.repeated_field_encoding),
            message_encoding: overrides.message_encoding.unwrap_or(self.message_encoding),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_replace_only_what_they_name() {
        let mut overrides = FeatureOverrides::default();
        overrides.merge(&[0x08, 2, 0x28, 2]).unwrap();
        let features = Edition::Edition2023.defaults().with(overrides);
        assert_eq!(features.field_presence, FieldPresence::Implicit);
        assert_eq!(features.message_encoding, MessageEncoding::Delimited);
        assert_eq!(features.repeated_field_encoding, RepeatedFieldEncoding::Packed);
    }

    #[test]
    fn unknown_syntax_is_named() {
        assert_eq!(Edition::of(Some("proto4"), None), Err("syntax \"proto4\"".to_owned()));
        assert_eq!(Edition::of(Some("editions"), Some(1002)), Err("edition 2026".to_owned()));
        assert_eq!(Edition::of(Some("editions"), Some(9999)), Err("edition UNSTABLE".to_owned()));
        assert_eq!(Edition::of(Some("editions"), Some(1003)), Err("the edition with the number 1003".to_owned()));
        assert_eq!(Edition::of(Some("editions"), Some(1001)), Ok(Edition::Edition2024));
    }
}
