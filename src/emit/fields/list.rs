//! Requests for parts of lists, in the grammars of the runtime's macros `list_request!` and `offset_request!`.

use std::fmt::Write as _;

use super::place::Place;
use crate::capability::{List, ListResponse, PageStart};
use crate::layout::ValueType;
use crate::model::{FieldId, Message, Method, MethodId, Model, Shape};
use crate::name::constant;

/// Writes what a request says of the list that it wants; the first of the methods that have it says what there is.
pub(super) fn emit(place: &Place<'_>, methods: &[MethodId], output: &mut String) {
    let Some(&first) = methods.first() else { return };
    let method = place.model.method(first);
    let Some(list) = place.context.plans.lists.list(first) else { return };
    let request = place.model.message(method.input);
    let (r#macro, arguments) = arguments(request, list);
    let (response, answer) = answer(place, method, list);
    let _ = write!(
        output,
        "\n::transom::__private::{macro}! {{\n    impl {} for {}{response}, method {};\n    {arguments};\n{answer}}}\n",
        place.message(method.input),
        resource(place, method, list),
        paths(place.model, methods),
    );
}

/// The methods by their paths: a token of one must not be good for another.
fn paths(model: &Model, methods: &[MethodId]) -> String {
    let path =
        |id: &MethodId| format!("\"/{}/{}\"", model.services[id.service].full_name, model.method(*id).name.proto);
    methods.iter().map(path).collect::<Vec<_>>().join(", ")
}

/// The macro, and which fields of the request are what.
fn arguments(request: &Message, list: &List) -> (&'static str, String) {
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
    let arguments = [size, start, skip, ("filter", list.filter), ("order_by", list.order_by)];
    let argument = |(name, id): (&str, Option<FieldId>)| {
        let field = request.field(id?);
        Some(format!("{name} = {}: {}", field.name.rust, constant(&field.name.proto)))
    };
    (r#macro, arguments.into_iter().filter_map(argument).collect::<Vec<_>>().join(", "))
}

/// The response, and which of its fields are what; nothing where the items do not come as a `Vec`, because then only
/// the implementation knows how to answer.
fn answer(place: &Place<'_>, method: &Method, list: &List) -> (String, String) {
    let response = place.model.message(method.output);
    let ListResponse::Page { items, next_page_token, total_size } = list.response else { return Default::default() };
    if matches!(response.field(items).shape, Shape::Map(_)) {
        return Default::default();
    }
    let fields = [("items", Some(items)), ("next_page_token", next_page_token), ("total_size", total_size)];
    let fields =
        fields.into_iter().filter_map(|(name, id)| Some(format!("{name} = {}", response.field(id?).name.rust)));
    let fields = fields.collect::<Vec<_>>().join(", ");
    (format!(", response {}", place.message(method.output)), format!("    {fields};\n"))
}

/// Fields of the items, or a proxy type for items without fields.
fn resource(place: &Place<'_>, method: &Method, list: &List) -> String {
    let plain = match list.item(place.context.layout, method) {
        ValueType::Message(id) if place.context.layout.is_struct(id) => return place.fields(id),
        ValueType::Message(id) => place.message(id),
        ValueType::Enum(_) => "i32".to_owned(),
        ValueType::Scalar(scalar) | ValueType::Wrapper(scalar) => scalar.path().to_owned(),
    };
    format!("::transom::__private::Plain<{plain}>")
}
