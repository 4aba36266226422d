//! The keys of a server: one seals, all open.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock};

use super::key::{Derived, InvalidKey, Key, KeyId};

/// The keys that page tokens are sealed and opened with.
///
/// Clones share the keys, so that a change reaches every method's settings at once. To rotate without refusing a token,
/// first let every replica [`accept`](Self::accept) the new key, then [`promote`](Self::promote) it everywhere, and
/// [`remove`](Self::remove) the old one when its last token has expired.
#[derive(Clone)]
pub struct KeyRing {
    keys: Arc<RwLock<Keys>>,
    /// Stands in for keys that are not there, so that a token of an unknown key takes as long as a forged one.
    decoy: Arc<Derived>,
}

/// The keys of one method; see [`KeyRing::for_method`]. A ring is the keys of the request's only method.
#[derive(Debug, Clone)]
pub struct MethodKeys {
    pub(super) ring: KeyRing,
    pub(super) method: Option<&'static str>,
}

struct Keys {
    sealing: Arc<Derived>,
    /// The other keys.
    opening: Vec<Arc<Derived>>,
}

impl KeyRing {
    /// A ring of one key, which seals and opens.
    #[must_use]
    pub fn new(key: Key) -> Self {
        let keys = Keys { sealing: Arc::new(key.derive()), opening: Vec::new() };
        Self { keys: Arc::new(RwLock::new(keys)), decoy: Arc::new(key.decoy().derive()) }
    }

    /// Adds a key that opens tokens and seals none: an old one, or one that other replicas seal with already.
    #[must_use]
    pub fn with(self, key: Key) -> Self {
        self.accept(key);
        self
    }

    /// Adds a key that opens tokens and seals none. One that is there already stays what it is.
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

    /// Seals with this key from now on; the one before still opens. `false` when there is no such key.
    pub fn promote(&self, id: KeyId) -> bool {
        self.change(|keys| {
            if let Some(promoted) = keys.opening.iter_mut().find(|key| key.id == id) {
                std::mem::swap(&mut keys.sealing, promoted);
            }
            keys.sealing.id == id
        })
    }

    /// Forgets a key: its tokens are refused from now on. `false` when there is no such key, or when it is the one that
    /// seals.
    pub fn remove(&self, id: KeyId) -> bool {
        self.change(|keys| {
            let before = keys.opening.len();
            keys.opening.retain(|key| key.id != id);
            keys.opening.len() != before
        })
    }

    /// The keys for the tokens of one method, `/library.v1.LibraryService/ListBooks`, where several methods have the same
    /// request. Tokens are bound to this name, so all replicas have to give the same.
    #[must_use]
    pub fn for_method(&self, method: &'static str) -> MethodKeys {
        MethodKeys { ring: self.clone(), method: Some(method) }
    }

    /// The key that seals.
    pub(super) fn sealing(&self) -> Arc<Derived> {
        self.read(|keys| Arc::clone(&keys.sealing))
    }

    /// The key of this name, or the decoy.
    pub(super) fn opening(&self, id: KeyId) -> Opening {
        match self.read(|keys| keys.all().find(|key| key.id == id).map(Arc::clone)) {
            Some(key) => Opening { key, known: true },
            None => Opening { key: Arc::clone(&self.decoy), known: false },
        }
    }

    // No code that could panic runs under the lock, so a poisoned one is as good as any.
    fn read<T>(&self, look: impl FnOnce(&Keys) -> T) -> T {
        look(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn change<T>(&self, change: impl FnOnce(&mut Keys) -> T) -> T {
        change(&mut self.keys.write().unwrap_or_else(PoisonError::into_inner))
    }
}

impl From<KeyRing> for MethodKeys {
    fn from(ring: KeyRing) -> Self {
        Self { ring, method: None }
    }
}

/// The key to open a token with.
pub(super) struct Opening {
    pub(super) key: Arc<Derived>,
    /// Whether it is one of the ring's; what the decoy opens is refused all the same.
    pub(super) known: bool,
}

impl Keys {
    fn all(&self) -> impl Iterator<Item = &Arc<Derived>> {
        std::iter::once(&self.sealing).chain(&self.opening)
    }
}

/// Keys in base64 with commas between them, as one setting of a server holds them: the first seals, the others open.
///
/// To rotate without refusing a token, give every replica `old,new`, then `new,old`, and then `new`.
impl FromStr for KeyRing {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        let mut keys = text.split(',').map(str::parse);
        let first = keys.next().unwrap_or_else(|| "".parse())?;
        keys.try_fold(Self::new(first), |ring, key| Ok(ring.with(key?)))
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sealing, opening) =
            self.read(|keys| (keys.sealing.id, keys.opening.iter().map(|key| key.id).collect::<Vec<_>>()));
        formatter.debug_struct("KeyRing").field("sealing", &sealing).field("opening", &opening).finish()
    }
}
