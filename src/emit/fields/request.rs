//! Requests that update or read a resource, in the grammars of the runtime's macros.

use askama::Template;

use super::place::Place;
use crate::capability::{Conditions, MaskedUpdate, Patch, Read, UpdatePattern};
use crate::model::{FieldId, Message, MessageId, Presence, Shape};
use crate::name::constant;

#[derive(Template)]
#[template(path = "update_request.rs.jinja", escape = "none")]
struct UpdateRequest {
    request: String,
    resource: String,
    has_domain: bool,
    domain: String,
    field: String,
    mask: String,
    conditions: Vec<String>,
}

#[derive(Template)]
#[template(path = "patch_request.rs.jinja", escape = "none")]
struct PatchRequest<'a> {
    request: String,
    resource: String,
    has_domain: bool,
    domain: String,
    conditions: Vec<String>,
    fields: Vec<PatchRow<'a>>,
}

/// Row of a patch: a field of the request that replaces a field of the resource.
struct PatchRow<'a> {
    /// Constant of the field of the resource.
    constant: String,
    /// Name of the request's field in paths, quoted.
    name: String,
    in_resource: &'a str,
    in_request: &'a str,
}

#[derive(Template)]
#[template(path = "read_request.rs.jinja", escape = "none")]
struct ReadRequest {
    request: String,
    resource: String,
    has_domain: bool,
    domain: String,
    mask: String,
}

/// Writes the impl by which a request updates its resource.
pub(super) fn update(place: &Place<'_>, request: MessageId, pattern: &UpdatePattern, output: &mut String) {
    let request = Request { place, id: request, message: place.model.message(request) };
    match pattern {
        UpdatePattern::Masked(update) => render(&request.masked_update(update), output),
        UpdatePattern::Patch(patch) => render(&request.patch(patch), output),
    }
}

/// Writes the impl by which a request selects the fields of its resource.
pub(super) fn read(place: &Place<'_>, request: MessageId, read: &Read, output: &mut String) {
    let request = Request { place, id: request, message: place.model.message(request) };
    render(&request.read(read), output);
}

/// Renders a template and ends its last line.
pub(super) fn render(template: &impl Template, output: &mut String) {
    // Writing into a string cannot fail.
    let _ = template.render_into(output);
    output.push('\n');
}

struct Request<'a> {
    place: &'a Place<'a>,
    id: MessageId,
    message: &'a Message,
}

impl<'a> Request<'a> {
    fn masked_update(&self, update: &MaskedUpdate) -> UpdateRequest {
        let (has_domain, domain) = self.domain(update.resource);
        UpdateRequest {
            request: self.place.message(self.id),
            resource: self.place.fields(update.resource),
            has_domain,
            domain,
            field: self.named(update.field),
            mask: self.named(update.mask),
            conditions: self.conditions(&update.conditions),
        }
    }

    fn patch(&self, patch: &Patch) -> PatchRequest<'a> {
        let resource = self.place.model.message(patch.resource);
        let (has_domain, domain) = self.domain(patch.resource);
        let fields = patch.fields.iter().map(|field| {
            let (in_request, in_resource) = (self.message.field(field.in_request), resource.field(field.in_resource));
            PatchRow {
                constant: constant(&in_resource.name.proto),
                name: format!("{:?}", self.place.model.path_name(in_request)),
                in_resource: &in_resource.name.rust,
                in_request: &in_request.name.rust,
            }
        });
        PatchRequest {
            request: self.place.message(self.id),
            resource: self.place.fields(patch.resource),
            has_domain,
            domain,
            conditions: self.conditions(&patch.conditions),
            fields: fields.collect(),
        }
    }

    fn read(&self, read: &Read) -> ReadRequest {
        let (has_domain, domain) = self.domain(read.resource);
        ReadRequest {
            request: self.place.message(self.id),
            resource: self.place.fields(read.resource),
            has_domain,
            domain,
            mask: self.named(read.mask),
        }
    }

    /// Domain of errors, quoted, and whether it is another than that of the resource.
    fn domain(&self, resource: MessageId) -> (bool, String) {
        let domains = self.place.context.plans.domains.package(self.place.context.id);
        let domain = domains.get(self.id);
        (domain != domains.get(resource), format!("{domain:?}"))
    }

    /// Name of a message field in paths, and its identifier.
    fn named(&self, id: FieldId) -> String {
        let field = self.message.field(id);
        let (name, rust) = (self.place.model.path_name(field), &field.name.rust);
        match field.shape {
            Shape::Singular(Presence::Required) => format!("{name:?} = required({rust})"),
            _ => format!("{name:?} = {rust}"),
        }
    }

    fn conditions(&self, conditions: &Conditions) -> Vec<String> {
        let condition = |(name, id): (&str, Option<FieldId>)| {
            let field = self.message.field(id?);
            let is_optional = field.shape == Shape::Singular(Presence::Explicit);
            let mark = if is_optional { "?" } else { "" };
            Some(format!("{name}{mark} = {}", field.name.rust))
        };
        let conditions =
            [("allow_missing", conditions.allow_missing), ("etag", conditions.etag), ("name", conditions.name)];
        conditions.into_iter().filter_map(condition).collect()
    }
}
