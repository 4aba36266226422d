//! List requests, in the grammars of the runtime's macros `list_request!` and `offset_request!`.

use askama::Template;

use super::place::Place;
use super::request::render;
use crate::capability::{List, ListResponse, PageStart};
use crate::layout::{Storage, ValueType};
use crate::model::{FieldId, Message, Method, MethodId, Model};
use crate::name::constant;

#[derive(Template)]
#[template(path = "list_request.rs.jinja", escape = "none")]
struct ListRequest {
    /// Macro of the runtime, by the start of the page.
    start: &'static str,
    request: String,
    resource: String,
    /// Whether the response is a page with a `Vec` of items. Otherwise the server assembles its responses.
    has_response: bool,
    response: String,
    response_fields: Vec<String>,
    /// Request paths of the methods: a page token is valid only for its method.
    methods: Vec<String>,
    params: Vec<String>,
}

/// Writes the impl of a list request. The list is that of the first method.
pub(super) fn emit(place: &Place<'_>, methods: &[MethodId], output: &mut String) {
    let Some(&first) = methods.first() else { return };
    let method = place.model.method(first);
    let Some(list) = place.context.plans.lists.list(first) else { return };
    let (start, params) = params(place.model.message(method.input), list);
    let response_fields = response_fields(place, method, list);
    let template = ListRequest {
        start,
        request: place.message(method.input),
        resource: resource(place, method, list),
        has_response: !response_fields.is_empty(),
        response: place.message(method.output),
        response_fields,
        methods: methods.iter().map(|&id| path(place.model, id)).collect(),
        params,
    };
    render(&template, output);
}

/// Request path of a method, quoted.
fn path(model: &Model, id: MethodId) -> String {
    format!("\"/{}/{}\"", model.service(id).full_name, model.method(id).name.proto)
}

/// Macro of the runtime, and the fields of the request by their roles.
fn params(request: &Message, list: &List) -> (&'static str, Vec<String>) {
    let (r#macro, [size, start, skip]) = match list.start {
        PageStart::Token { page_token, skip } => {
            let start = [("page_size", Some(list.size)), ("page_token", Some(page_token)), ("skip", skip)];
            ("list_request", start)
        }
        PageStart::Offset(offset) => {
            ("offset_request", [("limit", Some(list.size)), ("offset", Some(offset)), ("skip", None)])
        }
        PageStart::Beginning => ("offset_request", [("limit", Some(list.size)), ("offset", None), ("skip", None)]),
    };
    let params = [size, start, skip, ("filter", list.filter), ("order_by", list.order_by)];
    let param = |(name, id): (&str, Option<FieldId>)| {
        let field = request.field(id?);
        Some(format!("{name} = {}: {}", field.name.rust, constant(&field.name.proto)))
    };
    (r#macro, params.into_iter().filter_map(param).collect())
}

/// Fields of a page by their roles; none if the items are not a `Vec`.
fn response_fields(place: &Place<'_>, method: &Method, list: &List) -> Vec<String> {
    let response = place.model.message(method.output);
    let ListResponse::Page { items, next_page_token, total_size } = list.response else { return Vec::new() };
    if place.context.layout.field(method.output, items).storage != Storage::Vec {
        return Vec::new();
    }
    let fields = [("items", Some(items)), ("next_page_token", next_page_token), ("total_size", total_size)];
    let field = |(name, id): (&str, Option<FieldId>)| Some(format!("{name} = {}", response.field(id?).name.rust));
    fields.into_iter().filter_map(field).collect()
}

/// Path of the type with the table of the items, or a proxy type for items without fields.
fn resource(place: &Place<'_>, method: &Method, list: &List) -> String {
    let plain = match list.item(place.context.layout, method) {
        ValueType::Message(id) if place.context.layout.is_struct(id) => return place.fields(id),
        ValueType::Message(id) => place.message(id),
        ValueType::Enum(_) => "i32".to_owned(),
        ValueType::Scalar(scalar) | ValueType::Wrapper(scalar) => scalar.path().to_owned(),
    };
    format!("::transom::__private::Plain<{plain}>")
}
