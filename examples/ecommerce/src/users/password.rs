//! Password hashes, made with Argon2id on threads that block no call.

mod pool;

use std::fmt;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use transom::Status;

use self::pool::{Pool, Refusal};

/// Hash of a password, in the PHC string format.
#[derive(Clone)]
pub(crate) struct Hashed(String);

impl Hashed {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Leaves the hash out: passwords can be guessed from it.
impl fmt::Debug for Hashed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Hashed").finish_non_exhaustive()
    }
}

/// Makes hashes, a few at a time.
#[derive(Debug)]
pub(crate) struct Hasher(Pool);

impl Hasher {
    /// Creates a hasher with the parameters that OWASP recommends for Argon2id.
    pub(crate) fn new() -> Self {
        Self(Pool::new(Params::default().block_count()))
    }

    /// Hashes a password with a random salt.
    ///
    /// # Errors
    ///
    /// - RESOURCE_EXHAUSTED when too many calls wait for their hash.
    /// - INTERNAL when the system has no randomness, or the server is going down.
    pub(crate) async fn hash(&self, password: String) -> Result<Hashed, Status> {
        match self.0.run(move |memory| hash(password.as_bytes(), memory)).await {
            Ok(Some(hashed)) => Ok(hashed),
            Ok(None) | Err(Refusal::Stopped) => Err(Status::internal("the password could not be hashed")),
            Err(Refusal::Busy) => Err(Status::resource_exhausted("too many users are being created: try again later")),
        }
    }
}

/// The hash in memory that is given, where `PasswordHasher` allocates 19 MiB for each.
fn hash(password: &[u8], memory: &mut [Block]) -> Option<Hashed> {
    let (algorithm, version, params) = (Algorithm::Argon2id, Version::V0x13, Params::default());
    let salt = Salt::generate();
    let mut output = [0; Params::DEFAULT_OUTPUT_LEN];
    let parameters = ParamsString::try_from(&params).ok()?;
    Argon2::new(algorithm, version, params)
        .hash_password_into_with_memory(password, &salt, &mut output, memory)
        .ok()?;
    let hash = PasswordHash {
        algorithm: algorithm.ident(),
        version: Some(version.into()),
        params: parameters,
        salt: Some(salt),
        hash: Some(Output::new(&output).ok()?),
    };
    Some(Hashed(hash.to_string()))
}

#[cfg(test)]
mod tests {
    use argon2::PasswordVerifier as _;

    use super::*;

    #[tokio::test]
    async fn hash_verifies_its_password_and_no_other() {
        let hasher = Hasher::new();
        // The second hash is made in the memory of the first.
        let Hashed(first) = hasher.hash("correct horse".to_owned()).await.unwrap();
        let Hashed(second) = hasher.hash("correct horse".to_owned()).await.unwrap();
        assert_ne!(first, second, "the salt is random");
        for hash in [first, second] {
            assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
            let hash = PasswordHash::new(&hash).unwrap();
            assert!(Argon2::default().verify_password(b"correct horse", &hash).is_ok());
            assert!(Argon2::default().verify_password(b"battery staple", &hash).is_err());
        }
    }

    #[tokio::test]
    async fn debug_output_has_no_hash() {
        let hashed = Hasher::new().hash("correct horse".to_owned()).await.unwrap();
        assert_eq!(format!("{hashed:?}"), "Hashed { .. }");
    }
}
