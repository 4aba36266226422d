//! Comment and custom options of an element.

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
