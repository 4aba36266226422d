//! WatchUsers: the events of one watcher.

use tokio::sync::broadcast::{self, error::RecvError};
use tokio_util::sync::CancellationToken;
use transom::Status;
use transom::filter::Filter;

use crate::error::{going_down, lagging};
use crate::proto::ecommerce::v1::{User, UserEvent};
use crate::source::Source;

/// One watcher.
#[derive(Debug)]
pub(super) struct Watch {
    events: broadcast::Receiver<UserEvent>,
    filter: Filter<User>,
    going_down: CancellationToken,
}

impl Watch {
    /// The events of users that `filter` matches; the one of ListUsers, which a database evaluates.
    pub(super) fn new(
        events: broadcast::Receiver<UserEvent>,
        filter: Filter<User>,
        going_down: CancellationToken,
    ) -> Self {
        Self { events, filter, going_down }
    }
}

impl Source for Watch {
    type Message = UserEvent;

    async fn next(&mut self) -> Result<Option<UserEvent>, Status> {
        loop {
            let received = tokio::select! {
                () = self.going_down.cancelled() => return Err(going_down()),
                received = self.events.recv() => received,
            };
            match received {
                Ok(event) if event.user.as_ref().is_some_and(|user| self.filter.matches(user)) => {
                    return Ok(Some(event));
                }
                Ok(_) => {}
                Err(RecvError::Lagged(missed)) => return Err(lagging(missed, "events")),
                Err(RecvError::Closed) => return Ok(None),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use transom::Code;

    use super::*;

    #[tokio::test]
    async fn a_slow_watcher_is_told_that_it_missed_something() {
        let events = broadcast::Sender::new(2);
        let mut watch = Watch::new(events.subscribe(), Filter::default(), CancellationToken::new());
        for _ in 0..5 {
            events.send(UserEvent::default()).unwrap();
        }
        let status = watch.next().await.unwrap_err();
        assert_eq!(status.code(), Code::ResourceExhausted);
        assert!(status.message().starts_with("3 events"), "{}", status.message());
    }
}
