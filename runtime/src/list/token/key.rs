//! Secret keys, and the keys that are derived from them for each purpose.
//!
//! `keyring.rs` has the keys of a server.

use std::fmt;
use std::str::FromStr;

use chacha20::R20;
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use zeroize::{Zeroize as _, Zeroizing};

use crate::text::base64;

/// Secret key of 32 bytes for page tokens.
///
/// All replicas of a server need the same keys. The text form is base64: `openssl rand -base64 32` creates a key. The key
/// is wiped from memory when it is dropped, and `Debug` does not show it.
pub struct Key(Zeroizing<[u8; 32]>);

/// Error of a text that is not the base64 of 32 bytes. It does not contain the text, which may be a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidKey(());

/// Error of an operating system that returns no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRandomness(());

/// Identifier of a key in tokens. It is derived from the key, so all replicas have the same identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyId(pub(super) [u8; 4]);

/// Keys that are derived from a secret key. The secret key itself is not kept.
pub(in crate::list) struct DerivedKey {
    pub(in crate::list) id: KeyId,
    pub(super) cipher: XChaCha20Poly1305,
}

impl Key {
    /// Creates a key from random bytes. A password is not a key.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Creates a random key. Its tokens are valid until the process ends, and only in this process.
    ///
    /// # Errors
    ///
    /// When the operating system returns no random bytes.
    pub fn generate() -> Result<Self, NoRandomness> {
        let mut bytes = Zeroizing::new([0; 32]);
        fill_random(bytes.as_mut())?;
        Ok(Self(bytes))
    }

    /// Returns the identifier of the key in tokens. The key cannot be derived from it.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.derive().id
    }

    /// Derives the key for each purpose with HChaCha20, so that no derived key reveals another.
    pub(super) fn derive(&self) -> DerivedKey {
        let mut sealing = self.subkey(b"transom: sealing");
        let mut naming = self.subkey(b"transom: key id.");
        let [a, b, c, d, ..] = naming.0;
        let derived = DerivedKey { id: KeyId([a, b, c, d]), cipher: XChaCha20Poly1305::new(&sealing) };
        sealing.as_mut_slice().zeroize();
        naming.as_mut_slice().zeroize();
        derived
    }

    /// Returns a key that seals no token. It stands for unknown keys.
    pub(super) fn decoy(&self) -> Self {
        let mut decoy = self.subkey(b"transom: unknown");
        let key = Self::new(decoy.0);
        decoy.as_mut_slice().zeroize();
        key
    }

    fn subkey(&self, purpose: &[u8; 16]) -> chacha20::Key {
        chacha20::hchacha::<R20>((&*self.0).into(), purpose.into())
    }
}

/// Fills a buffer with random bytes from the operating system.
pub(super) fn fill_random(bytes: &mut [u8]) -> Result<(), NoRandomness> {
    getrandom::fill(bytes).map_err(|_| NoRandomness(()))
}

impl From<[u8; 32]> for Key {
    fn from(bytes: [u8; 32]) -> Self {
        Self::new(bytes)
    }
}

impl FromStr for Key {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        let mut bytes = Zeroizing::new([0; 48]);
        let length = base64::decode(text.trim(), bytes.as_mut()).ok_or(InvalidKey(()))?;
        match bytes.first_chunk::<32>() {
            Some(key) if length == key.len() => Ok(Self::new(*key)),
            _ => Err(InvalidKey(())),
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Key").field(&self.id()).finish()
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:08x}", u32::from_be_bytes(self.0))
    }
}

impl fmt::Display for InvalidKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key is the base64 of 32 bytes: create one with `openssl rand -base64 32`")
    }
}

impl fmt::Display for NoRandomness {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the operating system returned no random bytes")
    }
}

impl std::error::Error for InvalidKey {}
impl std::error::Error for NoRandomness {}
