//! The checked page that a request asks for, and the token of the next page.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::pages::{CursorKind, Pages};
use super::paging_mode::{CustomCursor, TotalOrder};
use super::request_violations::{RequestViolations, subject};
use crate::fields::Fields;
use crate::filter::Filter;
use crate::list::request::ListRequest;
use crate::list::request::params::{PageStart, Param};
use crate::list::token::codec::{self, SealFailure};
use crate::list::token::payload::{self, NextCursor, Payload};
use crate::list::token::{Binding, Cursor, DerivedKey, Refusal, SealError, TokenSettings};
use crate::order::{CursorValue, OrderBy, Term};
use crate::violation::Violations;

/// Page that a request asks for, after all checks of the request.
pub struct Page<'p, R: ListRequest, M = TotalOrder> {
    size: u32,
    skip: u64,
    cursor: Option<Cursor>,
    /// Number of items between a keyset cursor and the page.
    skipped: u64,
    cursor_kind: CursorKind,
    order: Cow<'p, OrderBy<R::Resource>>,
    /// Number of terms of the order that the request has. The other terms are settings of the server.
    requested_terms: usize,
    filter: Filter<R::Resource>,
    sealer: Option<TokenSealer<'p>>,
    paging_mode: PhantomData<fn(M)>,
}

/// Creates the token of the next page, and opens the token of this one.
struct TokenSealer<'p> {
    settings: &'p TokenSettings,
    key: Arc<DerivedKey>,
    binding: Binding,
}

/// Item of a list.
pub(super) type Item<R> = <<R as ListRequest>::Resource as Fields>::Message;

impl<'p, R: ListRequest, M> Page<'p, R, M> {
    /// Checks all parameters of the request, and returns the page or all violations.
    pub(super) fn new(request: &R, pages: &'p Pages<R, M>, principal: Option<&[u8]>) -> Result<Self, Violations> {
        let params = request.list_params();
        let mut violations = RequestViolations::<R>::default();
        let size = pages.sizes.size(params.size.value).unwrap_or_else(|_| {
            violations.add_negative(params.size);
            0
        });
        let skip = params.skip.map_or(0, |skip| violations.count(skip));
        let order_by = params.order_by.filter(|param| !param.value.trim_matches(' ').is_empty());
        let mut requested_terms = 0;
        let order = match order_by {
            Some(param) => {
                let parsed = violations.parsed(param, OrderBy::parse_with(param.value, &pages.order_options));
                requested_terms = parsed.terms().len();
                Cow::Owned(pages.with_tie_breakers(parsed.in_field(param.field.name::<R>())))
            }
            None => Cow::Borrowed(&pages.default_order),
        };
        let filter = match params.filter {
            Some(param) => {
                let parsed = violations.parsed(param, Filter::parse_with(param.value, &pages.filter_options));
                parsed.in_field(param.field.name::<R>())
            }
            None => Filter::default(),
        };
        let sealer =
            pages.token_settings.as_ref().map(|settings| TokenSealer::new(request, settings, principal, &order));
        let mut page = Self {
            size,
            skip,
            cursor: None,
            skipped: 0,
            cursor_kind: pages.cursor_kind,
            order,
            requested_terms,
            filter,
            sealer,
            paging_mode: PhantomData,
        };
        match params.start {
            PageStart::Offset(offset) => page.cursor = Some(Cursor::Offset(violations.count(offset))),
            PageStart::Beginning | PageStart::Token(Param { value: "", .. }) => {}
            PageStart::Token(token) => match page.open(token.value) {
                Ok((cursor, skipped)) => (page.cursor, page.skipped) = (Some(cursor), skipped),
                Err(refusal) => {
                    if let Some(observe) = page.sealer.as_ref().and_then(|sealer| sealer.settings.on_refusal.as_ref()) {
                        observe(refusal);
                    }
                    violations.add_invalid_token(token);
                }
            },
        }
        violations.finish()?;
        Ok(page)
    }

    /// Returns the cursor of a token, and the number of items between the cursor and the page. The token must be valid
    /// for the method, the principal, the request and the order of this page.
    fn open(&self, token: &str) -> Result<(Cursor, u64), Refusal> {
        let Some(sealer) = &self.sealer else { return Err(Refusal::UnknownKey) };
        let Payload { issued_at, cursor, skipped } =
            codec::open(&sealer.settings.keyring, &sealer.binding, token, payload::read)?;
        if sealer.settings.is_expired(issued_at) {
            return Err(Refusal::Expired);
        }
        match (&cursor, self.cursor_kind) {
            (Cursor::Keyset(values), CursorKind::Keyset) if values.is_empty() && skipped > 0 => {
                Ok((Cursor::Offset(skipped), 0))
            }
            (Cursor::Keyset(values), CursorKind::Keyset) if payload::matches_terms(values, self.order.terms()) => {
                Ok((cursor, skipped))
            }
            (Cursor::Offset(_), CursorKind::Offset) | (Cursor::Custom(_), CursorKind::Custom) => Ok((cursor, 0)),
            _ => Err(Refusal::OtherCursor),
        }
    }

