//! Passwords: Argon2id hashes, made off the threads that serve calls.

use argon2::{Argon2, PasswordHasher};
use tokio::sync::Semaphore;
use tokio::task;
use transom::Status;

/// How many hashes are made at a time: each takes 19 MiB and a core.
const AT_A_TIME: usize = 4;

/// The hash of a password in the PHC string format.
#[derive(Debug, Clone)]
pub(crate) struct Hashed(String);

impl Hashed {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Makes hashes, not too many at a time.
#[derive(Debug)]
pub(crate) struct Hasher(Semaphore);

impl Hasher {
    /// A hasher with the parameters that OWASP recommends for Argon2id.
    pub(crate) fn new() -> Self {
        Self(Semaphore::new(AT_A_TIME))
    }

    /// Hashes with a random salt.
    ///
    /// # Errors
    ///
    /// INTERNAL when there is no randomness to be had, or the server is going down.
    pub(crate) async fn hash(&self, password: String) -> Result<Hashed, Status> {
        let _permit = self.0.acquire().await.map_err(|_| failed())?;
        task::spawn_blocking(move || Argon2::default().hash_password(password.as_bytes()))
            .await
            .map_err(|_| failed())?
            .map(|hash| Hashed(hash.to_string()))
            .map_err(|_| failed())
    }
}

fn failed() -> Status {
    Status::internal("the password could not be hashed")
}

#[cfg(test)]
mod tests {
    use argon2::PasswordVerifier as _;
    use argon2::password_hash::phc::PasswordHash;

    use super::*;

    #[tokio::test]
    async fn a_hash_verifies_its_password_and_no_other() {
        let hasher = Hasher::new();
        let Hashed(first) = hasher.hash("correct horse".to_owned()).await.unwrap();
        let Hashed(second) = hasher.hash("correct horse".to_owned()).await.unwrap();
        assert_ne!(first, second, "the salt is random");
        let hash = PasswordHash::new(&first).unwrap();
        assert!(Argon2::default().verify_password(b"correct horse", &hash).is_ok());
        assert!(Argon2::default().verify_password(b"battery staple", &hash).is_err());
    }
}
