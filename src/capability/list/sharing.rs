//! List requests that several methods have.
//!
//! The generated impl is on the request message, so a request message can serve only one list method. Methods of one
//! package with other items or another response for the same request are not list methods. Neither is a method whose
//! request is declared in another package. The order in the source does not matter. An option can choose one of the
//! methods; the others are then errors, because the option does not exclude them.

use std::collections::{HashMap, HashSet};

use super::plan::ListMatch;
use super::{List, ListResponse, Rejection};
use crate::capability::recognizer::Recognizer;
use crate::layout::ValueType;
use crate::model::{MessageId, MethodId, TypeId};

/// Items and response of a list.
#[derive(Clone, Copy)]
struct Content {
    items: ValueType,
    /// Response, if it is a page.
    response: Option<MessageId>,
}

impl Content {
    fn new(recognizer: &Recognizer<'_>, id: MethodId, list: &List) -> Self {
        let method = recognizer.model.method(id);
        let response = match list.response {
            ListResponse::Page { .. } => Some(method.output),
            ListResponse::Stream => None,
        };
        Self { items: list.item(recognizer.layout, method), response }
    }

    /// Returns `true` if one impl can serve both lists.
    fn is_compatible(self, other: Self) -> bool {
        let is_same_response = match (self.response, other.response) {
            (Some(left), Some(right)) => left == right,
            _ => true,
        };
        self.items == other.items && is_same_response
    }
}

/// Rejects methods whose requests cannot serve their lists.
pub(super) fn settle(
    recognizer: &Recognizer<'_>,
    mut matches: Vec<(MethodId, ListMatch)>,
) -> Vec<(MethodId, ListMatch)> {
    let request = |id: MethodId| recognizer.model.method(id).input;
    for (id, found) in &mut matches {
        if found.is_ok() && is_foreign(recognizer, *id) {
            *found = Err(Some(Rejection::Foreign));
        }
    }
    let contested = contested(recognizer, matches.iter());
    let mut chosen: HashMap<MessageId, (MethodId, Content)> = HashMap::new();
    for (id, found) in &matches {
        if let Ok(list) = found
            && is_chosen(recognizer, *id)
        {
            chosen.insert(request(*id), (*id, Content::new(recognizer, *id, list)));
        }
    }
    for (id, found) in &mut matches {
        let Ok(list) = found else { continue };
        if !contested.contains(&request(*id)) || is_chosen(recognizer, *id) {
            continue;
        }
        *found = match chosen.get(&request(*id)) {
            Some((_, content)) if content.is_compatible(Content::new(recognizer, *id, list)) => continue,
            Some((other, _)) => Err(Some(Rejection::Displaced(*other))),
            None => Err(Some(Rejection::Shared)),
        };
    }
    let contested = self::contested(recognizer, matches.iter().filter(|(id, _)| is_chosen(recognizer, *id)));
    for (id, found) in &mut matches {
        if found.is_ok() && contested.contains(&request(*id)) {
            *found = Err(Some(Rejection::Shared));
        }
    }
    matches
}

/// Requests of lists with different content.
fn contested<'m>(
    recognizer: &Recognizer<'_>,
    matches: impl Iterator<Item = &'m (MethodId, ListMatch)>,
) -> HashSet<MessageId> {
    let mut known: HashMap<MessageId, Content> = HashMap::new();
    let mut contested = HashSet::new();
    for (id, found) in matches {
        let Ok(list) = found else { continue };
        let (request, content) = (recognizer.model.method(*id).input, Content::new(recognizer, *id, list));
        let known = known.entry(request).or_insert(content);
        if !known.is_compatible(content) {
            contested.insert(request);
        }
        known.response = known.response.or(content.response);
    }
    contested
}

/// Returns `true` if the file with the request's impl does not know the package of the method.
fn is_foreign(recognizer: &Recognizer<'_>, id: MethodId) -> bool {
    let model = recognizer.model;
    let request = TypeId::Message(model.method(id).input);
    model.type_file(request).home != model.files[model.service(id).origin.file].home
        || recognizer.layout.is_extern(request)
}

/// Returns `true` if the option `pagination_items` names the method.
fn is_chosen(recognizer: &Recognizer<'_>, id: MethodId) -> bool {
    recognizer.chosen_items(recognizer.model.service(id), recognizer.model.method(id)).is_some()
}
