//! Body that ends at a deadline.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;

use super::instant::Deadline;
use super::scope::enter;
use super::status::exceeded;
use super::timer::Timer;
use crate::grpc::message::body_end::BodyEnd;
use crate::grpc::vocabulary::BoxError;

pin_project! {
    /// Body that is read inside the scope of its deadline, and ends with `DEADLINE_EXCEEDED` after it.
    #[derive(Debug)]
    pub(crate) struct DeadlineBody<B> {
        // `None` after the deadline has ended the body.
        #[pin]
        body: Option<B>,
        // `None` for a call without a deadline.
        timer: Option<Timer>,
        body_end: BodyEnd,
    }
}

impl<B> DeadlineBody<B> {
    pub(crate) fn new(body: B, deadline: Option<Deadline>, body_end: BodyEnd) -> Self {
        Self { body: Some(body), timer: deadline.map(Timer::new), body_end }
    }
}

impl<B> Body for DeadlineBody<B>
where
    B: Body<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let mut this = self.project();
        let Some(body) = this.body.as_mut().as_pin_mut() else {
            return Poll::Ready(None);
        };
        let Some(timer) = this.timer else {
            return body.poll_frame(context).map_err(Into::into);
        };
        let entered = enter(timer.deadline());
        let polled = body.poll_frame(context);
        drop(entered);
        let is_over = match &polled {
            // A stream that always has another message must end too.
            Poll::Ready(Some(Ok(frame))) => frame.is_data() && timer.is_due(),
            Poll::Ready(_) => false,
            Poll::Pending => timer.poll(context).is_ready(),
        };
        if !is_over {
            return polled.map_err(Into::into);
        }
        this.body.set(None);
        Poll::Ready(Some(this.body_end.frame(exceeded())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(B::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        match (&self.timer, &self.body) {
            (None, Some(body)) => body.size_hint(),
            _ => SizeHint::default(),
        }
    }
}
