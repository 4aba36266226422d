//! First pass: what protoc guarantees and a broken or hostile request may lack.
//!
//! Names that are identifiers, numbers in range and used once, enums with values, indexes that point somewhere.
//! After it the later passes, and prost-build, meet nothing that they cannot handle.

use std::collections::HashMap;

use crate::descriptor::{Edition, ElementKind, Enum, File, Message, OptionBytes, Service};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin};
use crate::name::is_proto_identifier;
use crate::request::RequestFile;
use crate::text::is_bidi_control;

/// The highest field number (2^29 - 1, encoding guide).
const MAX_FIELD_NUMBER: i32 = 536_870_911;

/// Checks all files and tells the language of each.
pub(super) fn check(files: &[RequestFile], diagnostics: &mut Diagnostics) -> Vec<Edition> {
    let mut names = HashMap::new();
    let mut editions = Vec::with_capacity(files.len());
    for (index, RequestFile { descriptor: file, .. }) in files.iter().enumerate() {
        let origin = Origin { file: index, path: Vec::new() };
        if file.name().is_empty() || file.name().contains(is_unusable) {
            let message = if file.name().is_empty() {
                format!("file {index} of the request has no name")
            } else {
                format!("the name {:?} has a control character", file.name())
            };
            diagnostics.error(Diagnostic::at(&origin, message).help("rename the file: its name is part of the output"));
        } else if names.insert(file.name(), index).is_some() {
            diagnostics.error(Diagnostic::at(&origin, "the request holds this file twice"));
        }
        editions.push(edition(file, &origin, diagnostics));
        Checker { diagnostics }.file(file, &origin);
    }
    editions
}

/// Returns `true` for characters that no file name may have: the name is part of a comment in the output, and rustc
/// refuses comments with some of them.
fn is_unusable(character: char) -> bool {
    character.is_control() || is_bidi_control(character)
}

fn edition(file: &File, origin: &Origin, diagnostics: &mut Diagnostics) -> Edition {
    Edition::of(file.syntax.as_deref(), file.edition).unwrap_or_else(|unknown| {
        diagnostics.error(
            Diagnostic::at(&origin.child(&[12]), format!("{unknown} is not supported"))
                .help("use proto2, proto3, edition 2023 or edition 2024"),
        );
        Edition::Proto3
    })
}

/// Walks one file.
struct Checker<'a> {
    diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn file(&mut self, file: &File, origin: &Origin) {
        if !file.package().is_empty() && !file.package().split('.').all(is_proto_identifier) {
            self.diagnostics.error(Diagnostic::at(
                &origin.child(&[2]),
                format!("package {:?} is not a sequence of identifiers", file.package()),
            ));
        }
        self.options(&file.option_bytes(), ElementKind::File, origin);
        for (index, message) in children(&file.message_type) {
            self.message(message, &origin.child(&[4, index]));
        }
        for (index, r#enum) in children(&file.enum_type) {
            self.r#enum(r#enum, &origin.child(&[5, index]));
        }
        for (index, service) in children(&file.service) {
            self.service(service, &origin.child(&[6, index]));
        }
    }

    fn name(&mut self, kind: &str, name: &str, origin: &Origin) {
        if !is_proto_identifier(name) {
            self.diagnostics.error(Diagnostic::at(origin, format!("{kind} name {name:?} is not an identifier")));
        }
    }

    fn options(&mut self, options: &OptionBytes, kind: ElementKind, origin: &Origin) {
        if options.known(kind).is_err() {
            self.diagnostics.error(Diagnostic::at(origin, "the options are not a valid protobuf message"));
        }
    }

    fn message(&mut self, message: &Message, origin: &Origin) {
        // The compiler names the entry of the map `_1` `1Entry`, and no Rust name is made of it.
        let is_entry = message.option_bytes().known(ElementKind::Message).is_ok_and(|known| known.map_entry);
        let name = if is_entry {
            message.name().trim_start_matches(|first: char| first.is_ascii_digit())
        } else {
            message.name()
        };
        self.name("message", name, origin);
        self.options(&message.option_bytes(), ElementKind::Message, origin);
        let mut numbers: HashMap<i32, &str> = HashMap::new();
        for (index, field) in children(&message.field) {
            let origin = origin.child(&[2, index]);
            self.name("field", field.name(), &origin);
            self.options(&field.option_bytes(), ElementKind::Field, &origin);
            let number = field.number();
            if !(1..=MAX_FIELD_NUMBER).contains(&number) {
                self.diagnostics.error(
                    Diagnostic::at(&origin, format!("field `{}` has number {number}", field.name()))
                        .help(format!("field numbers go from 1 to {MAX_FIELD_NUMBER}")),
                );
            } else if let Some(first) = numbers.insert(number, field.name()) {
                self.diagnostics.error(Diagnostic::at(
                    &origin,
                    format!("field `{}` has number {number}, which `{first}` has too", field.name()),
                ));
            }
            let oneofs = message.oneof_decl.len();
            if field.oneof_index.is_some_and(|oneof| usize::try_from(oneof).map_or(true, |oneof| oneof >= oneofs)) {
                self.diagnostics.error(Diagnostic::at(
                    &origin,
                    format!("field `{}` belongs to a oneof that the message does not have", field.name()),
                ));
            }
        }
        for (index, oneof) in children(&message.oneof_decl) {
            let origin = origin.child(&[8, index]);
            self.name("oneof", oneof.name(), &origin);
            self.options(&oneof.option_bytes(), ElementKind::Oneof, &origin);
        }
        for (index, nested) in children(&message.nested_type) {
            self.message(nested, &origin.child(&[3, index]));
        }
        for (index, r#enum) in children(&message.enum_type) {
            self.r#enum(r#enum, &origin.child(&[4, index]));
        }
    }

    fn r#enum(&mut self, r#enum: &Enum, origin: &Origin) {
        self.name("enum", r#enum.name(), origin);
        self.options(&r#enum.option_bytes(), ElementKind::Enum, origin);
        if r#enum.value.is_empty() {
            self.diagnostics.error(
                Diagnostic::at(origin, format!("enum `{}` has no values", r#enum.name()))
                    .help("an enum needs at least one value, which is its default"),
            );
        }
        for (index, value) in children(&r#enum.value) {
            let origin = origin.child(&[2, index]);
            self.name("enum value", value.name(), &origin);
            self.options(&value.option_bytes(), ElementKind::EnumValue, &origin);
        }
    }

    fn service(&mut self, service: &Service, origin: &Origin) {
        self.name("service", service.name(), origin);
        self.options(&service.option_bytes(), ElementKind::Service, origin);
        for (index, method) in children(&service.method) {
            let origin = origin.child(&[2, index]);
            self.name("method", method.name(), &origin);
            self.options(&method.option_bytes(), ElementKind::Method, &origin);
        }
    }
}

/// The children of an element with the index that a descriptor path gives them.
pub(super) fn children<T>(items: &[T]) -> impl Iterator<Item = (i32, &T)> {
    (0..).zip(items)
}
