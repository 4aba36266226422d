//! Messages that the tables of a package start from.

use std::collections::HashSet;

use crate::capability::list::ListPlan;
use crate::capability::read::ReadPlan;
use crate::capability::recognizer::Recognizer;
use crate::capability::update::{MethodUpdates, UpdatePattern, UpdatePlan};
use crate::layout::ValueType;
use crate::model::{FieldId, MessageId, PackageId};
use crate::options::{FieldMasks, is_under};

/// Messages that the methods of a package need tables of.
#[derive(Debug, Default)]
pub(super) struct Roots {
    /// Messages that are described with all messages in them.
    pub(super) deep: Vec<MessageId>,
    /// Items of lists that clients can neither filter nor order. The server sorts them by their own fields, so the
    /// messages in them have no tables.
    pub(super) shallow: HashSet<MessageId>,
    /// Fields of requests with the resource of a masked update.
    pub(super) masked: HashSet<(MessageId, FieldId)>,
}

impl Roots {
    /// Collects the roots of a package.
    pub(super) fn new(
        recognizer: &Recognizer<'_>,
        updates: &UpdatePlan,
        reads: &ReadPlan,
        lists: &ListPlan,
        package: PackageId,
    ) -> Self {
        let mut roots = Self::default();
        let has_masks = recognizer.options.field_masks() != FieldMasks::Off;
        for (id, method) in recognizer.model.package_methods(package) {
            if let Some(updates) = updates.method(id) {
                roots.updates(method.input, updates, has_masks);
            }
            if let Some(reads) = reads.method(id).filter(|_| has_masks) {
                // A read mask of a list can select from the whole response.
                roots.deep.extend(reads.read.map(|_| method.output));
                roots.deep.extend(reads.batch.iter().map(|(_, read)| read.resource));
            }
            let Some(list) = lists.list(id) else { continue };
            if let ValueType::Message(item) = list.item(recognizer.layout, method) {
                if list.filter.is_some() || list.order_by.is_some() {
                    roots.deep.push(item);
                } else if recognizer.layout.is_struct(item) {
                    roots.shallow.insert(item);
                }
            }
            roots.deep.extend(Some(method.input).filter(|&request| recognizer.layout.is_owned_by(request, package)));
        }
        roots
    }

    fn updates(&mut self, request: MessageId, updates: &MethodUpdates, has_masks: bool) {
        let own = updates.pattern.iter().map(|pattern| (request, pattern));
        let patterns = own.chain(updates.batch.iter().map(|(item, pattern)| (*item, pattern)));
        for (request, pattern) in patterns {
            if let UpdatePattern::Masked(update) = pattern {
                self.masked.insert((request, update.field));
            }
            self.deep.extend(Some(pattern.resource()).filter(|_| has_masks));
        }
        if has_masks && updates.pattern.is_none() {
            self.deep.extend(updates.creates);
        }
    }
}

/// Returns `true` if options ask for the table of a message.
pub(super) fn is_named(recognizer: &Recognizer<'_>, message: MessageId) -> bool {
    let options = recognizer.options;
    match options.field_masks() {
        FieldMasks::All => true,
        FieldMasks::Reached => {
            let full_name = &recognizer.model.message(message).full_name;
            options.field_mask_root.iter().any(|prefix| is_under(full_name, prefix))
        }
        FieldMasks::Off => false,
    }
}
