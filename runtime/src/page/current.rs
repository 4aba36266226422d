//! The page that a request asks for, and the answer to it.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::sync::Arc;

use super::binding::Binding;
use super::cursor::{self, Cursor, Next, Payload};
use super::key::Derived;
use super::pages::{Cursors, Pages, Sealing};
use super::problems::Problems;
use super::request::{Argument, ListAnswer, ListRequest, Start};
use super::token::{self, Refusal, SealError};
use crate::fields::Fields;
use crate::filter::Filter;
use crate::order::OrderBy;
use crate::violation::Violations;

/// A page that a request asks for: what was checked of the request, and what the next page's token takes.
pub struct Page<'p, R: ListRequest> {
    size: u32,
    skip: u64,
    start: Option<Cursor>,
    cursors: Cursors,
    order: Cow<'p, OrderBy<R::Resource>>,
    filter: Filter<R::Resource>,
    seal: Option<Seal<'p>>,
}

/// What seals the token of the next page.
struct Seal<'p> {
    settings: &'p Sealing,
    key: Arc<Derived>,
    binding: Binding,
}

/// The items of a page, and the token of the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Finished<T> {
    /// At most as many items as the page has.
    pub items: Vec<T>,
    /// Empty when there is no next page.
    pub next_page_token: String,
}

/// An item of the list.
pub(super) type Item<R> = <<R as ListRequest>::Resource as Fields>::Message;

impl<'p, R: ListRequest> Page<'p, R> {
    /// Checks the request, all of it, before it says what is wrong.
    pub(super) fn of(request: &R, pages: &'p Pages<R>, principal: Option<&[u8]>) -> Result<Self, Violations> {
        let arguments = request.arguments();
        let mut problems = Problems::<R>::default();
        let size = pages.sizes.size(arguments.size.value).unwrap_or_else(|_| {
            problems.negative(arguments.size);
            0
        });
        let skip = arguments.skip.map_or(0, |skip| problems.count(skip));
        let order = match arguments.order_by {
            Some(text) if !text.value.trim_matches(' ').is_empty() => {
                let parsed = OrderBy::parse_with(text.value, &pages.order_options);
                Cow::Owned(pages.total(problems.parsed(parsed)))
            }
            _ => Cow::Borrowed(&pages.default_order),
        };
        let filter = match arguments.filter {
            Some(text) => problems.parsed(Filter::parse_with(text.value, &pages.filter_options)),
            None => Filter::default(),
        };
        let seal = pages.sealing.as_ref().map(|settings| Seal::of(request, settings, principal, &order));
        let mut page = Self { size, skip, start: None, cursors: pages.cursors, order, filter, seal };
        match arguments.start {
            Start::Offset(offset) => page.start = Some(Cursor::Offset(problems.count(offset))),
            Start::Beginning | Start::Token(Argument { value: "", .. }) => {}
            Start::Token(token) => match page.open(token.value) {
                Ok(start) => page.start = Some(start),
                Err(refusal) => {
                    if let Some(observe) = page.seal.as_ref().and_then(|seal| seal.settings.on_refusal.as_ref()) {
                        observe(refusal);
                    }
                    problems.refused(token);
                }
            },
        }
        problems.check()?;
        Ok(page)
    }

    /// The cursor of a token, if the token is for this page's method, principal, request and order, and still valid.
    fn open(&self, token: &str) -> Result<Cursor, Refusal> {
        let Some(seal) = &self.seal else { return Err(Refusal::UnknownKey) };
        let Payload { issued_at, cursor } = token::open(&seal.settings.ring, &seal.binding, token, cursor::read)?;
        if seal.settings.now().saturating_sub(issued_at) > seal.settings.validity.as_secs() {
            return Err(Refusal::Expired);
        }
        match (&cursor, self.cursors) {
            (Cursor::Keyset(values), Cursors::Keyset) if values.len() == self.order.terms().len() => Ok(cursor),
            (Cursor::Offset(_), Cursors::Offset) | (Cursor::Opaque(_), Cursors::Opaque) => Ok(cursor),
            _ => Err(Refusal::OtherCursor),
        }
    }

    /// How many items the page has at most.
    #[must_use]
    pub fn size(&self) -> u32 {
        self.size
    }

    /// How many items to look for: one more than the page has, which says whether there is a next page.
    #[must_use]
    pub fn limit(&self) -> u64 {
        u64::from(self.size) + 1
    }

    /// How many items to leave out from where the page starts: `skip`, and an offset.
    #[must_use]
    pub fn offset(&self) -> u64 {
        match self.start {
            Some(Cursor::Offset(offset)) => offset.saturating_add(self.skip),
            _ => self.skip,
        }
    }