    /// Returns the maximum number of items on the page. **Query [`limit`](Self::limit) items instead.**
    #[must_use]
    pub fn page_size(&self) -> u32 {
        self.size
    }

    /// Returns the number of items to query: **one more than the page size**. The additional item shows that there is a
    /// next page. With [`page_size`](Self::page_size) items, every list would end with its first page.
    #[must_use]
    pub fn limit(&self) -> u64 {
        u64::from(self.size) + 1
    }

    /// Returns the number of items to skip before the page: `skip`, plus an offset, plus the number of items between the
    /// cursor of the token and the page.
    #[must_use]
    pub fn offset(&self) -> u64 {
        match self.cursor {
            Some(Cursor::Offset(offset)) => offset.saturating_add(self.skip),
            _ => self.skipped.saturating_add(self.skip),
        }
    }

    /// Returns the cursor, [`offset`](Self::offset) items before the first item of the page; `None` for the first page.
    #[must_use]
    pub fn cursor(&self) -> Option<&Cursor> {
        self.cursor.as_ref()
    }

    /// Returns the order of the list: the order of the request or the default order, and the tie-breakers.
    #[must_use]
    pub fn order(&self) -> &OrderBy<R::Resource> {
        &self.order
    }

    /// Returns the filter of the request.
    #[must_use]
    pub fn filter(&self) -> &Filter<R::Resource> {
        &self.filter
    }

    /// Returns the terms of the order that the request has, and those that the server adds.
    pub(in crate::list) fn requested_and_added_terms(&self) -> (&[Term], &[Term]) {
        let terms = self.order.terms();
        terms.split_at(self.requested_terms.min(terms.len()))
    }

    /// Returns `true` if cursors contain the values of an item.
    pub(super) fn is_keyset(&self) -> bool {
        self.cursor_kind == CursorKind::Keyset
    }

    /// Creates the token for the items after an item with these values.
    ///
    /// If the values are too long for a token, it contains the cursor of this page, and the number of items from there.
    pub(super) fn seal_after(&self, values: &[CursorValue]) -> Result<String, SealError> {
        match self.seal(NextCursor::Keyset(values)) {
            // The token of the next page can have this cursor and an offset.
            Ok(token) if token.len() <= codec::MAX_LENGTH - payload::MAX_OFFSET_LENGTH => Ok(token),
            Ok(_) | Err(SealError::TooLong(_)) => {
                let skipped = self.offset().saturating_add(u64::from(self.size));
                match &self.cursor {
                    Some(Cursor::Keyset(values)) => self.seal(NextCursor::KeysetAndOffset(skipped, values)),
                    _ => self.seal(NextCursor::KeysetAndOffset(skipped, &[])),
                }
            }
            Err(error) => Err(error),
        }
    }

    /// Creates a token; empty if the request has no `page_token`.
    pub(super) fn seal(&self, next: NextCursor<'_>) -> Result<String, SealError> {
        let Some(sealer) = &self.sealer else { return Ok(String::new()) };
        let issued_at = sealer.settings.now();
        codec::seal(&sealer.key, &sealer.binding, |payload| payload::write(issued_at, next, payload)).map_err(
            |failure| match failure {
                SealFailure::TooLong => SealError::TooLong(subject::<R>()),
                SealFailure::NoRandomness => SealError::NoRandomness(subject::<R>()),
            },
        )
    }
}

impl<R: ListRequest> Page<'_, R, CustomCursor> {
    /// Returns the bytes of the server in the token; `None` for the first page.
    #[must_use]
    pub fn custom_cursor(&self) -> Option<&[u8]> {
        match &self.cursor {
            Some(Cursor::Custom(bytes)) => Some(bytes),
            _ => None,
        }
    }
}

impl<'p> TokenSealer<'p> {
    fn new<R: ListRequest>(
        request: &R,
        settings: &'p TokenSettings,
        principal: Option<&[u8]>,
        order: &OrderBy<R::Resource>,
    ) -> Self {
        let key = settings.keyring.sealing_key();
        let binding = Binding::new(key.id, settings.method, principal, order, request);
        Self { settings, key, binding }
    }
}

impl<R: ListRequest, M> fmt::Debug for Page<'_, R, M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Page")
            .field("size", &self.size)
            .field("skip", &self.skip)
            .field("cursor", &self.cursor)
            .field("order", &self.order)
            .field("filter", &self.filter)
            .finish_non_exhaustive()
    }
}
