//! `ecommerce.v1.FileService`: files up and down, in chunks with checksums.

mod download;
mod upload;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use sha2::{Digest, Sha256};
use tokio::time::timeout;
use transom::{BoxStream, Request, Response, Status, Streaming};

use self::upload::Upload;
use crate::error::{FieldChecks, already_exists, not_found};
use crate::proto::ecommerce::v1::{DownloadRequest, FileChunk, UploadResponse, file_service_server::FileService};
use crate::space::Space;

/// Resource type of files in `ResourceInfo`.
const FILE: &str = "ecommerce.v1.File";

/// Limits on what may be stored.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Number of bytes of one file.
    pub file: u64,
    /// Number of bytes of memory for all files and uploads together: their contents, their ids, and 256 bytes for each.
    pub total: u64,
}

impl Default for Limits {
    /// 64 MiB a file, 1 GiB together.
    fn default() -> Self {
        Self { file: 64 << 20, total: 1 << 30 }
    }
}

/// The files of the shop, in memory.
#[derive(Debug)]
pub struct Files {
    limits: Limits,
    chunk_timeout: Duration,
    space: Arc<Space>,
    /// Contents by id. Each has its part of the space, which returns with the last reader of the content.
    files: Mutex<HashMap<String, Bytes>>,
}

impl Files {
    /// Creates a service without files. An upload has to send a chunk within each `chunk_timeout`: while it is silent, it
    /// takes space from others.
    pub fn new(limits: Limits, chunk_timeout: Duration) -> Self {
        Self { limits, chunk_timeout, space: Arc::new(Space::new(limits.total)), files: Mutex::default() }
    }

    /// Waits for the next chunk of an upload.
    async fn next(&self, chunks: &mut Streaming<FileChunk>) -> Result<Option<FileChunk>, Status> {
        match timeout(self.chunk_timeout, chunks.message()).await {
            Ok(chunk) => chunk,
            Err(_) => {
                Err(Status::aborted(format!("no chunk arrived for {:?}: send the file again", self.chunk_timeout)))
            }
        }
    }

    /// One insertion or look-up at a time, which no panic can leave half done.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Bytes>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FileService for Files {
    async fn upload_file(&self, request: Request<Streaming<FileChunk>>) -> Result<Response<UploadResponse>, Status> {
        let mut chunks = request.into_inner();
        let mut upload = Upload::new(self.limits.file, &self.space)?;
        while let Some(chunk) = self.next(&mut chunks).await? {
            upload.push(chunk)?;
        }
        let (file_id, checksum, content) = upload.finish()?;
        let file_size = i64::try_from(content.len()).unwrap_or(i64::MAX);
        let mut files = self.lock();
        if files.contains_key(&file_id) {
            return Err(already_exists(FILE, &file_id));
        }
        files.insert(file_id.clone(), content);
        // There is no HTTP address to name: this server speaks gRPC only.
        Ok(Response::new(UploadResponse { file_id, upload_url: String::new(), file_size, checksum }))
    }

    async fn download_file(&self, request: Request<DownloadRequest>) -> Result<Response<BoxStream<FileChunk>>, Status> {
        let DownloadRequest { file_id, offset, limit } = request.into_inner();
        let (first, most) = (usize::try_from(offset), usize::try_from(limit));
        let mut checks = FieldChecks::new(FILE);
        checks.require(first.is_ok(), "offset", "must not be negative");
        checks.require(most.is_ok(), "limit", "must not be negative");
        checks.finish()?;

        let content = self.lock().get(&file_id).cloned();
        let content = content.ok_or_else(|| not_found(FILE, &file_id))?;
        let part = download::part(content, first.unwrap_or_default(), most.unwrap_or_default())?;
        Ok(Response::new(download::chunks(file_id, part)))
    }
}

/// The SHA-256 of `data` in lower-case hex.
fn sha256(data: &[u8]) -> String {
    hex(Sha256::digest(data).as_slice())
}

fn hex(digest: &[u8]) -> String {
    digest.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
