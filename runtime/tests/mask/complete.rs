//! Random messages that have their `REQUIRED` fields.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use transom::fields::{Behavior, FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Visitor};

use crate::random::{Choices, some_key, value};

/// Fills in what a message lacks of its `REQUIRED` fields, at any depth.
pub fn complete<F: Fields>(message: &mut F::Message, choices: &mut Choices<'_>) {
    let _ = F::visit(&mut Complete { message, choices, fills: Fills::Required });
}

/// Selection of the empty fields that are filled in.
#[derive(Clone, Copy, PartialEq)]
enum Fills {
    Required,
    /// Required fields, and the first field without fields of its own, so that the message is not empty.
    First,
}

struct Complete<'a, 'c, M> {
    message: &'a mut M,
    choices: &'a mut Choices<'c>,
    fills: Fills,
}

const BY_SERVER: Behavior = Behavior::OUTPUT_ONLY.with(Behavior::IDENTIFIER);

impl<M> Complete<'_, '_, M> {
    fn is_required(field: FieldInfo) -> bool {
        field.behavior.has(Behavior::REQUIRED) && !field.behavior.has(BY_SERVER)
    }

    /// Whether a field without fields of its own is filled in.
    fn fills(&mut self, field: FieldInfo) -> bool {
        let is_first = self.fills == Fills::First && !field.behavior.has(BY_SERVER) && !field.in_oneof;
        if is_first {
            self.fills = Fills::Required;
        }
        is_first || Self::is_required(field)
    }

    fn value<L: Leaf>(&mut self) -> L::Value {
        let bytes = [3, 2, 1];
        let drawn = value(self.choices);
        let values = [drawn].into_iter().chain(bytes.iter().map(|byte| value(&mut Choices::new(&[*byte]))));
        values.into_iter().find(|value| !L::is_default(value)).expect("a type has more than one value")
    }

    fn inside<F: Fields>(&mut self, field: FieldInfo, message: &mut F::Message) {
        let fills = if Self::is_required(field) { Fills::First } else { Fills::Required };
        let _ = F::visit(&mut Complete { message, choices: self.choices, fills });
    }
}

impl<M> Visitor<M> for Complete<'_, '_, M> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        if self.fills(field) && L::is_default(lens.get(self.message)) {
            *lens.get_mut(self.message) = self.value::<L>();
        }
        Continue(())
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.implicit::<L>(field, lens)
    }

    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        if self.fills(field) && lens.get(self.message).is_none_or(L::is_default) {
            let value = self.value::<L>();
            lens.put(self.message, value);
        }
        Continue(())
    }

    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        let stored = lens.get(self.message).cloned();
        if let Some(mut message) = stored.or_else(|| Self::is_required(field).then(F::Message::default)) {
            self.inside::<F>(field, &mut message);
            lens.put(self.message, message);
        }
        Continue(())
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        let mut message = lens.get(self.message).clone();
        self.inside::<F>(field, &mut message);
        *lens.get_mut(self.message) = message;
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        if Self::is_required(field) && lens.get(self.message).is_empty() {
            let value = self.value::<L>();
            lens.get_mut(self.message).push(value);
        }
        Continue(())
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        let mut items = lens.get(self.message).clone();
        if Self::is_required(field) && items.is_empty() {
            items.push(F::Message::default());
        }
        for item in &mut items {
            complete::<F>(item, self.choices);
        }
        *lens.get_mut(self.message) = items;
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        if Self::is_required(field) && lens.get(self.message).is_empty() {
            let (key, value) = (some_key::<K>(self.choices), self.value::<L>());
            lens.get_mut(self.message).insert(key, value);
        }
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        if Self::is_required(field) && lens.get(self.message).is_empty() {
            let key = some_key::<K>(self.choices);
            lens.get_mut(self.message).insert(key, F::Message::default());
        }
        let mut entries = lens.get(self.message).clone();
        entries.retain(|_, value| {
            complete::<F>(value, self.choices);
            true
        });
        *lens.get_mut(self.message) = entries;
        Continue(())
    }
}
