//! Enums and their values.

use super::{Comment, CustomOption};
use crate::diagnostic::Origin;
use crate::name::Name;

/// An enum.
#[derive(Debug, Clone)]
pub(crate) struct Enum {
    /// `UserStatus` in both languages.
    pub(crate) name: Name,
    /// For example `.ecommerce.v1.UserStatus`.
    pub(crate) full_name: String,
    /// Place of the declaration.
    pub(crate) origin: Origin,
    /// In source order, aliases included.
    pub(crate) values: Vec<EnumValue>,
    pub(crate) deprecated: bool,
    /// Annotations, of imported enums too.
    pub(crate) options: Vec<CustomOption>,
    pub(crate) comment: Comment,
}

/// A value of an enum.
#[derive(Debug, Clone)]
pub(crate) struct EnumValue {
    /// As written, for example `USER_STATUS_ACTIVE`; the Rust name depends on an option and is made where it is used.
    pub(crate) proto_name: String,
    pub(crate) number: i32,
    /// Its index in the descriptor.
    pub(crate) index: i32,
    pub(crate) deprecated: bool,
    /// Annotations of the value.
    pub(crate) options: Vec<CustomOption>,
    pub(crate) comment: Comment,
}

impl Enum {
    /// Returns the place of a value's declaration.
    pub(crate) fn value_origin(&self, value: &EnumValue) -> Origin {
        self.origin.child(&[2, value.index])
    }
}
