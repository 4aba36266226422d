//! Packages, and the files that they are made of.

use crate::name::unraw;

use super::{CustomOption, EnumId, FileId, MessageId, PackageId};

/// A proto package: one file of output.
#[derive(Debug, Clone, Default)]
pub(crate) struct Package {
    /// As written; empty for files without a package.
    pub(crate) name: String,
    /// The Rust modules it is placed in, for example `["ecommerce", "v1"]`.
    pub(crate) modules: Vec<String>,
    /// Its files to generate, in the order of their names.
    pub(crate) files: Vec<FileId>,
}

impl SourceFile {
    /// Returns `true` for the files of the well-known types, which are generated only with `compile_well_known_types`.
    pub(crate) fn is_well_known(&self) -> bool {
        self.name.starts_with("google/protobuf/")
    }
}

impl Package {
    /// The name of its output; `default` stands for the modules of protos without a package. Keywords are not escaped
    /// in it.
    pub(crate) fn file_name(&self, default: &str) -> String {
        if self.modules.is_empty() {
            return format!("{default}.rs");
        }
        let parts: Vec<&str> = self.modules.iter().map(|module| unraw(module)).collect();
        format!("{}.rs", parts.join("."))
    }
}

/// A file of the request.
#[derive(Debug, Clone)]
pub(crate) struct SourceFile {
    /// Relative to its include directory: `ecommerce/v1/user.proto`.
    pub(crate) name: String,
    /// As written; empty for none.
    pub(crate) package: String,
    /// Package that generates the file; `None` for files that are only imported.
    pub(crate) home: Option<PackageId>,
    /// Its imports.
    pub(crate) imports: Vec<FileId>,
    /// The messages that stand at its top level.
    pub(crate) messages: Vec<MessageId>,
    /// The enums that stand at its top level.
    pub(crate) enums: Vec<EnumId>,
    /// Positions in [`super::Model::services`]; none for files that are only imported.
    pub(crate) services: Vec<usize>,
    /// Annotations of the file.
    pub(crate) options: Vec<CustomOption>,
    /// The file's own bytes, for descriptor sets.
    pub(crate) encoded: bytes::Bytes,
}
