//! Import scope: the files to generate in addition to the listed files.

use std::collections::{HashMap, HashSet};

use prost::Message;

use super::descriptor_set::{DescriptorSet, File, ImportKinds};
use super::message::CompilerMessage;

/// Imported files that are generated too.
///
/// Well-known types (`google/protobuf/*`) are generated only with the option `compile_well_known_types`. Otherwise they
/// are the types of `prost_types`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ImportScope {
    /// Only the listed files, as with protoc and buf.
    #[default]
    Listed,
    /// The listed files, and the imported files whose messages and enums they use as types. A file that is imported
    /// only for options, such as `google/api/annotations.proto`, is not generated.
    TypesUsed,
    /// The listed files and all their imports, as with `include_imports` of buf.
    AllImports,
}

/// Returns the names of the files in scope: `listed` first, in that order, then the imports, each after its own
/// imports.
pub(super) fn files(
    set: &DescriptorSet,
    listed: Vec<String>,
    scope: ImportScope,
) -> Result<Vec<String>, Vec<CompilerMessage>> {
    let is_well_known = |name: &str| name.starts_with("google/protobuf/");
    let listed_well_known: Vec<String> = listed.iter().filter(|name| is_well_known(name)).cloned().collect();
    let mut files = all_files(set, listed, scope)?;
    files.retain(|name| !is_well_known(name) || listed_well_known.contains(name));
    Ok(files)
}

/// Returns the files of [`files`], and the well-known types in scope.
pub(super) fn all_files(
    set: &DescriptorSet,
    listed: Vec<String>,
    scope: ImportScope,
) -> Result<Vec<String>, Vec<CompilerMessage>> {
    let added: Vec<String> = match scope {
        ImportScope::Listed => return Ok(listed),
        ImportScope::AllImports => {
            set.closure(&listed, ImportKinds::Types).into_iter().map(|file| file.name.clone()).collect()
        }
        ImportScope::TypesUsed => {
            let used = types_used(set, &listed).map_err(|diagnostic| vec![diagnostic])?;
            set.files().iter().filter(|file| used.contains(file.name.as_str())).map(|file| file.name.clone()).collect()
        }
    };
    let already: HashSet<String> = listed.iter().cloned().collect();
    let mut files = listed;
    files.extend(added.into_iter().filter(|name| !already.contains(name)));
    Ok(files)
}

/// Returns the files of all types that the files `listed` use, directly or indirectly.
fn types_used<'a>(set: &'a DescriptorSet, listed: &[String]) -> Result<HashSet<&'a str>, CompilerMessage> {
    let mut home: HashMap<String, &'a str> = HashMap::new();
    let mut uses: HashMap<&'a str, Vec<String>> = HashMap::new();
    for file in set.closure(listed, ImportKinds::Types) {
        let types = Types::collect(file)?;
        for name in types.defined {
            home.insert(name, &file.name);
        }
        uses.insert(&file.name, types.used);
    }
    let mut found: HashSet<&'a str> = HashSet::new();
    let mut pending: Vec<&'a str> =
        listed.iter().filter_map(|name| set.get(name)).map(|file| file.name.as_str()).collect();
    while let Some(file) = pending.pop() {
        if found.insert(file) {
            let used = uses.get(file).into_iter().flatten();
            pending.extend(used.filter_map(|name| home.get(name).copied()));
        }
    }
    Ok(found)
}

/// Full names of the types in a file, such as `.shop.v1.Order`.
struct Types {
    defined: Vec<String>,
    used: Vec<String>,
}

impl Types {
    fn collect(file: &File) -> Result<Self, CompilerMessage> {
        let decoded = wire::File::decode(file.raw.clone()).map_err(|error| {
            let message = format!("the descriptor is not valid: {error}");
            CompilerMessage::error(message).at(file.name.clone(), None)
        })?;
        let mut types = Self { defined: Vec::new(), used: Vec::new() };
        let scope = match decoded.package.as_str() {
            "" => String::new(),
            package => format!(".{package}"),
        };
        for item in &decoded.enum_type {
            types.defined.push(format!("{scope}.{}", item.name));
        }
        for message in decoded.message_type {
            types.visit(message, &scope);
        }
        for method in decoded.service.into_iter().flat_map(|item| item.method) {
            types.used.extend([method.input_type, method.output_type]);
        }
        Ok(types)
    }

    /// Adds the types in a message. The recursion is bounded, because prost's decoder limits the nesting.
    fn visit(&mut self, message: wire::Message, scope: &str) {
        let name = format!("{scope}.{}", message.name);
        for item in &message.enum_type {
            self.defined.push(format!("{name}.{}", item.name));
        }
        let fields = message.field.into_iter().map(|field| field.type_name);
        self.used.extend(fields.filter(|name| !name.is_empty()));
        for nested in message.nested_type {
            self.visit(nested, &name);
        }
        self.defined.push(name);
    }
}

/// Messages of `google/protobuf/descriptor.proto`, with the fields that contain names of types.
mod wire {
    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct File {
        #[prost(string, tag = "2")]
        pub(super) package: String,
        #[prost(message, repeated, tag = "4")]
        pub(super) message_type: Vec<Message>,
        #[prost(message, repeated, tag = "5")]
        pub(super) enum_type: Vec<Enum>,
        #[prost(message, repeated, tag = "6")]
        pub(super) service: Vec<Service>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Message {
        #[prost(string, tag = "1")]
        pub(super) name: String,
        #[prost(message, repeated, tag = "2")]
        pub(super) field: Vec<Field>,
        #[prost(message, repeated, tag = "3")]
        pub(super) nested_type: Vec<Message>,
        #[prost(message, repeated, tag = "4")]
        pub(super) enum_type: Vec<Enum>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Field {
        #[prost(string, tag = "6")]
        pub(super) type_name: String,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Enum {
        #[prost(string, tag = "1")]
        pub(super) name: String,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Service {
        #[prost(message, repeated, tag = "2")]
        pub(super) method: Vec<Method>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Method {
        #[prost(string, tag = "2")]
        pub(super) input_type: String,
        #[prost(string, tag = "3")]
        pub(super) output_type: String,
    }
}
