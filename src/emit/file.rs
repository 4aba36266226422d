//! One package, one file: header, messages, their fields, services, descriptor set.

use std::fmt::Write as _;

use super::context::Context;
use super::{client, descriptor_set, fields, messages, server, type_names};
use crate::model::{Model, Package};
use crate::response::OutputFile;
use crate::text::header::HEADER;

/// Writes the file of one package.
pub(super) fn emit(context: &Context<'_>, prost: &messages::ProstSettings) -> OutputFile {
    let Context { model, options, package, .. } = *context;
    let mut content = header(model, package);
    if options.messages {
        messages::emit(context, prost, &mut content);
        if options.enable_type_names {
            type_names::emit(context, &mut content);
        }
    }
    let services: Vec<_> = context.services().collect();
    let has_services = !services.is_empty() && (options.server || options.client);
    let capabilities = capabilities(context, has_services);
    if !capabilities.is_empty() {
        content.push_str(HANDSHAKE);
        let _ = writeln!(content, "::transom::__private::requires! {{ {} }}", capabilities.join(", "));
    }
    fields::emit(context, &mut content);
    for service in services {
        if options.server {
            server::emit(context, service, &mut content);
        }
        if options.client {
            client::emit(context, service, &mut content);
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

/// Capabilities of the runtime that the file uses. Each is behind a feature of the runtime.
fn capabilities(context: &Context<'_>, has_services: bool) -> Vec<&'static str> {
    let options = context.options;
    let has_masks = context.plans.has_masks(context.id);
    let has_lists = !context.plans.lists.requests(context.id).is_empty();
    let has_tables = !context.plans.tables.package(context.id).is_empty();
    let capabilities = [
        ("server", has_services && options.server),
        ("client", has_services && options.client),
        ("mask", has_masks),
        ("list", has_lists),
        // Both of them need the fields too.
        ("fields", has_tables && !has_masks && !has_lists),
    ];
    capabilities.into_iter().filter(|(_, is_used)| *is_used).map(|(name, _)| name).collect()
}

fn header(model: &Model, package: &Package) -> String {
    let mut text = HEADER.to_owned();
    for &file in &package.files {
        let _ = writeln!(text, "// source: {}", model.file(file).name);
    }
    text
}
