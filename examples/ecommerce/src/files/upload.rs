//! Receiving end of an upload: checks the chunks one by one, and joins them.

use std::sync::Arc;

use bytes::Bytes;
use sha2::{Digest, Sha256};
use transom::Status;
use uuid::Uuid;

use super::{FILE, hex, sha256};
use crate::error::{FieldChecks, invalid};
use crate::proto::ecommerce::v1::FileChunk;
use crate::space::{Full, Reservation, Space};

/// Number of bytes of an id. It is stored, and repeated in each chunk of a download.
const MOST_ID: usize = 128;
/// Number of bytes that a file or an upload takes beside its content and its id: entries of tables and allocations.
const OVERHEAD: u64 = 256;

/// A file that is not complete.
#[derive(Debug)]
pub(super) struct Upload {
    /// Chosen by the first chunk, or by the server if the first chunk has none.
    file_id: Option<String>,
    content: Content,
    digest: Sha256,
    /// Index that the next chunk must have.
    index: i32,
    /// Whether the last chunk was received.
    complete: bool,
    /// Number of bytes that the content may have.
    most: u64,
}

/// Content of a file, with the space that it takes.
#[derive(Debug)]
struct Content {
    bytes: Vec<u8>,
    id: usize,
    space: Reservation,
}

impl Upload {
    /// Starts the upload of a file of at most `most` bytes.
    pub(super) fn new(most: u64, space: &Arc<Space>) -> Result<Self, Status> {
        let space = space.reserve(OVERHEAD).map_err(full)?;
        Ok(Self {
            file_id: None,
            content: Content { bytes: Vec::new(), id: 0, space },
            digest: Sha256::new(),
            index: 0,
            complete: false,
            most,
        })
    }

    /// Adds the next chunk.
    pub(super) fn push(&mut self, chunk: FileChunk) -> Result<(), Status> {
        self.check(&chunk)?;
        if self.file_id.is_none() {
            let chosen = Some(chunk.file_id).filter(|id| !id.is_empty());
            let id = chosen.unwrap_or_else(|| Uuid::now_v7().to_string());
            self.content.id = id.len();
            self.file_id = Some(id);
        }
        let size = (self.content.bytes.len() + chunk.data.len()) as u64;
        if size > self.most {
            return Err(Status::resource_exhausted(format!("a file can have at most {} bytes", self.most)));
        }
        self.content.append(&chunk.data, self.most).map_err(full)?;
        self.digest.update(&chunk.data);
        self.complete = chunk.is_last_chunk;
        self.index = self.index.saturating_add(1);
        Ok(())
    }

    fn check(&self, chunk: &FileChunk) -> Result<(), Status> {
        let mut checks = FieldChecks::new(FILE);
        checks.require(!self.complete, "is_last_chunk", "a chunk follows the last one");
        let short = chunk.file_id.len() <= MOST_ID;
        checks.require(short, "file_id", format!("must have at most {MOST_ID} bytes"));
        let same = chunk.file_id.is_empty() || self.file_id.as_ref().is_none_or(|id| *id == chunk.file_id);
        checks.require(!short || same, "file_id", "must be the same in all chunks");
        let order = format!("expected {}, got {}", self.index, chunk.chunk_index);
        checks.require(chunk.chunk_index == self.index, "chunk_index", order);
        let sound = chunk.checksum.is_empty() || chunk.checksum.eq_ignore_ascii_case(&sha256(&chunk.data));
        checks.require(sound, "checksum", "is not the SHA-256 of `data` in hex");
        checks.finish()
    }

    /// Returns the id, the checksum and the content of the file.
    ///
    /// # Errors
    ///
    /// INVALID_ARGUMENT, when the last chunk is missing.
    pub(super) fn finish(self) -> Result<(String, String, Bytes), Status> {
        match self.file_id {
            Some(file_id) if self.complete => {
                let checksum = hex(self.digest.finalize().as_slice());
                Ok((file_id, checksum, self.content.freeze()))
            }
            _ => Err(invalid(FILE, "is_last_chunk", "the upload ended before its last chunk")),
        }
    }
}

impl Content {
    /// Appends `data`. Space is reserved for the capacity of the vector, which grows by doubling, to at most `most`.
    fn append(&mut self, data: &[u8], most: u64) -> Result<(), Full> {
        let needed = self.bytes.len() + data.len();
        let capacity = if needed <= self.bytes.capacity() {
            self.bytes.capacity()
        } else {
            let most = usize::try_from(most).unwrap_or(usize::MAX);
            needed.max(self.bytes.capacity().saturating_mul(2).min(most))
        };
        self.reserve(capacity)?;
        self.bytes.reserve_exact(capacity - self.bytes.len());
        self.bytes.extend_from_slice(data);
        Ok(())
    }

    fn reserve(&mut self, capacity: usize) -> Result<(), Full> {
        self.space.resize(OVERHEAD + self.id as u64 + capacity as u64)
    }

    /// Returns the content without spare capacity. The space returns when the last slice of the content is dropped.
    fn freeze(mut self) -> Bytes {
        self.bytes.shrink_to_fit();
        // A smaller reservation always fits.
        let _ = self.reserve(self.bytes.capacity());
        Bytes::from_owner(self)
    }
}

impl AsRef<[u8]> for Content {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

fn full(Full: Full) -> Status {
    Status::resource_exhausted("the server has no space left for files")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(file_id: &str, data: &[u8], chunk_index: i32) -> FileChunk {
        let data = Bytes::copy_from_slice(data);
        FileChunk { file_id: file_id.to_owned(), data, chunk_index, is_last_chunk: true, ..FileChunk::default() }
    }

    #[test]
    fn space_of_a_file_returns_with_its_last_reader() {
        let size = OVERHEAD + 4 + 100;
        let space = Arc::new(Space::new(size));
        let mut upload = Upload::new(1000, &space).unwrap();
        upload.push(chunk("logo", &[7; 100], 0)).unwrap();
        let (_, _, content) = upload.finish().unwrap();
        assert!(space.reserve(1).is_err());
        let reader = content.slice(10..20);
        drop(content);
        assert!(space.reserve(1).is_err());
        drop(reader);
        assert!(space.reserve(size).is_ok());
    }

    #[test]
    fn spare_capacity_of_an_upload_is_counted() {
        let space = Arc::new(Space::new(1 << 20));
        let mut upload = Upload::new(1 << 20, &space).unwrap();
        for index in 0..100 {
            upload.push(FileChunk { is_last_chunk: false, ..chunk("", &[7; 100], index) }).unwrap();
            let capacity = upload.content.bytes.capacity() as u64;
            let rest = (1 << 20) - OVERHEAD - 36 - capacity;
            assert!(space.reserve(rest).is_ok() && space.reserve(rest + 1).is_err());
        }
        upload.complete = true;
        let (_, _, content) = upload.finish().unwrap();
        assert!(space.reserve((1 << 20) - OVERHEAD - 36 - content.len() as u64).is_ok());
    }

    #[test]
    fn upload_without_space_for_its_overhead_is_refused() {
        for limit in [0, 1, OVERHEAD - 1] {
            let status = Upload::new(10, &Arc::new(Space::new(limit))).unwrap_err();
            assert_eq!(status.code(), transom::Code::ResourceExhausted);
        }
        // With its id it is too large.
        let mut upload = Upload::new(10, &Arc::new(Space::new(OVERHEAD))).unwrap();
        assert!(upload.push(chunk("logo", &[], 0)).is_err());
    }
}
