//! Pager: one page after the other, or streams of pages and items.

use std::fmt;

use super::error::PagerError;
use super::into_page::IntoPage;
use super::item_stream::ItemStream;
use super::pace::Pace;
use super::page_stream::PageStream;
use super::pager_parts::PagerParts;
use super::state::{NextCall, PagerState};
use crate::list::request::PagedRequest;

/// Requests the pages of a list.
///
/// `C` makes the call. It is called once for each page, with the request and the token of the page.
#[derive(Clone)]
pub struct Pager<R, C>(PagerParts<R, C>);

impl<R: PagedRequest, C> Pager<R, C> {
    /// Creates a pager that starts at the `page_token` of the request, or with the first page.
    ///
    /// All other parameters are those of the request. `skip` applies to the first requested page alone.
    #[must_use]
    pub fn new<A, E>(request: R, call: C) -> Self
    where
        C: AsyncFnMut(R) -> Result<A, E>,
        A: IntoPage<R::Response>,
    {
        Self(PagerParts { call, state: PagerState::new(request), pace: Pace::default() })
    }

    /// Moves the pager to the page of a token, such as the [`resume_token`](Self::resume_token) of an earlier pager.
    ///
    /// A pager that has reached the end of the list, or has returned an error, continues there too. `skip` is cleared.
    #[must_use]
    pub fn resume(mut self, token: impl Into<String>) -> Self {
        self.0.state.resume(token.into());
        self
    }

    /// Sets the maximum number of further pages. Another page is [`PagerError::TooManyPages`].
    #[must_use]
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.0.state.allow(pages);
        self
    }

    /// Returns the token of the next page; empty for the first page. `None` after the last page, and after a repeated
    /// token.
    #[must_use]
    pub fn resume_token(&self) -> Option<&str> {
        self.0.state.token()
    }
}

impl<R: PagedRequest + Clone, C> Pager<R, C> {
    /// Requests the next page; `None` after the last page.
    ///
    /// The next call requests the same page again if the call failed, or if the future was dropped before its end.
    pub async fn next_page<A, E>(&mut self) -> Option<Result<R::Response, PagerError<E>>>
    where
        C: AsyncFnMut(R) -> Result<A, E>,
        A: IntoPage<R::Response>,
    {
        let PagerParts { call, state, pace } = &mut self.0;
        pace.turn().await;
        let request = match state.next_call() {
            NextCall::Request(request) => request,
            NextCall::Stop(cause) => return Some(Err(cause.into())),
            NextCall::End => return None,
        };
        Some(match call(request).await {
            Ok(result) => {
                let page = result.into_page();
                state.page_received(&page);
                pace.count();
                Ok(page)
            }
            Err(error) => Err(PagerError::Call(error)),
        })
    }

    /// Returns the pages as a stream, which ends after an error. Another stream of the pager continues there.
    pub fn pages<F, A, E>(&mut self) -> PageStream<'_, R, C, F>
    where
        C: FnMut(R) -> F,
        F: Future<Output = Result<A, E>>,
        A: IntoPage<R::Response>,
    {
        PageStream::borrowing(&mut self.0)
    }

    /// Returns the pages as [`pages`](Self::pages), as a stream that owns the pager.
    pub fn into_pages<'c, F, A, E>(self) -> PageStream<'c, R, C, F>
    where
        C: FnMut(R) -> F,
        F: Future<Output = Result<A, E>>,
        A: IntoPage<R::Response>,
    {
        PageStream::owning(self.0)
    }

    /// Returns the items of all pages as a stream, which ends after an error. Another stream of the pager continues with
    /// the next page: the items of a received page are in the first stream alone.
    pub fn items<F, A, E>(&mut self) -> ItemStream<'_, R, C, F>
    where
        C: FnMut(R) -> F,
        F: Future<Output = Result<A, E>>,
        A: IntoPage<R::Response>,
    {
        ItemStream::new(PageStream::borrowing(&mut self.0))
    }

    /// Returns the items as [`items`](Self::items), as a stream that owns the pager.
    pub fn into_items<'c, F, A, E>(self) -> ItemStream<'c, R, C, F>
    where
        C: FnMut(R) -> F,
        F: Future<Output = Result<A, E>>,
        A: IntoPage<R::Response>,
    {
        ItemStream::new(PageStream::owning(self.0))
    }
}

impl<R: PagedRequest, C> fmt::Debug for Pager<R, C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pager").field("resume_token", &self.resume_token()).finish_non_exhaustive()
    }
}
