//! Byte buffer: on the stack up to a fixed size, otherwise on the heap.

use std::ops::Deref;

/// Bytes of a page token, or of the data that a token is bound to.
///
/// Appends are faster than those of a `SmallVec`, because the buffer does not support insertion.
#[derive(Debug)]
pub(crate) struct Buffer {
    inline: [u8; Self::INLINE],
    /// Number of bytes of `inline` that are written. Larger than `INLINE` after the bytes moved to the heap.
    used: usize,
    heap: Vec<u8>,
    /// Largest length of an encoding of unknown fields that is sorted, in bytes.
    pub(super) max_sorted: usize,
}

impl Buffer {
    const INLINE: usize = 384;

    /// Largest length of an encoding of unknown fields in a request that is sorted. A request can have megabytes, and is
    /// encoded before the caller is authenticated.
    pub(super) const MAX_SORTED_IN_REQUEST: usize = 64 * 1024;

    #[inline]
    pub(crate) const fn new() -> Self {
        Self::with_max_sorted(Self::MAX_SORTED_IN_REQUEST)
    }

    /// Creates a buffer for messages of the server, of any length.
    pub(super) const fn unlimited() -> Self {
        Self::with_max_sorted(usize::MAX)
    }

    const fn with_max_sorted(max_sorted: usize) -> Self {
        Self { inline: [0; Self::INLINE], used: 0, heap: Vec::new(), max_sorted }
    }

    #[inline]
    pub(crate) fn push(&mut self, byte: u8) {
        match self.inline.get_mut(self.used) {
            Some(next) => {
                *next = byte;
                self.used += 1;
            }
            None => self.reserve(1).fill(byte),
        }
    }

    #[inline]
    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        match self.inline.get_mut(self.used..).and_then(|rest| rest.get_mut(..bytes.len())) {
            Some(target) => {
                target.copy_from_slice(bytes);
                self.used += bytes.len();
            }
            None => self.reserve(bytes.len()).copy_from_slice(bytes),
        }
    }

    /// Appends `length` zero bytes, and returns them to be overwritten.
    pub(crate) fn reserve(&mut self, length: usize) -> &mut [u8] {
        let start = self.used;
        if start <= Self::INLINE {
            if length <= Self::INLINE - start {
                self.used += length;
                return self.inline.get_mut(start..self.used).unwrap_or_default();
            }
            self.heap.extend_from_slice(self.inline.get(..start).unwrap_or_default());
            self.used = Self::INLINE + 1;
        }
        let start = self.heap.len();
        self.heap.resize(start.saturating_add(length), 0);
        self.heap.get_mut(start..).unwrap_or_default()
    }

    /// Returns all bytes.
    pub(crate) fn as_mut_slice(&mut self) -> &mut [u8] {
        match self.inline.get_mut(..self.used) {
            Some(written) => written,
            None => &mut self.heap,
        }
    }
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.inline.get(..self.used).unwrap_or(&self.heap)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Writes pieces of all lengths, below and above the length of the stack part.
        #[test]
        fn buffer_has_the_bytes_that_were_written(lengths in prop::collection::vec(0..200_usize, 0..12), method in 0..3) {
            let (mut buffer, mut expected) = (Buffer::new(), Vec::new());
            for (byte, length) in (0..).zip(lengths) {
                let piece = vec![byte; length];
                match method {
                    0 => buffer.extend(&piece),
                    1 => piece.iter().for_each(|byte| buffer.push(*byte)),
                    _ => buffer.reserve(length).copy_from_slice(&piece),
                }
                expected.extend(piece);
                prop_assert_eq!(&*buffer, &expected[..]);
                prop_assert_eq!(buffer.as_mut_slice(), &mut expected[..]);
            }
        }
    }
}
