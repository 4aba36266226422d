//! The outside of a page token: what is sealed into text, bound to the request that it continues.
//!
//! ```text
//! token = base64url, no padding, of
//!         version:u8 | key id:4 | nonce:24 | XChaCha20-Poly1305(payload) | tag:16
//! ```
//!
//! What the payload says is decided in `cursor.rs`, and what a token is bound to in `binding.rs`: the associated data.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::AeadInOut as _;
use chacha20poly1305::{Tag, XNonce};

use super::binding::Binding;
use super::key::{Derived, KeyId, random};
use super::ring::{KeyRing, Opening};
use crate::canonical::Buffer;
use crate::violation::Subject;

/// The longest token that is read, and made, in characters.
pub(super) const MOST: usize = 4096;

/// The version of the token, of its payload, and of what it is bound to.
pub(super) const VERSION: u8 = 1;
const KEY_ID: usize = 4;
const NONCE: usize = 24;
const TAG: usize = 16;
const HEAD: usize = 1 + KEY_ID + NONCE;

/// Why a token was refused: for the server's log. The client is told only that the token is not valid, because more
/// would help to forge one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// It has more than 4096 characters.
    TooLong,
    /// It is not base64, or too short to be a token.
    Malformed,
    /// Its format is another version's.
    UnknownVersion,
    /// Its key is not on the ring: never was, or was removed.
    UnknownKey,
    /// It was changed, or sealed for another method, principal, request or order.
    NotAuthentic,
    /// It was sealed longer ago than tokens are valid, or as far ahead.
    Expired,
    /// It is of another kind of cursor, or has other values, than the server has now.
    OtherCursor,
}

/// Why no token could be made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SealError {
    /// The token would be longer than the 4096 characters that are read, by what the server puts into opaque tokens.
    TooLong(Subject),
    /// The operating system gave no random bytes.
    NoRandomness(Subject),
}

/// Why nothing could be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    TooLong,
    NoRandomness,
}

/// Seals what `payload` writes.
pub(super) fn seal(key: &Derived, binding: &Binding, payload: impl FnOnce(&mut Buffer)) -> Result<String, Failure> {
    let mut nonce = [0; NONCE];
    random(&mut nonce).map_err(|_| Failure::NoRandomness)?;
    let mut token = Buffer::new();
    token.push(VERSION);
    token.extend(&key.id.0);
    token.extend(&nonce);
    payload(&mut token);
    if base64::encoded_len(token.len().saturating_add(TAG), false).is_none_or(|length| length > MOST) {
        return Err(Failure::TooLong);
    }
    let (_, body) = token.as_mut_slice().split_at_mut_checked(HEAD).ok_or(Failure::TooLong)?;
    let associated = binding.associated_data(key.id);
    let tag = key.cipher.encrypt_inout_detached(&XNonce::from(nonce), &associated, body.into());
    token.extend(&tag.map_err(|_| Failure::TooLong)?);
    Ok(URL_SAFE_NO_PAD.encode(&*token))
}

/// Opens a token and hands its payload to `read`.
///
/// Whatever comes after the lookup of the key takes as long for a key that is not there.
pub(super) fn open<T>(
    ring: &KeyRing,
    binding: &Binding,
    token: &str,
    read: impl FnOnce(&[u8]) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    if token.len() > MOST {
        return Err(Refusal::TooLong);
    }
    let mut buffer = Buffer::new();
    let room = buffer.reserve(base64::decoded_len_estimate(token.len()));
    let length = URL_SAFE_NO_PAD.decode_slice(token, room).map_err(|_| Refusal::Malformed)?;
    let bytes = room.get_mut(..length).unwrap_or_default();
    let (version, rest) = bytes.split_first_mut().ok_or(Refusal::Malformed)?;
    if *version != VERSION {
        return Err(Refusal::UnknownVersion);
    }
    let (id, rest) = rest.split_first_chunk_mut::<KEY_ID>().ok_or(Refusal::Malformed)?;
    let (nonce, rest) = rest.split_first_chunk_mut::<NONCE>().ok_or(Refusal::Malformed)?;
    let (payload, tag) = rest.split_last_chunk_mut::<TAG>().ok_or(Refusal::Malformed)?;

    let Opening { key, known } = ring.opening(KeyId(*id));
    let associated = binding.associated_data(KeyId(*id));
    let opened =
        key.cipher.decrypt_inout_detached(&XNonce::from(*nonce), &associated, (&mut *payload).into(), &Tag::from(*tag));
    match opened {
        Ok(()) if known => read(payload),
        Err(_) if known => Err(Refusal::NotAuthentic),
        _ => Err(Refusal::UnknownKey),
    }
}

impl Refusal {
    /// The cause in a few words, for logs and metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooLong => "too long",
            Self::Malformed => "malformed",
            Self::UnknownVersion => "unknown version",
            Self::UnknownKey => "unknown key",
            Self::NotAuthentic => "not authentic",
            Self::Expired => "expired",
            Self::OtherCursor => "other cursor",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Display for SealError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(_) => formatter.write_str("the page token would have more than 4096 characters"),
            Self::NoRandomness(_) => {
                formatter.write_str("the operating system gave no random bytes to seal a page token with")
            }
        }
    }
}

impl std::error::Error for SealError {}
