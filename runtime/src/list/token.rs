//! Page tokens: cursors that are encrypted, and bound to one method, principal and request.
//!
//! ```text
//! token = base64url, no padding, of
//!         version:u8 | key id:4 | nonce:24 | XChaCha20-Poly1305(payload) | tag:16
//! ```
//!
//! `payload.rs` has the format of the payload, and `binding.rs` that of the associated data.

mod binding;
pub(super) mod codec;
mod error;
mod key;
mod keyring;
pub(super) mod payload;
mod settings;

pub(super) use self::binding::Binding;
#[doc(hidden)]
pub use self::binding::with_fingerprint;
pub use self::error::{Refusal, SealError};
pub(super) use self::key::DerivedKey;
pub use self::key::{InvalidKey, Key, KeyId, NoRandomness};
pub use self::keyring::{KeyRing, MethodKeys};
pub use self::payload::Cursor;
pub(super) use self::settings::{Clock, TokenSettings};
