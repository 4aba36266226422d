//! Which files get code made for them, beyond the ones that are listed.

use std::collections::{HashMap, HashSet};

use prost::Message;

use super::descriptor_set::{DescriptorSet, File, Imports};
use super::diagnostic::Diagnostic;

/// How far generation reaches into imports.
///
/// Well-known types (`google/protobuf/*`) are added only when the option `compile_well_known_types`
/// asks for them: otherwise they are those of `prost_types`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Only the files that are listed, as a plugin run by protoc or buf does.
    #[default]
    Listed,
    /// The listed files, and the imported ones whose messages and enums they use as types. A file
    /// that is imported for its options alone, such as `google/api/annotations.proto`, stays out.
    TypesUsed,
    /// The listed files, and all that they import, as buf does with `include_imports`.
    AllImports,
}

/// The names of the files in scope: `listed` first, as listed, then the added ones, each after its
/// imports.
pub(super) fn files(set: &DescriptorSet, listed: Vec<String>, scope: Scope) -> Result<Vec<String>, Vec<Diagnostic>> {
    let is_well_known = |name: &str| name.starts_with("google/protobuf/");
    let listed_well_known: Vec<String> = listed.iter().filter(|name| is_well_known(name)).cloned().collect();
    let mut files = all_files(set, listed, scope)?;
    files.retain(|name| !is_well_known(name) || listed_well_known.contains(name));
    Ok(files)
}

/// As [`files`], and the well-known types that are in scope.
pub(super) fn all_files(
    set: &DescriptorSet,
    listed: Vec<String>,
    scope: Scope,
) -> Result<Vec<String>, Vec<Diagnostic>> {
    let added: Vec<String> = match scope {
        Scope::Listed => return Ok(listed),
        Scope::AllImports => set.closure(&listed, Imports::OfTypes).into_iter().map(|file| file.name.clone()).collect(),
        Scope::TypesUsed => {
            let used = types_used(set, &listed).map_err(|diagnostic| vec![diagnostic])?;
            set.files().iter().filter(|file| used.contains(file.name.as_str())).map(|file| file.name.clone()).collect()
        }
    };
    let already: HashSet<String> = listed.iter().cloned().collect();
    let mut files = listed;
    files.extend(added.into_iter().filter(|name| !already.contains(name)));
    Ok(files)
}

/// The files of the types that the files `listed` mention, and of those that these mention.
fn types_used<'a>(set: &'a DescriptorSet, listed: &[String]) -> Result<HashSet<&'a str>, Diagnostic> {
    let mut home: HashMap<String, &'a str> = HashMap::new();
    let mut uses: HashMap<&'a str, Vec<String>> = HashMap::new();
    for file in set.closure(listed, Imports::OfTypes) {
        let types = Types::of(file)?;
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

/// The fully qualified names (`.shop.v1.Order`) in a file.
struct Types {
    defined: Vec<String>,
    used: Vec<String>,
}

impl Types {
    fn of(file: &File) -> Result<Self, Diagnostic> {
        let decoded = wire::File::decode(file.raw.clone()).map_err(|error| {
            let message = format!("the descriptor is not valid: {error}");
            Diagnostic::error(message).at(file.name.clone(), None)
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

    /// prost's decoder bounds the nesting, so recursion is safe.
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

/// The messages of `google/protobuf/descriptor.proto`, as far as they name types.
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
