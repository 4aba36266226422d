//! Field tables: the messages whose fields a package describes.
//!
//! A package describes:
//!
//! - the messages that its own update, create, read and list requests reach;
//! - the messages that options name;
//! - the items of a list without `filter` and `order_by`, but not the messages in them;
//! - requests with `REQUIRED` fields, and the messages in them with such fields.
//!
//! A message of another package is described again in each package that uses it. A package's file must not depend on
//! the other files of the run, so the other package cannot know its users.

mod behaviors;
mod reachable;
mod required;
mod roots;

use std::collections::{HashMap, HashSet};

use self::behaviors::transitive_behaviors;
use self::roots::Roots;
use super::list::ListPlan;
use super::read::ReadPlan;
use super::recognizer::Recognizer;
use super::update::UpdatePlan;
use crate::diagnostic::Diagnostic;
use crate::layout::Layout;
use crate::model::{Behaviors, FieldId, MessageId, MessageKind, Model, PackageId, TypeId};
use crate::options::FieldMasks;

/// Number of foreign messages and fields that all packages may describe, for each message and field of the request, and
/// besides.
///
/// Each package describes what it reaches, so the output can grow as the product of packages and messages. For all of
/// googleapis with `field_mask=all`, the tables contain a tenth of the messages and fields that the protos declare.
const FOREIGN_FACTOR: usize = 16;
const FOREIGN_BASE: usize = 10_000;

/// Plan of field tables.
#[derive(Debug)]
pub(crate) struct TablePlan(Vec<FieldTables>);

/// Field tables of a package.
#[derive(Debug, Default)]
pub(crate) struct FieldTables {
    /// Messages of the package, in source order.
    pub(crate) own: Vec<MessageId>,
    /// Messages of other packages, in the order of their names.
    pub(crate) foreign: Vec<MessageId>,
    /// Messages of either kind whose tables treat the messages in them as single values.
    pub(crate) shallow: HashSet<MessageId>,
    /// Fields of requests whose required parts a mask of the request selects.
    pub(crate) masked: HashSet<(MessageId, FieldId)>,
    /// All messages with a table, with the behaviors of the fields that their tables reach.
    behaviors: HashMap<MessageId, Behaviors>,
}

/// The tables of foreign messages are larger than this number of messages and fields.
pub(super) struct LimitExceeded(usize);

impl TablePlan {
    /// A plan without tables.
    pub(super) fn empty(model: &Model) -> Self {
        Self(model.packages.iter().map(|_| FieldTables::default()).collect())
    }

    /// Tables of a package.
    pub(crate) fn package(&self, id: PackageId) -> &FieldTables {
        &self.0[id.0]
    }
}

impl FieldTables {
    /// Returns `true` if the package describes no message.
    pub(crate) fn is_empty(&self) -> bool {
        self.own.is_empty() && self.foreign.is_empty()
    }

    /// Returns `true` if a table of the package leads from one message into another.
    pub(crate) fn leads_into(&self, from: MessageId, into: MessageId) -> bool {
        !self.shallow.contains(&from) && self.behaviors.contains_key(&into)
    }

    /// Behaviors of the fields that the table of a message reaches.
    pub(crate) fn transitive_behaviors(&self, id: MessageId) -> Behaviors {
        self.behaviors.get(&id).copied().unwrap_or_default()
    }
}

impl LimitExceeded {
    pub(super) fn diagnostic(&self) -> Diagnostic {
        let message = format!(
            "the packages describe over {} messages and fields of each other for field masks and lists",
            self.0
        );
        let help = "generate fewer packages in one run, or set `field_mask=false` and `pagination=false`";
        Diagnostic::option(message).help(help)
    }
}

/// Plans the tables of all packages.
pub(super) fn plan(
    recognizer: &Recognizer<'_>,
    updates: &UpdatePlan,
    reads: &ReadPlan,
    lists: &ListPlan,
) -> Result<TablePlan, LimitExceeded> {
    let &Recognizer { model, layout, options, .. } = recognizer;
    if options.field_masks() == FieldMasks::Off && !options.lists() {
        return Ok(TablePlan::empty(model));
    }
    let planner = Planner { model, layout, recognizer, required: required::Required::new(model, layout) };
    let declared: usize = model.messages.iter().map(|message| 1 + message.fields.len()).sum();
    let limit = FOREIGN_BASE + FOREIGN_FACTOR * declared;
    let mut rows = 0;
    let mut tables = Vec::with_capacity(model.packages.len());
    for id in (0..model.packages.len()).map(PackageId) {
        let package = planner.package(id, Roots::new(recognizer, updates, reads, lists, id));
        rows += package.foreign.iter().map(|id| 1 + model.message(*id).fields.len()).sum::<usize>();
        if rows > limit {
            return Err(LimitExceeded(limit));
        }
        tables.push(package);
    }
    Ok(TablePlan(tables))
}

struct Planner<'a> {
    model: &'a Model,
    layout: &'a Layout,
    recognizer: &'a Recognizer<'a>,
    required: required::Required,
}

impl Planner<'_> {
    fn package(&self, id: PackageId, roots: Roots) -> FieldTables {
        let (model, layout) = (self.model, self.layout);
        let Roots { deep, mut shallow, masked } = roots;
        let structs = own_structs(model, layout, id);
        let named = structs.iter().copied().filter(|&message| roots::is_named(self.recognizer, message));
        let mut reached = reachable::messages(model, layout, deep.into_iter().chain(named));
        let options = self.recognizer.options;
        if options.field_masks() != FieldMasks::Off && options.required_fields {
            let requests = model.package_methods(id).map(|(_, method)| method.input);
            let requests = requests.filter(|&request| layout.is_owned_by(request, id));
            reached.extend(self.required.messages(model, layout, &masked, requests));
        }
        shallow.retain(|message| !reached.contains(message));
        let is_foreign = |message: &&MessageId| !layout.is_owned_by(**message, id);
        let described = || structs_of(&reached, &shallow);
        let mut foreign: Vec<MessageId> = described().filter(is_foreign).copied().collect();
        foreign.sort_unstable_by(|left, right| model.message(*left).full_name.cmp(&model.message(*right).full_name));
        let is_described = |message: &MessageId| reached.contains(message) || shallow.contains(message);
        let own: Vec<MessageId> = structs.into_iter().filter(is_described).collect();
        let all: Vec<MessageId> = own.iter().chain(&foreign).copied().collect();
        let behaviors = transitive_behaviors(model, &all, |id| {
            if shallow.contains(&id) { Vec::new() } else { reachable::inner(model, layout, id).collect() }
        });
        FieldTables { own, foreign, shallow, masked, behaviors }
    }
}

/// Members of both sets, in no order.
#[allow(clippy::iter_over_hash_type, reason = "the caller sorts the messages")]
fn structs_of<'s>(
    reached: &'s HashSet<MessageId>,
    shallow: &'s HashSet<MessageId>,
) -> impl Iterator<Item = &'s MessageId> {
    reached.iter().chain(shallow)
}

/// Messages whose structs are in a package, in source order.
fn own_structs(model: &Model, layout: &Layout, id: PackageId) -> Vec<MessageId> {
    let mut own = Vec::new();
    for &file in &model.package(id).files {
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
