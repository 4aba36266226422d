//! Owner of a Rust type: a package of this run, another run, or an external path.

use super::well_known;
use crate::model::{Model, PackageId, TypeId};
use crate::options::Options;

/// Scope of the well-known types.
pub(super) const WELL_KNOWN_SCOPE: &str = ".google.protobuf.";

/// Owner of a Rust type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The file of a package of this run contains the type, or with `messages=false` the module that the file belongs to.
    Package(PackageId),
    /// Another run generates the type, in the module of the type's package.
    OtherRun,
    /// The type exists already.
    Extern(ExternType),
}

/// Rust type that is not generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExternType {
    /// Absolute path.
    pub(crate) path: Box<str>,
    /// Whether prost provides the type: a type of prost-types, or the scalar of a wrapper.
    pub(crate) is_from_prost: bool,
    /// Whether `extern_fields` declares the type to be prost's struct or enum of the proto.
    pub(crate) has_fields: bool,
    /// Whether `extern_derives` declares that the type implements the traits that prost derives.
    pub(crate) has_derives: bool,
}

/// Rust side of a message or an enum, apart from its fields.
#[derive(Debug)]
pub(super) struct TypeLayout {
    pub(super) owner: Owner,
    /// Whether prost-types lacks the type and no option provides another type.
    pub(super) is_missing: bool,
}

impl TypeLayout {
    pub(super) fn new(model: &Model, options: &Options, id: TypeId) -> Self {
        let (full_name, file) = (model.full_name(id), model.type_file(id));
        let owner = match (options.extern_paths().resolve(full_name), file.home) {
            (Some(path), _) => Owner::Extern(ExternType {
                path: path.into(),
                is_from_prost: options.extern_paths().is_of_prost(full_name),
                has_fields: options.has_extern_fields(full_name),
                has_derives: options.has_extern_derives(full_name),
            }),
            (None, Some(package)) => Owner::Package(package),
            (None, None) => Owner::OtherRun,
        };
        let is_missing = !options.compile_well_known_types
            && file.is_well_known()
            && match &owner {
                Owner::Extern(r#type) => well_known::is_absent(&r#type.path),
                Owner::OtherRun => true,
                Owner::Package(_) => false,
            };
        Self { owner, is_missing }
    }

    /// Returns `true` for the path of prost-types' `FieldMask`.
    pub(super) fn is_prost_field_mask(&self) -> bool {
        matches!(&self.owner, Owner::Extern(r#type) if &*r#type.path == "::prost_types::FieldMask")
    }
}

/// Returns `true` if `extern_path` or prost-types provides all types of a package, whose name has no leading dot.
pub(crate) fn is_extern_package(options: &Options, package: &str) -> bool {
    options.extern_paths().covers_package(package)
}
