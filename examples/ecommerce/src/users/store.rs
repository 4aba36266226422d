//! The users, in a database, and what happens to them.
//!
//! Knows nothing of gRPC beyond the messages it stores. Changes are made one after another, so events are told in the order
//! in which things happened.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use sqlx::{Sqlite, SqlitePool, Transaction};
use tokio::sync::{Mutex, OwnedMutexGuard, broadcast};
use uuid::Uuid;

use super::password::Hashed;
use super::table;
use crate::proto::ecommerce::v1::{User, UserEvent, UserEventType, UserStatus};

/// Number of events that a slow watcher may lag behind.
const EVENTS: usize = 1024;
/// Number of pages of 4 KiB that users in memory may take: 256 MiB. A file is bounded by its disk.
const MEMORY_PAGES: &str = "65536";

/// Why a change or a question came to nothing.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Another user has this email.
    EmailTaken(String),
    /// The database failed.
    Database(sqlx::Error),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

/// All users.
#[derive(Debug)]
pub(crate) struct Store {
    database: SqlitePool,
    /// Locked while something changes.
    events: Arc<Mutex<broadcast::Sender<UserEvent>>>,
}

impl Store {
    /// The users in this file, which is made if it is not there; without a file, no users yet, in memory.
    pub(crate) async fn open(file: Option<&Path>) -> Result<Self, sqlx::Error> {
        let options = SqliteConnectOptions::new();
        let database = match file {
            Some(file) => {
                // Whoever reads does not wait for who writes.
                let options = options.filename(file).create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
                SqlitePool::connect_with(options).await?
            }
            None => {
                // Each connection would have a database of its own, which is gone when it is closed: so there is one, for ever.
                // A call that is cancelled while the pool tests the connection would close it.
                let one = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
                let one = one.test_before_acquire(false);
                one.connect_with(options.in_memory(true).pragma("max_page_count", MEMORY_PAGES)).await?
            }
        };
        sqlx::raw_sql(table::CREATE).execute(&database).await?;
        Ok(Self { database, events: Arc::new(Mutex::new(broadcast::Sender::new(EVENTS))) })
    }

    /// Returns the database that lists are read from.
    pub(crate) fn database(&self) -> &SqlitePool {
        &self.database
    }

    /// The user with this id.
    pub(crate) async fn find(&self, id: &str) -> Result<Option<User>, Failure> {
        Ok(table::find(&mut *self.database.acquire().await?, id).await?)
    }

    /// Begins a change; the next one waits for its end.
    pub(crate) async fn change(&self) -> Result<Change, Failure> {
        let events = Arc::clone(&self.events).lock_owned().await;
        // Another process may have the file open: this waits for it now, and not when there is something to lose.
        let transaction = self.database.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Change { transaction, events })
    }

    /// Subscribes to the events from now on.
    pub(crate) async fn watch(&self) -> broadcast::Receiver<UserEvent> {
        self.events.lock().await.subscribe()
    }
}

/// A change under way: all of it is done, or, when it fails or is dropped, nothing.
#[derive(Debug)]
pub(crate) struct Change {
    transaction: Transaction<'static, Sqlite>,
    events: OwnedMutexGuard<broadcast::Sender<UserEvent>>,
}

impl Change {
    /// Stores a new active user.
    pub(crate) async fn create(mut self, email: String, name: String, password: &Hashed) -> Result<User, Failure> {
        let now = SystemTime::now().into();
        let user = User {
            // Sorted by time, so that the order of ids is the order of creation.
            user_id: Uuid::now_v7().to_string(),
            email,
            name,
            created_at: Some(now),
            updated_at: Some(now),
            status: UserStatus::Active.into(),
            ..User::default()
        };
        table::insert(&mut self.transaction, &user, password).await.map_err(|error| refusal(error, &user))?;
        self.commit(UserEventType::Created, user).await
    }

    /// The user with this id.
    pub(crate) async fn find(&mut self, id: &str) -> Result<Option<User>, Failure> {
        Ok(table::find(&mut self.transaction, id).await?)
    }

    /// Stores a user that was found and changed.
    pub(crate) async fn update(mut self, user: User) -> Result<User, Failure> {
        let user = User { updated_at: Some(SystemTime::now().into()), ..user };
        table::update(&mut self.transaction, &user).await.map_err(|error| refusal(error, &user))?;
        self.commit(UserEventType::Updated, user).await
    }

