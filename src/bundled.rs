//! The proto files that everybody imports and nobody wants to vendor, as text.
//!
//! They are Transom's own declarations, wire-compatible with the originals: names, numbers, types
//! and extension numbers are the same, so options written against them mean the same. The rules'
//! implementations inside `buf/validate/validate.proto` are left out; see the header of that file.
//!
//! The well-known types (`google/protobuf/*`) are not here: every compiler brings its own.

/// A bundled file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bundled {
    /// What an `import` calls it.
    pub(crate) name: &'static str,
    /// Its source.
    pub(crate) source: &'static str,
}

/// The bundled file that imports call `name`.
pub(crate) fn find(name: &str) -> Option<&'static Bundled> {
    let at = FILES.binary_search_by(|file| file.name.cmp(name)).ok()?;
    FILES.get(at)
}

/// Whether `name` is a file that is there to be imported: a bundled one, or a well-known type.
pub(crate) fn is_common_import(name: &str) -> bool {
    name.starts_with("google/protobuf/") || find(name).is_some()
}

/// Every bundled file, sorted by name.
pub(crate) const FILES: &[Bundled] = &[];
