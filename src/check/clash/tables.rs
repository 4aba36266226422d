//! The names that describing fields brings: a constant for each field, and modules with types for foreign messages.

use std::collections::{BTreeMap, HashSet};

use super::scope::Scope;
use crate::capability::FieldTables;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin};
use crate::model::{Message, Model, Package, Shape};
use crate::name::{FOREIGN_FIELDS, constant, proxy_type};

/// Checks what a package describes; `types` is the scope of its types and modules.
pub(super) fn check(
    model: &Model,
    package: &Package,
    tables: &FieldTables,
    types: &mut Scope,
    diagnostics: &mut Diagnostics,
) {
    for &id in &tables.own {
        constants(model.message(id), Struct::Own, diagnostics);
    }
    if let Some(first) = package.files.first().filter(|_| !tables.foreign.is_empty()) {
        let origin = Origin { file: first.0, path: vec![2] };
        types.add(FOREIGN_FIELDS.to_owned(), "the module of the fields of foreign messages", &origin, diagnostics);
        for &id in &tables.foreign {
            constants(model.message(id), Struct::Foreign, diagnostics);
        }
        proxy_types(model, tables, diagnostics);
    }
}

/// Whose names have been checked already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Struct {
    /// Constants of its fields, and of the variants of each oneof.
    Own,
    /// None.
    Foreign,
}

fn constants(message: &Message, r#struct: Struct, diagnostics: &mut Diagnostics) {
    let mut constants = Scope::new("constant");
    let mut reported = HashSet::new();
    for field in &message.fields {
        let constant = constant(&field.name.proto);
        let scope = match field.shape {
            Shape::Oneof(position) => Some(position),
            _ => None,
        };
        // Two of one scope clash there too, and one cause is reported once.
        if reported.insert((scope, constant.clone())) || r#struct == Struct::Foreign {
            let what = format!("field `{}`", field.name.proto);
            constants.add(constant, &what, &message.field_origin(field), diagnostics);
        }
    }
}

/// Two names in the protos can be one in Rust, and a type can have the name of a module.
fn proxy_types(model: &Model, tables: &FieldTables, diagnostics: &mut Diagnostics) {
    let mut scopes: BTreeMap<Vec<String>, Scope> = BTreeMap::new();
    let paths: Vec<_> = tables.foreign.iter().map(|&id| (proxy_type(&model.message(id).full_name), id)).collect();
    for ((modules, name), id) in &paths {
        let message = model.message(*id);
        let scope = scopes.entry(modules.clone()).or_insert_with(|| Scope::new("type or module"));
        scope.add(name.clone(), &what(message), &message.origin, diagnostics);
    }
    for ((modules, name), id) in &paths {
        let mut module = modules.clone();
        module.push(name.clone());
        if scopes.range(module.clone()..).next().is_some_and(|(inner, _)| inner.starts_with(&module)) {
            let message = model.message(*id);
            let text = format!("{} and a module for foreign messages both become `{name}`", what(message));
            diagnostics.error(Diagnostic::at(&message.origin, text).help("rename one of them in the proto"));
        }
    }
}

fn what(message: &Message) -> String {
    format!("message `{}`", message.full_name.trim_start_matches('.'))
}
