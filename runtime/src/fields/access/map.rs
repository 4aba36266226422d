//! Maps of either kind, and their keys.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

/// A key of a map.
pub trait Key: Clone + Ord + Hash + Send + Sync + 'static {
    /// The key, whatever its type.
    fn view(&self) -> KeyRef<'_>;

    /// The key of this type that is the same, if there is one.
    fn of(key: KeyRef<'_>) -> Option<Self>;
}

/// A key of any type. The order is that of canonical masks: numbers by value, text by its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyRef<'a> {
    /// `bool`
    Bool(bool),
    /// Signed integers.
    Int(i64),
    /// Unsigned integers.
    Uint(u64),
    /// `string`
    Text(&'a str),
}

macro_rules! key {
    ($($type:ty: $view:expr, $pattern:pat => $of:expr;)*) => {$(
        impl Key for $type {
            #[inline]
            fn view(&self) -> KeyRef<'_> {
                let view: fn(&$type) -> KeyRef<'_> = $view;
                view(self)
            }

            #[inline]
            fn of(key: KeyRef<'_>) -> Option<Self> {
                match key {
                    $pattern => $of,
                    _ => None,
                }
            }
        }
    )*};
}

key! {
    bool: |key| KeyRef::Bool(*key), KeyRef::Bool(key) => Some(key);
    i32: |key| KeyRef::Int(i64::from(*key)), KeyRef::Int(key) => Self::try_from(key).ok();
    i64: |key| KeyRef::Int(*key), KeyRef::Int(key) => Some(key);
    u32: |key| KeyRef::Uint(u64::from(*key)), KeyRef::Uint(key) => Self::try_from(key).ok();
    u64: |key| KeyRef::Uint(*key), KeyRef::Uint(key) => Some(key);
    String: |key| KeyRef::Text(key), KeyRef::Text(key) => Some(key.to_owned());
}

/// Rust type of a map field: a `HashMap`, or a `BTreeMap` where the option `btree_map` selects it.
pub trait Map<K, V>: Clone + Default + 'static {
    /// Returns the number of entries.
    fn len(&self) -> usize;
    /// Whether there is no entry.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The value of a key.
    fn get(&self, key: &K) -> Option<&V>;
    /// The value of a key, to change it.
    fn get_mut(&mut self, key: &K) -> Option<&mut V>;
    /// Adds or replaces an entry.
    fn insert(&mut self, key: K, value: V);
    /// Takes an entry out.
    fn remove(&mut self, key: &K) -> Option<V>;
    /// Keeps the entries that the function wants, which may change them.
    fn retain(&mut self, keep: impl FnMut(&K, &mut V) -> bool);
    /// All entries; those of a `HashMap` in no order.
    fn entries<'a>(&'a self) -> impl Iterator<Item = (&'a K, &'a V)>
    where
        K: 'a,
        V: 'a;
    /// All entries by value.
    fn into_entries(self) -> impl Iterator<Item = (K, V)>;
}

impl<K: Key, V: Clone + 'static, S: BuildHasher + Clone + Default + 'static> Map<K, V> for HashMap<K, V, S> {
    fn len(&self) -> usize {
        Self::len(self)
    }

    fn get(&self, key: &K) -> Option<&V> {
        Self::get(self, key)
    }

    fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        Self::get_mut(self, key)
    }

    fn insert(&mut self, key: K, value: V) {
        Self::insert(self, key, value);
    }

    fn remove(&mut self, key: &K) -> Option<V> {
        Self::remove(self, key)
    }

    fn retain(&mut self, keep: impl FnMut(&K, &mut V) -> bool) {
        Self::retain(self, keep);
    }

    fn entries<'a>(&'a self) -> impl Iterator<Item = (&'a K, &'a V)>
    where
        K: 'a,
        V: 'a,
    {
        self.iter()
    }

    fn into_entries(self) -> impl Iterator<Item = (K, V)> {
        self.into_iter()
    }
}

impl<K: Key, V: Clone + 'static> Map<K, V> for BTreeMap<K, V> {
    fn len(&self) -> usize {
        Self::len(self)
    }

    fn get(&self, key: &K) -> Option<&V> {
        Self::get(self, key)
    }

    fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        Self::get_mut(self, key)
    }

    fn insert(&mut self, key: K, value: V) {
        Self::insert(self, key, value);
    }

    fn remove(&mut self, key: &K) -> Option<V> {
        Self::remove(self, key)
    }

    fn retain(&mut self, keep: impl FnMut(&K, &mut V) -> bool) {
        Self::retain(self, keep);
    }

    fn entries<'a>(&'a self) -> impl Iterator<Item = (&'a K, &'a V)>
    where
        K: 'a,
        V: 'a,
    {
        self.iter()
    }

    fn into_entries(self) -> impl Iterator<Item = (K, V)> {
        self.into_iter()
    }
}
