//! Eighth pass: the messages whose fields a package describes.
//!
//! A package describes:
//!
//! - the messages that its own update, create, read and list requests reach;
//! - the messages that options name;
//! - the items of a list that its caller cannot filter or order, without the messages in them;
//! - requests with `REQUIRED` fields, with the messages in them that have such fields.
//!
//! A message of another package is described again in each package that uses it. A package's file must not depend on
//! the other files that are generated, so the other package cannot know its users.

mod required;

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::layout::Layout;
use crate::model::{
    Answer, Batch, Behaviors, Change, FieldId, FieldType, List, Listing, Message, MessageId, MessageKind, Method,
    MethodId, Model, PackageId, Read, TypeId,
};
use crate::options::{FieldMasks, Options, is_under};

/// How many foreign messages and fields all packages may describe, for each of the request and besides.
///
/// Each package describes what it reaches, so the output can grow as the product of packages and messages. All of
/// googleapis with `field_mask=all` comes to a tenth of what it declares.
const FOREIGN_FACTOR: usize = 16;
const FOREIGN_BASE: usize = 10_000;

/// Says of every message what it reaches, and of every package what it describes.
pub(super) fn resolve(layout: &Layout, options: &Options, model: &mut Model, diagnostics: &mut Diagnostics) {
    if options.field_masks() == FieldMasks::Off && !options.lists() {
        return;
    }
    let all: Vec<MessageId> = (0..model.messages.len()).map(MessageId).collect();
    let reached = reaches(model, &all, |id| inner(model, layout, model.message(id)).collect());
    for (id, message) in all.iter().zip(&mut model.messages) {
        message.reaches = reached.get(id).copied().unwrap_or_default();
    }
    let all: usize = model.messages.iter().map(|message| 1 + message.fields.len()).sum();
    let limit = FOREIGN_BASE + FOREIGN_FACTOR * all;
    let mut rows = 0;
    for index in 0..model.packages.len() {
        let Found { described, foreign, shallow, masked } = messages(model, layout, options, PackageId(index));
        rows += foreign.iter().map(|id| 1 + model.message(*id).fields.len()).sum::<usize>();
        if rows > limit {
            let message = format!(
                "the packages describe over {limit} messages and fields of each other for field masks and lists"
            );
            let help = "generate fewer packages in one run, or set `field_mask=false` and `pagination=false`";
            diagnostics.error(Diagnostic::option(message).help(help));
            return;
        }
        let changes = changes(model, layout, options, PackageId(index));
        let reads = reads(model, layout, options, PackageId(index));
        let lists = lists(model, layout, PackageId(index));
        let tables: Vec<MessageId> = described.iter().chain(&foreign).copied().collect();
        let tables = reaches(model, &tables, |id| {
            if shallow.contains(&id) { Vec::new() } else { inner(model, layout, model.message(id)).collect() }
        });
        let package = &mut model.packages[index];
        package.tables = tables;
        (package.described, package.foreign, package.shallow) = (described, foreign, shallow);
        package.masked = masked;
        (package.changes, package.reads, package.lists) = (changes, reads, lists);
    }
}

/// The messages that the fields of a message lead into.
fn inner<'a>(model: &'a Model, layout: &'a Layout, message: &'a Message) -> impl Iterator<Item = MessageId> + use<'a> {
    message.fields.iter().filter_map(|field| match model.value_type(field) {
        FieldType::Message(id, _) if layout.is_struct(id) => Some(id),
        _ => None,
    })
}

/// For each of the messages the behaviors of its fields, and of the messages among them that can be reached through
/// `inner`.
fn reaches(
    model: &Model,
    messages: &[MessageId],
    inner: impl Fn(MessageId) -> Vec<MessageId>,
) -> HashMap<MessageId, Behaviors> {
    let mut holders: HashMap<MessageId, Vec<MessageId>> = HashMap::new();
    let mut reaches = HashMap::with_capacity(messages.len());
    for &id in messages {
        let mut own = Behaviors::default();
        for field in &model.message(id).fields {
            own.extend(field.behaviors);
        }
        reaches.insert(id, own);
        for target in inner(id) {
            holders.entry(target).or_default().push(id);
        }
    }
    // A set only grows, and has eight members: no message is passed on more often than that.
    let mut changed = messages.to_vec();
    while let Some(id) = changed.pop() {
        let passed = reaches.get(&id).copied().unwrap_or_default();
        for &holder in holders.get(&id).into_iter().flatten() {
            if reaches.get_mut(&holder).is_some_and(|known| known.extend(passed)) {
                changed.push(holder);
            }
        }
    }
    reaches
}

