//! The outside of a page token: what is sealed into text, bound to the request that it continues.
//!
//! ```text
//! token = base64url, no padding, of
//!         version:u8 | key id:4 | nonce:24 | XChaCha20-Poly1305(payload) | tag:16
//! associated data = version | key id | length:u32le method | fingerprint:16 | 0, or 1 length:u32le principal
//! ```
//!
//! Every part of fixed meaning has a fixed length or its length before it, so no two bindings have the same bytes. What
//! the payload says is decided in `payload.rs`.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::AeadInOut as _;
use chacha20poly1305::{Tag, XNonce};
use smallvec::SmallVec;

use super::fingerprint::Fingerprint;
use super::key::{Derived, KeyId, random};
use super::ring::{KeyRing, Opening};

/// The longest token that is read, and made, in characters.
pub(super) const MOST: usize = 4096;

const VERSION: u8 = 1;
const KEY_ID: usize = 4;
const NONCE: usize = 24;
const TAG: usize = 16;
const HEAD: usize = 1 + KEY_ID + NONCE;

/// Bytes of a token: few enough for the stack in all but odd cases.
pub(super) type Buffer = SmallVec<[u8; 256]>;

/// What a token is good for, and nothing else.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binding<'a> {
    pub(super) method: &'a str,
    pub(super) principal: Option<&'a [u8]>,
}

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
    /// It was changed, or sealed for another method, principal or request.
    NotAuthentic,
    /// It was sealed longer ago than tokens are valid.
    Expired,
    /// It continues a list in another order, or of another kind of cursor, than the server has now.
    OtherOrder,
}

/// Why no token could be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SealError {
    /// The token would be longer than the 4096 characters that are read: the fields of the order hold too much text.
    TooLong,
    /// The operating system gave no random bytes.
    NoRandomness,
    /// Whether tokens are opaque is said by the settings, and the page was finished in the other way.
    Opaque,
}

/// Seals what `payload` writes.
pub(super) fn seal(
    key: &Derived,
    binding: Binding<'_>,
    fingerprint: Fingerprint,
    payload: impl FnOnce(&mut Buffer),
) -> Result<String, SealError> {
    let mut nonce = [0; NONCE];
    random(&mut nonce).map_err(|_| SealError::NoRandomness)?;
    let mut token = Buffer::new();
    token.push(VERSION);
    token.extend_from_slice(&key.id.0);
    token.extend_from_slice(&nonce);
    payload(&mut token);
    if base64::encoded_len(token.len().saturating_add(TAG), false).is_none_or(|length| length > MOST) {
        return Err(SealError::TooLong);
    }
    let (_, body) = token.split_at_mut_checked(HEAD).ok_or(SealError::TooLong)?;
    let associated = binding.associated_data(key.id, fingerprint);
    let tag = key.cipher.encrypt_inout_detached(&XNonce::from(nonce), &associated, body.into());
    token.extend_from_slice(&tag.map_err(|_| SealError::TooLong)?);
    Ok(URL_SAFE_NO_PAD.encode(&token))
}

/// Opens a token and hands its payload to `read`.
///
/// The fingerprint is asked for with the key that the token names, because it is keyed too. Whatever comes after the
/// lookup of the key takes as long for a key that is not there.
pub(super) fn open<T>(
    ring: &KeyRing,
    binding: Binding<'_>,
    fingerprint: impl FnOnce(&Derived) -> Fingerprint,
    token: &str,
    read: impl FnOnce(&[u8]) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    if token.len() > MOST {
        return Err(Refusal::TooLong);
    }
    let mut bytes: SmallVec<[u8; 320]> = SmallVec::from_elem(0, base64::decoded_len_estimate(token.len()));
    let length = URL_SAFE_NO_PAD.decode_slice(token, &mut bytes).map_err(|_| Refusal::Malformed)?;
    bytes.truncate(length);
    let (version, rest) = bytes.split_first_mut().ok_or(Refusal::Malformed)?;
    if *version != VERSION {
        return Err(Refusal::UnknownVersion);
    }
    let (id, rest) = rest.split_first_chunk_mut::<KEY_ID>().ok_or(Refusal::Malformed)?;
    let (nonce, rest) = rest.split_first_chunk_mut::<NONCE>().ok_or(Refusal::Malformed)?;
    let (payload, tag) = rest.split_last_chunk_mut::<TAG>().ok_or(Refusal::Malformed)?;

    let Opening { key, known } = ring.opening(KeyId(*id));
    let associated = binding.associated_data(KeyId(*id), fingerprint(&key));
    let opened =
        key.cipher.decrypt_inout_detached(&XNonce::from(*nonce), &associated, (&mut *payload).into(), &Tag::from(*tag));
    match opened {
        Ok(()) if known => read(payload),
        Err(_) if known => Err(Refusal::NotAuthentic),
        _ => Err(Refusal::UnknownKey),
    }
}

impl Binding<'_> {
    fn associated_data(&self, id: KeyId, fingerprint: Fingerprint) -> SmallVec<[u8; 160]> {
        let mut bytes = SmallVec::new();
        bytes.push(VERSION);
        bytes.extend_from_slice(&id.0);
        framed(&mut bytes, self.method.as_bytes());
        bytes.extend_from_slice(&fingerprint.0);
        match self.principal {
            None => bytes.push(0),
            Some(principal) => {
                bytes.push(1);
                framed(&mut bytes, principal);
            }
        }
        bytes
    }
}

/// A part of the associated data with its length before it.
fn framed(bytes: &mut SmallVec<[u8; 160]>, part: &[u8]) {
    // A part that does not fit into 4 GiB does not fit into a call either; the cipher has its own limit above that.
    bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend_from_slice(part);
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
            Self::OtherOrder => "other order",
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
        formatter.write_str(match self {
            Self::TooLong => "the page token would have more than 4096 characters: order by shorter fields",
            Self::NoRandomness => "the operating system gave no random bytes to seal a page token with",
            Self::Opaque => "pages of `Pages::opaque` are finished with `finish_at`, and no others",
        })
    }
}

impl std::error::Error for SealError {}
