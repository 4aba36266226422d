//! Eleventh pass: paths of options that select no element.
//!
//! Such a path is a warning, or an error with `strict_options`: most often it is misspelled. Elements of imports count,
//! because with buf's `strategy: directory` all runs get the same options, and each run generates a part of the files.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::layout::Layout;
use crate::model::{Enum, EnumId, FieldType, Message, MessageId, MessageKind, Model, Scalar, Service, Shape, TypeId};
use crate::options::{Elements, Options, Selection, is_under};
use crate::text::nearest::nearest;

/// Maximum number of paths that are checked. Each costs a walk over all types.
const MAX_PATHS: usize = 1000;

/// Maximum number of elements that all suggestions of a run are chosen from.
const MAX_COMPARED: usize = 100_000;

/// Maximum number of packages that are listed if no element is near.
const MAX_PACKAGES: usize = 5;

/// End of the list of packages. A run of one folder cannot know the packages of the others.
const OTHER_RUNS: &str = "; with buf's `strategy: directory`, each folder is a run of its own";

/// Reports the paths that select nothing.
pub(super) fn check(options: &Options, model: &Model, layout: &Layout, diagnostics: &mut Diagnostics) {
    let mut compared = 0;
    for selection in options.selections.iter().take(MAX_PATHS) {
        let Selection { option, path, elements } = selection;
        let walk = Walk { model, layout, elements: *elements };
        if path == "." || walk.selects(path) || is_reported(model, selection) {
            continue;
        }
        let text = format!("option `{option}`: no {} is at or under `{path}`", elements.noun());
        let finding = Diagnostic::option(text).help(walk.suggest(path, &mut compared));
        if options.strict { diagnostics.error(finding) } else { diagnostics.warning(finding) }
    }
}

/// Returns `true` if [`crate::capability`] has reported the path as an error: its service has no such method.
fn is_reported(model: &Model, selection: &Selection) -> bool {
    selection.elements == Elements::Method
        && model.services.iter().any(|service| {
            let method = selection.path.strip_prefix('.').and_then(|path| path.strip_prefix(&service.full_name));
            method.and_then(|method| method.strip_prefix('.')).is_some_and(|method| !method.contains('.'))
        })
}

/// The packages of the run, for a path that is like none of them.
fn packages(model: &Model) -> String {
    let mut packages: Vec<&str> = model.files.iter().map(|file| file.package.as_str()).collect();
    packages.retain(|package| !package.is_empty());
    packages.sort_unstable();
    packages.dedup();
    let shown: Vec<String> = packages.iter().take(MAX_PACKAGES).map(|package| format!("`.{package}`")).collect();
    match packages.len() - shown.len() {
        _ if shown.is_empty() => "the files of this run have no package: a path is a dot and a name".to_owned(),
        0 => format!("the packages of this run are {}{OTHER_RUNS}", shown.join(", ")),
        more => format!("the packages of this run are {} and {more} more{OTHER_RUNS}", shown.join(", ")),
    }
}

/// The elements of a model that an option applies to.
struct Walk<'a> {
    model: &'a Model,
    layout: &'a Layout,
    elements: Elements,
}

