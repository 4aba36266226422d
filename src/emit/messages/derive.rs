//! Which messages prost-build can derive `Copy` and `Eq` for, over the whole model.
//!
//! The rules are those of prost-build 0.14 (`Context::can_message_derive_copy` and `..._eq`). It walks all messages
//! below the one in question, once for each field, which is exponential in the worst case; this is one walk for all.
//! Types that `extern_path` names derive nothing here unless `extern_derives` names them too: prost-build would assume
//! that they are prost's structs of these protos.

use super::boxing::is_asked_for;
use crate::model::{Encoding, Field, FieldType, Message, MessageId, Model, Scalar, Shape};
use crate::options::Options;

/// What can be derived for each message of a model.
#[derive(Debug)]
pub(super) struct Derives(Vec<Derive>);

/// What can be derived for one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Derive {
    pub(super) copy: bool,
    pub(super) eq: bool,
}

impl Derive {
    const NOTHING: Self = Self { copy: false, eq: false };
}

impl Derives {
    pub(super) fn get(&self, id: MessageId) -> Derive {
        self.0[id.0]
    }
}

#[derive(Clone, Copy)]
enum State {
    Unseen,
    /// On the current path: meeting it again is a cycle, and members of a cycle are boxed and derive neither.
    Open(Derive),
    Done(Derive),
}

/// Decides for every message, without recursion, so that no nesting can exhaust the stack.
pub(super) fn derives(model: &Model, options: &Options) -> Derives {
    let mut states = vec![State::Unseen; model.messages.len()];
    let mut stack: Vec<(usize, usize)> = Vec::new();
    for root in 0..states.len() {
        if matches!(states[root], State::Unseen) {
            states[root] = State::Open(own(&model.messages[root], options));
            stack.push((root, 0));
        }
        while let Some((message, position)) = stack.pop() {
            let State::Open(mut derive) = states[message] else { continue };
            let rest = &model.messages[message].fields[position..];
            let next = rest.iter().enumerate().find_map(|(offset, field)| Some((offset, singular_message(field)?)));
            let Some((offset, target)) = next else {
                states[message] = State::Done(derive);
                continue;
            };
            match states[target.0] {
                State::Unseen => {
                    states[target.0] = State::Open(own(&model.messages[target.0], options));
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
    Derives(states.into_iter().map(done).collect())
}

/// The message that a field holds inline.
fn singular_message(field: &Field) -> Option<MessageId> {
    match (field.r#type, field.shape) {
        (_, Shape::Repeated { .. } | Shape::Map(_)) => None,
        (FieldType::Message(id, Encoding::LengthPrefixed), _) => Some(id),
        _ => None,
    }
}

/// What a message's fields allow, apart from the messages that they hold inline.
fn own(message: &Message, options: &Options) -> Derive {
    if is_unknown(&message.full_name, options) {
        return Derive::NOTHING;
    }
    let copy = |field: &Field| match (field.r#type, field.shape) {
        (_, Shape::Repeated { .. } | Shape::Map(_)) => false,
        (FieldType::Scalar(scalar), _) => !matches!(scalar, Scalar::String | Scalar::Bytes),
        (FieldType::Enum(_), _) => true,
        (FieldType::Message(_, Encoding::LengthPrefixed), _) => !is_asked_for(message, field, options),
        (FieldType::Message(_, Encoding::Delimited | Encoding::Group), _) => false,
    };
    let eq = |field: &Field| match (field.r#type, field.shape) {
        (FieldType::Scalar(scalar), _) => !matches!(scalar, Scalar::Float | Scalar::Double),
        (FieldType::Enum(_), _) => true,
        (FieldType::Message(..), Shape::Repeated { .. } | Shape::Map(_)) => false,
        (FieldType::Message(_, encoding), _) => encoding == Encoding::LengthPrefixed,
    };
    Derive { copy: message.fields.iter().all(copy), eq: message.fields.iter().all(eq) }
}

/// Whether the type of a message is the user's, and no option says what it implements.
fn is_unknown(full_name: &str, options: &Options) -> bool {
    let paths = options.extern_paths();
    paths.covers(full_name) && !paths.is_of_prost(full_name) && !options.has_extern_derives(full_name)
}
