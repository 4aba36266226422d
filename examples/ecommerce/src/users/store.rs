//! The users, in memory, and what happens to them.
//!
//! Knows nothing of gRPC beyond the messages it stores. One lock guards users and events, so events
//! are told in the order in which things happened.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use tokio::sync::broadcast;
use uuid::Uuid;

use super::password::Hashed;
use crate::proto::ecommerce::v1::{User, UserEvent, UserEventType, UserStatus};

/// How many events a slow watcher may be behind.
const EVENTS: usize = 1024;

/// A user with what only the server knows.
#[derive(Debug, Clone)]
struct Record {
    user: User,
    #[expect(dead_code, reason = "the shop has no sign-in, which would read it")]
    password: Hashed,
}

#[derive(Debug, Default)]
struct Users {
    /// By id. Ids are sorted by time, so this is the order of creation.
    records: BTreeMap<String, Record>,
    /// Ids by email in lower case.
    emails: HashMap<String, String>,
}

/// Why a user could not be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// No user has this id.
    NotFound,
    /// Another user has this email.
    EmailTaken,
}

/// Some users in the order of creation.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) users: Vec<User>,
    /// Whether others follow.
    pub(crate) more: bool,
    /// Of all users, not of this page.
    pub(crate) total: usize,
}

/// All users.
#[derive(Debug)]
pub(crate) struct Store {
    users: Mutex<Users>,
    events: broadcast::Sender<UserEvent>,
}

impl Store {
    /// No users yet.
    pub(crate) fn new() -> Self {
        Self { users: Mutex::default(), events: broadcast::Sender::new(EVENTS) }
    }

    /// Stores a new active user.
    pub(crate) fn create(&self, email: String, name: String, password: Hashed) -> Result<User, Refused> {
        let now = SystemTime::now().into();
        let user = User {
            user_id: Uuid::now_v7().to_string(),
            email,
            name,
            created_at: Some(now),
            updated_at: Some(now),
            status: UserStatus::Active.into(),
            ..User::default()
        };
        let mut users = self.lock();
        let email = user.email.to_lowercase();
        if users.emails.contains_key(&email) {
            return Err(Refused::EmailTaken);
        }
        users.emails.insert(email, user.user_id.clone());
        users.records.insert(user.user_id.clone(), Record { user: user.clone(), password });
        self.publish(UserEventType::Created, &user);
        Ok(user)
    }

    /// The user with this id.
    pub(crate) fn get(&self, id: &str) -> Option<User> {
        self.lock().records.get(id).map(|record| record.user.clone())
    }

    /// At most `size` users that were created after the one with the id `after`.
    pub(crate) fn list(&self, after: Option<&str>, size: usize) -> Page {
        let users = self.lock();
        let start = after.map_or(Bound::Unbounded, Bound::Excluded);
        let mut rest = users.records.range::<str, _>((start, Bound::Unbounded)).map(|(_, record)| &record.user);
        let page = rest.by_ref().take(size).cloned().collect();
        Page { users: page, more: rest.next().is_some(), total: users.records.len() }
    }

    /// Lets `change` work on a copy of a user, and stores the copy unless it or the store refuses. It says whether it
    /// changed anything; if not, nothing has happened, and nobody is told.
    pub(crate) fn update<E: From<Refused>>(
        &self,
        id: &str,
        change: impl FnOnce(&mut User) -> Result<bool, E>,
    ) -> Result<User, E> {
        let mut users = self.lock();
        let before = users.records.get(id).ok_or(Refused::NotFound)?.user.clone();
        let mut user = before.clone();
        if !change(&mut user)? {
            return Ok(before);
        }
        let email = user.email.to_lowercase();
        if users.emails.get(&email).is_some_and(|owner| owner != id) {
            return Err(Refused::EmailTaken.into());
        }
        user.updated_at = Some(SystemTime::now().into());
        users.emails.remove(&before.email.to_lowercase());
        users.emails.insert(email, user.user_id.clone());
        if let Some(record) = users.records.get_mut(id) {
            record.user = user.clone();
        }
        self.publish(UserEventType::Updated, &user);
        Ok(user)
    }

    /// Removes a user for good.
    pub(crate) fn delete(&self, id: &str) -> Result<(), Refused> {
        let mut users = self.lock();
        let Record { user, .. } = users.records.remove(id).ok_or(Refused::NotFound)?;
        users.emails.remove(&user.email.to_lowercase());
        self.publish(UserEventType::Deleted, &user);
        Ok(())
    }

    /// What happens from now on.
    pub(crate) fn watch(&self) -> broadcast::Receiver<UserEvent> {
        self.events.subscribe()
    }

    fn publish(&self, event_type: UserEventType, user: &User) {
        let event = UserEvent {
            event_type: event_type.into(),
            user: Some(user.clone()),
            timestamp: Some(SystemTime::now().into()),
        };
        // An error says that nobody watches.
        let _ = self.events.send(event);
    }

    /// The maps change together and without a panic between, so a poisoned lock guards sound users.
    fn lock(&self) -> MutexGuard<'_, Users> {
        self.users.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