/// What a package describes.
struct Found {
    /// Its own messages.
    described: Vec<MessageId>,
    foreign: Vec<MessageId>,
    /// Those of both whose messages are one value each.
    shallow: HashSet<MessageId>,
    /// The fields that hold the resource of an update.
    masked: HashSet<(MessageId, FieldId)>,
}

/// The messages that a package describes.
///
/// A list that nobody can filter or order by their own wish needs no more of its items than what its server sorts them
/// by, so that what these hold is not described for its sake.
fn messages(model: &Model, layout: &Layout, options: &Options, id: PackageId) -> Found {
    let masks = options.field_masks();
    let mut open: Vec<MessageId> = Vec::new();
    let mut shallow: HashSet<MessageId> = HashSet::new();
    let mut masked: HashSet<(MessageId, FieldId)> = HashSet::new();
    for (_, method) in methods(model, id) {
        let in_batches = method.batches.iter().map(|batch| (batch.item, &batch.change));
        for (request, change) in std::iter::once((method.input, &method.change)).chain(in_batches) {
            if let Some(Change::Update(update)) = change {
                masked.insert((request, update.field));
            }
        }
        if masks != FieldMasks::Off {
            open.extend(roots(method));
        }
        if let Listing::List(list) = &method.listing {
            if let FieldType::Message(item, _) = model.item_type(method, list) {
                if list.filter.is_some() || list.order_by.is_some() {
                    open.push(item);
                } else if layout.is_struct(item) {
                    shallow.insert(item);
                }
            }
            open.extend(Some(method.input).filter(|&request| layout.is_owned_by(request, id)));
        }
    }
    let own = in_source_order(model, layout, id);
    let is_root = |message: &&MessageId| match masks {
        FieldMasks::All => true,
        FieldMasks::Reached => {
            let full_name = &model.message(**message).full_name;
            options.field_mask_root.iter().any(|prefix| is_under(full_name, prefix))
        }
        FieldMasks::Off => false,
    };
    open.extend(own.iter().filter(is_root));
    let mut reached: HashSet<MessageId> = HashSet::new();
    let mut foreign = Vec::new();
    while let Some(message) = open.pop() {
        if !layout.is_struct(message) || !reached.insert(message) {
            continue;
        }
        if !layout.is_owned_by(message, id) {
            foreign.push(message);
        }
        open.extend(inner(model, layout, model.message(message)));
    }
    if masks != FieldMasks::Off && options.required_fields {
        let requests = methods(model, id).map(|(_, method)| method.input);
        let requests = requests.filter(|&request| layout.is_owned_by(request, id));
        for message in required::messages(model, layout, &masked, requests) {
            if reached.insert(message) && !layout.is_owned_by(message, id) {
                foreign.push(message);
            }
        }
    }
    shallow.retain(|message| !reached.contains(message));
    foreign.extend(shallow.iter().filter(|&&message| !layout.is_owned_by(message, id)));
    foreign.sort_unstable_by(|left, right| model.message(*left).full_name.cmp(&model.message(*right).full_name));
    let is_described = |message: &MessageId| reached.contains(message) || shallow.contains(message);
    Found { described: own.into_iter().filter(is_described).collect(), foreign, shallow, masked }
}

/// Returns the resources that the method changes or creates, and the messages that its read mask selects from.
///
/// These include the whole response.
fn roots(method: &Method) -> impl Iterator<Item = MessageId> {
    let changed = method.change.as_ref().map(Change::resource).or(method.creates);
    let in_batches = method.batches.iter().flat_map(|batch| {
        let changed = batch.change.as_ref().map(Change::resource);
        changed.into_iter().chain(batch.read.map(|read| read.resource))
    });
    changed.into_iter().chain(method.read.map(|_| method.output)).chain(in_batches)
}

/// All methods of a package, in source order.
fn methods(model: &Model, id: PackageId) -> impl Iterator<Item = (MethodId, &Method)> {
    let services = model.packages[id.0].files.iter().flat_map(|&file| &model.file(file).services);
    services.flat_map(|&service| {
        let methods = model.services[service].methods.iter().enumerate();
        methods.map(move |(method, node)| (MethodId { service, method }, node))
    })
}

/// All messages that a package has structs of.
fn in_source_order(model: &Model, layout: &Layout, id: PackageId) -> Vec<MessageId> {
    let mut own = Vec::new();
    for &file in &model.packages[id.0].files {
        let mut open: Vec<MessageId> = model.file(file).messages.iter().rev().copied().collect();
        while let Some(id) = open.pop() {
            let message = model.message(id);
            if message.kind == MessageKind::Plain && !layout.is_extern(TypeId::Message(id)) {
                own.push(id);
            }
            open.extend(message.messages.iter().rev());
        }
    }
    own
}

