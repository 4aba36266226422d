//! Items as a stream.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::answer::Answer;
use super::error::PagerError;
use super::page_stream::PageStream;
use crate::paged::PagedRequest;

pin_project! {
    /// The items of all pages of a list, as a stream; see [`Pager::items`](super::Pager::items).
    ///
    /// It ends after an error, and the pager keeps the place: another stream of it asks for the same page again.
    #[must_use = "a stream asks for pages only when it is polled"]
    pub struct ItemStream<'p, R: PagedRequest, C, F: Future> {
        #[pin]
        pages: PageStream<'p, R, C, F>,
        rest: std::vec::IntoIter<R::Item>,
        last_page: Option<R::Response>,
        delivered: usize,
        left: u64,
    }
}

impl<'p, R: PagedRequest, C, F: Future> ItemStream<'p, R, C, F> {
    pub(super) fn new(pages: PageStream<'p, R, C, F>) -> Self {
        let rest = Vec::new().into_iter();
        Self { pages, rest, last_page: None, delivered: 0, left: u64::MAX }
    }

    /// Ends after this many items, and asks for no page that they do not need.
    pub fn limit(mut self, items: u64) -> Self {
        self.left = items;
        self
    }

    /// Asks for the next page as soon as one is there, not when its items are wanted.
    pub fn prefetch(mut self) -> Self {
        self.pages = self.pages.prefetch();
        self
    }

    /// The page that the last item came with, without its items: its `total_size` and what else it has.
    #[must_use]
    pub fn last_page(&self) -> Option<&R::Response> {
        self.last_page.as_ref()
    }

    /// The token of the page whose items come next; empty for the first page. `None` after the last item.
    ///
    /// In the middle of a page it is that page's own token, so that no item is lost: the first
    /// [`delivered`](Self::delivered) items of the page come again.
    #[must_use]
    pub fn resume_token(&self) -> Option<&str> {
        if self.rest.as_slice().is_empty() { self.pages.resume_token() } else { Some(self.pages.state().current()) }
    }

    /// How many items of the page of [`resume_token`](Self::resume_token) the stream has yielded already.
    #[must_use]
    pub fn delivered(&self) -> usize {
        if self.rest.as_slice().is_empty() { 0 } else { self.delivered }
    }
}

impl<R, C, F, A, E> Stream for ItemStream<'_, R, C, F>
where
    R: PagedRequest + Clone,
    C: FnMut(R) -> F,
    F: Future<Output = Result<A, E>>,
    A: Answer<R::Response>,
{
    type Item = Result<R::Item, PagerError<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut this = self.project();
        // A server may send any number of empty pages in a row.
        while *this.left > 0 {
            if let Some(item) = this.rest.next() {
                *this.delivered += 1;
                *this.left -= 1;
                if *this.left > this.rest.len() as u64 {
                    this.pages.poll_ahead(context);
                }
                return Poll::Ready(Some(Ok(item)));
            }
            let mut page = match ready!(this.pages.as_mut().poll_page(context)) {
                Some(Ok(page)) => page,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            };
            *this.delivered = 0;
            *this.rest = R::take_items(&mut page).into_iter();
            *this.last_page = Some(page);
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.left).ok();
        let ready = self.rest.len().min(left.unwrap_or(usize::MAX));
        // An error comes in the place of an item, and ends the stream.
        (ready, if self.pages.has_failed() { Some(0) } else { left })
    }
}

impl<R: PagedRequest, C, F: Future> fmt::Debug for ItemStream<'_, R, C, F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pages, rest, left, .. } = self;
        let ready = rest.len();
        formatter.debug_struct("ItemStream").field("pages", pages).field("ready", &ready).field("left", left).finish()
    }
}
