//! Where in a list a pager is, and what it does next. The calls are made elsewhere.

use super::error::PagerError;
use super::guard::Guard;
use crate::paged::PagedRequest;

/// Where in the list a pager is.
#[derive(Clone)]
pub(super) struct State<R> {
    /// With the token of the page that comes next.
    request: R,
    /// The token of the page that came last.
    current: String,
    guard: Guard,
    next: Next,
    /// How many pages may still be asked for.
    left: u64,
}

/// What asking for another page does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Call,
    /// Nothing, but there are more pages than may be asked for; that has been told.
    Stop,
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

impl<R: PagedRequest> State<R> {
    /// Before the page of the request's own token.
    pub(super) fn new(request: R) -> Self {
        let guard = Guard::new(request.page_token());
        Self { request, current: String::new(), guard, next: Next::Call, left: u64::MAX }
    }

    /// Goes to the page of a token.
    pub(super) fn resume(&mut self, token: String) {
        self.guard = Guard::new(&token);
        self.request.replace_page_token(token);
        self.request.clear_skip();
        self.next = Next::Call;
    }

    /// So many pages may be asked for from now on.
    pub(super) fn allow(&mut self, pages: u64) {
        self.left = pages;
        if self.next == Next::Stop {
            self.next = Next::Call;
        }
    }

    /// The token of the page that comes next.
    pub(super) fn token(&self) -> Option<&str> {
        match self.next {
            Next::Call | Next::Stop => Some(self.request.page_token()),
            Next::Fail | Next::End => None,
        }
    }

    /// The token of the page that came last.
    pub(super) fn current(&self) -> &str {
        &self.current
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
        } else if self.guard.is_repeated(token) {
            Next::Fail
        } else {
            Next::Call
        };
        let next = if self.next == Next::Call { token.to_owned() } else { String::new() };
        self.current = self.request.replace_page_token(next);
        self.request.clear_skip();
    }
}

impl<R: PagedRequest + Clone> State<R> {
    /// What to do for the next page. A failure is told once, and ends the list.
    pub(super) fn step(&mut self) -> Step<R> {
        match self.next {
            Next::Call if self.left > 0 => Step::Call(self.request.clone()),
            Next::Call => {
                self.next = Next::Stop;
                Step::Fail(Failure::TooManyPages)
            }
            Next::Fail => {
                self.next = Next::End;
                Step::Fail(Failure::RepeatedToken)
            }
            Next::Stop | Next::End => Step::End,
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
