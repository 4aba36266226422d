//! Secret keys, and what each purpose derives from them.
//!
//! Which keys a server has, and which of them seals, is decided in `ring.rs`.

use std::fmt;
use std::str::FromStr;

use chacha20::R20;
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use zeroize::{Zeroize as _, Zeroizing};

use crate::base64_text;

/// A secret of 32 bytes that page tokens are sealed with.
///
/// All replicas of a server need the same ones. It is wiped from memory when it is dropped, and `Debug` does not show
/// it. As text it is base64: `openssl rand -base64 32` makes one.
pub struct Key(Zeroizing<[u8; 32]>);

/// Text that is not the base64 of 32 bytes. It does not hold the text, which may be a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidKey(());

/// The operating system gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRandomness(());

/// The name of a key inside tokens: derived from it, so that no two replicas can disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyId(pub(super) [u8; 4]);

/// What a key is used as; nothing else of it is kept.
pub(super) struct Derived {
    pub(super) id: KeyId,
    pub(super) cipher: XChaCha20Poly1305,
}

impl Key {
    /// A key of these bytes, which must be random: a password is not a key.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// A new key. Tokens sealed with it die with the process, unless every replica gets it.
    ///
    /// # Errors
    ///
    /// When the operating system has no random bytes.
    pub fn generate() -> Result<Self, NoRandomness> {
        let mut bytes = Zeroizing::new([0; 32]);
        random(bytes.as_mut())?;
        Ok(Self(bytes))
    }

    /// The key's name inside tokens; it says nothing about the key.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.derive().id
    }

    /// The key of each purpose, by HChaCha20: none of them says anything about another.
    pub(super) fn derive(&self) -> Derived {
        let mut sealing = self.of(b"transom: sealing");
        let mut naming = self.of(b"transom: key id.");
        let [a, b, c, d, ..] = naming.0;
        let derived = Derived { id: KeyId([a, b, c, d]), cipher: XChaCha20Poly1305::new(&sealing) };
        sealing.as_mut_slice().zeroize();
        naming.as_mut_slice().zeroize();
        derived
    }

    /// A key that no other replica or process has to know, and that no token was ever sealed with.
    pub(super) fn decoy(&self) -> Self {
        let mut decoy = self.of(b"transom: unknown");
        let key = Self::new(decoy.0);
        decoy.as_mut_slice().zeroize();
        key
    }

    fn of(&self, purpose: &[u8; 16]) -> chacha20::Key {
        chacha20::hchacha::<R20>((&*self.0).into(), purpose.into())
    }
}

/// Fills the bytes from the operating system.
pub(super) fn random(bytes: &mut [u8]) -> Result<(), NoRandomness> {
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
        let length = base64_text::decode(text.trim(), bytes.as_mut()).ok_or(InvalidKey(()))?;
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
        formatter.write_str("a key is the base64 of 32 bytes: make one with `openssl rand -base64 32`")
    }
}

impl fmt::Display for NoRandomness {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the operating system gave no random bytes")
    }
}

impl std::error::Error for InvalidKey {}
impl std::error::Error for NoRandomness {}
