//! Field of a response with the items.
//!
//! AIP-4233: the first repeated message, by position and by number. If these are two fields, the generator should fail.
//! Further rules:
//!
//! - Without a repeated message, it is the first repeated scalar, by the same rule. If the response also has a map, the
//!   map is more likely to contain the items: the lists of Compute Engine have a map and `unreachables`.
//! - A map contains the items only by an option.
//! - Of a list by limit and offset, for which there is no AIP, the response must have exactly one repeated message.

use super::{PageStart, Rejection};
use crate::model::{Field, FieldId, FieldType, Message, Shape};

/// Choice of the field with the items of a method.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Items<'a> {
    /// Field by the rules.
    Found,
    /// Field that is named by the option `pagination_items`.
    Chosen(&'a str),
}

/// Fields that can be the items.
pub(super) struct ItemFields {
    /// First field in the source.
    pub(super) first: FieldId,
    /// Field with the lowest number.
    pub(super) lowest: FieldId,
    count: usize,
}

/// Returns the field with the items.
pub(super) fn find(response: &Message, start: PageStart, items: Items<'_>) -> Result<FieldId, Option<Rejection>> {
    if let Items::Chosen(name) = items {
        let chosen = response.field_named(name).filter(|(_, field)| is_repeated(field) || is_map(field));
        return chosen.map(|(id, _)| id).ok_or(Some(Rejection::Items));
    }
    let by_token = matches!(start, PageStart::Token { .. });
    match candidates(response) {
        Some(ItemFields { count: 2.., .. }) if !by_token => Err(Some(Rejection::Several)),
        Some(ItemFields { first, lowest, .. }) if first == lowest => Ok(first),
        Some(_) => Err(Some(Rejection::Order)),
        None if response.fields.iter().any(is_map) => Err(Some(Rejection::Map)),
        None => Err(Some(Rejection::Items)),
    }
}

fn is_repeated(field: &Field) -> bool {
    matches!(field.shape, Shape::Repeated { .. })
}

fn is_map(field: &Field) -> bool {
    matches!(field.shape, Shape::Map(_))
}

/// Returns the repeated messages. Without these and without maps, returns the other repeated fields.
pub(super) fn candidates(response: &Message) -> Option<ItemFields> {
    let is_message = |field: &Field| matches!(field.r#type, FieldType::Message(..));
    let has_messages = response.fields.iter().any(|field| is_repeated(field) && is_message(field));
    if !has_messages && response.fields.iter().any(is_map) {
        return None;
    }
    let is_candidate = |field: &Field| is_repeated(field) && is_message(field) == has_messages;
    let fields = || response.fields().filter(|(_, field)| is_candidate(field));
    let (first, _) = fields().next()?;
    let (lowest, _) = fields().min_by_key(|(_, field)| field.number)?;
    Some(ItemFields { first, lowest, count: fields().count() })
}
