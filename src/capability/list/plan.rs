//! Lists by pages or as a stream. Each part names the field that shows it.

use super::Rejection;
use crate::layout::{Layout, MessageRepr, ValueType};
use crate::model::{FieldId, Method};

/// Match of a method with the conventions of AIP-158 and AIP-4233. `Err(None)` for a method without any part of a list.
pub(super) type ListMatch = Result<List, Option<Rejection>>;

/// Fields of a list in its request and its response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct List {
    /// Number of items on a page: `page_size`, `max_results` or `limit`.
    pub(crate) size: FieldId,
    pub(crate) start: PageStart,
    pub(crate) filter: Option<FieldId>,
    pub(crate) order_by: Option<FieldId>,
    pub(crate) response: ListResponse,
}

/// Start of the page in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageStart {
    Token {
        page_token: FieldId,
        /// Number of items to skip after that.
        skip: Option<FieldId>,
    },
    Offset(FieldId),
    /// The request has no start: only the first items can be requested.
    Beginning,
}

/// Form of the items, with the fields of the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListResponse {
    /// Each message of the stream is an item.
    Stream,
    Page {
        items: FieldId,
        /// Present if the request has a token.
        next_page_token: Option<FieldId>,
        total_size: Option<FieldId>,
    },
}

impl List {
    /// Type of the items of a method's list.
    pub(crate) fn item(&self, layout: &Layout, method: &Method) -> ValueType {
        match self.response {
            ListResponse::Stream => match layout.repr(method.output) {
                MessageRepr::Wrapper(scalar) => ValueType::Wrapper(scalar),
                _ => ValueType::Message(method.output),
            },
            ListResponse::Page { items, .. } => layout.field(method.output, items).value,
        }
    }
}
