//! One page after the other.

use std::fmt;

use super::answer::Answer;
use super::error::PagerError;
use super::guard::Guard;
use super::items::Items;
use super::pages::Pages;
use crate::paged::PagedRequest;

/// Asks for the pages of a list.
///
/// `C` makes the call. It gets the request, with the token of the page, and is called once a page.
#[derive(Clone)]
pub struct Pager<R, C> {
    pub(super) call: C,
    pub(super) state: State<R>,
}

/// Where in the list a pager is.
#[derive(Clone)]
pub(super) struct State<R> {
    request: R,
    guard: Guard,
    next: Next,
    /// How many pages may still be asked for.
    left: u64,
}

/// What asking for another page does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Call,
    Fail,
    End,
}

/// What to do for the next page.
pub(super) enum Step<R> {
    Call(R),
    Fail(Failure),
    End,
}

/// What is wrong without a call.
#[derive(Debug, Clone, Copy)]
pub(super) enum Failure {
    RepeatedToken,
    TooManyPages,
}

impl<R: PagedRequest, C> Pager<R, C> {
    /// A pager that starts where the request says: at its `page_token`, or with the first page.
    ///
    /// The page's size and all other arguments are the request's.
    #[must_use]
    pub fn new<A, E>(request: R, call: C) -> Self
    where
        C: AsyncFnMut(R) -> Result<A, E>,
        A: Answer<R::Response>,
    {
        let guard = Guard::new(request.page_token());
        Self { call, state: State { request, guard, next: Next::Call, left: u64::MAX } }
    }

    /// Starts at the page of a token, such as an earlier pager's [`resume_token`](Self::resume_token).
    #[must_use]
    pub fn resume(mut self, token: impl Into<String>) -> Self {
        self.state.request.replace_page_token(token.into());
        self.state.guard = Guard::new(self.state.request.page_token());
        self
    }

    /// Asks for at most this many pages; one more is [`PagerError::TooManyPages`].
    #[must_use]
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.state.left = pages;
        self
    }

    /// The token of the page that comes next; empty for the first page. `None` after the last one.
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
                Ok(page)
            }
            Err(error) => Err(PagerError::Call(error)),
        })
    }

    /// The pages as a stream.
    pub fn pages<F, A, E>(self) -> Pages<R, C, F>
    where
        C: FnMut(R) -> F,
        F: Future<Output = Result<A, E>>,
        A: Answer<R::Response>,
    {
        Pages::new(self)
    }

    /// The items of all pages as a stream.
    pub fn items<F, A, E>(self) -> Items<R, C, F>
    where
        C: FnMut(R) -> F,
        F: Future<Output = Result<A, E>>,
        A: Answer<R::Response>,
    {
        Items::new(Pages::new(self))
    }
}

impl<R: PagedRequest> State<R> {
    /// The token of the page that comes next.
    pub(super) fn token(&self) -> Option<&str> {
        match self.next {
            Next::Call => Some(self.request.page_token()),
            Next::Fail | Next::End => None,
        }
    }

    /// Whether the next step is a call.
    pub(super) fn goes_on(&self) -> bool {
        self.next == Next::Call && self.left > 0
    }

    /// Learns from a page what comes after it.
    pub(super) fn arrived(&mut self, page: &R::Response) {
        self.left = self.left.saturating_sub(1);
        let token = R::next_page_token(page);
        self.next = if token.is_empty() {
            Next::End
        } else if self.guard.is_repeated(self.request.page_token(), token) {
            Next::Fail
        } else {
            self.request.replace_page_token(token.to_owned());
            Next::Call
        };
    }
}

impl<R: PagedRequest + Clone> State<R> {
    /// What to do for the next page. A failure is told once, and ends the list.
    pub(super) fn step(&mut self) -> Step<R> {
        match self.next {
            Next::Call if self.left > 0 => Step::Call(self.request.clone()),
            Next::Call => {
                self.next = Next::End;
                Step::Fail(Failure::TooManyPages)
            }
            Next::Fail => {
                self.next = Next::End;
                Step::Fail(Failure::RepeatedToken)
            }
            Next::End => Step::End,
        }
    }
}

impl<E> From<Failure> for PagerError<E> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::RepeatedToken => Self::RepeatedToken,
            Failure::TooManyPages => Self::TooManyPages,
        }
    }
}

impl<R: PagedRequest, C> fmt::Debug for Pager<R, C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pager").field("next", &self.state.next).finish_non_exhaustive()
    }
}
