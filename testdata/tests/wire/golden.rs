//! The golden files: reading them, and holding values against them.

use std::collections::BTreeMap;
use std::fmt::Debug;

use prost::Message;

/// The messages of one file, less those that were checked.
pub(crate) struct Golden {
    left: BTreeMap<String, Vec<u8>>,
}

impl Golden {
    /// Reads `wire/<case>.txt`.
    pub(crate) fn open(case: &str) -> Self {
        let path = format!("{}/wire/{case}.txt", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let mut left = BTreeMap::new();
        while let Some(key) = lines.next() {
            let hex = lines.next().unwrap_or_else(|| panic!("{path}: `{key}` has no bytes"));
            assert!(left.insert(key.to_owned(), unhex(hex)).is_none(), "{path}: `{key}` stands twice");
        }
        Self { left }
    }

    /// `value` must encode to the bytes of `key`, and they must decode to `value`.
    pub(crate) fn check<M: Message + Default + PartialEq + Debug>(&mut self, key: &str, value: &M) {
        let bytes = self.take(key);
        assert_eq!(hex(&value.encode_to_vec()), hex(&bytes), "bytes of `{key}`");
        assert_eq!(value.encoded_len(), bytes.len(), "length of `{key}`");
        assert_eq!(&M::decode(bytes.as_slice()).expect(key), value, "value of `{key}`");
    }

    /// The bytes of `key`, which count as checked.
    pub(crate) fn take(&mut self, key: &str) -> Vec<u8> {
        self.left.remove(key).unwrap_or_else(|| panic!("no golden bytes for `{key}`"))
    }

    /// Every message must have been checked.
    pub(crate) fn finish(self) {
        let left: Vec<_> = self.left.keys().collect();
        assert!(left.is_empty(), "golden bytes that no test checks: {left:?}");
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2), "odd number of digits in {text}");
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect(text)).collect()
}
