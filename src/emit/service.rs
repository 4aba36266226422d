//! Names, documentation and message paths of a service, shared by server and client.

use super::context::Context;
use crate::model::{Comment, MessageId, Method, Service};
use crate::name::{service_module, service_stem};
use crate::options::is_under;
use crate::text::comment;

/// The lints that are silent in generated modules: rpcs are named and documented by their authors, deprecated ones are
/// served too, a program rarely uses a whole API, and it may mount it in private.
pub(super) const ALLOWED_LINTS: &str =
    "clippy::all, clippy::pedantic, clippy::nursery, dead_code, deprecated, missing_docs, unreachable_pub";

/// A service as its emitters see it.
pub(super) struct View<'a> {
    context: &'a Context<'a>,
    service: &'a Service,
}

impl<'a> View<'a> {
    pub(super) fn new(context: &'a Context<'a>, service: &'a Service) -> Self {
        Self { context, service }
    }

    /// `user_service_server` for the suffix `server`.
    pub(super) fn module(&self, suffix: &str) -> String {
        service_module(&self.service.name.proto, suffix)
    }

    /// `UserService`, in `UserServiceServer`.
    pub(super) fn stem(&self) -> String {
        service_stem(&self.service.name.proto)
    }

    /// The doc comment of the service.
    pub(super) fn doc(&self, indent: usize) -> String {
        self.documentation(&self.service.comment, &format!(".{}", self.service.full_name), indent)
    }

    /// The attributes of an item of the service, a line each.
    pub(super) fn attributes(&self, attributes: &[(String, String)], indent: usize) -> String {
        let full_name = format!(".{}", self.service.full_name);
        let attributes = attributes.iter().filter(|(path, _)| is_under(&full_name, path));
        attributes.map(|(_, attribute)| format!("{:indent$}{attribute}\n", "")).collect()
    }

    /// The doc comment of a method.
    pub(super) fn method_doc(&self, method: &Method, indent: usize) -> String {
        let path = format!(".{}.{}", self.service.full_name, method.name.proto);
        self.documentation(&method.comment, &path, indent)
    }

    fn documentation(&self, comment: &Comment, path: &str, indent: usize) -> String {
        let mut text = String::new();
        if let Some(comment) = comment.text()
            && !self.context.options.disable_comments.iter().any(|prefix| is_under(path, prefix))
        {
            comment::render(comment, indent, &mut text);
        }
        text
    }

    /// The request path of a method: `/ecommerce.v1.UserService/GetUser`.
    pub(super) fn path(&self, method: &Method) -> String {
        format!("/{}/{}", self.service.full_name, method.name.proto)
    }

    /// A message's Rust path inside a service's module.
    pub(super) fn message(&self, id: MessageId) -> String {
        self.context.message_path(1, id)
    }
}
