//! Enums and their values.

use super::{Comment, FileId};
use crate::name::Name;

/// An enum.
#[derive(Debug, Clone)]
pub(crate) struct Enum {
    /// `UserStatus` in both languages.
    pub(crate) name: Name,
    /// For example `.ecommerce.v1.UserStatus`.
    pub(crate) full_name: String,
    /// The file that declares it.
    pub(crate) file: FileId,
    /// Its descriptor path in the file.
    pub(crate) path: Vec<i32>,
    /// In source order, aliases included.
    pub(crate) values: Vec<EnumValue>,
    pub(crate) deprecated: bool,
    pub(crate) comment: Comment,
}

/// A value of an enum.
#[derive(Debug, Clone)]
pub(crate) struct EnumValue {
    /// As written, for example `USER_STATUS_ACTIVE`; the Rust name depends on an option and is made where it is used.
    pub(crate) proto_name: String,
    pub(crate) number: i32,
    pub(crate) deprecated: bool,
    pub(crate) comment: Comment,
}
