//! Dump of the model, for `--dump-model` and the option `dump_model`.

use std::fmt::Write as _;

use super::{FieldType, Model, Shape, TypeId};

/// Pass of [`crate::resolve`] that adds to the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pass {
    Files,
    Messages,
    Services,
    Packages,
}

impl Pass {
    fn name(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Messages => "messages",
            Self::Services => "services",
            Self::Packages => "packages",
        }
    }
}

impl Model {
    /// Appends the part of the model that a pass has added.
    pub(crate) fn dump(&self, pass: Pass, text: &mut String) {
        let mut dump = Dump { model: self, text };
        dump.line(
            0,
            &format!(
                "== after {}: {} files, {} packages, {} messages, {} enums, {} services",
                pass.name(),
                self.files.len(),
                self.packages.len(),
                self.messages.len(),
                self.enums.len(),
                self.services.len()
            ),
        );
        match pass {
            Pass::Files => dump.files(),
            Pass::Messages => dump.types(),
            Pass::Services => dump.services(),
            Pass::Packages => dump.packages(),
        }
    }
}

struct Dump<'a> {
    model: &'a Model,
    text: &'a mut String,
}

impl Dump<'_> {
    fn line(&mut self, depth: usize, line: &str) {
        // Writing into a string cannot fail.
        let _ = writeln!(self.text, "{:width$}{line}", "", width = depth * 2);
    }

    fn files(&mut self) {
        for file in &self.model.files {
            let imports: Vec<&str> = file.imports.iter().map(|&id| self.model.file(id).name.as_str()).collect();
            self.line(1, &format!("{} package={:?} imports=[{}]", file.name, file.package, imports.join(", ")));
            self.options(2, &file.options);
        }
    }

    fn types(&mut self) {
        for message in &self.model.messages {
            let deprecated = if message.deprecated { " deprecated" } else { "" };
            let line = format!("message {} {:?}{deprecated} -> {}", message.full_name, message.kind, message.name.rust);
            self.line(1, &line);
            self.options(2, &message.options);
            for field in &message.fields {
                let default = field.default.as_ref().map(|default| format!(" default={default:?}")).unwrap_or_default();
                let behaviors: String =
                    field.behaviors.iter().map(|behavior| format!(" {}", behavior.name())).collect();
                let line = format!(
                    "{} = {}: {} {}{default}{behaviors} json={:?} -> {}",
                    field.name.proto,
                    field.number,
                    self.shape(field.shape),
                    self.field_type(field.r#type),
                    field.json_name,
                    field.name.rust,
                );
                self.line(2, &line);
                self.options(3, &field.options);
            }
            for oneof in &message.oneofs {
                self.line(2, &format!("oneof {} -> {}", oneof.name.proto, oneof.name.rust));
                self.options(3, &oneof.options);
            }
        }
        for extension in &self.model.extensions {
            let extendee = &self.model.message(extension.extendee).full_name;
            let repeated = if extension.is_repeated { "repeated " } else { "" };
            let r#type = self.field_type(extension.r#type);
            self.line(
                1,
                &format!("extension {} = {} of {extendee}: {repeated}{type}", extension.full_name, extension.number),
            );
            self.options(2, &extension.options);
        }
        for r#enum in &self.model.enums {
            self.line(1, &format!("enum {} -> {}", r#enum.full_name, r#enum.name.rust));
            self.options(2, &r#enum.options);
            for value in &r#enum.values {
                self.line(2, &format!("{} = {}", value.proto_name, value.number));
                self.options(3, &value.options);
            }
        }
    }

    fn shape(&self, shape: Shape) -> String {
        match shape {
            Shape::Map(entry) => format!("map {}", self.model.message(entry).full_name),
            other => format!("{other:?}"),
        }
    }

    fn field_type(&self, r#type: FieldType) -> String {
        match r#type {
            FieldType::Scalar(scalar) => format!("{scalar:?}"),
            FieldType::Enum(id) => self.model.full_name(TypeId::Enum(id)).to_owned(),
            FieldType::Message(id, encoding) => {
                format!("{} {encoding:?}", self.model.full_name(TypeId::Message(id)))
            }
        }
    }

    fn services(&mut self) {
        for service in &self.model.services {
            self.line(1, &format!("service {} -> {}", service.full_name, service.name.rust));
            self.options(2, &service.options);
            for method in &service.methods {
                let line = format!(
                    "{} {:?} {} -> {} as {}",
                    method.name.proto,
                    method.streaming,
                    self.model.message(method.input).full_name,
                    self.model.message(method.output).full_name,
                    method.name.rust,
                );
                self.line(2, &line);
                self.options(3, &method.options);
            }
        }
    }

    fn packages(&mut self) {
        for package in &self.model.packages {
            let files: Vec<&str> = package.files.iter().map(|&id| self.model.file(id).name.as_str()).collect();
            self.line(
                1,
                &format!("package {:?} -> {} [{}]", package.name, package.modules.join("::"), files.join(", ")),
            );
        }
    }

    fn options(&mut self, depth: usize, options: &[super::CustomOption]) {
        for option in options {
            let name = option.name.as_deref().unwrap_or("?");
            self.line(depth, &format!("({name}) {}: {} bytes", option.number, option.encoded.len()));
        }
    }
}
