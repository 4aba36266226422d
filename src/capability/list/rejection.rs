//! Reasons why a method with parts of a list is not a list method.

use crate::model::MethodId;

/// Reason why a method with parts of a list is not a list method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rejection {
    /// The request has no size, or a size of another type.
    Size,
    /// The request has no token, or a token of another type.
    Token,
    /// The response has no token, or a token of another type.
    NextToken,
    /// The response has no repeated field.
    Items,
    /// The response has a map and no repeated message.
    Map,
    /// The first repeated field does not have the lowest number.
    Order,
    /// The response has several repeated fields, and no convention chooses one.
    Several,
    /// Each message of the stream is a page.
    Pages,
    /// The requests are a stream.
    Requests,
    /// The items are a stream, and not in the field that an option names.
    Streamed,
    /// The name of the method does not say that it lists, and its fields can have other meanings.
    Verb,
    /// A field of the request is behind more fields than the runtime has bits for.
    Far,
    /// Another method has the same request and returns other items.
    Shared,
    /// The option `pagination_items` chooses this other method with the same request.
    Displaced(MethodId),
    /// The request is declared in another package, whose file does not know the method.
    Foreign,
    /// The option `pagination_except` names the method.
    Excepted,
}

impl Rejection {
    /// Reason as a clause.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::Size => "its request has no `page_size` or `max_results` that is an `int32` or a `uint32`",
            Self::Token => "its request has no `page_token` that is a `string`",
            Self::NextToken => "its response has no `next_page_token` that is a `string`",
            Self::Items => "its response has no repeated field for the items",
            Self::Map => "its response has no repeated message, and a map that could be the items",
            Self::Several => "its response has several repeated fields",
            Self::Order => "the first repeated field of its response has not the lowest number",
            Self::Pages => "it streams pages, not items",
            Self::Requests => "its requests are a stream",
            Self::Streamed => "its items are a stream, not a field",
            Self::Verb => "its name does not say that it lists",
            Self::Far => "the fields that say which page are not among the first 64 of its request",
            Self::Shared | Self::Displaced(_) => "another method returns other items for the same request",
            Self::Foreign => "its request is declared in another package or crate",
            Self::Excepted => "an option says so",
        }
    }
}
