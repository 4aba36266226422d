//! Well-known types that prost-types lacks. A path to such a type would not compile.

use crate::capability::Plans;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin};
use crate::layout::Layout;
use crate::model::{FieldType, Message, MessageId, MessageKind, Model, Package, PackageId, TypeId};
use crate::options::Options;

/// Reports the fields and methods in the output whose type is missing.
pub(super) fn check(model: &Model, layout: &Layout, plans: &Plans, options: &Options, diagnostics: &mut Diagnostics) {
    let checker = Checker { model, layout };
    for (index, package) in model.packages.iter().enumerate() {
        let tables = plans.tables.package(PackageId(index));
        let described = tables.own.iter().filter(|_| !options.messages).chain(&tables.foreign);
        let messages = written(model, layout, options, package).chain(described.map(|&id| model.message(id)));
        for message in messages.filter(|message| message.kind == MessageKind::Plain) {
            for field in &message.fields {
                let what = || format!("field `{}`", field.name.proto);
                checker.r#type(model.value_type(field), what, &message.field_origin(field), diagnostics);
            }
        }
        if !options.server && !options.client {
            continue;
        }
        for service in package.files.iter().flat_map(|&file| &model.file(file).services) {
            let service = &model.services[*service];
            for method in &service.methods {
                let what = || format!("method `{}`", method.name.proto);
                for id in [method.input, method.output] {
                    checker.target(TypeId::Message(id), what, &service.method_origin(method), diagnostics);
                }
            }
        }
    }
}

/// Messages whose structs are in the file of a package.
fn written<'a>(
    model: &'a Model,
    layout: &'a Layout,
    options: &'a Options,
    package: &'a Package,
) -> impl Iterator<Item = &'a Message> {
    let files = package.files.iter().filter(|_| options.messages);
    let top_level = files.flat_map(|&file| model.file(file).messages.iter().copied());
    let mut open: Vec<MessageId> = top_level.collect();
    std::iter::from_fn(move || {
        let id = open.pop()?;
        open.extend(&model.message(id).messages);
        Some(id)
    })
    .filter(|&id| !layout.is_extern(TypeId::Message(id)))
    .map(|id| model.message(id))
}

struct Checker<'a> {
    model: &'a Model,
    layout: &'a Layout,
}

impl Checker<'_> {
    fn r#type(&self, r#type: FieldType, what: impl Fn() -> String, origin: &Origin, diagnostics: &mut Diagnostics) {
        let id = match r#type {
            FieldType::Scalar(_) => return,
            FieldType::Enum(id) => TypeId::Enum(id),
            FieldType::Message(id, _) => TypeId::Message(id),
        };
        self.target(id, what, origin, diagnostics);
    }

    fn target(&self, id: TypeId, what: impl Fn() -> String, origin: &Origin, diagnostics: &mut Diagnostics) {
        if !self.layout.is_missing(id) {
            return;
        }
        let full_name = self.model.full_name(id).trim_start_matches('.');
        let text = format!("{} has the type `{full_name}`, which prost-types does not have", what());
        let help = format!(
            "set `compile_well_known_types=true` to generate it from `{}`, or name a Rust type with \
             `extern_path=.{full_name}=...`",
            self.model.type_file(id).name,
        );
        diagnostics.error(Diagnostic::at(origin, text).help(help));
    }
}
