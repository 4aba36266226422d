//! Second pass: the table of all messages and enums by full name.
//!
//! Ids are given here, in the order in which [`super::messages`] builds the nodes: a file's messages before its enums,
//! each message before what it holds.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::structure::children;
use crate::descriptor::Message;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin};
use crate::model::{EnumId, MessageId, TypeId};
use crate::request::RequestFile;

/// All types of the request.
#[derive(Debug, Default)]
pub(crate) struct TypeTable {
    by_name: HashMap<String, TypeId>,
    /// The ids of the first message and the first enum of each file.
    pub(super) first: Vec<(MessageId, EnumId)>,
    messages: usize,
    enums: usize,
}

impl TypeTable {
    /// The type with this full name, leading dot included.
    pub(crate) fn get(&self, full_name: &str) -> Option<TypeId> {
        self.by_name.get(full_name).copied()
    }
}

/// The full name of a top-level element of a package, with its leading dot.
pub(super) fn join(scope: &str, name: &str) -> String {
    format!("{scope}.{name}")
}

/// The scope of a file's top level: a dot and the package, or nothing.
pub(super) fn scope(package: &str) -> String {
    if package.is_empty() { String::new() } else { format!(".{package}") }
}

/// Gives every type its id.
pub(super) fn collect(files: &[RequestFile], diagnostics: &mut Diagnostics) -> TypeTable {
    let mut collector = Collector { table: TypeTable::default(), diagnostics };
    for (index, RequestFile { descriptor: file, .. }) in files.iter().enumerate() {
        let origin = Origin { file: index, path: Vec::new() };
        let first = (MessageId(collector.table.messages), EnumId(collector.table.enums));
        collector.table.first.push(first);
        let scope = scope(file.package());
        for (index, message) in children(&file.message_type) {
            collector.message(&scope, message, &origin.child(&[4, index]));
        }
        for (index, r#enum) in children(&file.enum_type) {
            collector.r#enum(&scope, r#enum.name(), &origin.child(&[5, index]));
        }
    }
    collector.table
}

struct Collector<'a> {
    table: TypeTable,
    diagnostics: &'a mut Diagnostics,
}

impl Collector<'_> {
    fn message(&mut self, scope: &str, message: &Message, origin: &Origin) {
        let full_name = join(scope, message.name());
        self.insert(full_name.clone(), TypeId::Message(MessageId(self.table.messages)), origin);
        self.table.messages += 1;
        for (index, nested) in children(&message.nested_type) {
            self.message(&full_name, nested, &origin.child(&[3, index]));
        }
        for (index, r#enum) in children(&message.enum_type) {
            self.r#enum(&full_name, r#enum.name(), &origin.child(&[4, index]));
        }
    }

    fn r#enum(&mut self, scope: &str, name: &str, origin: &Origin) {
        self.insert(join(scope, name), TypeId::Enum(EnumId(self.table.enums)), origin);
        self.table.enums += 1;
    }

    fn insert(&mut self, full_name: String, id: TypeId, origin: &Origin) {
        match self.table.by_name.entry(full_name) {
            Entry::Vacant(vacant) => {
                vacant.insert(id);
            }
            Entry::Occupied(occupied) => {
                self.diagnostics.error(Diagnostic::at(origin, format!("type `{}` is declared twice", occupied.key())))
            }
        }
    }
}
