//! Which field of a response holds the items.
//!
//! AIP-4233: the first repeated message, by its place and by its number; where these are two fields, generating should
//! fail. Beyond it: without a repeated message, the first repeated scalar in the same way, but not beside a map, which
//! is then more likely to hold the items (the lists of Compute Engine name `unreachables` beside theirs); maps only by
//! an option. By limit and offset, where no AIP says which field it is, the response must have a single repeated message.

use super::{Items, No};
use crate::diagnostic::Diagnostic;
use crate::model::{Field, FieldId, FieldType, LookAlike, Message, Method, Service, Shape, Start};
use crate::resolve::patterns::Finder;

/// The fields that could be the items.
struct Candidates {
    /// The first one in the source.
    first: FieldId,
    /// The one with the lowest number.
    lowest: FieldId,
    count: usize,
}

/// The field with the items.
pub(super) fn find(response: &Message, start: Start, items: Items<'_>) -> Result<FieldId, No> {
    if let Items::Chosen(name) = items {
        let chosen = response.field_named(name).filter(|(_, field)| is_repeated(field) || is_map(field));
        return chosen.map(|(id, _)| id).ok_or(Some(LookAlike::Items));
    }
    let by_token = matches!(start, Start::Token { .. });
    match candidates(response) {
        Some(Candidates { count: 2.., .. }) if !by_token => Err(Some(LookAlike::Several)),
        Some(Candidates { first, lowest, .. }) if first == lowest => Ok(first),
        Some(_) => Err(Some(LookAlike::Order)),
        None if response.fields.iter().any(is_map) => Err(Some(LookAlike::Map)),
        None => Err(Some(LookAlike::Items)),
    }
}

fn is_repeated(field: &Field) -> bool {
    matches!(field.shape, Shape::Repeated { .. })
}

fn is_map(field: &Field) -> bool {
    matches!(field.shape, Shape::Map(_))
}

/// The repeated messages; where there are none and no maps either, the other repeated fields.
fn candidates(response: &Message) -> Option<Candidates> {
    let is_message = |field: &Field| matches!(field.r#type, FieldType::Message(..));
    let has_messages = response.fields.iter().any(|field| is_repeated(field) && is_message(field));
    if !has_messages && response.fields.iter().any(is_map) {
        return None;
    }
    let is_candidate = |field: &Field| is_repeated(field) && is_message(field) == has_messages;
    let fields = || response.fields().filter(|(_, field)| is_candidate(field));
    let (first, _) = fields().next()?;
    let (lowest, _) = fields().min_by_key(|(_, field)| field.number)?;
    Some(Candidates { first, lowest, count: fields().count() })
}

impl Finder<'_> {
    /// Says between which fields one has to choose, and how.
    pub(super) fn ambiguous(&self, service: &Service, method: &Method, path: &str) -> Diagnostic {
        let response = self.model.message(method.output);
        let text = format!("the items of the list `{}` could be two fields of its response", method.name.proto);
        let diagnostic = Diagnostic::at(&service.method_origin(method), text);
        let Some(Candidates { first, lowest, .. }) = candidates(response) else { return diagnostic };
        let (first, lowest) = (response.field(first), response.field(lowest));
        let (first_name, lowest_name) = (&first.name.proto, &lowest.name.proto);
        diagnostic
            .related(&response.field_origin(first), format!("`{first_name}` comes first, with number {}", first.number))
            .related(
                &response.field_origin(lowest),
                format!("`{lowest_name}` has the lowest number, {}", lowest.number),
            )
            .help(format!(
                "choose one with `pagination_items={path}={first_name}`, or none with `pagination_except={path}`; \
                 in a new API, put the items first and give them number 1"
            ))
    }
}
