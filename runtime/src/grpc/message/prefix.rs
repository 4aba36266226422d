//! Prefix of each message on the wire: the compressed-flag (one byte) and the length (four bytes, big-endian).

use super::encoding::Encoding;

/// Length of a prefix in bytes.
pub(crate) const PREFIX_LENGTH: usize = 5;

/// Scanner of the prefixes in a body that arrives in pieces of any size.
#[derive(Debug)]
pub(crate) struct PrefixScanner {
    limit: usize,
    encoding: Encoding,
    /// Bytes of the current prefix so far, the latest in the lowest byte.
    prefix: u64,
    /// Number of these bytes.
    prefix_bytes: usize,
    /// Bytes of the current message that are still to come.
    payload: usize,
}

/// Message over the size limit.
#[derive(Debug)]
pub(crate) struct OversizedMessage {
    /// Start of the message in the scanned piece. Zero if the message started in an earlier piece.
    pub(crate) start: usize,
    /// Length of the message in bytes, from its prefix.
    pub(crate) length: usize,
}

impl PrefixScanner {
    /// Creates a scanner that finds messages of more than `limit` bytes.
    pub(crate) fn new(limit: usize, encoding: Encoding) -> Self {
        Self { limit, encoding, prefix: 0, prefix_bytes: 0, payload: 0 }
    }

    /// Returns the limit in bytes.
    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// Returns `true` if the last message is not complete.
    pub(crate) fn is_inside_message(&self) -> bool {
        self.prefix_bytes > 0 || self.payload > 0
    }

    /// Scans the next piece of the body, up to the first message over the limit.
    pub(crate) fn find_oversized(&mut self, piece: &[u8]) -> Option<OversizedMessage> {
        let mut rest = piece;
        let mut start = 0;
        loop {
            let skipped = self.payload.min(rest.len());
            self.payload -= skipped;
            rest = rest.get(skipped..)?;
            let (&byte, tail) = rest.split_first()?;
            if self.prefix_bytes == 0 {
                start = piece.len() - rest.len();
            }
            rest = tail;
            self.prefix = self.prefix << 8 | u64::from(byte);
            self.prefix_bytes += 1;
            if self.prefix_bytes < PREFIX_LENGTH {
                continue;
            }
            self.prefix_bytes = 0;
            let [.., flag, a, b, c, d] = self.prefix.to_be_bytes();
            let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX);
            if length > self.limit && self.is_valid_flag(flag) {
                return Some(OversizedMessage { start, length });
            }
            self.payload = length;
        }
    }

    /// tonic rejects a message with an invalid compressed-flag, whatever its length is.
    fn is_valid_flag(&self, flag: u8) -> bool {
        match self.encoding {
            Encoding::Identity => flag == 0,
            Encoding::Compressed => flag <= 1,
        }
    }
}
