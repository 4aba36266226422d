//! Types of `google/protobuf/*.proto` that nobody generates.
//!
//! prost-types 0.14 has the types of an older `descriptor.proto` and none of the features of languages (`package pb`).
//! A path to another one of them would not compile.

use crate::diagnostic::{Diagnostic, Diagnostics, Origin};
use crate::model::{FieldType, Message, MessageId, MessageKind, Model, Package, SourceFile, TypeId};
use crate::options::Options;

/// The folder of the well-known types, which are generated only with `compile_well_known_types`.
pub(in crate::resolve) const FOLDER: &str = "google/protobuf/";

/// The path of prost-types in generated code.
const PROST_TYPES: &str = "::prost_types::";

/// The types of prost-types 0.14, sorted.
const PRESENT: [&str; 58] = [
    "Any",
    "Api",
    "DescriptorProto",
    "Duration",
    "Enum",
    "EnumDescriptorProto",
    "EnumOptions",
    "EnumValue",
    "EnumValueDescriptorProto",
    "EnumValueOptions",
    "ExtensionRangeOptions",
    "Field",
    "FieldDescriptorProto",
    "FieldMask",
    "FieldOptions",
    "FileDescriptorProto",
    "FileDescriptorSet",
    "FileOptions",
    "GeneratedCodeInfo",
    "ListValue",
    "MessageOptions",
    "Method",
    "MethodDescriptorProto",
    "MethodOptions",
    "Mixin",
    "NullValue",
    "OneofDescriptorProto",
    "OneofOptions",
    "Option",
    "ServiceDescriptorProto",
    "ServiceOptions",
    "SourceCodeInfo",
    "SourceContext",
    "Struct",
    "Syntax",
    "Timestamp",
    "Type",
    "UninterpretedOption",
    "Value",
    "compiler::CodeGeneratorRequest",
    "compiler::CodeGeneratorResponse",
    "compiler::Version",
    "compiler::code_generator_response::Feature",
    "compiler::code_generator_response::File",
    "descriptor_proto::ExtensionRange",
    "descriptor_proto::ReservedRange",
    "enum_descriptor_proto::EnumReservedRange",
    "field::Cardinality",
    "field::Kind",
    "field_descriptor_proto::Label",
    "field_descriptor_proto::Type",
    "field_options::CType",
    "field_options::JsType",
    "file_options::OptimizeMode",
    "generated_code_info::Annotation",
    "method_options::IdempotencyLevel",
    "source_code_info::Location",
    "uninterpreted_option::NamePart",
];

/// Reports every field and method of the files to write whose type is missing.
pub(super) fn check(model: &Model, options: &Options, diagnostics: &mut Diagnostics) {
    let checker = Checker { model, options };
    for package in &model.packages {
        let described = package.described.iter().filter(|_| !options.messages).chain(&package.foreign);
        let messages = written(model, options, package).chain(described.map(|&id| model.message(id)));
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

/// The messages of a package whose structs its file holds.
fn written<'a>(model: &'a Model, options: &'a Options, package: &'a Package) -> impl Iterator<Item = &'a Message> {
    let files = package.files.iter().filter(|_| options.messages);
    let top_level = files.flat_map(|&file| model.file(file).messages.iter().copied());
    let mut open: Vec<MessageId> = top_level.collect();
    std::iter::from_fn(move || {
        let message = model.message(open.pop()?);
        open.extend(&message.messages);
        Some(message)
    })
    .filter(|message| !options.extern_paths().covers(&message.full_name))
}

struct Checker<'a> {
    model: &'a Model,
    options: &'a Options,
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
        let full_name = self.model.full_name(id);
        let file = match id {
            TypeId::Message(id) => self.model.message(id).origin.file,
            TypeId::Enum(id) => self.model.r#enum(id).origin.file,
        };
        let file = &self.model.files[file];
        if !self.is_missing(file, full_name) {
            return;
        }
        let full_name = full_name.trim_start_matches('.');
        let text = format!("{} has the type `{full_name}`, which prost-types does not have", what());
        let help = format!(
            "set `compile_well_known_types=true` to generate it from `{}`, or name a Rust type with \
             `extern_path=.{full_name}=...`",
            file.name,
        );
        diagnostics.error(Diagnostic::at(origin, text).help(help));
    }

    /// Whether the path of a type leads nowhere.
    fn is_missing(&self, file: &SourceFile, full_name: &str) -> bool {
        if self.options.compile_well_known_types || !file.name.starts_with(FOLDER) {
            return false;
        }
        match self.options.extern_paths().resolve(full_name) {
            Some(path) => path.strip_prefix(PROST_TYPES).is_some_and(|name| PRESENT.binary_search(&name).is_err()),
            None => file.home.is_none(),
        }
    }
}
