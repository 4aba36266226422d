//! Pages as a stream.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::answer::Answer;
use super::error::PagerError;
use super::next::Pager;
use super::state::{State, Step};
use crate::paged::PagedRequest;

pin_project! {
    /// The pages of a list, as a stream; see [`Pager::pages`].
    ///
    /// It ends after an error, and the pager keeps the place: another stream of it, or
    /// [`next_page`](Pager::next_page), asks for the same page again.
    #[must_use = "a stream asks for pages only when it is polled"]
    pub struct PageStream<'p, R, C, F: Future> {
        pager: Held<'p, R, C>,
        #[pin]
        in_flight: Option<F>,
        // What came before it was wanted.
        early: Option<F::Output>,
        prefetches: bool,
        has_failed: bool,
    }
}

/// A pager of the caller's, or of the stream's own.
enum Held<'p, R, C> {
    Borrowed(&'p mut Pager<R, C>),
    Owned(Pager<R, C>),
}

impl<R, C> Held<'_, R, C> {
    fn get(&self) -> &Pager<R, C> {
        match self {
            Self::Borrowed(pager) => pager,
            Self::Owned(pager) => pager,
        }
    }

    fn get_mut(&mut self) -> &mut Pager<R, C> {
        match self {
            Self::Borrowed(pager) => pager,
            Self::Owned(pager) => pager,
        }
    }
}

impl<'p, R: PagedRequest, C, F: Future> PageStream<'p, R, C, F> {
    pub(super) fn borrowing(pager: &'p mut Pager<R, C>) -> Self {
        Self::of(Held::Borrowed(pager))
    }

    pub(super) fn owning(pager: Pager<R, C>) -> Self {
        Self::of(Held::Owned(pager))
    }

    fn of(pager: Held<'p, R, C>) -> Self {
        Self { pager, in_flight: None, early: None, prefetches: false, has_failed: false }
    }

    /// Asks for the next page as soon as one is there, not when it is wanted.
    pub fn prefetch(mut self) -> Self {
        self.prefetches = true;
        self
    }

    /// The token of the page that comes next; empty for the first page. `None` after the last one.
    #[must_use]
    pub fn resume_token(&self) -> Option<&str> {
        self.state().token()
    }

    pub(super) fn state(&self) -> &State<R> {
        &self.pager.get().state
    }

    /// Whether it ended with an error.
    pub(super) fn has_failed(&self) -> bool {
        self.has_failed
    }
}

impl<R, C, F, A, E> PageStream<'_, R, C, F>
where
    R: PagedRequest + Clone,
    C: FnMut(R) -> F,
    F: Future<Output = Result<A, E>>,
    A: Answer<R::Response>,
{
    /// The next page, and nothing of the one after it.
    pub(super) fn poll_page(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<R::Response, PagerError<E>>>> {
        let mut this = self.project();
        if *this.has_failed {
            return Poll::Ready(None);
        }
        let Pager { call, state, pace } = this.pager.get_mut();
        ready!(pace.poll_turn(context));
        let answer = match this.early.take() {
            Some(answer) => answer,
            None => loop {
                if let Some(call) = this.in_flight.as_mut().as_pin_mut() {
                    let answer = ready!(call.poll(context));
                    this.in_flight.set(None);
                    break answer;
                }
                match state.step() {
                    Step::Call(request) => this.in_flight.set(Some(call(request))),
                    Step::Fail(failure) => {
                        *this.has_failed = true;
                        return Poll::Ready(Some(Err(failure.into())));
                    }
                    Step::End => return Poll::Ready(None),
                }
            },
        };
        Poll::Ready(Some(match answer {
            Ok(answer) => {
                let page = answer.into_page();
                state.arrived(&page);
                pace.count();
                Ok(page)
            }
            Err(error) => {
                // Who skips errors would otherwise ask a dead server for ever.
                *this.has_failed = true;
                Err(PagerError::Call(error))
            }
        }))
    }

    /// Starts the call for the next page, or goes on with it, if pages are asked for ahead.
    pub(super) fn poll_ahead(self: Pin<&mut Self>, context: &mut Context<'_>) {
        let mut this = self.project();
        if !*this.prefetches || this.early.is_some() {
            return;
        }
        let Pager { call, state, .. } = this.pager.get_mut();
        if this.in_flight.is_none()
            && state.goes_on()
            && let Step::Call(request) = state.step()
        {
            this.in_flight.set(Some(call(request)));
        }
        if let Some(call) = this.in_flight.as_mut().as_pin_mut()
            && let Poll::Ready(answer) = call.poll(context)
        {
            this.in_flight.set(None);
            *this.early = Some(answer);
        }
    }
}

impl<R, C, F, A, E> Stream for PageStream<'_, R, C, F>
where
    R: PagedRequest + Clone,
    C: FnMut(R) -> F,
    F: Future<Output = Result<A, E>>,
    A: Answer<R::Response>,
{
    type Item = Result<R::Response, PagerError<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(self.as_mut().poll_page(context));
        if matches!(page, Some(Ok(_))) {
            self.poll_ahead(context);
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
