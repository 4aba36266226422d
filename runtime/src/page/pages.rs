//! The settings of a list method.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use super::arguments::{ByOffset, ByToken};
use super::kind::{Opaque, OwnOrder, Sorted};
use super::request::ListRequest;
use super::ring::MethodKeys;
use super::sealing::{Clock, Sealing};
use super::size::PageSizes;
use super::token::Refusal;
use crate::fields::{Path, Scalar};
use crate::filter::FilterOptions;
use crate::order::{OrderBy, OrderByOptions};

/// How the pages of a list method are made: made once, and shared by all calls.
///
/// ```ignore
/// let pages = Pages::<ListBooksRequest>::keyset(ring, Book::NAME).sizes(PageSizes::new(20, 100));
/// let page = request.page(&pages)?;
/// ```
///
/// | of a request with | `Pages` | tokens say | the items need |
/// |---|---|---|---|
/// | `page_token` | [`keyset`](Self::keyset) | what the last item was | a field that is different in each |
/// | | [`offset`](Self::offset) | how many items came | the same |
/// | | [`offset_in_own_order`](Self::offset_in_own_order) | how many items came | an order of their own |
/// | | [`opaque`](Self::opaque) | what the server puts into them | nothing |
/// | `offset`, or `limit` alone | [`new`](Self::new) | | a field that is different in each |
/// | | [`new_in_own_order`](Self::new_in_own_order) | | an order of their own |
///
/// # Panics
///
/// Those that take a key ring panic where several methods have the same request, unless the keys say for which of them
/// they are: [`KeyRing::for_method`](super::KeyRing::for_method). A token of one method would be good for the others. It
/// is seen when the server starts.
pub struct Pages<R: ListRequest, K = Sorted> {
    pub(super) sealing: Option<Sealing>,
    pub(super) sizes: PageSizes,
    pub(super) cursors: Cursors,
    pub(super) default_order: OrderBy<R::Resource>,
    pub(super) order_options: OrderByOptions<R::Resource>,
    pub(super) filter_options: FilterOptions<R::Resource>,
    tie_breakers: Vec<Path<'static, R::Resource, Scalar>>,
    request: PhantomData<fn(R, K)>,
}

/// What the tokens of a method say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cursors {
    Keyset,
    Offset,
    Opaque,
}

impl<R: ListRequest<Start = ByToken>> Pages<R> {
    /// Tokens say which item came last, by the values that the list is sorted by.
    ///
    /// Whatever is inserted or deleted between two pages, every other item comes exactly once. The list is sorted by what
    /// the request says and then by the tie-breaker, which must be set, and different, in every item: its name or its
    /// primary key. If no one field is, add others with [`tie_breaker`](Self::tie_breaker).
    #[must_use]
    pub fn keyset(keys: impl Into<MethodKeys>, tie_breaker: Path<'static, R::Resource, Scalar>) -> Self {
        Self::of(Cursors::Keyset, Some(Sealing::of::<R>(keys.into()))).tie_breaker(tie_breaker)
    }

    /// Tokens say how many items came before: what is inserted before a page makes items come twice, and what is deleted
    /// makes items be left out. The tie-breaker is as that of [`keyset`](Self::keyset): without one, a database may
    /// return equal items in another order for each page.
    #[must_use]
    pub fn offset(keys: impl Into<MethodKeys>, tie_breaker: Path<'static, R::Resource, Scalar>) -> Self {
        Self::of(Cursors::Offset, Some(Sealing::of::<R>(keys.into()))).tie_breaker(tie_breaker)
    }

    /// Tokens say how many items came before, of a collection that keeps an order of its own: a list in memory, or a
    /// query with an `ORDER BY` that the server writes itself. In memory, an `order_by` leaves equal items as they are.
    ///
    /// Such pages make no SQL.
    #[must_use]
    pub fn offset_in_own_order(keys: impl Into<MethodKeys>) -> Pages<R, OwnOrder> {
        Pages::of(Cursors::Offset, Some(Sealing::of::<R>(keys.into())))
    }

    /// Tokens say what the server puts into them: the token of another service, or a position in a log. See
    /// [`Page::opaque`](super::Page::opaque).
    #[must_use]
    pub fn opaque(keys: impl Into<MethodKeys>) -> Pages<R, Opaque> {
        Pages::of(Cursors::Opaque, Some(Sealing::of::<R>(keys.into())))
    }
}

