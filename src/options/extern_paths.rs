//! Rust paths of types that are not generated: `extern_path`, and the well-known types in prost-types.
//!
//! The rules are those of prost-build: the longest prefix wins, and the rest of the name is converted as for generated
//! code.

use std::collections::BTreeMap;

use crate::name::{to_snake, to_upper_camel};

/// Rust paths by proto path; keys have a leading dot.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ExternPaths {
    paths: BTreeMap<String, String>,
}

/// Rust types that prost uses for `google.protobuf` types.
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
    /// Creates the map from the paths of the user, and the well-known types unless they are generated.
    pub(super) fn new(pairs: &[(String, String)], compile_well_known_types: bool) -> Self {
        let mut paths = BTreeMap::new();
        if !compile_well_known_types {
            paths.extend(WELL_KNOWN_TYPES.map(|(proto, rust)| (proto.to_owned(), rust.to_owned())));
        }
        paths.extend(pairs.iter().cloned());
        Self { paths }
    }

    /// Returns all pairs of a proto path and a Rust path, sorted by proto path.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.paths.iter().map(|(proto, rust)| (proto.as_str(), rust.as_str()))
    }

    /// Returns the Rust path of a type that is not generated; `None` for a generated type.
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

    /// Returns `true` if a type is not generated.
    pub(crate) fn covers(&self, full_name: &str) -> bool {
        self.paths.contains_key(full_name) || self.prefix(full_name).is_some()
    }

    /// Returns `true` for the types of prost-types, and for the Rust types that prost uses for wrappers and `Empty`.
    pub(crate) fn is_of_prost(&self, full_name: &str) -> bool {
        full_name.starts_with(".google.protobuf.")
            && self.resolve(full_name).is_some_and(|rust| {
                rust.starts_with("::prost_types::") || WELL_KNOWN_TYPES.contains(&(full_name, rust.as_str()))
            })
    }

    /// Returns `true` if no type of a package is generated. The package has no leading dot.
    pub(crate) fn covers_package(&self, package: &str) -> bool {
        self.covers(&format!(".{package}"))
    }

    /// Returns the length of the longest prefix with a Rust path, and that path.
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
    fn resolve_uses_longest_prefix() {
        let pairs = [(".a".to_owned(), "crate::x".to_owned()), (".a.b.C".to_owned(), "::y::C2".to_owned())];
        let paths = ExternPaths::new(&pairs, false);
        for (proto, rust) in [
            (".a.b.C", Some("::y::C2")),
            (".a.b.C.Inner", Some("::y::C2::Inner")),
            (".a.b.C.Inner.Leaf", Some("::y::C2::inner::Leaf")),
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
    fn is_of_prost_is_false_for_types_of_user() {
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