    /// Where the page starts; `None` for the first page.
    #[must_use]
    pub fn cursor(&self) -> Option<&Cursor> {
        self.start.as_ref()
    }

    /// What the server put into the token; `None` for the first page, and for tokens that are not opaque.
    #[must_use]
    pub fn opaque(&self) -> Option<&[u8]> {
        match &self.start {
            Some(Cursor::Opaque(bytes)) => Some(bytes),
            _ => None,
        }
    }

    /// The order of the list: the request's, or the default, and the tie-breakers.
    #[must_use]
    pub fn order(&self) -> &OrderBy<R::Resource> {
        &self.order
    }

    /// What the request filters by.
    #[must_use]
    pub fn filter(&self) -> &Filter<R::Resource> {
        &self.filter
    }

    /// Makes the page of what was found: at most [`limit`](Self::limit) items, in order, from where the page starts.
    ///
    /// # Errors
    ///
    /// When the token of the next page cannot be made.
    pub fn finish<T: Borrow<Item<R>>>(&self, mut rows: Vec<T>) -> Result<Finished<T>, SealError> {
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        if rows.len() <= size {
            return Ok(Finished { items: rows, next_page_token: String::new() });
        }
        rows.truncate(size);
        let next_page_token = match (self.cursors, rows.last()) {
            (Cursors::Keyset, Some(last)) => {
                let values = self.order.values(last.borrow());
                self.seal(Next::Keyset(&values))?
            }
            (Cursors::Opaque, _) => return Err(SealError::Opaque),
            _ => self.seal(Next::Offset(self.offset().saturating_add(u64::from(self.size))))?,
        };
        Ok(Finished { items: rows, next_page_token })
    }

    /// Makes a page whose token says what the server wants; `None` for the last page.
    ///
    /// # Errors
    ///
    /// When the token cannot be made.
    pub fn finish_at<T>(&self, items: Vec<T>, next: Option<&[u8]>) -> Result<Finished<T>, SealError> {
        let next_page_token = match (next, self.cursors) {
            (None, _) => String::new(),
            (Some(next), Cursors::Opaque) => self.seal(Next::Opaque(next))?,
            (Some(_), Cursors::Keyset | Cursors::Offset) => return Err(SealError::Opaque),
        };
        Ok(Finished { items, next_page_token })
    }

    /// The token, or none where the request has no place for it.
    fn seal(&self, next: Next<'_>) -> Result<String, SealError> {
        let Some(seal) = &self.seal else { return Ok(String::new()) };
        let issued_at = seal.settings.now();
        token::seal(&seal.key, &seal.binding, |payload| cursor::write(issued_at, next, payload))
    }
}

impl<R: ListAnswer> Page<'_, R> {
    /// The response of what was found: at most [`limit`](Self::limit) items, in order, from where the page starts.
    ///
    /// # Errors
    ///
    /// When the token of the next page cannot be made.
    pub fn respond(&self, rows: Vec<Item<R>>) -> Result<R::Response, SealError> {
        Ok(self.finish(rows)?.answer::<R>(None))
    }

    /// As [`respond`](Self::respond), and says how many items the filter leaves of the whole list.
    ///
    /// # Errors
    ///
    /// When the token of the next page cannot be made.
    pub fn respond_with_total(&self, rows: Vec<Item<R>>, total_size: u64) -> Result<R::Response, SealError> {
        Ok(self.finish(rows)?.answer::<R>(Some(total_size)))
    }
}

impl<T> Finished<T> {
    /// The response of the method.
    #[must_use]
    pub fn answer<R: ListAnswer>(self, total_size: Option<u64>) -> R::Response
    where
        R::Resource: Fields<Message = T>,
    {
        R::answer(self.items, self.next_page_token, total_size)
    }
}

impl<'p> Seal<'p> {
    fn of<R: ListRequest>(
        request: &R,
        settings: &'p Sealing,
        principal: Option<&[u8]>,
        order: &OrderBy<R::Resource>,
    ) -> Self {
        let key = settings.ring.sealing();
        let binding = Binding::new(key.id, settings.method, principal, order, request);
        Self { settings, key, binding }
    }
}

impl<R: ListRequest> fmt::Debug for Page<'_, R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Page")
            .field("size", &self.size)
            .field("skip", &self.skip)
            .field("start", &self.start)
            .field("order", &self.order)
            .field("filter", &self.filter)
            .finish_non_exhaustive()
    }
}
