//! Field behavior in messages that masks take as one value.
//!
//! Nothing is known of the Rust type that `extern_path` names, so masks do not go into it. An update then writes
//! `OUTPUT_ONLY` and `IMMUTABLE` fields in it, and an answer keeps `INPUT_ONLY` ones. This is a warning and not an error,
//! because a type that is not prost's struct has no other way to be used; with `extern_fields` masks go into it again.

use std::collections::{BTreeMap, HashSet};

use crate::capability::{MAX_FIELDS, Plans, UPDATE_VERBS, verb};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin};
use crate::layout::{FIELD_MASK, Layout, MessageRepr, is_extern_package};
use crate::model::{Behavior, Field, FieldType, Message, MessageId, Method, MethodId, Model, PackageId, TypeId};
use crate::options::{FieldMasks, Options};

/// The behaviors that change what a mask does.
const HONORED: [Behavior; 5] =
    [Behavior::Required, Behavior::OutputOnly, Behavior::InputOnly, Behavior::Immutable, Behavior::Identifier];

/// The first word of methods that create a resource (AIP-133).
const CREATE: &str = "create";

/// Further places that a warning lists.
const MAX_RELATED: usize = 8;

/// Warns of such messages that a described message or the messages of a method lead to, once for each value of
/// `extern_fields` that would open them.
pub(super) fn check(model: &Model, layout: &Layout, plans: &Plans, options: &Options, diagnostics: &mut Diagnostics) {
    if options.field_masks() == FieldMasks::Off {
        return;
    }
    let mut checker = Checker {
        model,
        layout,
        options,
        found: BTreeMap::new(),
        seen: HashSet::new(),
        known: HashSet::new(),
        harmless: HashSet::new(),
    };
    for id in (0..model.packages.len()).map(PackageId) {
        let tables = plans.tables.package(id);
        for &id in tables.own.iter().chain(&tables.foreign) {
            checker.message(id);
        }
        for (id, method) in model.package_methods(id).filter(|&(id, method)| has_resource(model, plans, id, method)) {
            for (message, verb) in [(method.input, "takes"), (method.output, "returns")] {
                let what = format!("method `{}` {verb}", method.name.proto);
                checker.target(message, &what, &model.service(id).method_origin(method));
                checker.message(message);
            }
        }
    }
    for (path, found) in checker.found {
        if let Some(warning) = warning(&path, &found) {
            diagnostics.warning(warning);
        }
    }
}

/// One warning for all that the same `extern_fields` would open.
fn warning(path: &str, found: &[Found]) -> Option<Diagnostic> {
    let (first, rest) = found.split_first()?;
    let text = format!(
        "{}, whose Rust type comes from `extern_path`: masks take it as one value and ignore the field behavior in it",
        first.what
    );
    let mut warning = Diagnostic::at(&first.origin, text).related(&first.field, &first.behavior);
    for other in rest.iter().take(MAX_RELATED) {
        warning = warning.related(&other.origin, format!("{} too, where {}", other.what, other.behavior));
    }
    let more = match rest.len().saturating_sub(MAX_RELATED) {
        0 => String::new(),
        more => format!("{more} more places are not listed; "),
    };
    Some(warning.help(format!(
        "{more}add `extern_fields={path}` if the Rust types there are prost's structs of these protos; otherwise check \
         such fields in the service"
    )))
}

/// An opaque message with a behavior, and how a resource leads to it.
struct Found {
    origin: Origin,
    /// "field `billing` holds `common.v1.Billing`"
    what: String,
    field: Origin,
    /// "`common.v1.Billing.paid` is OUTPUT_ONLY"
    behavior: String,
}

/// Whether a method changes, reads, lists or creates something; also one whose resource cannot be seen because it is
/// opaque.
fn has_resource(model: &Model, plans: &Plans, id: MethodId, method: &Method) -> bool {
    let verb = verb(&method.name).0;
    let is_mask =
        |field: &Field| matches!(field.r#type, FieldType::Message(id, _) if model.message(id).full_name == FIELD_MASK);
    let updates = plans.updates.method(id);
    verb == CREATE
        || UPDATE_VERBS.contains(&verb)
        || updates.is_some_and(|updates| updates.creates.is_some() || !updates.batch.is_empty())
        || plans.reads.method(id).is_some_and(|reads| !reads.batch.is_empty())
        || plans.lists.list(id).is_some()
        || model.message(method.input).fields.iter().take(MAX_FIELDS).any(is_mask)
}

struct Checker<'a> {
    model: &'a Model,
    layout: &'a Layout,
    options: &'a Options,
    /// By the value of `extern_fields` that would open them.
    found: BTreeMap<String, Vec<Found>>,
    /// The messages whose fields were checked.
    seen: HashSet<MessageId>,
    /// The opaque messages that were looked into.
    known: HashSet<MessageId>,
    /// The messages from which no behavior is reached.
    harmless: HashSet<MessageId>,
}

impl<'a> Checker<'a> {
    fn message(&mut self, id: MessageId) {
        let message = self.model.message(id);
        if self.is_unknown(id) || !self.seen.insert(id) {
            return;
        }
        for field in &message.fields {
            if let FieldType::Message(target, _) = self.model.value_type(field) {
                let what = format!("field `{}` holds", field.name.proto);
                self.target(target, &what, &message.field_origin(field));
            }
        }
    }

    fn target(&mut self, id: MessageId, what: &str, origin: &Origin) {
        let message = self.model.message(id);
        if !self.is_unknown(id) || !self.known.insert(id) {
            return;
        }
        let Some((holder, field, behavior)) = self.behavior(id) else { return };
        let name = |message: &Message| message.full_name.trim_start_matches('.').to_owned();
        let found = Found {
            origin: origin.clone(),
            what: format!("{what} `{}`", name(message)),
            field: holder.field_origin(field),
            behavior: format!("`{}.{}` is {}", name(holder), field.name.proto, behavior.name()),
        };
        self.found.entry(self.path(message)).or_default().push(found);
    }

    /// Whether the Rust type of a message is one of the user's that no option describes.
    fn is_unknown(&self, id: MessageId) -> bool {
        let is_users = self.layout.extern_type(TypeId::Message(id)).is_some_and(|r#type| !r#type.is_from_prost);
        self.layout.repr(id) == MessageRepr::Opaque && is_users
    }

    /// The first field with a behavior that masks honor, of a message or of those that it reaches.
    fn behavior(&mut self, id: MessageId) -> Option<(&'a Message, &'a Field, Behavior)> {
        let (mut open, mut visited) = (vec![id], HashSet::new());
        while let Some(id) = open.pop() {
            if self.harmless.contains(&id) || !visited.insert(id) {
                continue;
            }
            let message = self.model.message(id);
            for field in &message.fields {
                if let Some(behavior) = field.behaviors.iter().find(|behavior| HONORED.contains(behavior)) {
                    return Some((message, field, behavior));
                }
                if let FieldType::Message(target, _) = self.model.value_type(field) {
                    open.push(target);
                }
            }
        }
        self.harmless.extend(visited);
        None
    }

    /// Returns the path for `extern_fields`: the package if all of it has extern paths, otherwise the message.
    fn path(&self, message: &Message) -> String {
        let package = &self.model.file_of(message).package;
        if !package.is_empty() && is_extern_package(self.options, package) {
            format!(".{package}")
        } else {
            message.full_name.clone()
        }
    }
}
