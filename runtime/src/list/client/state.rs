//! Position of a pager in its list.

use super::error::PagerError;
use super::repeat_guard::RepeatGuard;
use crate::list::request::PagedRequest;

/// Position of a pager, and its next action. It makes no calls.
#[derive(Clone)]
pub(super) struct PagerState<R> {
    /// The request with the token of the next page.
    request: R,
    /// The token of the last received page.
    last_token: String,
    guard: RepeatGuard,
    phase: Phase,
    /// Number of pages that may still be requested.
    pages_left: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// There may be another page.
    Open,
    /// The page limit was reached, and `TooManyPages` was already returned.
    LimitReached,
    /// The server repeated a token. `RepeatedToken` was not returned yet.
    Repeated,
    /// The list has ended.
    Ended,
}

/// Next action of a pager.
pub(super) enum NextCall<R> {
    Request(R),
    Stop(StopCause),
    End,
}

/// Cause for which a pager stops without a call.
#[derive(Debug, Clone, Copy)]
pub(super) enum StopCause {
    RepeatedToken,
    TooManyPages,
}

impl<R: PagedRequest> PagerState<R> {
    /// Creates the state before the page of the request's own token.
    pub(super) fn new(request: R) -> Self {
        let guard = RepeatGuard::new(request.page_token());
        Self { request, last_token: String::new(), guard, phase: Phase::Open, pages_left: u64::MAX }
    }

    /// Moves to the page of a token.
    pub(super) fn resume(&mut self, token: String) {
        self.guard = RepeatGuard::new(&token);
        self.request.replace_page_token(token);
        self.request.clear_skip();
        self.phase = Phase::Open;
    }

    /// Sets the number of pages that may still be requested.
    pub(super) fn allow(&mut self, pages: u64) {
        self.pages_left = pages;
        if self.phase == Phase::LimitReached {
            self.phase = Phase::Open;
        }
    }

    /// Returns the token of the next page; `None` if there is no next page.
    pub(super) fn token(&self) -> Option<&str> {
        match self.phase {
            Phase::Open | Phase::LimitReached => Some(self.request.page_token()),
            Phase::Repeated | Phase::Ended => None,
        }
    }

    /// Returns the token of the last received page.
    pub(super) fn last_token(&self) -> &str {
        &self.last_token
    }

    /// Returns `true` if the next action is a call.
    pub(super) fn has_next_call(&self) -> bool {
        self.phase == Phase::Open && self.pages_left > 0
    }

    /// Updates the position after a page was received.
    pub(super) fn page_received(&mut self, page: &R::Response) {
        self.pages_left = self.pages_left.saturating_sub(1);
        let token = R::next_page_token(page);
        self.phase = if token.is_empty() {
            Phase::Ended
        } else if self.guard.is_repeated(token) {
            Phase::Repeated
        } else {
            Phase::Open
        };
        let next = if self.phase == Phase::Open { token.to_owned() } else { String::new() };
        self.last_token = self.request.replace_page_token(next);
        self.request.clear_skip();
    }
}

impl<R: PagedRequest + Clone> PagerState<R> {
    /// Returns the next action. A `Stop` is returned once, and ends the list.
    pub(super) fn next_call(&mut self) -> NextCall<R> {
        match self.phase {
            Phase::Open if self.pages_left > 0 => NextCall::Request(self.request.clone()),
            Phase::Open => {
                self.phase = Phase::LimitReached;
                NextCall::Stop(StopCause::TooManyPages)
            }
            Phase::Repeated => {
                self.phase = Phase::Ended;
                NextCall::Stop(StopCause::RepeatedToken)
            }
            Phase::LimitReached | Phase::Ended => NextCall::End,
        }
    }
}

impl<E> From<StopCause> for PagerError<E> {
    fn from(cause: StopCause) -> Self {
        match cause {
            StopCause::RepeatedToken => Self::RepeatedToken,
            StopCause::TooManyPages => Self::TooManyPages,
        }
    }
}
