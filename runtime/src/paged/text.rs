//! Fields that hold text, with or without presence.

/// A field that holds text: `page_token`, `filter`, `order_by`. Absent is empty.
pub trait Text {
    /// The text.
    fn text(&self) -> &str;

    /// Puts another text in its place, and returns the one before.
    fn replace(&mut self, text: String) -> String;
}

impl Text for String {
    fn text(&self) -> &str {
        self
    }

    fn replace(&mut self, text: String) -> String {
        std::mem::replace(self, text)
    }
}

impl Text for Option<String> {
    fn text(&self) -> &str {
        self.as_deref().unwrap_or_default()
    }

    fn replace(&mut self, text: String) -> String {
        let text = if text.is_empty() { None } else { Some(text) };
        std::mem::replace(self, text).unwrap_or_default()
    }
}
