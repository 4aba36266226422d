//! The comment of an element, as it was written.

/// Comments before and after an element; `None` without a comment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Comment(Option<Box<str>>);

impl Comment {
    /// Joins the comment before an element and the one behind it as two paragraphs.
    pub(crate) fn new(leading: Option<&str>, trailing: Option<&str>) -> Self {
        let is_text = |text: &&str| !text.trim().is_empty();
        Self(match (leading.filter(is_text), trailing.filter(is_text)) {
            (Some(leading), Some(trailing)) => Some(format!("{}\n\n{trailing}", leading.trim_end()).into()),
            (Some(text), None) | (None, Some(text)) => Some(text.into()),
            (None, None) => None,
        })
    }

    /// The text, if there is any.
    pub(crate) fn text(&self) -> Option<&str> {
        self.0.as_deref()
    }
}
