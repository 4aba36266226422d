//! What hangs on every kind of element: its comment, and its custom options.

use crate::descriptor::wire::{Reader, Value};
use crate::descriptor::{Comments, ElementKind, ExtensionRegistry, OptionBytes};
use crate::diagnostic::Origin;
use crate::model::{Comment, CustomOption};

/// The comment of the element at `origin`.
pub(super) fn comment(comments: &Comments<'_>, origin: &Origin) -> Comment {
    let comment = comments.get(&origin.path);
    Comment::new(comment.leading.as_deref(), comment.trailing.as_deref())
}

/// The extensions on an element, with the names that the request's files give them.
///
/// Imported elements have theirs too: a message is validated by rules that may stand in another file.
pub(super) fn custom_options(
    options: &OptionBytes,
    kind: ElementKind,
    extensions: &ExtensionRegistry,
) -> Vec<CustomOption> {
    let named = |(number, encoded)| CustomOption {
        number,
        name: extensions.get(kind.options_message(), number).map(|extension| extension.full_name.clone()),
        encoded,
    };
    options.extensions().map(named).collect()
}

/// The values of a known option, by its number and name, in the order in which they are written.
///
/// An extension of the same number with another name is somebody else's. Without a name (its declaration was stripped)
/// the number is believed.
pub(super) fn values<'a>(options: &'a [CustomOption], known: (u32, &'a str)) -> impl Iterator<Item = Value<'a>> {
    let is_known = move |option: &&CustomOption| {
        option.number == known.0 && option.name.as_deref().is_none_or(|name| name == known.1)
    };
    let known = options.iter().filter(is_known);
    known.flat_map(|option| Reader::new(&option.encoded).map_while(Result::ok)).map(|entry| entry.value)
}

/// The values of a known option that holds text or a message.
pub(super) fn delimited<'a>(options: &'a [CustomOption], known: (u32, &'a str)) -> impl Iterator<Item = &'a [u8]> {
    values(options, known).filter_map(|value| match value {
        Value::Delimited(value) => Some(value),
        _ => None,
    })
}

/// The texts of field 1 in the values of a known option that holds a message.
pub(crate) fn first_texts<'a>(options: &'a [CustomOption], known: (u32, &'a str)) -> impl Iterator<Item = &'a [u8]> {
    let entries = delimited(options, known).flat_map(|message| Reader::new(message).map_while(Result::ok));
    entries.filter_map(|entry| match (entry.number, entry.value) {
        (1, Value::Delimited(text)) => Some(text),
        _ => None,
    })
}
