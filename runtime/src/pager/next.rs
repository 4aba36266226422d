//! One page after the other.

use std::fmt;

use super::answer::Answer;
use super::error::PagerError;
use super::item_stream::ItemStream;
use super::pace::Pace;
use super::page_stream::PageStream;
use super::state::{State, Step};
use crate::paged::PagedRequest;

/// Asks for the pages of a list.
///
/// `C` makes the call. It gets the request, with the token of the page, and is called once a page.
#[derive(Clone)]
pub struct Pager<R, C> {
    pub(super) call: C,
    pub(super) state: State<R>,
    pub(super) pace: Pace,
}

impl<R: PagedRequest, C> Pager<R, C> {
    /// A pager that starts where the request says: at its `page_token`, or with the first page.
    ///
    /// The page's size and all other arguments are the request's; its `skip` counts once, from there.
    #[must_use]
    pub fn new<A, E>(request: R, call: C) -> Self
    where
        C: AsyncFnMut(R) -> Result<A, E>,
        A: Answer<R::Response>,
    {
        Self { call, state: State::new(request), pace: Pace::default() }
    }

    /// Starts at the page of a token, such as an earlier pager's [`resume_token`](Self::resume_token). A pager that has
    /// come to the end, or to an error, goes on from there too. Nothing is skipped there.
    #[must_use]
    pub fn resume(mut self, token: impl Into<String>) -> Self {
        self.state.resume(token.into());
        self
    }

    /// Asks for at most this many pages from now on; one more is [`PagerError::TooManyPages`].
    #[must_use]
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.state.allow(pages);
        self
    }

    /// The token of the page that comes next; empty for the first page. `None` after the last one, and where a token came
    /// for the second time.
    #[must_use]
    pub fn resume_token(&self) -> Option<&str> {
        self.state.token()
    }
}

impl<R: PagedRequest + Clone, C> Pager<R, C> {
    /// The next page; `None` after the last one.
    ///
    /// After an error of the call, or when the future was dropped before its end, the same page is asked for again.
    pub async fn next_page<A, E>(&mut self) -> Option<Result<R::Response, PagerError<E>>>
    where
        C: AsyncFnMut(R) -> Result<A, E>,
        A: Answer<R::Response>,
    {
        self.pace.turn().await;
        let request = match self.state.step() {
            Step::Call(request) => request,
            Step::Fail(failure) => return Some(Err(failure.into())),
            Step::End => return None,
        };
        let answer = (self.call)(request).await;
        Some(match answer {
            Ok(answer) => {
                let page = answer.into_page();
                self.state.arrived(&page);
                self.pace.count();
                Ok(page)
            }
            Err(error) => Err(PagerError::Call(error)),
        })
    }

    /// The pages as a stream, which ends after an error. Another stream of the same pager goes on from there.
    pub fn pages<F, A, E>(&mut self) -> PageStream<'_, R, C, F>
    where
        C: FnMut(R) -> F,
        F: Future<Output = Result<A, E>>,
        A: Answer<R::Response>,
    {
        PageStream::borrowing(self)
    }

    /// As [`pages`](Self::pages), as a stream that lives by itself.
    pub fn into_pages<'c, F, A, E>(self) -> PageStream<'c, R, C, F>
    where
        C: FnMut(R) -> F,
        F: Future<Output = Result<A, E>>,
        A: Answer<R::Response>,
    {
        PageStream::owning(self)
    }

    /// The items of all pages as a stream, which ends after an error. Another stream of the same pager goes on from there;
    /// of a page that has come, only this one has the items.
    pub fn items<F, A, E>(&mut self) -> ItemStream<'_, R, C, F>
    where
        C: FnMut(R) -> F,
        F: Future<Output = Result<A, E>>,
        A: Answer<R::Response>,
    {
        ItemStream::new(PageStream::borrowing(self))
    }

    /// As [`items`](Self::items), as a stream that lives by itself.
    pub fn into_items<'c, F, A, E>(self) -> ItemStream<'c, R, C, F>
    where
        C: FnMut(R) -> F,
        F: Future<Output = Result<A, E>>,
        A: Answer<R::Response>,
    {
        ItemStream::new(PageStream::owning(self))
    }
}

impl<R: PagedRequest, C> fmt::Debug for Pager<R, C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pager").field("resume_token", &self.resume_token()).finish_non_exhaustive()
    }
}
