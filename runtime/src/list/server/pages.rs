//! Settings of a list method.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use super::page_size::PageSizes;
use super::paging_mode::{CustomCursor, OwnOrder, TotalOrder};
use crate::fields::{Path, Scalar};
use crate::filter::FilterOptions;
use crate::list::request::ListRequest;
use crate::list::request::params::{ByOffset, ByToken};
use crate::list::token::{Clock, MethodKeys, Refusal, TokenSettings};
use crate::order::{OrderBy, OrderByOptions};

/// Settings of a list method. Create them once at start-up, and share them among all calls.
///
/// ```ignore
/// let pages = Pages::<ListBooksRequest>::keyset(keyring, Book::NAME).sizes(PageSizes::new(20, 100));
/// let page = request.page(&pages)?;
/// ```
///
/// | request | constructor | token | the items need |
/// |---|---|---|---|
/// | with `page_token` | [`keyset`](Self::keyset) | values of the last item | a field with unique values |
/// | | [`offset`](Self::offset) | number of items before the page | a field with unique values |
/// | | [`offset_in_own_order`](Self::offset_in_own_order) | number of items before the page | an order of their own |
/// | | [`custom_cursor`](Self::custom_cursor) | bytes of the server | nothing |
/// | with `offset`, or `limit` alone | [`new`](Self::new) | none | a field with unique values |
/// | | [`new_in_own_order`](Self::new_in_own_order) | none | an order of their own |
///
/// # Panics
///
/// The constructors with a key ring panic if several methods have the same request, and the keys are not for one of the
/// methods ([`KeyRing::for_method`](crate::list::KeyRing::for_method)). Otherwise a token of one method would be valid
/// for the others. The server finds this at start-up.
pub struct Pages<R: ListRequest, M = TotalOrder> {
    pub(super) token_settings: Option<TokenSettings>,
    pub(super) sizes: PageSizes,
    pub(super) cursor_kind: CursorKind,
    pub(super) default_order: OrderBy<R::Resource>,
    pub(super) order_options: OrderByOptions<R::Resource>,
    pub(super) filter_options: FilterOptions<R::Resource>,
    tie_breakers: Vec<Path<'static, R::Resource, Scalar>>,
    paging_mode: PhantomData<fn(R, M)>,
}

/// Kind of the cursors of a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CursorKind {
    Keyset,
    Offset,
    Custom,
}

impl<R: ListRequest<Start = ByToken>> Pages<R> {
    /// Creates settings for tokens that contain the values of the last item.
    ///
    /// Every item comes exactly once, even if other items are inserted or deleted between two pages. The list is sorted
    /// by the order of the request, and then by the tie-breaker. The tie-breaker is a field that is set in every item,
    /// with unique values: the name or the primary key. If no single field is unique, add more with
    /// [`tie_breaker`](Self::tie_breaker).
    #[must_use]
    pub fn keyset(keys: impl Into<MethodKeys>, tie_breaker: Path<'static, R::Resource, Scalar>) -> Self {
        Self::from_parts(CursorKind::Keyset, Some(TokenSettings::new::<R>(keys.into()))).tie_breaker(tie_breaker)
    }

    /// Creates settings for tokens that contain the number of items before the page.
    ///
    /// An item that is inserted before a page makes another item come twice. An item that is deleted there makes another
    /// item be left out. For the tie-breaker, see [`keyset`](Self::keyset). Without one, a database could return equal
    /// items in another order for each page.
    #[must_use]
    pub fn offset(keys: impl Into<MethodKeys>, tie_breaker: Path<'static, R::Resource, Scalar>) -> Self {
        Self::from_parts(CursorKind::Offset, Some(TokenSettings::new::<R>(keys.into()))).tie_breaker(tie_breaker)
    }

    /// Creates settings for tokens that contain the number of items before the page, for a collection that has an order
    /// of its own: a list in memory, or a query with an `ORDER BY` of the server.
    ///
    /// In memory, `order_by` keeps the relative order of equal items. Such pages have no SQL.
    #[must_use]
    pub fn offset_in_own_order(keys: impl Into<MethodKeys>) -> Pages<R, OwnOrder> {
        Pages::from_parts(CursorKind::Offset, Some(TokenSettings::new::<R>(keys.into())))
    }

    /// Creates settings for tokens that contain bytes of the server, such as the token of another service or a position
    /// in a log. See [`Page::custom_cursor`](super::page::Page::custom_cursor).
    #[must_use]
    pub fn custom_cursor(keys: impl Into<MethodKeys>) -> Pages<R, CustomCursor> {
        Pages::from_parts(CursorKind::Custom, Some(TokenSettings::new::<R>(keys.into())))
    }
}

