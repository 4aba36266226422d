//! What a request says of the page that it wants, and a response of the whole list.

use super::{Items, No};
use crate::diagnostic::Diagnostic;
use crate::layout::ScalarType;
use crate::model::{FieldId, List, LookAlike, Message, MessageId, Method, Start, Streaming};
use crate::resolve::patterns::{Finder, verb};

/// The first words of methods that list, where the fields alone could as well mean a range of bytes.
const VERBS: [&str; 7] = ["list", "stream", "search", "query", "find", "browse", "scan"];

/// What counts the pages of AIP-158.
const SIZES: [ScalarType; 2] = [ScalarType::Int32, ScalarType::Uint32];

/// Names of the page size beside a token. Of both in one request, the first name here counts.
const PAGE_SIZES: [&str; 2] = ["page_size", "max_results"];

/// What counts the items where there is no token.
const LIMITS: [&str; 3] = ["limit", "page_size", "max_results"];

const INTEGERS: [ScalarType; 4] = [ScalarType::Int32, ScalarType::Uint32, ScalarType::Int64, ScalarType::Uint64];

/// The runtime has a bit for each of the fields that say which page.
const MAX_POSITION: usize = 64;

impl Finder<'_> {
    /// The size of the page, and how the request says where it starts.
    pub(super) fn place(&self, method: &Method, items: Items<'_>) -> Result<(FieldId, Start), No> {
        let found = self.by_token(method, items);
        let (size, start) = found.or_else(|why| self.by_limit(method).map_err(|other| why.or(other)))?;
        let (first, second) = match start {
            Start::Token { page_token, skip } => (Some(page_token), skip),
            Start::Offset(offset) => (Some(offset), None),
            Start::Beginning => (None, None),
        };
        let is_far = [Some(size), first, second].into_iter().flatten().any(|id| id.0 >= MAX_POSITION);
        if is_far { Err(Some(LookAlike::Far)) } else { Ok((size, start)) }
    }

    fn by_token(&self, method: &Method, items: Items<'_>) -> Result<(FieldId, Start), No> {
        let (request, response) = (self.model.message(method.input), self.model.message(method.output));
        let is_there = |message: &Message, name| message.field_named(name).is_some();
        if !is_there(request, "page_token") && !is_there(request, "page_size") && !is_there(response, "next_page_token")
        {
            return Err(None);
        }
        let types = if items == Items::Found { &SIZES[..] } else { &INTEGERS[..] };
        let size = PAGE_SIZES.into_iter().find_map(|name| self.singular_scalar(method.input, name, types));
        let size = size.ok_or(Some(LookAlike::Size))?;
        let page_token = self.text(method.input, "page_token").ok_or(Some(LookAlike::Token))?;
        Ok((size, Start::Token { page_token, skip: self.singular_scalar(method.input, "skip", &INTEGERS) }))
    }

    /// A limit, with an offset or of a stream. A stream without a token may call its limit as pages do.
    fn by_limit(&self, method: &Method) -> Result<(FieldId, Start), No> {
        let request = self.model.message(method.input);
        let is_stream = method.streaming == Streaming::Server;
        let has_token = request.field_named("page_token").is_some();
        let names = if is_stream && !has_token { &LIMITS[..] } else { &LIMITS[..1] };
        let limit = names.iter().find_map(|name| self.singular_scalar(method.input, name, &INTEGERS)).ok_or(None)?;
        let start = match self.singular_scalar(method.input, "offset", &INTEGERS) {
            Some(offset) => Start::Offset(offset),
            None if is_stream => Start::Beginning,
            None => return Err(None),
        };
        if is_stream && !VERBS.contains(&verb(method).0) {
            return Err(Some(LookAlike::Verb));
        }
        Ok((limit, start))
    }

    /// Warns of a second page size, which the list ignores: its clients would get pages of another size than they ask for.
    ///
    /// It is not an error, because a server can read the older field itself.
    pub(super) fn second_size(&self, method: &Method, list: &List) -> Option<Diagnostic> {
        let request = self.model.message(method.input);
        let [newer, older] = PAGE_SIZES;
        if !matches!(list.start, Start::Token { .. }) || request.field(list.size).name.proto != newer {
            return None;
        }
        let ignored = request.field(self.singular_scalar(method.input, older, &INTEGERS)?);
        let text = format!("`{older}` of `{}` is ignored: `{newer}` is the size of its pages", request.name.proto);
        let warning = Diagnostic::at(&request.field_origin(ignored), text);
        Some(warning.related(&request.field_origin(request.field(list.size)), format!("`{newer}` is here")).help(
            format!("remove one of the two, or copy `{older}` to `{newer}` in the service before it makes the page"),
        ))
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
