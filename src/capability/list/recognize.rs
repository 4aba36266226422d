//! Recognition of list methods.

use super::items::{self, Items};
use super::plan::ListMatch;
use super::{Candidates, List, ListResponse, PageStart, Rejection};
use crate::capability::recognizer::Recognizer;
use crate::capability::rpc::Rpc;
use crate::model::{MessageId, Method, MethodId, Service, Streaming};
use crate::options::is_under;

/// Matches all methods with the conventions of lists.
pub(in crate::capability) fn recognize(recognizer: &Recognizer<'_>) -> Candidates {
    let model = recognizer.model;
    let mut matches = Vec::new();
    for (id, method) in model.methods() {
        let found = recognizer.list(id);
        let is_chosen = || recognizer.chosen_items(model.service(id), method).is_some();
        if found != Err(None) || is_chosen() {
            matches.push((id, found));
        }
    }
    Candidates::new(matches)
}

impl<'a> Recognizer<'a> {
    /// Field that the option `pagination_items` names for a method.
    pub(super) fn chosen_items(&self, service: &Service, method: &Method) -> Option<&'a str> {
        self.options.items_of(&path(service, method))
    }

    fn list(&self, id: MethodId) -> ListMatch {
        let rpc = Rpc::new(self.model, id);
        let path = path(rpc.service, rpc.method);
        if let Some(field) = self.options.items_of(&path) {
            return self.as_list(&rpc, Items::Chosen(field));
        }
        let is_excepted = || self.options.pagination_except.iter().any(|prefix| is_under(&path, prefix));
        match self.as_list(&rpc, Items::Found) {
            Ok(_) | Err(Some(Rejection::Order)) if is_excepted() => Err(Some(Rejection::Excepted)),
            found => found,
        }
    }

    fn as_list(&self, method: &Rpc<'_>, items: Items<'_>) -> ListMatch {
        if !self.is_small(method.input) || !self.is_small(method.output) || !self.is_resource(method.input) {
            return Err(None);
        }
        let (size, start) = self.page(method, items)?;
        let response = self.list_response(method, start, items)?;
        let (filter, order_by) = (self.text(method.input, "filter"), self.text(method.input, "order_by"));
        Ok(List { size, start, filter, order_by, response })
    }

    /// Form of the items.
    fn list_response(
        &self,
        method: &Rpc<'_>,
        start: PageStart,
        items: Items<'_>,
    ) -> Result<ListResponse, Option<Rejection>> {
        match method.streaming {
            Streaming::Unary if self.is_resource(method.output) => {}
            Streaming::Unary => return Err(None),
            Streaming::Server if items != Items::Found => return Err(Some(Rejection::Streamed)),
            Streaming::Server if self.has_next_page_token(method.output) => return Err(Some(Rejection::Pages)),
            Streaming::Server => return Ok(ListResponse::Stream),
            Streaming::Client | Streaming::Bidirectional => return Err(Some(Rejection::Requests)),
        }
        let next_page_token = match start {
            PageStart::Token { .. } => {
                Some(self.text(method.output, "next_page_token").ok_or(Some(Rejection::NextToken))?)
            }
            PageStart::Offset(_) | PageStart::Beginning => None,
        };
        let items = items::find(self.model.message(method.output), start, items)?;
        Ok(ListResponse::Page { items, next_page_token, total_size: self.total(method.output) })
    }

    fn has_next_page_token(&self, response: MessageId) -> bool {
        self.text(response, "next_page_token").is_some()
    }
}

/// Full name of a method, with a leading dot.
pub(super) fn path(service: &Service, method: &Method) -> String {
    format!(".{}.{}", service.full_name, method.name.proto)
}
