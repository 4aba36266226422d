//! Lists that come a page at a time, or as a stream; every part names the field that shows it.

use super::{Encoding, FieldId, FieldType, Method, Model};

/// Whether a method returns a list by the conventions of AIP-158 and AIP-4233.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listing {
    /// Nothing looks like it.
    No,
    /// It has some of the parts, but is left alone.
    LookAlike(LookAlike),
    List(List),
}

/// A list: the fields of its request, and those of its response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct List {
    /// How many items are wanted: `page_size`, `max_results` or `limit`.
    pub(crate) size: FieldId,
    pub(crate) start: Start,
    pub(crate) filter: Option<FieldId>,
    pub(crate) order_by: Option<FieldId>,
    pub(crate) answer: Answer,
}

/// How a request says where its page starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    Token {
        page_token: FieldId,
        /// How many items to leave out after that.
        skip: Option<FieldId>,
    },
    Offset(FieldId),
    /// It does not: only the front of the list can be had.
    Beginning,
}

/// How the items come; the fields of the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// One by one: each message of the stream is an item.
    Stream,
    Page {
        items: FieldId,
        /// There where the request has a token.
        next_page_token: Option<FieldId>,
        total_size: Option<FieldId>,
    },
}

/// Why a method with parts of a list is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LookAlike {
    /// The request has no size, or one of another type.
    Size,
    /// The request has no token, or one of another type.
    Token,
    /// The response has no token, or one of another type.
    NextToken,
    /// The response has no repeated field.
    Items,
    /// The response has a map, and no repeated message.
    Map,
    /// The first repeated field has not the lowest number.
    Order,
    /// The response has several repeated fields, and no convention that chooses.
    Several,
    /// Each message of the stream is a page.
    Pages,
    /// The requests come as a stream.
    Requests,
    /// The items come as a stream, and not in the field that an option names.
    Streamed,
    /// The method's name does not say that it lists, and its fields could mean something else.
    Verb,
    /// A field of the request stands behind more fields than the runtime has bits for.
    Far,
    /// Another method has the request too, and returns other items.
    Shared,
    /// The request is declared in another package, whose file says nothing of this method.
    Foreign,
    /// An option says so.
    Excepted,
}

impl LookAlike {
    /// What is missing, for people.
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
            Self::Shared => "another method returns other items for the same request",
            Self::Foreign => "its request is declared in another package or crate",
            Self::Excepted => "an option says so",
        }
    }
}

impl Model {
    /// The type of the items of a method's list.
    pub(crate) fn item_type(&self, method: &Method, list: &List) -> FieldType {
        match list.answer {
            Answer::Stream => FieldType::Message(method.output, Encoding::LengthPrefixed),
            Answer::Page { items, .. } => self.value_type(self.message(method.output).field(items)),
        }
    }
}
