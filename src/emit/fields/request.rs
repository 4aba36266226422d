//! Requests that update or read a resource, in the grammars of the runtime's macros.

use std::fmt::Write as _;

use super::place::Place;
use crate::capability::{Conditions, MaskedUpdate, Patch, Read, UpdatePattern};
use crate::model::{FieldId, Message, MessageId, Presence, Shape};
use crate::name::constant;

/// Writes the trait by which a request changes its resource.
pub(super) fn update(place: &Place<'_>, request: MessageId, pattern: &UpdatePattern, output: &mut String) {
    let request = Request::new(place, request);
    match pattern {
        UpdatePattern::Masked(update) => request.update(update, output),
        UpdatePattern::Patch(patch) => request.patch(patch, output),
    }
}

/// Writes the trait by which a request selects the fields of its resource.
pub(super) fn read(place: &Place<'_>, request: MessageId, read: &Read, output: &mut String) {
    Request::new(place, request).read(read, output);
}

struct Request<'a> {
    place: &'a Place<'a>,
    id: MessageId,
    message: &'a Message,
    name: String,
}

impl<'a> Request<'a> {
    fn new(place: &'a Place<'a>, id: MessageId) -> Self {
        Self { place, id, message: place.model.message(id), name: place.message(id) }
    }

    fn update(&self, update: &MaskedUpdate, output: &mut String) {
        let _ = write!(
            output,
            "\n::transom::__private::update_request! {{\n    impl {} for {}{}, resource {}, mask {}, [{}];\n}}\n",
            self.name,
            self.place.fields(update.resource),
            self.domain(update.resource),
            self.named(update.field),
            self.named(update.mask),
            self.conditions(&update.conditions),
        );
    }

    fn patch(&self, patch: &Patch, output: &mut String) {
        let resource = self.place.model.message(patch.resource);
        let _ = writeln!(
            output,
            "\n::transom::__private::patch_request! {{\n    impl {} for {}{}, [{}];",
            self.name,
            self.place.fields(patch.resource),
            self.domain(patch.resource),
            self.conditions(&patch.conditions),
        );
        for field in &patch.fields {
            let (in_request, in_resource) = (self.message.field(field.in_request), resource.field(field.in_resource));
            let constant = constant(&in_resource.name.proto);
            let name = self.place.model.path_name(in_request);
            let _ = writeln!(output, "    {constant} {name:?} = {}: {};", in_resource.name.rust, in_request.name.rust);
        }
        output.push_str("}\n");
    }

    fn read(&self, read: &Read, output: &mut String) {
        let _ = write!(
            output,
            "\n::transom::__private::read_request! {{\n    impl {} for {}{}, mask {};\n}}\n",
            self.name,
            self.place.fields(read.resource),
            self.domain(read.resource),
            self.named(read.mask),
        );
    }

    /// The domain of errors, where it is not that of the resource.
    fn domain(&self, resource: MessageId) -> String {
        let domains = self.place.context.plans.domains.package(self.place.context.id);
        match domains.get(self.id) {
            domain if domain == domains.get(resource) => String::new(),
            domain => format!(", domain {domain:?}"),
        }
    }

    /// A message's name in paths, and where it is in Rust.
    fn named(&self, id: FieldId) -> String {
        let field = self.message.field(id);
        let (name, rust) = (self.place.model.path_name(field), &field.name.rust);
        match field.shape {
            Shape::Singular(Presence::Required) => format!("{name:?} = required({rust})"),
            _ => format!("{name:?} = {rust}"),
        }
    }

    fn conditions(&self, conditions: &Conditions) -> String {
        let condition = |(name, id): (&str, Option<FieldId>)| {
            let field = self.message.field(id?);
            let is_optional = field.shape == Shape::Singular(Presence::Explicit);
            let mark = if is_optional { "?" } else { "" };
            Some(format!("{name}{mark} = {}", field.name.rust))
        };
        let conditions =
            [("allow_missing", conditions.allow_missing), ("etag", conditions.etag), ("name", conditions.name)];
        conditions.into_iter().filter_map(condition).collect::<Vec<_>>().join(", ")
    }
}
