//! A hash that is fed with many small pieces, which it takes in few large ones.

use std::hash::Hasher as _;

use siphasher::sip128::SipHasher24;

/// SipHash behind a buffer: a piece costs a copy, not a call.
pub(super) struct Hash {
    hasher: SipHasher24,
    buffer: [u8; Self::ROOM],
    used: usize,
}

impl Hash {
    const ROOM: usize = 256;

    pub(super) fn new(hasher: SipHasher24) -> Self {
        Self { hasher, buffer: [0; Self::ROOM], used: 0 }
    }

    #[inline]
    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes(&[byte]);
    }

    /// Seven bits a byte, the lowest first, as protobuf does.
    #[inline]
    pub(super) fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.byte((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.byte(value as u8);
    }

    #[inline]
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        match self.buffer.get_mut(self.used..).and_then(|rest| rest.get_mut(..bytes.len())) {
            Some(room) => {
                room.copy_from_slice(bytes);
                self.used += bytes.len();
            }
            None => self.overflow(bytes),
        }
    }

    #[cold]
    fn overflow(&mut self, bytes: &[u8]) {
        self.flush();
        match self.buffer.get_mut(..bytes.len()) {
            Some(room) => {
                room.copy_from_slice(bytes);
                self.used = bytes.len();
            }
            None => self.hasher.write(bytes),
        }
    }

    fn flush(&mut self) {
        self.hasher.write(self.buffer.get(..self.used).unwrap_or_default());
        self.used = 0;
    }

    /// The hasher, with everything in it.
    pub(super) fn finish(mut self) -> SipHasher24 {
        self.flush();
        self.hasher
    }
}
