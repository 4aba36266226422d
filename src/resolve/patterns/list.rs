//! Lists: AIP-158, told apart as AIP-4233 says, with two relatives that many services have.
//!
//! | list | request | response |
//! |---|---|---|
//! | by pages | `page_size` or else `max_results`: `int32`, `uint32` or a wrapper of them; `page_token`: `string` | `next_page_token`: `string`; the items |
//! | by offset | `limit` and `offset`: any integers | the items |
//! | streamed | as one of these, or a size or `limit` alone; without a token, the method's name must say that it lists | each message is an item |
//!
//! None of these fields may be repeated or in a oneof. What else is there is taken along: `skip`, `filter`, `order_by`,
//! and one of `total_size`, `total_count` and `total`; each only where its type fits. A method with a part of the wrong
//! type is no list and no error: every other generator takes it too. Only an order of items that AIP-4233 wants refused
//! is refused (see [`items`]). An option names methods that are lists all the same, and may then count by any integers;
//! `--dump-model` tells of every method with parts of a list why it is none.

mod arguments;
mod choice;
mod items;
mod sharing;

pub(super) use choice::check;
pub(super) use sharing::settle;

use super::Finder;
use crate::diagnostic::Diagnostics;
use crate::model::{Answer, List, Listing, LookAlike, MessageId, Method, Service, Start, Streaming};
use crate::options::is_under;

/// Where the items of a method are said to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Items<'a> {
    /// Where the rules find them.
    Found,
    /// In the field that an option names.
    Chosen(&'a str),
}

/// Why a method is no list; nothing where it has no part of one.
type No = Option<LookAlike>;

impl Finder<'_> {
    /// Tells whether a method returns a list.
    pub(super) fn listing(&self, service: &Service, method: &Method, diagnostics: &mut Diagnostics) -> Listing {
        let listing = self.recognized(service, method, diagnostics);
        if let Listing::List(list) = &listing
            && let Some(warning) = self.second_size(method, list)
        {
            diagnostics.warning(warning);
        }
        listing
    }

    fn recognized(&self, service: &Service, method: &Method, diagnostics: &mut Diagnostics) -> Listing {
        let path = format!(".{}.{}", service.full_name, method.name.proto);
        if let Some(field) = self.options.items_of(&path) {
            return match self.as_list(method, Items::Chosen(field)) {
                Ok(list) => Listing::List(list),
                Err(reason) => {
                    diagnostics.error(choice::impossible(service, method, field, reason));
                    Listing::No
                }
            };
        }
        let is_excepted = self.options.pagination_except.iter().any(|prefix| is_under(&path, prefix));
        match self.as_list(method, Items::Found) {
            Ok(_) | Err(Some(LookAlike::Order)) if is_excepted => Listing::LookAlike(LookAlike::Excepted),
            Ok(list) => Listing::List(list),
            Err(Some(reason)) => {
                if reason == LookAlike::Order {
                    diagnostics.error(self.ambiguous(service, method, &path));
                }
                Listing::LookAlike(reason)
            }
            Err(None) => Listing::No,
        }
    }

    fn as_list(&self, method: &Method, items: Items<'_>) -> Result<List, No> {
        if !self.is_small(method.input) || !self.is_small(method.output) || !self.is_resource(method.input) {
            return Err(None);
        }
        let (size, start) = self.place(method, items)?;
        let answer = self.answer(method, start, items)?;
        let (filter, order_by) = (self.text(method.input, "filter"), self.text(method.input, "order_by"));
        Ok(List { size, start, filter, order_by, answer })
    }

    /// How the items come back.
    fn answer(&self, method: &Method, start: Start, items: Items<'_>) -> Result<Answer, No> {
        let response = self.model.message(method.output);
        match method.streaming {
            Streaming::Unary if self.is_resource(method.output) => {}
            Streaming::Unary => return Err(None),
            Streaming::Server if items != Items::Found => return Err(Some(LookAlike::Streamed)),
            Streaming::Server if self.has_next_page_token(method.output) => return Err(Some(LookAlike::Pages)),
            Streaming::Server => return Ok(Answer::Stream),
            Streaming::Client | Streaming::Bidirectional => return Err(Some(LookAlike::Requests)),
        }
        let next_page_token = match start {
            Start::Token { .. } => Some(self.text(method.output, "next_page_token").ok_or(Some(LookAlike::NextToken))?),
            Start::Offset(_) | Start::Beginning => None,
        };
        let items = items::find(response, start, items)?;
        Ok(Answer::Page { items, next_page_token, total_size: self.total(method.output) })
    }

    fn has_next_page_token(&self, response: MessageId) -> bool {
        self.text(response, "next_page_token").is_some()
    }
}
