//! Services and methods.

use super::{Comment, CustomOption, FileId, MessageId};
use crate::name::Name;

/// A service of a file to generate.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    /// `UserService` in both languages.
    pub(crate) name: Name,
    /// Without a leading dot, as it stands in a request path: `ecommerce.v1.UserService`.
    pub(crate) full_name: String,
    /// The file that declares it.
    pub(crate) file: FileId,
    /// Its descriptor path in the file.
    pub(crate) path: Vec<i32>,
    /// In source order.
    pub(crate) methods: Vec<Method>,
    pub(crate) deprecated: bool,
    /// Annotations such as `google.api.default_host`.
    pub(crate) options: Vec<CustomOption>,
    pub(crate) comment: Comment,
}

/// A method of a service.
#[derive(Debug, Clone)]
pub(crate) struct Method {
    /// `GetUser`, and `get_user` in Rust.
    pub(crate) name: Name,
    /// The message a call carries.
    pub(crate) input: MessageId,
    /// The message an answer carries.
    pub(crate) output: MessageId,
    pub(crate) streaming: Streaming,
    pub(crate) deprecated: bool,
    /// Annotations such as `google.api.http`.
    pub(crate) options: Vec<CustomOption>,
    pub(crate) comment: Comment,
}

/// Which sides send more than one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Streaming {
    Unary,
    Server,
    Client,
    Bidirectional,
}