    /// Removes a user for good, and says who it was.
    pub(crate) async fn delete(mut self, id: &str) -> Result<Option<User>, Failure> {
        match table::delete(&mut self.transaction, id).await? {
            Some(user) => self.commit(UserEventType::Deleted, user).await.map(Some),
            None => Ok(None),
        }
    }

    /// Ends the change and tells of it, in a task of its own: a call can be cancelled at any time, between the two as well.
    async fn commit(self, event_type: UserEventType, user: User) -> Result<User, Failure> {
        let Self { transaction, events } = self;
        let timestamp = Some(SystemTime::now().into());
        let event = UserEvent { event_type: event_type.into(), user: Some(user.clone()), timestamp };
        let committed = tokio::spawn(async move {
            transaction.commit().await?;
            // An error says that nobody watches.
            let _ = events.send(event);
            Ok::<_, sqlx::Error>(())
        });
        committed.await.map_err(|error| sqlx::Error::from(io::Error::from(error)))??;
        Ok(user)
    }
}

/// Returns the failure for a database error. A violated unique index means that another user has the email.
fn refusal(error: sqlx::Error, user: &User) -> Failure {
    match error.as_database_error() {
        Some(error) if error.is_unique_violation() => Failure::EmailTaken(user.email.clone()),
        _ => Failure::Database(error),
    }
}

#[cfg(test)]
mod tests {
    use tokio::task::yield_now;
    use transom::{Code, Status};

    use super::*;
    use crate::users::password::Hasher;

    async fn password() -> Hashed {
        Hasher::new().hash("correct horse".to_owned()).await.unwrap()
    }

    async fn create(store: &Store, name: &str, password: &Hashed) -> Result<User, Failure> {
        store.change().await?.create(format!("{name}@example.com"), name.to_owned(), password).await
    }

    #[tokio::test]
    async fn a_change_that_is_given_up_is_undone() {
        let (store, password) = (Store::open(None).await.unwrap(), password().await);
        let ada = create(&store, "Ada", &password).await.unwrap();
        let mut change = store.change().await.unwrap();
        table::delete(&mut change.transaction, &ada.user_id).await.unwrap();
        assert_eq!(change.find(&ada.user_id).await.unwrap(), None);
        drop(change);
        assert_eq!(store.find(&ada.user_id).await.unwrap(), Some(ada));
        assert!(
            matches!(create(&store, "ADA", &password).await, Err(Failure::EmailTaken(email)) if email == "ADA@example.com")
        );
    }

    #[tokio::test]
    async fn users_in_memory_are_bounded() {
        let (store, password) = (Store::open(None).await.unwrap(), password().await);
        let most: i64 = sqlx::query_scalar("PRAGMA max_page_count").fetch_one(store.database()).await.unwrap();
        assert_eq!(most.to_string(), MEMORY_PAGES);

        let ada = create(&store, "Ada", &password).await.unwrap();
        // SQLite takes the number of pages in use instead of a smaller one.
        sqlx::query("PRAGMA max_page_count = 1").execute(store.database()).await.unwrap();
        let failure = loop {
            match create(&store, &Uuid::new_v4().to_string(), &password).await {
                Ok(_) => {}
                Err(failure) => break failure,
            }
        };
        assert_eq!(Status::from(failure).code(), Code::ResourceExhausted);
        assert_eq!(store.find(&ada.user_id).await.unwrap(), Some(ada));
    }

    #[tokio::test]
    async fn what_is_stored_is_told_whenever_the_caller_leaves() {
        let (store, password) = (Store::open(None).await.unwrap(), password().await);
        for patience in (0..1000).step_by(20) {
            let user = create(&store, "Ada", &password).await.unwrap();
            let mut events = store.watch().await;
            let change = store.change().await.unwrap();
            tokio::select! {
                biased;
                _ = change.delete(&user.user_id) => {}
                () = async { for _ in 0..patience { yield_now().await } } => {}
            }
            // The next change waits for what is under way.
            let left = store.change().await.unwrap().delete(&user.user_id).await.unwrap();
            assert_eq!(left, left.as_ref().map(|_| user));
            assert_eq!(events.try_recv().unwrap().event_type(), UserEventType::Deleted);
            assert!(events.is_empty(), "one deletion is told once");
        }
    }
}
