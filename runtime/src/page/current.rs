//! The page that a request asks for. What is made of its rows is in `finish.rs`.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::arguments::{Argument, Start};
use super::binding::Binding;
use super::cursor::{self, Cursor, Next, Payload};
use super::key::Derived;
use super::kind::{Opaque, Sorted};
use super::pages::{Cursors, Pages};
use super::problems::{Problems, subject};
use super::request::ListRequest;
use super::sealing::Sealing;
use super::token::{self, Failure, Refusal, SealError};
use crate::fields::Fields;
use crate::filter::Filter;
use crate::order::{CursorValue, OrderBy};
use crate::violation::Violations;

/// A page that a request asks for: what was checked of the request, and what the next page's token takes.
pub struct Page<'p, R: ListRequest, K = Sorted> {
    size: u32,
    skip: u64,
    start: Option<Cursor>,
    /// Number of items between a keyset cursor and the page.
    passed: u64,
    pub(super) cursors: Cursors,
    order: Cow<'p, OrderBy<R::Resource>>,
    /// How many terms of the order the request says; the others are the server's.
    pub(super) asked: usize,
    filter: Filter<R::Resource>,
    seal: Option<Seal<'p>>,
    kind: PhantomData<fn(K)>,
}

/// What seals the token of the next page.
struct Seal<'p> {
    settings: &'p Sealing,
    key: Arc<Derived>,
    binding: Binding,
}

/// An item of the list.
pub(super) type Item<R> = <<R as ListRequest>::Resource as Fields>::Message;

impl<'p, R: ListRequest, K> Page<'p, R, K> {
    /// Checks the request, all of it, before it says what is wrong.
    pub(super) fn of(request: &R, pages: &'p Pages<R, K>, principal: Option<&[u8]>) -> Result<Self, Violations> {
        let arguments = request.arguments();
        let mut problems = Problems::<R>::default();
        let size = pages.sizes.size(arguments.size.value).unwrap_or_else(|_| {
            problems.negative(arguments.size);
            0
        });
        let skip = arguments.skip.map_or(0, |skip| problems.count(skip));
        let order_by = arguments.order_by.filter(|text| !text.value.trim_matches(' ').is_empty());
        let mut asked = 0;
        let order = match order_by {
            Some(text) => {
                let parsed = problems.parsed(text, OrderBy::parse_with(text.value, &pages.order_options));
                asked = parsed.terms().len();
                Cow::Owned(pages.total(parsed.in_field(text.position.name::<R>())))
            }
            None => Cow::Borrowed(&pages.default_order),
        };
        let filter = match arguments.filter {
            Some(text) => {
                let parsed = problems.parsed(text, Filter::parse_with(text.value, &pages.filter_options));
                parsed.in_field(text.position.name::<R>())
            }
            None => Filter::default(),
        };
        let seal = pages.sealing.as_ref().map(|settings| Seal::of(request, settings, principal, &order));
        let mut page = Self {
            size,
            skip,
            start: None,
            passed: 0,
            cursors: pages.cursors,
            order,
            asked,
            filter,
            seal,
            kind: PhantomData,
        };
        match arguments.start {
            Start::Offset(offset) => page.start = Some(Cursor::Offset(problems.count(offset))),
            Start::Beginning | Start::Token(Argument { value: "", .. }) => {}
            Start::Token(token) => match page.open(token.value) {
                Ok((start, passed)) => (page.start, page.passed) = (Some(start), passed),
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

    /// The cursor of a token and how many items come after it, if the token is for this page's method, principal, request
    /// and order, and still valid.
    fn open(&self, token: &str) -> Result<(Cursor, u64), Refusal> {
        let Some(seal) = &self.seal else { return Err(Refusal::UnknownKey) };
        let Payload { issued_at, cursor, passed } =
            token::open(&seal.settings.ring, &seal.binding, token, cursor::read)?;
        if seal.settings.is_expired(issued_at) {
            return Err(Refusal::Expired);
        }
        match (&cursor, self.cursors) {
            (Cursor::Keyset(values), Cursors::Keyset) if values.is_empty() && passed > 0 => {
                Ok((Cursor::Offset(passed), 0))
            }
            (Cursor::Keyset(values), Cursors::Keyset) if cursor::fit(values, self.order.terms()) => {
                Ok((cursor, passed))
            }
            (Cursor::Offset(_), Cursors::Offset) | (Cursor::Opaque(_), Cursors::Opaque) => Ok((cursor, 0)),
            _ => Err(Refusal::OtherCursor),
        }
    }

    /// How many items the page has at most. **It is not how many to look for**: that is [`limit`](Self::limit).
    #[must_use]
    pub fn page_size(&self) -> u32 {
        self.size
    }

    /// How many items to look for: **one more than the page has**, which says whether there is a next page. Who looks for
    /// [`page_size`](Self::page_size) items ends every list with its first page.
    #[must_use]
    pub fn limit(&self) -> u64 {
        u64::from(self.size) + 1
    }

    /// Returns the number of items to skip before the page: `skip`, plus an offset, plus the items that the token counts
    /// after its cursor.
    #[must_use]
    pub fn offset(&self) -> u64 {
        match self.start {
            Some(Cursor::Offset(offset)) => offset.saturating_add(self.skip),
            _ => self.passed.saturating_add(self.skip),
        }
    }

    /// Returns the start of the page, [`offset`](Self::offset) items before its first item; `None` for the first page.
    #[must_use]
    pub fn cursor(&self) -> Option<&Cursor> {
        self.start.as_ref()
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

    /// The token of what comes after an item with these values. Where they are too long for a token, it says where this
    /// page starts, and how many items come between.
    pub(super) fn seal_after(&self, values: &[CursorValue]) -> Result<String, SealError> {
        match self.seal(Next::Keyset(values)) {
            // The next page can start here, and its token then has a count as well.
            Ok(token) if token.len() <= token::MOST - cursor::MOST_COUNT => Ok(token),
            Ok(_) | Err(SealError::TooLong(_)) => {
                let passed = self.offset().saturating_add(u64::from(self.size));
                match &self.start {
                    Some(Cursor::Keyset(values)) => self.seal(Next::Passed(passed, values)),
                    _ => self.seal(Next::Passed(passed, &[])),
                }
            }
            Err(error) => Err(error),
        }
    }

    /// The token, or none where the request has no place for it.
    pub(super) fn seal(&self, next: Next<'_>) -> Result<String, SealError> {
        let Some(seal) = &self.seal else { return Ok(String::new()) };
        let issued_at = seal.settings.now();
        token::seal(&seal.key, &seal.binding, |payload| cursor::write(issued_at, next, payload)).map_err(|failure| {
            match failure {
                Failure::TooLong => SealError::TooLong(subject::<R>()),
                Failure::NoRandomness => SealError::NoRandomness(subject::<R>()),
            }
        })
    }
}

impl<R: ListRequest> Page<'_, R, Opaque> {
    /// What the server put into the token; `None` for the first page.
    #[must_use]
    pub fn opaque(&self) -> Option<&[u8]> {
        match &self.start {
            Some(Cursor::Opaque(bytes)) => Some(bytes),
            _ => None,
        }
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

impl<R: ListRequest, K> fmt::Debug for Page<'_, R, K> {
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
