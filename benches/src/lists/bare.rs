//! Page tokens without Transom: the cipher, the text form and the source of nonces, called on the same bytes.
//!
//! The docs of the runtime's `list/token/codec.rs`, `payload.rs` and `binding.rs` have the form of a token and of its
//! associated data; they are written here once, before anything is measured. A token of Transom that opens here
//! proves that the bytes are the same, and so does one that is made here and opens there.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20::R20;
use chacha20poly1305::aead::AeadInOut as _;
use chacha20poly1305::{Key, KeyInit as _, Tag, XChaCha20Poly1305, XNonce};

const VERSION: u8 = 1;
const NONCE: usize = 24;
const TAG: usize = 16;
/// Version, key id and nonce.
const HEAD: usize = 5 + NONCE;

/// A cipher, and the name of its key.
pub struct Tokens {
    cipher: XChaCha20Poly1305,
    /// Identifier of the key in tokens.
    pub key_id: [u8; 4],
}

impl Tokens {
    /// The cipher of the server's secret.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        let derived = |purpose: &[u8; 16]| -> Key { chacha20::hchacha::<R20>(secret.into(), purpose.into()) };
        let [a, b, c, d, ..] = derived(b"transom: key id.").0;
        let key_id = [a, b, c, d];
        let cipher = XChaCha20Poly1305::new(&derived(b"transom: sealing"));
        Self { cipher, key_id }
    }

    /// Seals a payload, bound to the associated data; `buffer` is used again from call to call.
    ///
    /// # Errors
    ///
    /// When the operating system has no random bytes, or the cipher refuses.
    pub fn seal(&self, payload: &[u8], associated: &[u8], buffer: &mut Vec<u8>) -> Result<String, String> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|error| error.to_string())?;
        buffer.clear();
        buffer.push(VERSION);
        buffer.extend_from_slice(&self.key_id);
        buffer.extend_from_slice(&nonce);
        buffer.extend_from_slice(payload);
        let (_, body) = buffer.split_at_mut(HEAD);
        let tag = self
            .cipher
            .encrypt_inout_detached(&XNonce::from(nonce), associated, body.into())
            .map_err(|error| error.to_string())?;
        buffer.extend_from_slice(&tag);
        Ok(URL_SAFE_NO_PAD.encode(&buffer))
    }

    /// Opens a token into `buffer`, which has room for it, and gives the payload.
    ///
    /// # Errors
    ///
    /// When it is none of these tokens.
    pub fn open<'b>(&self, token: &str, associated: &[u8], buffer: &'b mut [u8]) -> Result<&'b [u8], String> {
        let length = URL_SAFE_NO_PAD.decode_slice(token, buffer).map_err(|error| error.to_string())?;
        let too_short = || "too short".to_owned();
        let (head, rest) =
            buffer.get_mut(..length).and_then(|token| token.split_at_mut_checked(HEAD)).ok_or_else(too_short)?;
        let (_, nonce) = head.split_last_chunk::<NONCE>().ok_or_else(too_short)?;
        let (payload, tag) = rest.split_last_chunk_mut::<TAG>().ok_or_else(too_short)?;
        self.cipher
            .decrypt_inout_detached(&XNonce::from(*nonce), associated, (&mut *payload).into(), &Tag::from(*tag))
            .map_err(|error| error.to_string())?;
        Ok(payload)
    }
}

/// Associated data of tokens for `case::plain_request` in the order of `case::ORDER_BY`.
#[must_use]
pub fn associated(key_id: [u8; 4]) -> Vec<u8> {
    const METHOD: &[u8] = b"/bench.catalog.v1.CatalogService/ListProducts";
    const PARENT: &[u8] = b"catalogs/summer-2024";
    let text = |bytes: &[u8]| [&[bytes.len() as u8], bytes].concat();
    let fixed = |tag: u8, value: i64| [&[tag], &value.to_le_bytes()[..]].concat();
    let region = |name: &[u8]| [vec![2], text(name)].concat();
    [
        [vec![VERSION], key_id.to_vec(), text(METHOD), vec![0]].concat(),
        // Time downwards, title and name upwards, each with the kind of its values.
        vec![4, 0, 1, 8, 2, 0, 0, 6, 1, 0, 0, 6, 0],
        [vec![1 << 3 | 2], text(PARENT)].concat(),
        fixed(6 << 3 | 1, 1),
        fixed(7 << 3 | 1, 1_250),
        vec![8 << 3 | 5, 3],
        [region(b"europe-north1"), region(b"europe-west4"), region(b"us-central1")].concat(),
        vec![0],
    ]
    .concat()
}
