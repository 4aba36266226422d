//! Requests for parts of lists, in the grammars of the runtime's macros `list_request!` and `offset_request!`.

use std::fmt::Write as _;

use super::place::Place;
use crate::model::{
    Answer, FieldId, FieldType, Inside, List, Listing, Message, Method, MethodId, Model, Scalar, Shape, Start,
};
use crate::name::constant;

/// Writes what a request says of the list that it wants; the first of the methods that have it says what there is.
pub(super) fn emit(place: &Place<'_>, methods: &[MethodId], output: &mut String) {
    let Some(&first) = methods.first() else { return };
    let method = place.model.method(first);
    let Listing::List(list) = &method.listing else { return };
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
        Start::Token { page_token, skip } => {
            let start = [("page_size", Some(list.size)), ("page_token", Some(page_token)), ("skip", skip)];
            ("list_request", start)
        }
        Start::Offset(offset) => {
            ("offset_request", [("limit", Some(list.size)), ("offset", Some(offset)), ("skip", None)])
        }
        Start::Beginning => ("offset_request", [("limit", Some(list.size)), ("offset", None), ("skip", None)]),
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
    let Answer::Page { items, next_page_token, total_size } = list.answer else { return Default::default() };
    if matches!(response.field(items).shape, Shape::Map(_)) {
        return Default::default();
    }
    let fields = [("items", Some(items)), ("next_page_token", next_page_token), ("total_size", total_size)];
    let fields =
        fields.into_iter().filter_map(|(name, id)| Some(format!("{name} = {}", response.field(id?).name.rust)));
    let fields = fields.collect::<Vec<_>>().join(", ");
    (format!(", response {}", place.message(method.output)), format!("    {fields};\n"))
}

/// The fields of the items, or a stand-in for items that have none.
fn resource(place: &Place<'_>, method: &Method, list: &List) -> String {
    let plain = match place.model.item_type(method, list) {
        FieldType::Message(id, _) if place.model.message(id).inside == Inside::Fields => return place.fields(id),
        FieldType::Message(id, _) => place.message(id),
        FieldType::Enum(_) => "i32".to_owned(),
        FieldType::Scalar(scalar) => scalar_type(place, method, list, scalar).to_owned(),
    };
    format!("::transom::__private::Plain<{plain}>")
}

/// What prost makes of a scalar.
fn scalar_type(place: &Place<'_>, method: &Method, list: &List, scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Double => "f64",
        Scalar::Float => "f32",
        Scalar::Int32 | Scalar::Sint32 | Scalar::Sfixed32 => "i32",
        Scalar::Int64 | Scalar::Sint64 | Scalar::Sfixed64 => "i64",
        Scalar::Uint32 | Scalar::Fixed32 => "u32",
        Scalar::Uint64 | Scalar::Fixed64 => "u64",
        Scalar::Bool => "bool",
        Scalar::String => "::prost::alloc::string::String",
        Scalar::Bytes => {
            let response = place.model.message(method.output);
            let name = match list.answer {
                Answer::Page { items, .. } => response.field(items).value_name(),
                Answer::Stream => "",
            };
            let is_shared = place.options.is_shared_bytes(&response.full_name, name);
            if is_shared { "::prost::bytes::Bytes" } else { "::prost::alloc::vec::Vec<u8>" }
        }
    }
}
