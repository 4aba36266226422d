//! One package, one file: header, messages, their fields, services, descriptor set.

use std::fmt::Write as _;

use super::{client, descriptor_set, fields, messages, server};
use crate::model::{Model, Package};
use crate::options::Options;
use crate::response::{HEADER, OutputFile};

/// Writes the file of one package.
pub(super) fn emit(model: &Model, options: &Options, plan: &messages::Plan, package: &Package) -> OutputFile {
    let mut content = header(model, package);
    if options.messages {
        messages::emit(model, options, plan, package, &mut content);
    }
    let services: Vec<_> = package
        .files
        .iter()
        .flat_map(|&file| &model.file(file).services)
        .map(|&index| &model.services[index])
        .collect();
    let has_services = !services.is_empty() && (options.server || options.client);
    if has_services || package.describes() {
        content.push_str(HANDSHAKE);
    }
    fields::emit(model, options, package, &mut content);
    for service in services {
        if options.server {
            server::emit(model, options, package, service, &mut content);
        }
        if options.client {
            client::emit(model, options, package, service, &mut content);
        }
    }
    if options.descriptor_set {
        descriptor_set::emit(model, package, &mut content);
    }
    OutputFile { name: package.file_name(&options.default_package_filename), content }
}

/// Fails to compile, with the remedy in the error, where generator and runtime do not belong together.
const HANDSHAKE: &str = concat!(
    "\n// The runtime and the generator of this file must have the same version up to the minor one.\n",
    "const _: () = ::transom::__private::generated_by(",
    env!("CARGO_PKG_VERSION_MAJOR"),
    ", ",
    env!("CARGO_PKG_VERSION_MINOR"),
    ");\n",
);

fn header(model: &Model, package: &Package) -> String {
    let mut text = HEADER.to_owned();
    for &file in &package.files {
        let _ = writeln!(text, "// source: {}", model.file(file).name);
    }
    text
}
