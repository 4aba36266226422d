//! Annotations of fields, messages and services: field behavior, type of resource, host. Names of fields in JSON.

use super::super::attached::{delimited, first_texts, values};
use crate::descriptor::wire::{Reader, Value};
use crate::model::{Behaviors, CustomOption};

/// `google.api.field_behavior`, an extension of `FieldOptions`.
const FIELD_BEHAVIOR: (u32, &str) = (1052, "google.api.field_behavior");

/// The field behaviors among the options of a field.
///
/// A repeated enum: each value alone or packed, in any mixture.
pub(super) fn behaviors(options: &[CustomOption]) -> Behaviors {
    let mut behaviors = Behaviors::default();
    for value in values(options, FIELD_BEHAVIOR) {
        match value {
            Value::Varint(number) => behaviors.add(number),
            Value::Delimited(packed) => Reader::varints(packed).for_each(|number| behaviors.add(number)),
            Value::Fixed | Value::Group => {}
        }
    }
    behaviors
}

/// `google.api.default_host`, an extension of `ServiceOptions`.
const DEFAULT_HOST: (u32, &str) = (1049, "google.api.default_host");

/// `google.api.resource`, an extension of `MessageOptions`.
const RESOURCE: (u32, &str) = (1053, "google.api.resource");

/// The host of a service.
pub(in crate::resolve) fn default_host(options: &[CustomOption]) -> Option<String> {
    text(delimited(options, DEFAULT_HOST).last()?)
}

/// The type of a resource: `library.googleapis.com/Book`.
pub(super) fn resource_type(options: &[CustomOption]) -> Option<String> {
    text(first_texts(options, RESOURCE).last()?)
}

/// Text that is not empty.
fn text(bytes: &[u8]) -> Option<String> {
    std::str::from_utf8(bytes).ok().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The JSON name that protoc gives a field (`ToJsonName`): what follows an underscore in upper case, underscores gone.
pub(super) fn json_name(proto: &str) -> String {
    let mut name = String::with_capacity(proto.len());
    let mut is_start = false;
    for character in proto.chars() {
        match character {
            '_' => is_start = true,
            _ if is_start => {
                name.push(character.to_ascii_uppercase());
                is_start = false;
            }
            _ => name.push(character),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn option(name: Option<&str>, encoded: &'static [u8]) -> CustomOption {
        CustomOption { number: 1052, name: name.map(str::to_owned), encoded: Bytes::from_static(encoded) }
    }

    fn names(options: &[CustomOption]) -> Vec<&'static str> {
        behaviors(options).iter().map(crate::model::Behavior::name).collect()
    }

    #[test]
    fn behaviors_are_read_in_either_encoding() {
        let name = Some("google.api.field_behavior");
        let single = [option(name, &[0xe0, 0x41, 8]), option(name, &[0xe0, 0x41, 2])];
        assert_eq!(names(&single), ["REQUIRED", "IDENTIFIER"]);
        assert_eq!(names(&[option(None, &[0xe2, 0x41, 3, 3, 0, 5])]), ["OUTPUT_ONLY", "IMMUTABLE"]);
    }

    #[test]
    fn what_is_no_behavior_is_none() {
        assert_eq!(names(&[option(Some("acme.width"), &[0xe0, 0x41, 2])]), [""; 0]);
        assert_eq!(names(&[option(None, &[0xe0, 0x41, 99])]), [""; 0]);
        assert_eq!(names(&[option(None, &[0xe2, 0x41, 2, 3, 0xff])]), ["OUTPUT_ONLY"]);
    }

    #[test]
    fn host_and_type_are_read_from_options() {
        let host = |encoded| CustomOption { number: 1049, name: None, encoded: Bytes::from_static(encoded) };
        assert_eq!(default_host(&[host(&[0xca, 0x41, 3, b'a', b'.', b'b'])]).as_deref(), Some("a.b"));
        assert_eq!(default_host(&[host(&[0xca, 0x41, 0])]), None);
        assert_eq!(default_host(&[host(&[0xca, 0x41, 9, b'a'])]), None);
        let resource = |name, encoded| CustomOption {
            number: 1053,
            name: Some(String::from(name)),
            encoded: Bytes::from_static(encoded),
        };
        let encoded = &[0xea, 0x41, 8, 0x12, 1, b'p', 0x0a, 3, b'a', b'/', b'B'];
        assert_eq!(resource_type(&[resource("google.api.resource", encoded)]).as_deref(), Some("a/B"));
        assert_eq!(resource_type(&[resource("acme.resource", encoded)]), None);
        assert_eq!(resource_type(&[]), None);
    }

    #[test]
    fn json_names_are_those_of_protoc() {
        for (proto, json) in
            [("foo_bar", "fooBar"), ("_foo", "Foo"), ("foo__3", "foo3"), ("FooBar", "FooBar"), ("foo_", "foo")]
        {
            assert_eq!(json_name(proto), json);
        }
    }
}
