//! Types that live elsewhere: `extern_path`, and the well-known types in prost-types.
//!
//! The rules are prost-build's: the longest prefix wins, and what follows it is cased as generated code would be.

use std::collections::BTreeMap;

use crate::name::{to_snake, to_upper_camel};

/// Rust paths by proto path; keys have a leading dot.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ExternPaths {
    paths: BTreeMap<String, String>,
}

/// What prost puts in the place of `google.protobuf` types.
const WELL_KNOWN_TYPES: [(&str, &str); 11] = [
    (".google.protobuf", "::prost_types"),
    (".google.protobuf.BoolValue", "bool"),
    (".google.protobuf.BytesValue", "::prost::alloc::vec::Vec<u8>"),
    (".google.protobuf.DoubleValue", "f64"),
    (".google.protobuf.Empty", "()"),
    (".google.protobuf.FloatValue", "f32"),
    (".google.protobuf.Int32Value", "i32"),
    (".google.protobuf.Int64Value", "i64"),
    (".google.protobuf.StringValue", "::prost::alloc::string::String"),
    (".google.protobuf.UInt32Value", "u32"),
    (".google.protobuf.UInt64Value", "u64"),
];

impl ExternPaths {
    /// The user's paths, and the well-known types unless they are generated too.
    pub(super) fn new(pairs: &[(String, String)], compile_well_known_types: bool) -> Self {
        let mut paths = BTreeMap::new();
        if !compile_well_known_types {
            paths.extend(WELL_KNOWN_TYPES.map(|(proto, rust)| (proto.to_owned(), rust.to_owned())));
        }
        paths.extend(pairs.iter().cloned());
        Self { paths }
    }

    /// All pairs of a proto path and a Rust path, in the order of the former.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.paths.iter().map(|(proto, rust)| (proto.as_str(), rust.as_str()))
    }

    /// The Rust path of a type that is not generated.
    pub(crate) fn resolve(&self, full_name: &str) -> Option<String> {
        if let Some(path) = self.paths.get(full_name) {
            return Some(path.clone());
        }
        let (prefix, path) = self.prefix(full_name)?;
        let mut segments: Vec<&str> = full_name[prefix..].split('.').filter(|segment| !segment.is_empty()).collect();
        let type_name = segments.pop().map(to_upper_camel);
        let modules = segments.into_iter().map(to_snake);
        Some(std::iter::once(path.to_owned()).chain(modules).chain(type_name).collect::<Vec<_>>().join("::"))
    }

    /// Whether the type with this full name is not generated.
    pub(crate) fn covers(&self, full_name: &str) -> bool {
        self.paths.contains_key(full_name) || self.prefix(full_name).is_some()
    }

    /// Whether a type is prost's own: one of prost-types, or the Rust type in the place of a wrapper.
    pub(crate) fn is_of_prost(&self, full_name: &str) -> bool {
        full_name.starts_with(".google.protobuf.")
            && self.resolve(full_name).is_some_and(|rust| {
                rust.starts_with("::prost_types::") || WELL_KNOWN_TYPES.contains(&(full_name, rust.as_str()))
            })
    }

    /// Whether no type of this package (without a leading dot) is generated.
    pub(crate) fn covers_package(&self, package: &str) -> bool {
        self.covers(&format!(".{package}"))
    }

    /// The length of the longest prefix that has a path, and that path.
    fn prefix(&self, full_name: &str) -> Option<(usize, &str)> {
        full_name
            .rmatch_indices('.')
            .find_map(|(index, _)| Some((index, self.paths.get(&full_name[..index])?.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_prefix_wins() {
        let pairs = [(".a".to_owned(), "crate::x".to_owned()), (".a.b.C".to_owned(), "::y::C2".to_owned())];
        let paths = ExternPaths::new(&pairs, false);
        for (proto, rust) in [
            (".a.b.C", Some("::y::C2")),
            (".a.b.C.Inner", Some("::y::C2::Inner")),
            (".a.type.Foo", Some("crate::x::r#type::Foo")),
            (".google.protobuf.Timestamp", Some("::prost_types::Timestamp")),
            (".google.protobuf.Empty", Some("()")),
            (".b.C", None),
        ] {
            assert_eq!(paths.resolve(proto).as_deref(), rust, "{proto}");
            assert_eq!(paths.covers(proto), rust.is_some(), "{proto}");
        }
    }

    #[test]
    fn types_of_prost_are_told_from_those_of_the_user() {
        let pairs =
            [(".a".to_owned(), "::prost_types".to_owned()), (".google.protobuf.Any".to_owned(), "::b".to_owned())];
        let paths = ExternPaths::new(&pairs, false);
        for (proto, is_of_prost) in [
            (".google.protobuf.Timestamp", true),
            (".google.protobuf.compiler.Version", true),
            (".google.protobuf.Int32Value", true),
            (".google.protobuf.Any", false),
            (".a.Timestamp", false),
            (".b.C", false),
        ] {
            assert_eq!(paths.is_of_prost(proto), is_of_prost, "{proto}");
        }
        assert!(!ExternPaths::new(&[], true).is_of_prost(".google.protobuf.Timestamp"));
    }
}
