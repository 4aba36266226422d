//! Packages, and the files that they are made of.

use std::collections::{HashMap, HashSet};

use crate::name::unraw;

use super::{Behaviors, Change, CustomOption, EnumId, FieldId, FileId, MessageId, MethodId, PackageId, Read};

/// A proto package: one file of output.
#[derive(Debug, Clone, Default)]
pub(crate) struct Package {
    /// As written; empty for files without a package.
    pub(crate) name: String,
    /// The Rust modules it is placed in, for example `["ecommerce", "v1"]`.
    pub(crate) modules: Vec<String>,
    /// Its files to generate, in the order of their names.
    pub(crate) files: Vec<FileId>,
    /// Its messages whose fields are described, in source order.
    pub(crate) described: Vec<MessageId>,
    /// The messages of other packages whose fields are described here too, in the order of their names.
    pub(crate) foreign: Vec<MessageId>,
    /// Those of both whose tables treat the messages in them as one value each.
    pub(crate) shallow: HashSet<MessageId>,
    /// All messages that have a table in its file, with the behaviors of the fields that the tables lead to.
    pub(crate) tables: HashMap<MessageId, Behaviors>,
    /// The fields of requests of which a mask of the request selects the parts that count.
    pub(crate) masked: HashSet<(MessageId, FieldId)>,
    /// The domains of errors about its messages.
    pub(crate) domains: Domains,
    /// Its requests that change something, each once, and what they change.
    pub(crate) changes: Vec<(MessageId, Change)>,
    /// Its requests with masks for reading, each once, and what they read.
    pub(crate) reads: Vec<(MessageId, Read)>,
    /// The methods of its services that each of its list requests serves; the first one says the most about the list.
    pub(crate) lists: Vec<Vec<MethodId>>,
}

/// The domains of errors (AIP-193) that the services of a package return.
#[derive(Debug, Clone, Default)]
pub(crate) struct Domains {
    /// The domain of all messages but those below.
    pub(crate) common: String,
    /// The domains of messages, where the services of the package have several.
    pub(crate) of_messages: HashMap<MessageId, String>,
}

impl Domains {
    /// The domain of errors about a message.
    pub(crate) fn get(&self, message: MessageId) -> &str {
        self.of_messages.get(&message).unwrap_or(&self.common)
    }
}

impl SourceFile {
    /// Returns `true` for the files of the well-known types, which are generated only with `compile_well_known_types`.
    pub(crate) fn is_well_known(&self) -> bool {
        self.name.starts_with("google/protobuf/")
    }
}

impl Package {
    /// Whether the fields of any message are described in its file.
    pub(crate) fn describes(&self) -> bool {
        !self.described.is_empty() || !self.foreign.is_empty()
    }

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
    /// Where it is generated; none for files that are only imported.
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
