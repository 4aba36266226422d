//! Items as a stream.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::error::PagerError;
use super::into_page::IntoPage;
use super::page_stream::PageStream;
use crate::list::request::PagedRequest;

pin_project! {
    /// Items of all pages of a list, as a stream; see [`Pager::items`](crate::list::Pager::items).
    ///
    /// The stream ends after an error, and the pager keeps its position. Another stream of the pager requests the same page
    /// again.
    #[must_use = "a stream requests pages only when it is polled"]
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

    /// Ends the stream after this many items. No page is requested that these items do not need.
    pub fn limit(mut self, items: u64) -> Self {
        self.left = items;
        self
    }

    /// Requests the next page as soon as a page was received, not when its items are polled.
    pub fn prefetch(mut self) -> Self {
        self.pages = self.pages.prefetch();
        self
    }

    /// Returns the response that contained the last item, without its items. It has `total_size`, for example.
    #[must_use]
    pub fn last_page(&self) -> Option<&R::Response> {
        self.last_page.as_ref()
    }

    /// Returns the token of the page with the next item; empty for the first page. `None` after the last item.
    ///
    /// In the middle of a page it is the token of that page, so that no item is lost. The first
    /// [`delivered`](Self::delivered) items of the page then come again.
    #[must_use]
    pub fn resume_token(&self) -> Option<&str> {
        if self.rest.as_slice().is_empty() { self.pages.resume_token() } else { Some(self.pages.state().last_token()) }
    }

    /// Returns the number of items that the stream has returned of the page of [`resume_token`](Self::resume_token).
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
    A: IntoPage<R::Response>,
{
    type Item = Result<R::Item, PagerError<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut this = self.project();
        // A server may return any number of empty pages in a row.
        while *this.left > 0 {
            if let Some(item) = this.rest.next() {
                *this.delivered += 1;
                *this.left -= 1;
                if *this.left > this.rest.len() as u64 {
                    this.pages.poll_prefetch(context);
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
        // An error takes the place of an item and ends the stream.
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
