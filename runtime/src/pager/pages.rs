//! Pages as a stream.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::answer::Answer;
use super::error::PagerError;
use super::next::{Pager, State, Step};
use crate::paged::PagedRequest;

pin_project! {
    /// The pages of a list, as a stream; see [`Pager::pages`].
    ///
    /// After an error of the call the stream is not over: the next item is another try of the same page.
    #[must_use = "a stream asks for pages only when it is polled"]
    pub struct Pages<R, C, F: Future> {
        call: C,
        state: State<R>,
        #[pin]
        in_flight: Option<F>,
        // What came before it was wanted.
        early: Option<F::Output>,
        prefetches: bool,
    }
}

impl<R: PagedRequest, C, F: Future> Pages<R, C, F> {
    pub(super) fn new(pager: Pager<R, C>) -> Self {
        Self { call: pager.call, state: pager.state, in_flight: None, early: None, prefetches: false }
    }

    /// Asks for the next page as soon as one is there, not when it is wanted.
    pub fn prefetch(mut self) -> Self {
        self.prefetches = true;
        self
    }

    /// The token of the page that the stream yields next; empty for the first page. `None` after the last one.
    #[must_use]
    pub fn resume_token(&self) -> Option<&str> {
        self.state.token()
    }
}

impl<R, C, F, A, E> Pages<R, C, F>
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
        let answer = match this.early.take() {
            Some(answer) => answer,
            None => loop {
                if let Some(call) = this.in_flight.as_mut().as_pin_mut() {
                    let answer = ready!(call.poll(context));
                    this.in_flight.set(None);
                    break answer;
                }
                match this.state.step() {
                    Step::Call(request) => this.in_flight.set(Some((this.call)(request))),
                    Step::Fail(failure) => return Poll::Ready(Some(Err(failure.into()))),
                    Step::End => return Poll::Ready(None),
                }
            },
        };
        Poll::Ready(Some(match answer {
            Ok(answer) => {
                let page = answer.into_page();
                this.state.arrived(&page);
                Ok(page)
            }
            Err(error) => Err(PagerError::Call(error)),
        }))
    }

    /// Starts the call for the next page, or goes on with it, if pages are asked for ahead.
    pub(super) fn poll_ahead(self: Pin<&mut Self>, context: &mut Context<'_>) {
        let mut this = self.project();
        if !*this.prefetches || this.early.is_some() {
            return;
        }
        if this.in_flight.is_none()
            && this.state.goes_on()
            && let Step::Call(request) = this.state.step()
        {
            this.in_flight.set(Some((this.call)(request)));
        }
        if let Some(call) = this.in_flight.as_mut().as_pin_mut()
            && let Poll::Ready(answer) = call.poll(context)
        {
            this.in_flight.set(None);
            *this.early = Some(answer);
        }
    }
}

impl<R, C, F, A, E> Stream for Pages<R, C, F>
where
    R: PagedRequest + Clone,
    C: FnMut(R) -> F,
    F: Future<Output = Result<A, E>>,
    A: Answer<R::Response>,
{
    type Item = Result<R::Response, PagerError<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(self.as_mut().poll_page(context));
        // A failed call is tried again when it is wanted, so that a caller who gives up causes no further call.
        if matches!(page, Some(Ok(_))) {
            self.poll_ahead(context);
        }
        Poll::Ready(page)
    }
}

impl<R: PagedRequest, C, F: Future> fmt::Debug for Pages<R, C, F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pages").field("in_flight", &self.in_flight.is_some()).finish_non_exhaustive()
    }
}