/// The requests that change something, each once: by a mask rather than by fields that are left out, and as a method
/// takes them rather than as they come in a batch.
fn changes(model: &Model, layout: &Layout, options: &Options, id: PackageId) -> Vec<(MessageId, Change)> {
    if options.field_masks() == FieldMasks::Off {
        return Vec::new();
    }
    let candidate = |request: MessageId, change: &Change, in_batch: bool| {
        let strength = match change {
            Change::Update(update) if !is_prost_mask(model, layout, request, update.mask) => return None,
            Change::Update(_) => 0,
            Change::Patch(_) => 1,
        };
        Some(Candidate { request, strength: (in_batch, strength), value: (request, change.clone()) })
    };
    let candidates = methods(model, id).flat_map(|(_, method)| {
        let own = method.change.iter().filter_map(|change| candidate(method.input, change, false));
        let changed = |batch: &Batch| batch.change.as_ref().and_then(|change| candidate(batch.item, change, true));
        own.chain(method.batches.iter().filter_map(changed)).collect::<Vec<_>>()
    });
    strongest(layout, id, candidates)
}

/// The requests that say which fields to return, each once.
fn reads(model: &Model, layout: &Layout, options: &Options, id: PackageId) -> Vec<(MessageId, Read)> {
    if options.field_masks() == FieldMasks::Off {
        return Vec::new();
    }
    let candidates = methods(model, id).flat_map(|(_, method)| {
        let own = method.read.map(|read| (method.input, read, false));
        let in_batches = method.batches.iter().filter_map(|batch| Some((batch.item, batch.read?, true)));
        own.into_iter().chain(in_batches)
    });
    let candidates = candidates.filter(|&(request, read, _)| is_prost_mask(model, layout, request, read.mask));
    let candidate = |(request, read, in_batch)| Candidate { request, strength: (in_batch, 0), value: (request, read) };
    strongest(layout, id, candidates.map(candidate))
}

/// Returns `true` if a mask field of a request has the type that the runtime takes.
fn is_prost_mask(model: &Model, layout: &Layout, request: MessageId, mask: FieldId) -> bool {
    let mask = model.message(request).field(mask);
    matches!(mask.r#type, FieldType::Message(id, _) if layout.is_prost_field_mask(id))
}

/// The methods whose requests ask for a part of a list: for each request a method that answers with pages rather than one
/// that streams, because only that has more to be told, and then the others.
fn lists(model: &Model, layout: &Layout, id: PackageId) -> Vec<Vec<MethodId>> {
    let strength = |method: &Method| match &method.listing {
        Listing::List(List { answer: Answer::Page { .. }, .. }) => Some(0),
        Listing::List(List { answer: Answer::Stream, .. }) => Some(1),
        Listing::LookAlike(_) | Listing::No => None,
    };
    let mut by_request: HashMap<MessageId, Vec<MethodId>> = HashMap::new();
    for (method, node) in methods(model, id).filter(|(_, node)| strength(node).is_some()) {
        by_request.entry(node.input).or_default().push(method);
    }
    let with_others = |first: MethodId| {
        let all = by_request.get(&model.method(first).input).into_iter().flatten().copied();
        std::iter::once(first).chain(all.filter(|&other| other != first)).collect()
    };
    let candidates = methods(model, id).filter_map(|(method, node)| {
        Some(Candidate { request: node.input, strength: (false, strength(node)?), value: method })
    });
    strongest(layout, id, candidates).into_iter().map(with_others).collect()
}

/// Possible description of a request.
struct Candidate<T> {
    request: MessageId,
    /// The lowest is the strongest.
    strength: (bool, u8),
    value: T,
}

/// The strongest candidate of each request, of equal ones the first; a request can be described only where its struct is.
fn strongest<T>(layout: &Layout, id: PackageId, candidates: impl Iterator<Item = Candidate<T>>) -> Vec<T> {
    let own = candidates.filter(|candidate| layout.is_owned_by(candidate.request, id));
    let mut best: HashMap<MessageId, (bool, u8)> = HashMap::new();
    let mut found: Vec<Candidate<T>> = own.collect();
    for candidate in &found {
        let known = best.entry(candidate.request).or_insert(candidate.strength);
        *known = candidate.strength.min(*known);
    }
    // The entry of a request is taken out with the first candidate that it is about.
    found.retain(|candidate| {
        let is_best = best.get(&candidate.request) == Some(&candidate.strength);
        is_best && best.remove(&candidate.request).is_some()
    });
    found.into_iter().map(|candidate| candidate.value).collect()
}