impl<R: ListRequest<Start = ByOffset>> Pages<R> {
    /// Creates settings for requests with an offset, or with a limit alone. The list is sorted by the order of the
    /// request, and then by the tie-breaker; see [`keyset`](Self::keyset).
    #[must_use]
    pub fn new(tie_breaker: Path<'static, R::Resource, Scalar>) -> Self {
        Self::from_parts(CursorKind::Offset, None).tie_breaker(tie_breaker)
    }

    /// Creates settings as [`new`](Self::new), for a collection that has an order of its own; see
    /// [`offset_in_own_order`](Self::offset_in_own_order).
    #[must_use]
    pub fn new_in_own_order() -> Pages<R, OwnOrder> {
        Pages::from_parts(CursorKind::Offset, None)
    }
}

impl<R: ListRequest<Start = ByToken>, M> Pages<R, M> {
    /// Sets the validity of tokens; 3 days by default.
    #[must_use]
    pub fn validity(self, validity: Duration) -> Self {
        self.with_token_settings(|settings| settings.validity = validity)
    }

    /// Sets the clock that tokens are issued and expire by; the system clock by default.
    #[must_use]
    pub fn clock(self, clock: impl Fn() -> std::time::SystemTime + Send + Sync + 'static) -> Self {
        self.with_token_settings(|settings| settings.clock = Clock::new(clock))
    }

    /// Sets a function that is called with the cause of every rejected token, for logs and metrics. The client does not
    /// learn the cause.
    #[must_use]
    pub fn on_refusal(self, observe: impl Fn(Refusal) + Send + Sync + 'static) -> Self {
        self.with_token_settings(|settings| settings.on_refusal = Some(Box::new(observe)))
    }

    fn with_token_settings(mut self, change: impl FnOnce(&mut TokenSettings)) -> Self {
        if let Some(settings) = &mut self.token_settings {
            change(settings);
        }
        self
    }
}

impl<R: ListRequest> Pages<R> {
    /// Adds a field that sorts items whose other fields of the order are equal.
    #[must_use]
    pub fn tie_breaker(mut self, path: Path<'static, R::Resource, Scalar>) -> Self {
        self.tie_breakers.push(path);
        self.default_order = self.default_order.with_tie_breaker(path);
        self
    }
}

impl<R: ListRequest, M> Pages<R, M> {
    fn from_parts(cursor_kind: CursorKind, token_settings: Option<TokenSettings>) -> Self {
        Self {
            token_settings,
            sizes: PageSizes::AIP,
            cursor_kind,
            default_order: OrderBy::new(),
            order_options: OrderByOptions::default(),
            filter_options: FilterOptions::default(),
            tie_breakers: Vec::new(),
            paging_mode: PhantomData,
        }
    }

    /// Sets the default and the maximum page size; [`PageSizes::AIP`] by default.
    #[must_use]
    pub fn sizes(mut self, sizes: PageSizes) -> Self {
        self.sizes = sizes;
        self
    }

    /// Sets the order for requests without one.
    #[must_use]
    pub fn default_order(mut self, order: OrderBy<R::Resource>) -> Self {
        self.default_order = self.with_tie_breakers(order);
        self
    }

    /// Sets the options for `order_by`. Violations have the name of the field in the request, and ignore
    /// [`OrderByOptions::field`].
    #[must_use]
    pub fn order_options(mut self, options: OrderByOptions<R::Resource>) -> Self {
        self.order_options = options;
        self
    }

    /// Sets the options for `filter`. Violations have the name of the field in the request, and ignore
    /// [`FilterOptions::field`].
    #[must_use]
    pub fn filter_options(mut self, options: FilterOptions<R::Resource>) -> Self {
        self.filter_options = options;
        self
    }

    /// Returns the order with all tie-breakers.
    pub(super) fn with_tie_breakers(&self, order: OrderBy<R::Resource>) -> OrderBy<R::Resource> {
        self.tie_breakers.iter().fold(order, |order, path| order.with_tie_breaker(*path))
    }
}

impl<R: ListRequest, M> fmt::Debug for Pages<R, M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pages")
            .field("methods", &R::METHODS)
            .field("sizes", &self.sizes)
            .field("cursor_kind", &self.cursor_kind)
            .field("keyring", &self.token_settings.as_ref().map(|settings| &settings.keyring))
            .finish_non_exhaustive()
    }
}
