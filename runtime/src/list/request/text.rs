//! String fields of list requests and responses, with or without presence, boxed or not.

use crate::fields::MaybeBoxed;

/// Field with text: `page_token`, `filter`, `order_by`. An absent field is empty.
pub trait TextField {
    /// Returns the text.
    fn text(&self) -> &str;

    /// Replaces the text, and returns the previous one.
    fn replace(&mut self, text: String) -> String;
}

impl TextField for String {
    fn text(&self) -> &str {
        self
    }

    fn replace(&mut self, text: String) -> String {
        std::mem::replace(self, text)
    }
}

impl<T: TextField> TextField for Box<T> {
    fn text(&self) -> &str {
        T::text(self)
    }

    fn replace(&mut self, text: String) -> String {
        T::replace(self, text)
    }
}

impl<H: MaybeBoxed<String>> TextField for Option<H> {
    fn text(&self) -> &str {
        self.as_ref().map_or("", |held| held.value())
    }

    fn replace(&mut self, text: String) -> String {
        let text = if text.is_empty() { None } else { Some(H::wrap(text)) };
        std::mem::replace(self, text).map(H::unwrap).unwrap_or_default()
    }
}