impl Walk<'_> {
    /// Returns `true` if an element is at the path or under it.
    fn selects(&self, path: &str) -> bool {
        let is_exact = self.elements == Elements::Method;
        self.any(
            |scope| is_under(scope, path) || is_under(path, scope),
            |scope, names| match rest(path, scope) {
                Some(rest) if is_exact => names == [rest],
                Some(rest) => is_start(rest, names),
                None => !is_exact && is_under(scope, path),
            },
        )
    }

    /// Returns the help for a path that selects nothing; `compared` counts the elements of all suggestions.
    fn suggest(&self, path: &str, compared: &mut usize) -> String {
        if let Some(other) = self.other_path(path) {
            return format!("write `{other}`, the path that this option has for the field");
        }
        let exists = |elements| Walk { elements, ..*self }.selects(path);
        if exists(Elements::Documented) {
            return format!("`{path}` exists, but the option has no effect on it");
        }
        if exists(Elements::AllTypes) {
            return format!("`{path}` exists, but its Rust type is not generated");
        }
        let mut near: Option<String> = None;
        let mut same_end: Option<String> = None;
        self.any(
            |_| true,
            |scope, names| {
                let mut full = scope.to_owned();
                for name in names {
                    full.push('.');
                    full.push_str(name);
                }
                // The path of a type or package selects the elements in it.
                let around = std::iter::successors(Some(full.as_str()), |path| {
                    path.rsplit_once('.').map(|(around, _)| around).filter(|around| !around.is_empty())
                });
                if let Some(found) = nearest(path, near.as_deref().into_iter().chain(around)) {
                    near = Some(found.to_owned());
                }
                if same_end.is_none() && full.ends_with(path) {
                    same_end = Some(full);
                }
                *compared += 1;
                *compared > MAX_COMPARED
            },
        );
        if let Some(near) = near.or(same_end) {
            return format!("did you mean `{near}`?");
        }
        packages(self.model)
    }

    /// Returns the path with which the option selects the field at `path`.
    ///
    /// A oneof member has the paths `MESSAGE.FIELD` and `MESSAGE.ONEOF.FIELD`, the values of a map have
    /// `MESSAGE.value`. Options differ in the paths that they accept.
    fn other_path(&self, path: &str) -> Option<String> {
        let messages = self.model.messages.iter().filter(|message| message.kind == MessageKind::Plain);
        let mut fields = messages
            .filter_map(|message| Some((message, rest(path, &message.full_name)?)))
            .flat_map(|(message, rest)| message.fields.iter().map(move |field| (message, field, rest)));
        fields.find_map(|(message, field, rest)| {
            let scope = &message.full_name;
            let name = field.name.proto.as_str();
            let in_oneof = match field.shape {
                Shape::Oneof(position) => {
                    message.oneofs.get(position).map(|oneof| format!("{}.{name}", oneof.name.proto))
                }
                _ => None,
            };
            if rest != name && Some(rest) != in_oneof.as_deref() {
                return None;
            }
            let is_bytes = self.model.value_type(field) == FieldType::Scalar(Scalar::Bytes);
            let value = (self.elements == Elements::BytesFields && is_bytes).then(|| field.value_name().to_owned());
            let candidates = [value, in_oneof, Some(name.to_owned())].into_iter().flatten();
            let mut paths = candidates.map(|candidate| format!("{scope}.{candidate}"));
            paths.find(|other| other != path && self.selects(other))
        })
    }

    /// Calls `is_found` with each element, as a type or service and the names in it, until it returns `true`.
    fn any(&self, is_wanted: impl Fn(&str) -> bool, mut is_found: impl FnMut(&str, &[&str]) -> bool) -> bool {
        let is_affected = |id: TypeId| is_wanted(self.model.full_name(id)) && self.is_affected(id);
        let is_plain = |(_, message): &(MessageId, &Message)| message.kind == MessageKind::Plain;
        let mut messages = self.model.message_ids().filter(is_plain);
        let mut enums = self.model.enums.iter().enumerate().map(|(index, node)| (EnumId(index), node));
        messages.any(|(id, message)| is_affected(TypeId::Message(id)) && self.message(message, &mut is_found))
            || enums.any(|(id, node)| is_affected(TypeId::Enum(id)) && self.r#enum(node, &mut is_found))
            || self.model.services.iter().any(|service| self.service(service, &is_wanted, &mut is_found))
    }

    /// Returns `true` if the option has an effect on a type. That depends on the source of its Rust type.
    fn is_affected(&self, id: TypeId) -> bool {
        let r#type = self.layout.extern_type(id);
        match self.elements {
            Elements::AllTypes => true,
            Elements::ExternTypes => r#type.is_some(),
            // `extern_fields` declares that the type was generated with the same options.
            Elements::BytesFields | Elements::Maps => r#type.is_none_or(|r#type| r#type.has_fields),
            _ => r#type.is_none(),
        }
    }

    fn message(&self, message: &Message, is_found: &mut impl FnMut(&str, &[&str]) -> bool) -> bool {
        let scope = message.full_name.as_str();
        let is_item = matches!(
            self.elements,
            Elements::Messages
                | Elements::Types
                | Elements::Items
                | Elements::ExternTypes
                | Elements::AllTypes
                | Elements::Documented
        );
        if is_item && is_found(scope, &[]) {
            return true;
        }
        let has_oneofs = matches!(
            self.elements,
            Elements::Enums | Elements::Oneofs | Elements::Items | Elements::AllTypes | Elements::Fields
        );
        if has_oneofs && message.oneofs.iter().any(|oneof| is_found(scope, &[&oneof.name.proto])) {
            return true;
        }
        message.fields.iter().any(|field| {
            let name = field.name.proto.as_str();
            let oneof = match field.shape {
                Shape::Oneof(position) => message.oneofs.get(position).map(|oneof| oneof.name.proto.as_str()),
                _ => None,
            };
            match (self.elements, oneof) {
                (Elements::Fields, Some(oneof)) => is_found(scope, &[oneof, name]),
                (Elements::Fields | Elements::Documented, _) => is_found(scope, &[name]),
                (Elements::BytesFields, _) => {
                    self.model.value_type(field) == FieldType::Scalar(Scalar::Bytes)
                        && is_found(scope, &[field.value_name()])
                }
                (Elements::Maps, _) => matches!(field.shape, Shape::Map(_)) && is_found(scope, &[name]),
                (Elements::MessageFields, _) => {
                    matches!(
                        (field.r#type, field.shape),
                        (FieldType::Message(..), Shape::Singular(_) | Shape::Oneof(_))
                    ) && (is_found(scope, &[name]) || oneof.is_some_and(|oneof| is_found(scope, &[oneof, name])))
                }
                _ => false,
            }
        })
    }

    fn r#enum(&self, node: &Enum, is_found: &mut impl FnMut(&str, &[&str]) -> bool) -> bool {
        let scope = node.full_name.as_str();
        let is_item = matches!(
            self.elements,
            Elements::Enums
                | Elements::Types
                | Elements::Items
                | Elements::ExternTypes
                | Elements::AllTypes
                | Elements::Documented
        );
        let has_values = matches!(self.elements, Elements::Fields | Elements::Documented);
        // An alias (`allow_alias`) has no variant of its own.
        let mut numbers = HashSet::new();
        let mut variants = node.values.iter().filter(|value| numbers.insert(value.number));
        (is_item && is_found(scope, &[])) || (has_values && variants.any(|value| is_found(scope, &[&value.proto_name])))
    }

    fn service(
        &self,
        service: &Service,
        is_wanted: impl Fn(&str) -> bool,
        is_found: &mut impl FnMut(&str, &[&str]) -> bool,
    ) -> bool {
        if !matches!(self.elements, Elements::Documented | Elements::Services | Elements::Methods | Elements::Method) {
            return false;
        }
        let scope = format!(".{}", service.full_name);
        is_wanted(&scope)
            && ((matches!(self.elements, Elements::Documented | Elements::Services) && is_found(&scope, &[]))
                || self.elements != Elements::Services
                    && service.methods.iter().any(|method| is_found(&scope, &[&method.name.proto])))
    }
}

/// Returns the rest of a path behind the scope and a dot.
fn rest<'a>(path: &'a str, scope: &str) -> Option<&'a str> {
    path.strip_prefix(scope)?.strip_prefix('.')
}

/// Returns `true` if the names, joined by dots, are at the path or under it.
fn is_start(path: &str, names: &[&str]) -> bool {
    let Some((first, more)) = names.split_first() else { return false };
    path.strip_prefix(first).is_some_and(|left| match left.strip_prefix('.') {
        Some(left) => is_start(left, more),
        None => left.is_empty(),
    })
}
