//! Stops a body at its deadline, in the middle of a stream.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;

use super::scope::enter;
use super::{Alarm, Deadline, exceeded};
use crate::BoxError;
use crate::ending::Ending;

pin_project! {
    /// A body that is read under a deadline, and ends when that has passed.
    #[derive(Debug)]
    pub(crate) struct Limited<B> {
        // `None` once the deadline has ended the body.
        #[pin]
        body: Option<B>,
        // Without an alarm the body passes through.
        alarm: Option<Alarm>,
        ending: Ending,
    }
}

impl<B> Limited<B> {
    pub(crate) fn new(body: B, deadline: Option<Deadline>, ending: Ending) -> Self {
        Self { body: Some(body), alarm: deadline.map(Alarm::new), ending }
    }
}

impl<B> Body for Limited<B>
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
        let Some(alarm) = this.alarm else {
            return body.poll_frame(context).map_err(Into::into);
        };
        let entered = enter(alarm.deadline());
        let polled = body.poll_frame(context);
        drop(entered);
        let stop = match &polled {
            // A stream that always has one more message must end too.
            Poll::Ready(Some(Ok(frame))) => frame.is_data() && alarm.is_due(),
            Poll::Ready(_) => false,
            Poll::Pending => alarm.poll(context).is_ready(),
        };
        if !stop {
            return polled.map_err(Into::into);
        }
        this.body.set(None);
        Poll::Ready(Some(this.ending.frame(exceeded())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(B::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        match (&self.alarm, &self.body) {
            (None, Some(body)) => body.size_hint(),
            _ => SizeHint::default(),
        }
    }
}
