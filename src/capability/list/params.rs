//! Fields of a request that select a page, and the total of a response.

use super::items::Items;
use super::{PageStart, Rejection};
use crate::capability::recognizer::Recognizer;
use crate::capability::rpc::Rpc;
use crate::layout::ScalarType;
use crate::model::{FieldId, Message, MessageId, Streaming};

/// First words of methods that list. Without such a word, the fields can also select a range of bytes.
const VERBS: [&str; 7] = ["list", "stream", "search", "query", "find", "browse", "scan"];

/// Types of the page size of AIP-158.
const SIZES: [ScalarType; 2] = [ScalarType::Int32, ScalarType::Uint32];

/// Names of the page size beside a token, in order of precedence.
pub(super) const PAGE_SIZES: [&str; 2] = ["page_size", "max_results"];

/// Names of the page size without a token.
const LIMITS: [&str; 3] = ["limit", "page_size", "max_results"];

pub(super) const INTEGERS: [ScalarType; 4] =
    [ScalarType::Int32, ScalarType::Uint32, ScalarType::Int64, ScalarType::Uint64];

/// Number of the first fields of a request that the runtime has bits for.
const MAX_POSITION: usize = 64;

impl Recognizer<'_> {
    /// Size and start of the page.
    pub(super) fn page(&self, method: &Rpc<'_>, items: Items<'_>) -> Result<(FieldId, PageStart), Option<Rejection>> {
        let found = self.by_token(method, items);
        let (size, start) = found.or_else(|why| self.by_limit(method).map_err(|other| why.or(other)))?;
        let (first, second) = match start {
            PageStart::Token { page_token, skip } => (Some(page_token), skip),
            PageStart::Offset(offset) => (Some(offset), None),
            PageStart::Beginning => (None, None),
        };
        let is_far = [Some(size), first, second].into_iter().flatten().any(|id| id.0 >= MAX_POSITION);
        if is_far { Err(Some(Rejection::Far)) } else { Ok((size, start)) }
    }

    fn by_token(&self, method: &Rpc<'_>, items: Items<'_>) -> Result<(FieldId, PageStart), Option<Rejection>> {
        let (request, response) = (self.model.message(method.input), self.model.message(method.output));
        let is_there = |message: &Message, name| message.field_named(name).is_some();
        if !is_there(request, "page_token") && !is_there(request, "page_size") && !is_there(response, "next_page_token")
        {
            return Err(None);
        }
        let types = if items == Items::Found { &SIZES[..] } else { &INTEGERS[..] };
        let size = PAGE_SIZES.into_iter().find_map(|name| self.singular_scalar(method.input, name, types));
        let size = size.ok_or(Some(Rejection::Size))?;
        let page_token = self.text(method.input, "page_token").ok_or(Some(Rejection::Token))?;
        Ok((size, PageStart::Token { page_token, skip: self.singular_scalar(method.input, "skip", &INTEGERS) }))
    }

    /// A limit with an offset, or the limit of a stream. The limit of a stream without a token may have the name of a
    /// page size.
    fn by_limit(&self, method: &Rpc<'_>) -> Result<(FieldId, PageStart), Option<Rejection>> {
        let request = self.model.message(method.input);
        let is_stream = method.streaming == Streaming::Server;
        let has_token = request.field_named("page_token").is_some();
        let names = if is_stream && !has_token { &LIMITS[..] } else { &LIMITS[..1] };
        let limit = names.iter().find_map(|name| self.singular_scalar(method.input, name, &INTEGERS)).ok_or(None)?;
        let start = match self.singular_scalar(method.input, "offset", &INTEGERS) {
            Some(offset) => PageStart::Offset(offset),
            None if is_stream => PageStart::Beginning,
            None => return Err(None),
        };
        if is_stream && !VERBS.contains(&method.verb().0) {
            return Err(Some(Rejection::Verb));
        }
        Ok((limit, start))
    }

    /// Field with the number of items on all pages.
    pub(super) fn total(&self, response: MessageId) -> Option<FieldId> {
        let names = ["total_size", "total_count", "total"];
        names.into_iter().find_map(|name| self.singular_scalar(response, name, &INTEGERS))
    }

    /// The field with this name, if it contains text.
    pub(super) fn text(&self, message: MessageId, name: &str) -> Option<FieldId> {
        self.singular_scalar(message, name, &[ScalarType::String])
    }
}
