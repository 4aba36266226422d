//! The settings of a list method.

use std::fmt;
use std::marker::PhantomData;
use std::time::{Duration, SystemTime};

use super::request::{ByOffset, ByToken, ListRequest};
use super::ring::KeyRing;
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
pub struct Pages<R: ListRequest> {
    pub(super) sealing: Option<Sealing>,
    pub(super) sizes: PageSizes,
    pub(super) cursors: Cursors,
    pub(super) default_order: OrderBy<R::Resource>,
    pub(super) order_options: OrderByOptions<R::Resource>,
    pub(super) filter_options: FilterOptions<R::Resource>,
    tie_breakers: Vec<Path<'static, R::Resource, Scalar>>,
    request: PhantomData<fn(R)>,
}

/// What tokens are sealed and opened with.
pub(super) struct Sealing {
    pub(super) ring: KeyRing,
    pub(super) method: &'static str,
    pub(super) validity: Duration,
    pub(super) clock: Clock,
    pub(super) on_refusal: Option<Box<dyn Fn(Refusal) + Send + Sync>>,
}

/// Tells the time.
pub(super) struct Clock(Option<Box<dyn Fn() -> SystemTime + Send + Sync>>);

/// What the tokens of a method say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cursors {
    Keyset,
    Offset,
    Opaque,
}

/// AIP-158's rule of thumb.
const VALIDITY: Duration = Duration::from_secs(3 * 24 * 60 * 60);

impl<R: ListRequest<Start = ByToken>> Pages<R> {
    /// Tokens say which item came last, by the values that the list is sorted by.
    ///
    /// Whatever is inserted or deleted between two pages, every other item comes exactly once. The list is sorted by what
    /// the request says and then by the tie-breaker, which must be set, and different, in every item: its name or its
    /// primary key. If no one field is, add others with [`tie_breaker`](Self::tie_breaker).
    #[must_use]
    pub fn keyset(ring: KeyRing, tie_breaker: Path<'static, R::Resource, Scalar>) -> Self {
        Self::of(Cursors::Keyset, Some(ring)).tie_breaker(tie_breaker)
    }

    /// Tokens say how many items came before: any list will do, but what is inserted before a page makes items come
    /// twice, and what is deleted makes items be left out.
    #[must_use]
    pub fn offset(ring: KeyRing) -> Self {
        Self::of(Cursors::Offset, Some(ring))
    }

    /// Tokens say what the server puts into them: the token of another service, or a position in a log. See
    /// [`Page::opaque`](super::Page::opaque).
    #[must_use]
    pub fn opaque(ring: KeyRing) -> Self {
        Self::of(Cursors::Opaque, Some(ring))
    }

    /// How long a token is valid: 3 days if nothing is said.
    #[must_use]
    pub fn validity(self, validity: Duration) -> Self {
        self.seal(|sealing| sealing.validity = validity)
    }

    /// The time that tokens are made and expire by: the system's if nothing is said.
    #[must_use]
    pub fn clock(self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.seal(|sealing| sealing.clock = Clock(Some(Box::new(clock))))
    }

    /// Tells why a token was refused, which the client is not told: for logs and metrics.
    #[must_use]
    pub fn on_refusal(self, observe: impl Fn(Refusal) + Send + Sync + 'static) -> Self {
        self.seal(|sealing| sealing.on_refusal = Some(Box::new(observe)))
    }

    /// The method that the tokens are for, where several methods have the same request.
    #[must_use]
    pub fn method(self, method: &'static str) -> Self {
        self.seal(|sealing| sealing.method = method)
    }

    fn seal(mut self, change: impl FnOnce(&mut Sealing)) -> Self {
        if let Some(sealing) = &mut self.sealing {
            change(sealing);
        }
        self
    }
}

impl<R: ListRequest<Start = ByOffset>> Pages<R> {
    /// The settings of a method whose request says the offset itself, or asks for the front of the list only.
    #[must_use]
    pub fn new() -> Self {
        Self::of(Cursors::Offset, None)
    }
}

impl<R: ListRequest<Start = ByOffset>> Default for Pages<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R: ListRequest> Pages<R> {
    fn of(cursors: Cursors, ring: Option<KeyRing>) -> Self {
        let sealing = ring.map(|ring| Sealing {
            ring,
            method: R::METHOD,
            validity: VALIDITY,
            clock: Clock(None),
            on_refusal: None,
        });
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

    /// Sorts items that are equal so far by this field too.
    #[must_use]
    pub fn tie_breaker(mut self, path: Path<'static, R::Resource, Scalar>) -> Self {
        self.tie_breakers.push(path);
        self.default_order = self.default_order.with_tie_breaker(path);
        self
    }

    /// What a request may say as `order_by`.
    #[must_use]
    pub fn order_options(mut self, options: OrderByOptions<R::Resource>) -> Self {
        self.order_options = options;
        self
    }

    /// What a request may say as `filter`.
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

impl Sealing {
    /// The time in seconds since 1970.
    pub(super) fn now(&self) -> u64 {
        let now = self.clock.0.as_ref().map_or_else(SystemTime::now, |clock| clock());
        now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
    }
}

impl<R: ListRequest> fmt::Debug for Pages<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pages")
            .field("method", &R::METHOD)
            .field("sizes", &self.sizes)
            .field("cursors", &self.cursors)
            .field("ring", &self.sealing.as_ref().map(|sealing| &sealing.ring))
            .finish_non_exhaustive()
    }
}
