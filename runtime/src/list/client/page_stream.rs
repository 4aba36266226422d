//! Pages as a stream.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::error::PagerError;
use super::into_page::IntoPage;
use super::pager_parts::PagerParts;
use super::state::{NextCall, PagerState};
use crate::list::request::PagedRequest;

pin_project! {
    /// Pages of a list, as a stream; see [`Pager::pages`](crate::list::Pager::pages).
    ///
    /// The stream ends after an error, and the pager keeps its position. Another stream of the pager, or
    /// [`next_page`](crate::list::Pager::next_page), requests the same page again.
    #[must_use = "a stream requests pages only when it is polled"]
    pub struct PageStream<'p, R, C, F: Future> {
        pager: PagerHandle<'p, R, C>,
        #[pin]
        in_flight: Option<F>,
        // Result of a prefetched page.
        prefetched: Option<F::Output>,
        prefetches: bool,
        has_failed: bool,
    }
}

/// Borrowed or owned parts of a pager.
enum PagerHandle<'p, R, C> {
    Borrowed(&'p mut PagerParts<R, C>),
    Owned(PagerParts<R, C>),
}

impl<R, C> PagerHandle<'_, R, C> {
    fn get(&self) -> &PagerParts<R, C> {
        match self {
            Self::Borrowed(pager) => pager,
            Self::Owned(pager) => pager,
        }
    }

    fn get_mut(&mut self) -> &mut PagerParts<R, C> {
        match self {
            Self::Borrowed(pager) => pager,
            Self::Owned(pager) => pager,
        }
    }
}

impl<'p, R: PagedRequest, C, F: Future> PageStream<'p, R, C, F> {
    pub(super) fn borrowing(pager: &'p mut PagerParts<R, C>) -> Self {
        Self::new(PagerHandle::Borrowed(pager))
    }

    pub(super) fn owning(pager: PagerParts<R, C>) -> Self {
        Self::new(PagerHandle::Owned(pager))
    }

    fn new(pager: PagerHandle<'p, R, C>) -> Self {
        Self { pager, in_flight: None, prefetched: None, prefetches: false, has_failed: false }
    }

    /// Requests the next page as soon as a page was received, not when the next page is polled.
    pub fn prefetch(mut self) -> Self {
        self.prefetches = true;
        self
    }

    /// Returns the token of the next page; empty for the first page. `None` after the last page.
    #[must_use]
    pub fn resume_token(&self) -> Option<&str> {
        self.state().token()
    }

    pub(super) fn state(&self) -> &PagerState<R> {
        &self.pager.get().state
    }

    /// Returns `true` if the stream ended with an error.
    pub(super) fn has_failed(&self) -> bool {
        self.has_failed
    }
}

impl<R, C, F, A, E> PageStream<'_, R, C, F>
where
    R: PagedRequest + Clone,
    C: FnMut(R) -> F,
    F: Future<Output = Result<A, E>>,
    A: IntoPage<R::Response>,
{
    /// Polls the next page, without a prefetch.
    pub(super) fn poll_page(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<R::Response, PagerError<E>>>> {
        let mut this = self.project();
        if *this.has_failed {
            return Poll::Ready(None);
        }
        let PagerParts { call, state, pace } = this.pager.get_mut();
        ready!(pace.poll_turn(context));
        let result = match this.prefetched.take() {
            Some(result) => result,
            None => loop {
                if let Some(call) = this.in_flight.as_mut().as_pin_mut() {
                    let result = ready!(call.poll(context));
                    this.in_flight.set(None);
                    break result;
                }
                match state.next_call() {
                    NextCall::Request(request) => this.in_flight.set(Some(call(request))),
                    NextCall::Stop(cause) => {
                        *this.has_failed = true;
                        return Poll::Ready(Some(Err(cause.into())));
                    }
                    NextCall::End => return Poll::Ready(None),
                }
            },
        };
        Poll::Ready(Some(match result {
            Ok(result) => {
                let page = result.into_page();
                state.page_received(&page);
                pace.count();
                Ok(page)
            }
            Err(error) => {
                // A loop that ignores errors would otherwise call a failing server forever.
                *this.has_failed = true;
                Err(PagerError::Call(error))
            }
        }))
    }

    /// Polls the call for the next page, if the stream prefetches.
    pub(super) fn poll_prefetch(self: Pin<&mut Self>, context: &mut Context<'_>) {
        let mut this = self.project();
        if !*this.prefetches || this.prefetched.is_some() {
            return;
        }
        let PagerParts { call, state, .. } = this.pager.get_mut();
        if this.in_flight.is_none()
            && state.has_next_call()
            && let NextCall::Request(request) = state.next_call()
        {
            this.in_flight.set(Some(call(request)));
        }
        if let Some(call) = this.in_flight.as_mut().as_pin_mut()
            && let Poll::Ready(result) = call.poll(context)
        {
            this.in_flight.set(None);
            *this.prefetched = Some(result);
        }
    }
}

impl<R, C, F, A, E> Stream for PageStream<'_, R, C, F>
where
    R: PagedRequest + Clone,
    C: FnMut(R) -> F,
    F: Future<Output = Result<A, E>>,
    A: IntoPage<R::Response>,
{
    type Item = Result<R::Response, PagerError<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(self.as_mut().poll_page(context));
        if matches!(page, Some(Ok(_))) {
            self.poll_prefetch(context);
        }
        Poll::Ready(page)
    }
}

impl<R: PagedRequest, C, F: Future> fmt::Debug for PageStream<'_, R, C, F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let in_flight = self.in_flight.is_some();
        formatter.debug_struct("PageStream").field("in_flight", &in_flight).finish_non_exhaustive()
    }
}
