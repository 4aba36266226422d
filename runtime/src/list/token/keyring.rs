//! Keys of a server: one key seals tokens, and all keys open tokens.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock};

use super::key::{DerivedKey, InvalidKey, Key, KeyId};

/// Keys for page tokens: one key seals, all keys open.
///
/// Clones share the keys, so a change applies to the settings of all methods at once. To rotate a key without rejecting
/// a valid token:
///
/// 1. [`accept`](Self::accept) the new key on every replica.
/// 2. Then [`promote`](Self::promote) the new key on every replica.
/// 3. [`remove`](Self::remove) the old key when its last token has expired.
#[derive(Clone)]
pub struct KeyRing {
    keys: Arc<RwLock<Keys>>,
    /// Key that is used for unknown key identifiers, so that they take as long as forged tokens.
    decoy: Arc<DerivedKey>,
}

/// Key ring and the method whose tokens it seals; see [`KeyRing::for_method`].
///
/// A [`KeyRing`] converts to the keys of the only method of a request.
#[derive(Debug, Clone)]
pub struct MethodKeys {
    pub(super) keyring: KeyRing,
    pub(super) method: Option<&'static str>,
}

struct Keys {
    sealing: Arc<DerivedKey>,
    /// The keys that only open tokens.
    opening: Vec<Arc<DerivedKey>>,
}

impl KeyRing {
    /// Creates a key ring from one key, which seals and opens tokens.
    #[must_use]
    pub fn new(key: Key) -> Self {
        let keys = Keys { sealing: Arc::new(key.derive()), opening: Vec::new() };
        Self { keys: Arc::new(RwLock::new(keys)), decoy: Arc::new(key.decoy().derive()) }
    }

    /// Returns the key ring with one more key, which only opens tokens.
    ///
    /// The key is an old one, or one that other replicas seal with already.
    #[must_use]
    pub fn with(self, key: Key) -> Self {
        self.accept(key);
        self
    }

    /// Adds a key that only opens tokens. A key that is on the ring already keeps its role.
    pub fn accept(&self, key: Key) -> KeyId {
        let key = key.derive();
        let id = key.id;
        self.change(|keys| {
            if !keys.all().any(|other| other.id == id) {
                keys.opening.push(Arc::new(key));
            }
        });
        id
    }

    /// Makes a key the one that seals; the previous one still opens. Returns `false` if the key is not on the ring.
    pub fn promote(&self, id: KeyId) -> bool {
        self.change(|keys| {
            if let Some(promoted) = keys.opening.iter_mut().find(|key| key.id == id) {
                std::mem::swap(&mut keys.sealing, promoted);
            }
            keys.sealing.id == id
        })
    }

    /// Removes a key, whose tokens are rejected from now on. Returns `false` if the key is not on the ring, or seals.
    pub fn remove(&self, id: KeyId) -> bool {
        self.change(|keys| {
            let before = keys.opening.len();
            keys.opening.retain(|key| key.id != id);
            keys.opening.len() != before
        })
    }

    /// Returns the keys for one of several methods that have the same request: `/library.v1.LibraryService/ListBooks`.
    ///
    /// Tokens are bound to this name, so all replicas must pass the same name.
    #[must_use]
    pub fn for_method(&self, method: &'static str) -> MethodKeys {
        MethodKeys { keyring: self.clone(), method: Some(method) }
    }

    /// Returns the key that seals.
    pub(in crate::list) fn sealing_key(&self) -> Arc<DerivedKey> {
        self.read(|keys| Arc::clone(&keys.sealing))
    }

    /// Returns the key with this identifier, or the decoy.
    pub(super) fn opening_key(&self, id: KeyId) -> OpeningKey {
        match self.read(|keys| keys.all().find(|key| key.id == id).map(Arc::clone)) {
            Some(key) => OpeningKey { key, is_known: true },
            None => OpeningKey { key: Arc::clone(&self.decoy), is_known: false },
        }
    }

    // No code under the lock can panic, so the keys of a poisoned lock are valid.
    fn read<T>(&self, read: impl FnOnce(&Keys) -> T) -> T {
        read(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn change<T>(&self, change: impl FnOnce(&mut Keys) -> T) -> T {
        change(&mut self.keys.write().unwrap_or_else(PoisonError::into_inner))
    }
}

impl From<KeyRing> for MethodKeys {
    fn from(keyring: KeyRing) -> Self {
        Self { keyring, method: None }
    }
}

/// Key to open a token with.
pub(super) struct OpeningKey {
    pub(super) key: Arc<DerivedKey>,
    /// Whether the key is on the ring. If not, `key` is the decoy, and the token must be rejected.
    pub(super) is_known: bool,
}

impl Keys {
    fn all(&self) -> impl Iterator<Item = &Arc<DerivedKey>> {
        std::iter::once(&self.sealing).chain(&self.opening)
    }
}

/// Parses keys in base64, separated by commas. The first key seals, the others only open.
///
/// To rotate a key without rejecting a valid token, give every replica `old,new`, then `new,old`, and then `new`.
impl FromStr for KeyRing {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        let mut keys = text.split(',').map(str::parse);
        let first = keys.next().unwrap_or_else(|| "".parse())?;
        keys.try_fold(Self::new(first), |keyring, key| Ok(keyring.with(key?)))
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sealing, opening) =
            self.read(|keys| (keys.sealing.id, keys.opening.iter().map(|key| key.id).collect::<Vec<_>>()));
        formatter.debug_struct("KeyRing").field("sealing", &sealing).field("opening", &opening).finish()
    }
}
