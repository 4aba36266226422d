//! Twelfth pass: check that the module tree of `include_file` has all packages that it refers to.
//!
//! The tree is one file, so it is complete only if one run generates all of its packages. With buf's `strategy:
//! directory` there is a run for each folder. buf keeps the tree of one run, drops the others and succeeds. A run sees
//! its own files and their imports, so two signs are reliable:
//!
//! - The tree's packages use a type of a file that is not generated. Its Rust path would lead out of the tree. The type
//!   must be generated too, or `extern_path` must say where it is.
//! - A file belongs to a package of the tree, is in another folder than the package's files to generate, and is not
//!   generated. The run of that folder writes a file of the same name. Files that extend options may stay out: nothing
//!   of them is used at run time.
//!
//! A run for a folder that no other folder's files import cannot be distinguished from a complete run, and passes.
//!
//! With `messages=false` types come from another generator, so only the second sign counts.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::layout::{Layout, Owner, is_extern_package};
use crate::model::{FieldType, FileId, Message, MessageId, MessageKind, Model, TypeId};
use crate::options::Options;
use crate::request::{RequestFile, Role};

/// Maximum number of files that an error names.
const MAX_NAMED: usize = 5;

/// Reports the files that the tree lacks.
pub(super) fn check(
    files: &[RequestFile],
    options: &Options,
    model: &Model,
    layout: &Layout,
    diagnostics: &mut Diagnostics,
) {
    let Some(tree) = &options.include_file else { return };
    let mut missing = elsewhere(files, options, model);
    if options.messages {
        missing.extend(used(options, model, layout));
    }
    if missing.is_empty() {
        return;
    }
    let mut by_package: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in missing {
        let file = model.file(file);
        by_package.entry(&file.package).or_default().push(&file.name);
    }
    for (package, mut files) in by_package {
        files.sort_unstable();
        let more = files.len().saturating_sub(MAX_NAMED);
        let mut names = files.iter().take(MAX_NAMED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        if more > 0 {
            names.push_str(&format!(" and {more} more"));
        }
        let package = if package.is_empty() { "no package".to_owned() } else { format!("package `{package}`") };
        let text =
            format!("`{tree}` would be incomplete: it needs {names} of {package}, which this run does not generate");
        let help = "with buf, set `strategy: all`, and `include_imports: true` for imports; with protoc, list the file; \
                    or say with `extern_path` where its Rust types are";
        diagnostics.error(Diagnostic::option(text).help(help));
    }
}

/// The files of the tree's packages that another folder's run generates.
fn elsewhere(files: &[RequestFile], options: &Options, model: &Model) -> BTreeSet<FileId> {
    let folder = |id: FileId| model.file(id).name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folders: HashMap<&str, HashSet<&str>> = model
        .packages
        .iter()
        .map(|package| (package.name.as_str(), package.files.iter().map(|&id| folder(id)).collect()))
        .collect();
    let is_elsewhere = |(index, RequestFile { descriptor: file, role, .. }): &(usize, &RequestFile)| {
        let has_items = !(file.message_type.is_empty() && file.enum_type.is_empty() && file.service.is_empty());
        *role == Role::Import
            && has_items
            && file.extension.is_empty()
            && folders.get(file.package()).is_some_and(|folders| !folders.contains(folder(FileId(*index))))
            && !is_extern_package(options, file.package())
    };
    files.iter().enumerate().filter(is_elsewhere).map(|(index, _)| FileId(index)).collect()
}

/// The files that are not generated, of types that generated messages and services use.
fn used(options: &Options, model: &Model, layout: &Layout) -> BTreeSet<FileId> {
    let mut used = BTreeSet::new();
    let mut add = |id: TypeId| {
        // Each use of a missing well-known type is an error of its own.
        if *layout.owner(id) == Owner::OtherRun && !layout.is_missing(id) {
            used.insert(model.type_file_id(id));
        }
    };
    let is_generated = |&(id, message): &(MessageId, &Message)| {
        model.file_of(message).home.is_some()
            && (message.kind == MessageKind::MapEntry || !layout.is_extern(TypeId::Message(id)))
    };
    for (_, message) in model.message_ids().filter(is_generated) {
        for field in &message.fields {
            match field.r#type {
                FieldType::Message(id, _) => add(TypeId::Message(id)),
                FieldType::Enum(id) => add(TypeId::Enum(id)),
                FieldType::Scalar(_) => {}
            }
        }
    }
    if options.server || options.client {
        for method in model.services.iter().flat_map(|service| &service.methods) {
            for id in [method.input, method.output] {
                add(TypeId::Message(id));
            }
        }
    }
    used
}
