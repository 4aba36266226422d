//! Encryption and decryption of page tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::AeadInOut as _;
use chacha20poly1305::{Tag, XNonce};

use super::binding::Binding;
use super::error::Refusal;
use super::key::{DerivedKey, KeyId, fill_random};
use super::keyring::{KeyRing, OpeningKey};
use super::payload::VERSION;
use crate::canonical::Buffer;

/// Maximum length of a token, in characters.
pub(in crate::list) const MAX_LENGTH: usize = 4096;

/// Lengths of the parts of a token, in bytes.
const KEY_ID: usize = 4;
const NONCE: usize = 24;
const TAG: usize = 16;
const HEADER: usize = 1 + KEY_ID + NONCE;

/// Error of a payload that cannot be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::list) enum SealFailure {
    TooLong,
    NoRandomness,
}

/// Creates a token with the payload that `write_payload` writes.
pub(in crate::list) fn seal(
    key: &DerivedKey,
    binding: &Binding,
    write_payload: impl FnOnce(&mut Buffer),
) -> Result<String, SealFailure> {
    let mut nonce = [0; NONCE];
    fill_random(&mut nonce).map_err(|_| SealFailure::NoRandomness)?;
    let mut token = Buffer::new();
    token.push(VERSION);
    token.extend(&key.id.0);
    token.extend(&nonce);
    write_payload(&mut token);
    if base64::encoded_len(token.len().saturating_add(TAG), false).is_none_or(|length| length > MAX_LENGTH) {
        return Err(SealFailure::TooLong);
    }
    let (_, body) = token.as_mut_slice().split_at_mut_checked(HEADER).ok_or(SealFailure::TooLong)?;
    let associated = binding.associated_data(key.id);
    let tag = key.cipher.encrypt_inout_detached(&XNonce::from(nonce), &associated, body.into());
    token.extend(&tag.map_err(|_| SealFailure::TooLong)?);
    Ok(URL_SAFE_NO_PAD.encode(&*token))
}

/// Decrypts a token, and passes its payload to `read_payload`.
///
/// After the look-up of the key, an unknown key takes as long as a known one.
pub(in crate::list) fn open<T>(
    keyring: &KeyRing,
    binding: &Binding,
    token: &str,
    read_payload: impl FnOnce(&[u8]) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    if token.len() > MAX_LENGTH {
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

    let OpeningKey { key, is_known } = keyring.opening_key(KeyId(*id));
    let associated = binding.associated_data(KeyId(*id));
    let opened =
        key.cipher.decrypt_inout_detached(&XNonce::from(*nonce), &associated, (&mut *payload).into(), &Tag::from(*tag));
    match opened {
        Ok(()) if is_known => read_payload(payload),
        Err(_) if is_known => Err(Refusal::NotAuthentic),
        _ => Err(Refusal::UnknownKey),
    }
}
