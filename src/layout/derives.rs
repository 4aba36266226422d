//! Messages that prost-build derives `Copy`, `Eq` and `Hash` for.
//!
//! The rules are those of prost-build 0.14 (`Context::can_message_derive_copy` and `..._eq`). prost-build walks all
//! messages below a message once for each field, which is exponential in the worst case. This is one walk for all.
//! A type at an `extern_path` derives nothing here unless `extern_derives` names it. prost-build would assume that the
//! type is prost's struct of the proto.

use super::cycles::length_prefixed_message;
use super::{BoxReason, Layout};
use crate::model::{Encoding, Field, FieldId, FieldType, MessageId, Model, Scalar, Shape, TypeId};

/// Traits that can be derived for each message of a model.
#[derive(Debug, Default)]
pub(super) struct Derives(Vec<Derive>);

/// Traits that can be derived for a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Derive {
    pub(crate) copy: bool,
    /// `Eq` and `Hash`.
    pub(crate) eq: bool,
}

impl Derive {
    const NOTHING: Self = Self { copy: false, eq: false };
}

#[derive(Clone, Copy)]
enum State {
    Unseen,
    /// On the current path. Meeting it again is a cycle; the members of a cycle are boxed and derive neither.
    Open(Derive),
    Done(Derive),
}

impl Derives {
    pub(super) fn get(&self, id: MessageId) -> Derive {
        self.0[id.0]
    }

    /// Walks all messages without recursion, so that no nesting exhausts the stack.
    pub(super) fn compute(model: &Model, layout: &Layout) -> Self {
        let mut states = vec![State::Unseen; model.messages.len()];
        let mut stack: Vec<(usize, usize)> = Vec::new();
        for root in 0..states.len() {
            if matches!(states[root], State::Unseen) {
                states[root] = State::Open(own(model, layout, MessageId(root)));
                stack.push((root, 0));
            }
            while let Some((message, position)) = stack.pop() {
                let State::Open(mut derive) = states[message] else { continue };
                let rest = &model.messages[message].fields[position..];
                let next =
                    rest.iter().enumerate().find_map(|(offset, field)| Some((offset, length_prefixed_message(field)?)));
                let Some((offset, target)) = next else {
                    states[message] = State::Done(derive);
                    continue;
                };
                match states[target.0] {
                    State::Unseen => {
                        states[target.0] = State::Open(own(model, layout, target));
                        stack.push((message, position + offset));
                        stack.push((target.0, 0));
                        continue;
                    }
                    State::Open(_) => derive = Derive::NOTHING,
                    State::Done(inner) => {
                        derive = Derive { copy: derive.copy && inner.copy, eq: derive.eq && inner.eq };
                    }
                }
                states[message] = State::Open(derive);
                stack.push((message, position + offset + 1));
            }
        }
        let done = |state| match state {
            State::Done(derive) => derive,
            State::Unseen | State::Open(_) => Derive::NOTHING,
        };
        Self(states.into_iter().map(done).collect())
    }
}

/// Traits that the fields of a message allow, apart from the messages that they contain inline.
fn own(model: &Model, layout: &Layout, id: MessageId) -> Derive {
    if layout.extern_type(TypeId::Message(id)).is_some_and(|r#type| !r#type.is_from_prost && !r#type.has_derives) {
        return Derive::NOTHING;
    }
    let copy = |(index, field): (FieldId, &Field)| match (field.r#type, field.shape) {
        (_, Shape::Repeated { .. } | Shape::Map(_)) => false,
        (FieldType::Scalar(scalar), _) => !matches!(scalar, Scalar::String | Scalar::Bytes),
        (FieldType::Enum(_), _) => true,
        (FieldType::Message(_, Encoding::LengthPrefixed), _) => {
            layout.field(id, index).storage.boxed() != Some(BoxReason::Requested)
        }
        (FieldType::Message(_, Encoding::Delimited | Encoding::Group), _) => false,
    };
    let eq = |field: &Field| match (field.r#type, field.shape) {
        (FieldType::Scalar(scalar), _) => !matches!(scalar, Scalar::Float | Scalar::Double),
        (FieldType::Enum(_), _) => true,
        (FieldType::Message(..), Shape::Repeated { .. } | Shape::Map(_)) => false,
        (FieldType::Message(_, encoding), _) => encoding == Encoding::LengthPrefixed,
    };
    let message = model.message(id);
    Derive { copy: message.fields().all(copy), eq: message.fields.iter().all(eq) }
}
