//! Keys of maps as a mask keeps them.

use crate::fields::KeyRef;

/// A key that a mask names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OwnedKey {
    Bool(bool),
    Int(i64),
    Uint(u64),
    Text(Box<str>),
}

impl OwnedKey {
    pub(super) fn new(key: KeyRef<'_>) -> Self {
        match key {
            KeyRef::Bool(key) => Self::Bool(key),
            KeyRef::Int(key) => Self::Int(key),
            KeyRef::Uint(key) => Self::Uint(key),
            KeyRef::Text(key) => Self::Text(key.into()),
        }
    }

    pub(super) fn view(&self) -> KeyRef<'_> {
        match self {
            Self::Bool(key) => KeyRef::Bool(*key),
            Self::Int(key) => KeyRef::Int(*key),
            Self::Uint(key) => KeyRef::Uint(*key),
            Self::Text(key) => KeyRef::Text(key),
        }
    }
}
