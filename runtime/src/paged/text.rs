//! Fields that hold text: with or without presence, and in a box where the option `boxed` asks for one.

use crate::fields::Held;

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

impl<T: Text> Text for Box<T> {
    fn text(&self) -> &str {
        T::text(self)
    }

    fn replace(&mut self, text: String) -> String {
        T::replace(self, text)
    }
}

impl<H: Held<String>> Text for Option<H> {
    fn text(&self) -> &str {
        self.as_ref().map_or("", |held| held.value())
    }

    fn replace(&mut self, text: String) -> String {
        let text = if text.is_empty() { None } else { Some(H::hold(text)) };
        std::mem::replace(self, text).map(H::release).unwrap_or_default()
    }
}
