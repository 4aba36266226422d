//! The sending end of a download: a part of a file, in chunks.

use bytes::Bytes;
use futures_util::stream;
use transom::{BoxStream, Status};

use super::sha256;
use crate::proto::ecommerce::v1::FileChunk;

/// The bytes in a chunk, but for the last one.
const CHUNK: usize = 64 << 10;

/// At most `most` bytes from `first` on; all of them for 0.
pub(super) fn part(content: Bytes, first: usize, most: usize) -> Result<Bytes, Status> {
    let size = content.len();
    let Some(rest) = size.checked_sub(first) else {
        let message = format!("offset {first} is past the end of the file, which has {size} bytes");
        return Err(Status::out_of_range(message));
    };
    let length = if most == 0 { rest } else { most.min(rest) };
    Ok(content.slice(first..first + length))
}

/// The chunks of `content`, made when they are asked for. No bytes are one chunk without data.
pub(super) fn chunks(file_id: String, content: Bytes) -> BoxStream<FileChunk> {
    let count = content.len().div_ceil(CHUNK).max(1);
    Box::pin(stream::iter((0..count).map(move |index| {
        let start = index * CHUNK;
        let data = content.slice(start..content.len().min(start + CHUNK));
        Ok(FileChunk {
            file_id: file_id.clone(),
            checksum: sha256(&data),
            data,
            chunk_index: i32::try_from(index).map_err(|_| Status::out_of_range("the file has too many chunks"))?,
            is_last_chunk: index + 1 == count,
        })
    })))
}
