//! Names that become one in Rust: reported with both places, never renamed silently.
//!
//! The scopes are those of the generated code: the types and modules of a package or a message, the fields and
//! accessor methods and constants of a struct, the variants of an enum, the methods of a trait.

mod scope;
mod tables;

use std::collections::BTreeMap;

use scope::Scope;

use crate::capability::Plans;
use crate::diagnostic::{Diagnostics, Origin};
use crate::layout::{Layout, has_module, is_int32_map, oneof_enum};
use crate::model::{
    EnumId, Field, FieldType, FileId, Message, MessageId, MessageKind, Model, Package, PackageId, Presence, Service,
    Shape, TypeId,
};
use crate::name::{enum_variant, service_module, to_snake, to_upper_camel, unraw};
use crate::options::Options;

/// Checks every scope of the packages to generate.
pub(super) fn check(model: &Model, layout: &Layout, plans: &Plans, options: &Options, diagnostics: &mut Diagnostics) {
    let checker = Checker { model, layout, plans, options };
    for id in (0..model.packages.len()).map(PackageId) {
        checker.package(id, diagnostics);
    }
}

struct Checker<'a> {
    model: &'a Model,
    layout: &'a Layout,
    plans: &'a Plans,
    options: &'a Options,
}

impl Checker<'_> {
    fn package(&self, id: PackageId, diagnostics: &mut Diagnostics) {
        let package = self.model.package(id);
        let mut types = Scope::new("type or module");
        for &file in &package.files {
            let file = self.model.file(file);
            if self.options.messages {
                for &id in &file.messages {
                    self.message(id, &mut types, diagnostics);
                }
                for &id in &file.enums {
                    self.r#enum(id, &mut types, diagnostics);
                }
            }
            for &index in &file.services {
                self.service(&self.model.services[index], &mut types, diagnostics);
            }
        }
        tables::check(self.model, package, self.plans.tables.package(id), &mut types, diagnostics);
        for (module, (name, file)) in self.subpackages(package) {
            let origin = Origin { file: file.0, path: vec![2] };
            types.add(module, &format!("package `{name}`"), &origin, diagnostics);
        }
    }

    /// The modules that other packages to generate put into this package's module.
    fn subpackages(&self, package: &Package) -> BTreeMap<String, (&str, FileId)> {
        let depth = package.modules.len();
        let inside = |other: &&Package| other.modules.len() > depth && other.modules.starts_with(&package.modules);
        let entry = |other: &'_ Package| Some((other.modules[depth].clone(), *other.files.first()?));
        let mut modules = BTreeMap::new();
        for other in self.model.packages.iter().filter(inside) {
            if let Some((module, file)) = entry(other) {
                modules.entry(module).or_insert((other.name.as_str(), file));
            }
        }
        modules
    }

    fn message(&self, id: MessageId, types: &mut Scope, diagnostics: &mut Diagnostics) {
        let message = self.model.message(id);
        if message.kind == MessageKind::MapEntry || self.layout.is_extern(TypeId::Message(id)) {
            return;
        }
        let origin = &message.origin;
        let what = format!("message `{}`", message.name.proto);
        let is_named = types.add(message.name.rust.clone(), &what, origin, diagnostics);
        if is_named && has_module(self.model, message) {
            let what = format!("the module of message `{}`", message.name.proto);
            types.add(to_snake(&message.name.proto), &what, origin, diagnostics);
        }
        let named_oneofs = self.fields(message, diagnostics);
        let mut inner = Scope::new("type or module");
        for &nested in &message.messages {
            self.message(nested, &mut inner, diagnostics);
        }
        for &nested in &message.enums {
            self.r#enum(nested, &mut inner, diagnostics);
        }
        for (position, oneof) in message.oneofs.iter().enumerate() {
            let what = format!("oneof `{}`", oneof.name.proto);
            if named_oneofs.contains(&oneof.index) {
                let rust = oneof_enum(self.model, message, oneof);
                inner.add(rust, &what, &message.oneof_origin(oneof), diagnostics);
            }
            let mut variants = Scope::new("variant");
            for field in &message.fields {
                if field.shape == Shape::Oneof(position) {
                    let what = format!("field `{}`", field.name.proto);
                    let rust = to_upper_camel(&field.name.proto);
                    variants.add(rust, &what, &message.field_origin(field), diagnostics);
                }
            }
        }
    }

    /// Checks the fields; the indexes of the oneofs that have one to themselves.
    fn fields(&self, message: &Message, diagnostics: &mut Diagnostics) -> Vec<i32> {
        let mut fields = Scope::new("field");
        let mut accessors = Scope::new("accessor method");
        for field in &message.fields {
            if matches!(field.shape, Shape::Oneof(_)) {
                continue;
            }
            let origin = message.field_origin(field);
            let what = format!("field `{}`", field.name.proto);
            if fields.add(field.name.rust.clone(), &what, &origin, diagnostics) {
                for accessor in self.accessors(field) {
                    accessors.add(accessor, &what, &origin, diagnostics);
                }
            }
        }
        let mut named_oneofs = Vec::with_capacity(message.oneofs.len());
        for oneof in &message.oneofs {
            let what = format!("oneof `{}`", oneof.name.proto);
            if fields.add(oneof.name.rust.clone(), &what, &message.oneof_origin(oneof), diagnostics) {
                named_oneofs.push(oneof.index);
            }
        }
        named_oneofs
    }

    /// The inherent methods that prost derives for a field.
    fn accessors(&self, field: &Field) -> Vec<String> {
        let own = field.name.rust.clone();
        let prefixed = |prefix: &str| format!("{prefix}_{}", unraw(&field.name.rust));
        let is_enum = matches!(field.r#type, FieldType::Enum(_));
        match field.shape {
            Shape::Map(_) => match self.model.value_type(field) {
                FieldType::Enum(_) if !is_int32_map(self.model, field) => {
                    vec![prefixed("get"), prefixed("insert")]
                }
                _ => Vec::new(),
            },
            Shape::Repeated { .. } if is_enum => vec![own, prefixed("push")],
            Shape::Singular(_) if is_enum => vec![own, prefixed("set")],
            Shape::Singular(Presence::Explicit) if matches!(field.r#type, FieldType::Scalar(_)) => vec![own],
            Shape::Singular(_) | Shape::Repeated { .. } | Shape::Oneof(_) => Vec::new(),
        }
    }

    fn r#enum(&self, id: EnumId, types: &mut Scope, diagnostics: &mut Diagnostics) {
        if self.layout.is_extern(TypeId::Enum(id)) {
            return;
        }
        let r#enum = self.model.r#enum(id);
        types.add(r#enum.name.rust.clone(), &format!("enum `{}`", r#enum.name.proto), &r#enum.origin, diagnostics);
        let mut variants = Scope::new("variant");
        let mut numbers = std::collections::HashSet::new();
        for value in &r#enum.values {
            // An alias (`allow_alias`) has no variant of its own.
            if numbers.insert(value.number) {
                let rust = enum_variant(&r#enum.name.rust, &value.proto_name, self.options.retain_enum_prefix);
                let what = format!("enum value `{}`", value.proto_name);
                variants.add(rust, &what, &r#enum.value_origin(value), diagnostics);
            }
        }
    }

    fn service(&self, service: &Service, types: &mut Scope, diagnostics: &mut Diagnostics) {
        let what = format!("service `{}`", service.name.proto);
        for (wanted, suffix) in [(self.options.server, "server"), (self.options.client, "client")] {
            let module = service_module(&service.name.proto, suffix);
            // What clashes on one side would on the other: once is enough.
            if wanted && !types.add(module, &what, &service.origin, diagnostics) {
                break;
            }
        }
        Scope::new("trait").add(service.name.rust.clone(), &what, &service.origin, diagnostics);
        let mut methods = Scope::new("method");
        for method in &service.methods {
            let what = format!("method `{}`", method.name.proto);
            methods.add(method.name.rust.clone(), &what, &service.method_origin(method), diagnostics);
        }
    }
}
