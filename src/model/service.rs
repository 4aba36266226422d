//! Services and methods.

use super::{Comment, CustomOption, MessageId};
use crate::diagnostic::Origin;
use crate::name::Name;

/// A service of a file to generate.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    /// `UserService` in both languages.
    pub(crate) name: Name,
    /// Without a leading dot, as it stands in a request path: `ecommerce.v1.UserService`.
    pub(crate) full_name: String,
    /// Place of the declaration.
    pub(crate) origin: Origin,
    /// In source order.
    pub(crate) methods: Vec<Method>,
    /// `google.api.default_host`, for example `library.googleapis.com`.
    pub(crate) default_host: Option<String>,
    pub(crate) deprecated: bool,
    /// Annotations such as `google.api.oauth_scopes`.
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
    /// Its index in the descriptor.
    pub(crate) index: i32,
    pub(crate) streaming: Streaming,
    pub(crate) deprecated: bool,
    /// Annotations such as `google.api.http`.
    pub(crate) options: Vec<CustomOption>,
    pub(crate) comment: Comment,
}

impl Service {
    /// Returns the place of a method's declaration.
    pub(crate) fn method_origin(&self, method: &Method) -> Origin {
        self.origin.child(&[2, method.index])
    }
}

/// Sides that send more than one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Streaming {
    Unary,
    Server,
    Client,
    Bidirectional,
}
