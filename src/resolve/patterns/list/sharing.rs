//! Requests that several methods have.
//!
//! What is generated for a list stands at its request, so there is one list a request: methods of one package that return
//! other items for it, or other responses, are none, and neither is a method whose request another package declares. Which
//! of several comes first in the source decides nothing.

use std::collections::{HashMap, HashSet};

use super::choice;
use crate::diagnostic::Diagnostics;
use crate::model::{Answer, FieldType, Listing, LookAlike, MessageId, MethodId, Model};
use crate::options::Options;

/// What a list at a request is made of: the items, and the response where it holds a whole page.
type Made = (FieldType, Option<MessageId>);

/// Leaves methods alone whose lists cannot stand at their requests.
pub(in crate::resolve::patterns) fn settle(
    model: &Model,
    options: &Options,
    listings: &mut [(MethodId, Listing)],
    diagnostics: &mut Diagnostics,
) {
    for (id, listing) in listings.iter_mut().filter(|(_, listing)| matches!(listing, Listing::List(_))) {
        if is_foreign(model, options, *id) {
            refuse(model, options, *id, listing, LookAlike::Foreign, diagnostics);
        }
    }
    let contested = contested(model, options, listings, false);
    // A method that an option names stands above those that are found.
    for (id, listing) in listings.iter_mut() {
        if contested.contains(&model.method(*id).input) && chosen(model, options, *id).is_none() {
            drop_list(listing, LookAlike::Shared);
        }
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
        let method = model.method(*id);
        let response = match list.answer {
            Answer::Page { .. } => Some(method.output),
            Answer::Stream => None,
        };
        let (items, other) = known.entry(method.input).or_insert((model.item_type(method, list), response));
        let is_same =
            *items == model.item_type(method, list) && (other.is_none() || response.is_none() || *other == response);
        if !is_same {
            contested.insert(method.input);
        }
        *other = other.or(response);
    }
    contested
}

/// Whether the file that describes the request knows nothing of the method's package.
fn is_foreign(model: &Model, options: &Options, id: MethodId) -> bool {
    let request = model.message(model.method(id).input);
    let service = &model.services[id.service];
    model.file_of(request).home != model.files[service.origin.file].home
        || options.extern_paths().covers(&request.full_name)
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
