//! WatchUsers: the events of one watcher.

use tokio::sync::broadcast::{self, error::RecvError};
use tokio_util::sync::CancellationToken;
use transom::Status;

use crate::error::{going_down, invalid, lagging};
use crate::proto::ecommerce::v1::{UserEvent, UserStatus};
use crate::source::Source;

/// Which users are watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    Everybody,
    Status(UserStatus),
}

impl Filter {
    /// Reads nothing, or `status:active` and its like.
    pub(super) fn parse(text: &str) -> Result<Self, Status> {
        match text {
            "" => Ok(Self::Everybody),
            "status:active" => Ok(Self::Status(UserStatus::Active)),
            "status:inactive" => Ok(Self::Status(UserStatus::Inactive)),
            "status:suspended" => Ok(Self::Status(UserStatus::Suspended)),
            _ => Err(invalid("filter", format!("expected nothing or `status:active`, got \"{text}\""))),
        }
    }

    fn matches(self, event: &UserEvent) -> bool {
        match self {
            Self::Everybody => true,
            Self::Status(status) => event.user.as_ref().is_some_and(|user| user.status() == status),
        }
    }
}

/// One watcher.
#[derive(Debug)]
pub(super) struct Watch {
    events: broadcast::Receiver<UserEvent>,
    filter: Filter,
    going_down: CancellationToken,
}

impl Watch {
    pub(super) fn new(events: broadcast::Receiver<UserEvent>, filter: Filter, going_down: CancellationToken) -> Self {
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
                Ok(event) if self.filter.matches(&event) => return Ok(Some(event)),
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
        let mut watch = Watch::new(events.subscribe(), Filter::Everybody, CancellationToken::new());
        for _ in 0..5 {
            events.send(UserEvent::default()).unwrap();
        }
        let status = watch.next().await.unwrap_err();
        assert_eq!(status.code(), Code::ResourceExhausted);
        assert!(status.message().starts_with("3 events"), "{}", status.message());
    }
}
