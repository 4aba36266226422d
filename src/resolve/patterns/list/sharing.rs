//! Requests that several methods have.
//!
//! The generated impl is on the request message, so a request message can serve only one list. Methods of one package
//! that return other items for it, or other responses, are not lists; neither is a method whose request another package
//! declares. Which of several comes first in the source decides nothing. Where an option chooses one of them, the others
//! are reported, because the option does not say that it takes their lists away.

use std::collections::{HashMap, HashSet};

use super::choice;
use crate::diagnostic::Diagnostics;
use crate::layout::Layout;
use crate::model::{Answer, FieldType, List, Listing, LookAlike, MessageId, MethodId, Model, TypeId};
use crate::options::Options;

/// Items and response of a list.
#[derive(Clone, Copy)]
struct Made {
    items: FieldType,
    /// The response where it holds a whole page.
    response: Option<MessageId>,
}

impl Made {
    fn new(model: &Model, id: MethodId, list: &List) -> Self {
        let method = model.method(id);
        let response = match list.answer {
            Answer::Page { .. } => Some(method.output),
            Answer::Stream => None,
        };
        Self { items: model.item_type(method, list), response }
    }

    /// Whether one impl can serve both lists.
    fn agrees(self, other: Self) -> bool {
        let is_same_response = match (self.response, other.response) {
            (Some(left), Some(right)) => left == right,
            _ => true,
        };
        self.items == other.items && is_same_response
    }
}

/// Leaves methods alone whose lists cannot stand at their requests.
pub(in crate::resolve::patterns) fn settle(
    model: &Model,
    layout: &Layout,
    options: &Options,
    listings: &mut [(MethodId, Listing)],
    diagnostics: &mut Diagnostics,
) {
    for (id, listing) in listings.iter_mut().filter(|(_, listing)| matches!(listing, Listing::List(_))) {
        if is_foreign(model, layout, *id) {
            refuse(model, options, *id, listing, LookAlike::Foreign, diagnostics);
        }
    }
    let contested = contested(model, options, listings, false);
    let mut by_request: HashMap<MessageId, (MethodId, Made)> = HashMap::new();
    for (id, listing) in listings.iter() {
        if let Listing::List(list) = listing
            && chosen(model, options, *id).is_some()
        {
            by_request.insert(model.method(*id).input, (*id, Made::new(model, *id, list)));
        }
    }
    for (id, listing) in listings.iter_mut() {
        let Listing::List(list) = listing else { continue };
        let request = model.method(*id).input;
        if !contested.contains(&request) || chosen(model, options, *id).is_some() {
            continue;
        }
        match by_request.get(&request) {
            Some((_, made)) if made.agrees(Made::new(model, *id, list)) => continue,
            Some((other, _)) => diagnostics.error(choice::displaced(model, *id, *other)),
            None => {}
        }
        drop_list(listing, LookAlike::Shared);
    }
    let contested = self::contested(model, options, listings, true);
    for (id, listing) in listings.iter_mut() {
        if contested.contains(&model.method(*id).input) && matches!(listing, Listing::List(_)) {
            refuse(model, options, *id, listing, LookAlike::Shared, diagnostics);
        }
    }
}

/// The requests of lists that are made of different things; `true` for those of chosen methods alone.
fn contested(
    model: &Model,
    options: &Options,
    listings: &[(MethodId, Listing)],
    are_chosen: bool,
) -> HashSet<MessageId> {
    let mut known: HashMap<MessageId, Made> = HashMap::new();
    let mut contested = HashSet::new();
    for (id, listing) in listings {
        let Listing::List(list) = listing else { continue };
        if are_chosen && chosen(model, options, *id).is_none() {
            continue;
        }
        let (request, made) = (model.method(*id).input, Made::new(model, *id, list));
        let known = known.entry(request).or_insert(made);
        if !known.agrees(made) {
            contested.insert(request);
        }
        known.response = known.response.or(made.response);
    }
    contested
}

/// Whether the file that describes the request knows nothing of the method's package.
fn is_foreign(model: &Model, layout: &Layout, id: MethodId) -> bool {
    let request = TypeId::Message(model.method(id).input);
    let service = &model.services[id.service];
    model.type_file(request).home != model.files[service.origin.file].home || layout.is_extern(request)
}

/// The field that an option names for the method.
fn chosen<'o>(model: &Model, options: &'o Options, id: MethodId) -> Option<&'o str> {
    let service = &model.services[id.service];
    options.items_of(&format!(".{}.{}", service.full_name, model.method(id).name.proto))
}

/// Makes the method no list, which is a mistake where an option says that it is one.
fn refuse(
    model: &Model,
    options: &Options,
    id: MethodId,
    listing: &mut Listing,
    reason: LookAlike,
    diagnostics: &mut Diagnostics,
) {
    if let Some(field) = chosen(model, options, id) {
        let (service, method) = (&model.services[id.service], model.method(id));
        diagnostics.error(choice::impossible(service, method, field, Some(reason)));
    }
    drop_list(listing, reason);
}

fn drop_list(listing: &mut Listing, reason: LookAlike) {
    if matches!(listing, Listing::List(_)) {
        *listing = Listing::LookAlike(reason);
    }
}
