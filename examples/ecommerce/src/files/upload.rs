//! The receiving end of an upload: chunks are checked one by one, and put together.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use transom::Status;
use uuid::Uuid;

use super::space::{Reservation, Space};
use super::{Stored, hex, sha256};
use crate::error::{Violations, invalid};
use crate::proto::ecommerce::v1::FileChunk;

/// A file on its way.
#[derive(Debug)]
pub(super) struct Upload {
    /// Chosen by the first chunk, or by the server where that names none.
    file_id: Option<String>,
    content: Vec<u8>,
    digest: Sha256,
    /// The index that the next chunk must have.
    index: i32,
    /// The last chunk has come.
    complete: bool,
    most: u64,
    space: Reservation,
}

impl Upload {
    /// No chunks yet, of a file that may have `most` bytes.
    pub(super) fn new(most: u64, space: Arc<Space>) -> Self {
        Self {
            file_id: None,
            content: Vec::new(),
            digest: Sha256::new(),
            index: 0,
            complete: false,
            most,
            space: space.reserve(),
        }
    }

    /// Adds the next chunk.
    pub(super) fn push(&mut self, chunk: FileChunk) -> Result<(), Status> {
        self.check(&chunk)?;
        if self.file_id.is_none() {
            let chosen = Some(chunk.file_id).filter(|id| !id.is_empty());
            self.file_id = Some(chosen.unwrap_or_else(|| Uuid::now_v7().to_string()));
        }
        let bytes = chunk.data.len() as u64;
        if self.content.len() as u64 + bytes > self.most {
            return Err(Status::resource_exhausted(format!("a file can have at most {} bytes", self.most)));
        }
        self.space.grow(bytes)?;
        self.content.extend_from_slice(&chunk.data);
        self.digest.update(&chunk.data);
        self.complete = chunk.is_last_chunk;
        self.index = self.index.saturating_add(1);
        Ok(())
    }

    fn check(&self, chunk: &FileChunk) -> Result<(), Status> {
        let mut violations = Violations::default();
        violations.require(!self.complete, "is_last_chunk", "a chunk follows the last one");
        let same = chunk.file_id.is_empty() || self.file_id.as_ref().is_none_or(|id| *id == chunk.file_id);
        violations.require(same, "file_id", "must be the same in all chunks");
        let order = format!("expected {}, got {}", self.index, chunk.chunk_index);
        violations.require(chunk.chunk_index == self.index, "chunk_index", order);
        let sound = chunk.checksum.is_empty() || chunk.checksum.eq_ignore_ascii_case(&sha256(&chunk.data));
        violations.require(sound, "checksum", "is not the SHA-256 of `data` in hex");
        violations.finish()
    }

    /// The id, the checksum and the content of the file, if it is whole.
    pub(super) fn finish(self) -> Result<(String, String, Stored), Status> {
        match self.file_id {
            Some(file_id) if self.complete => {
                let checksum = hex(self.digest.finalize().as_slice());
                Ok((file_id, checksum, Stored { content: self.content.into(), _space: self.space }))
            }
            _ => Err(invalid("is_last_chunk", "the upload ended before its last chunk")),
        }
    }
}
