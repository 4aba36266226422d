//! Fifth pass: files into packages, and packages into Rust modules.

use std::collections::{BTreeMap, HashMap};

use super::attached::custom_options;
use crate::descriptor::{ElementKind, ExtensionRegistry};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin};
use crate::layout::is_extern_package;
use crate::model::{FileId, Model, Package, PackageId, SourceFile};
use crate::name::to_snake;
use crate::options::Options;
use crate::request::{RequestFile, Role};

/// The files of the request with their imports followed.
pub(super) fn files(
    files: &[RequestFile],
    extensions: &ExtensionRegistry,
    diagnostics: &mut Diagnostics,
) -> Vec<SourceFile> {
    let by_name: HashMap<&str, FileId> =
        files.iter().enumerate().map(|(index, file)| (file.descriptor.name(), FileId(index))).collect();
    let mut nodes = Vec::with_capacity(files.len());
    for (index, file) in files.iter().enumerate() {
        let mut imports = Vec::with_capacity(file.descriptor.dependency.len());
        for (position, import) in super::structure::children(&file.descriptor.dependency) {
            match by_name.get(import.as_str()) {
                Some(&id) => imports.push(id),
                None => diagnostics.error(Diagnostic::at(
                    &Origin { file: index, path: vec![3, position] },
                    format!("import {import:?} is not in the request"),
                )),
            }
        }
        nodes.push(SourceFile {
            name: file.descriptor.name().to_owned(),
            package: file.descriptor.package().to_owned(),
            home: None,
            imports,
            messages: Vec::new(),
            enums: Vec::new(),
            services: Vec::new(),
            options: custom_options(&file.descriptor.option_bytes(), ElementKind::File, extensions),
            encoded: file.encoded.clone(),
        });
    }
    nodes
}

/// Groups the files to generate; packages and files are in the order of their names, whatever the request's order.
pub(super) fn resolve(files: &[RequestFile], options: &Options, model: &mut Model, diagnostics: &mut Diagnostics) {
    let mut packages: BTreeMap<&str, Vec<FileId>> = BTreeMap::new();
    for (index, file) in files.iter().enumerate() {
        if file.role == Role::Generate {
            packages.entry(file.descriptor.package()).or_default().push(FileId(index));
        }
    }
    let mut by_modules: HashMap<Vec<String>, (&str, FileId)> = HashMap::new();
    for (name, mut ids) in packages {
        if is_extern_package(options, name) && ids.iter().all(|id| model.file(*id).services.is_empty()) {
            continue;
        }
        ids.sort_by(|left, right| model.file(*left).name.cmp(&model.file(*right).name));
        let modules: Vec<String> = name.split('.').filter(|segment| !segment.is_empty()).map(to_snake).collect();
        if let Some(&first) = ids.first() {
            let place = |file: FileId| Origin { file: file.0, path: vec![2] };
            if modules.iter().any(String::is_empty) {
                let message =
                    format!("a part of package `{name}` has no letter or digit, so there is no Rust module for it");
                diagnostics.error(Diagnostic::at(&place(first), message).help("rename the package"));
            }
            if let Some((other, file)) = by_modules.insert(modules.clone(), (name, first)) {
                diagnostics.error(
                    Diagnostic::at(
                        &place(first),
                        format!("packages `{other}` and `{name}` both become the Rust module `{}`", modules.join("::")),
                    )
                    .related(&place(file), format!("package `{other}` is declared here"))
                    .help("rename one of the packages, or generate them in separate runs"),
                );
            }
        }
        for file in &ids {
            model.files[file.0].home = Some(PackageId(model.packages.len()));
        }
        let name = name.to_owned();
        model.packages.push(Package { name, modules, files: ids });
    }
    check_file_names(options, model, diagnostics);
}

/// Two outputs with one name, where an option brings it about.
fn check_file_names(options: &Options, model: &Model, diagnostics: &mut Diagnostics) {
    let mut names = HashMap::new();
    for package in &model.packages {
        let name = package.file_name(&options.default_package_filename);
        let other = names.insert(name.clone(), package);
        // Two packages of one module have been reported as such.
        if let Some(other) = other.filter(|other| other.name.is_empty() != package.name.is_empty()) {
            let what = |package: &Package| match package.name.as_str() {
                "" => "files without a package".to_owned(),
                name => format!("package `{name}`"),
            };
            diagnostics.error(
                Diagnostic::option(format!("{} and {} both go to `{name}`", what(other), what(package)))
                    .help("choose another `default_package_filename`"),
            );
        }
    }
    let is_taken =
        |name: &&String| names.contains_key(*name) || (options.dump_model && *name == crate::options::DUMP_FILE);
    if let Some(name) = options.include_file.as_ref().filter(is_taken) {
        let message = format!("`include_file={name}` is the name of another output too");
        diagnostics.error(Diagnostic::option(message).help("choose another name, such as mod.rs"));
    }
}