impl<R: ListRequest<Start = ByOffset>> Pages<R> {
    /// The settings of a method whose request says the offset itself, or asks for the front of the list only. The list is
    /// sorted by what the request says and then by the tie-breaker, which is as that of [`keyset`](Self::keyset).
    #[must_use]
    pub fn new(tie_breaker: Path<'static, R::Resource, Scalar>) -> Self {
        Self::of(Cursors::Offset, None).tie_breaker(tie_breaker)
    }

    /// As [`new`](Self::new), for a collection that keeps an order of its own; see
    /// [`offset_in_own_order`](Self::offset_in_own_order).
    #[must_use]
    pub fn new_in_own_order() -> Pages<R, OwnOrder> {
        Pages::of(Cursors::Offset, None)
    }
}

impl<R: ListRequest<Start = ByToken>, K> Pages<R, K> {
    /// How long a token is valid: 3 days if nothing is said.
    #[must_use]
    pub fn validity(self, validity: Duration) -> Self {
        self.seal(|sealing| sealing.validity = validity)
    }

    /// The time that tokens are made and expire by: the system's if nothing is said.
    #[must_use]
    pub fn clock(self, clock: impl Fn() -> std::time::SystemTime + Send + Sync + 'static) -> Self {
        self.seal(|sealing| sealing.clock = Clock::of(clock))
    }

    /// Tells why a token was refused, which the client is not told: for logs and metrics.
    #[must_use]
    pub fn on_refusal(self, observe: impl Fn(Refusal) + Send + Sync + 'static) -> Self {
        self.seal(|sealing| sealing.on_refusal = Some(Box::new(observe)))
    }

    fn seal(mut self, change: impl FnOnce(&mut Sealing)) -> Self {
        if let Some(sealing) = &mut self.sealing {
            change(sealing);
        }
        self
    }
}

impl<R: ListRequest> Pages<R> {
    /// Sorts items that are equal so far by this field too.
    #[must_use]
    pub fn tie_breaker(mut self, path: Path<'static, R::Resource, Scalar>) -> Self {
        self.tie_breakers.push(path);
        self.default_order = self.default_order.with_tie_breaker(path);
        self
    }
}

impl<R: ListRequest, K> Pages<R, K> {
    fn of(cursors: Cursors, sealing: Option<Sealing>) -> Self {
        Self {
            sealing,
            sizes: PageSizes::AIP,
            cursors,
            default_order: OrderBy::new(),
            order_options: OrderByOptions::default(),
            filter_options: FilterOptions::default(),
            tie_breakers: Vec::new(),
            request: PhantomData,
        }
    }

    /// The default and the largest page size.
    #[must_use]
    pub fn sizes(mut self, sizes: PageSizes) -> Self {
        self.sizes = sizes;
        self
    }

    /// The order where a request says none.
    #[must_use]
    pub fn default_order(mut self, order: OrderBy<R::Resource>) -> Self {
        self.default_order = self.total(order);
        self
    }

    /// What a request may say as `order_by`. Its violations name the field as the request does, whatever
    /// [`OrderByOptions::field`] says.
    #[must_use]
    pub fn order_options(mut self, options: OrderByOptions<R::Resource>) -> Self {
        self.order_options = options;
        self
    }

    /// What a request may say as `filter`. Its violations name the field as the request does, whatever
    /// [`FilterOptions::field`] says.
    #[must_use]
    pub fn filter_options(mut self, options: FilterOptions<R::Resource>) -> Self {
        self.filter_options = options;
        self
    }

    /// The order with all tie-breakers.
    pub(super) fn total(&self, order: OrderBy<R::Resource>) -> OrderBy<R::Resource> {
        self.tie_breakers.iter().fold(order, |order, path| order.with_tie_breaker(*path))
    }
}

impl<R: ListRequest, K> fmt::Debug for Pages<R, K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pages")
            .field("methods", &R::METHODS)
            .field("sizes", &self.sizes)
            .field("cursors", &self.cursors)
            .field("ring", &self.sealing.as_ref().map(|sealing| &sealing.ring))
            .finish_non_exhaustive()
    }
}
