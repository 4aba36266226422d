//! Files up and down.

use std::time::Duration;

use bytes::Bytes;
use ecommerce::files::Limits;
use ecommerce::proto::ecommerce::v1::{DownloadRequest, FileChunk, UploadResponse};
use ecommerce::server::Config;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;
use tokio::time::sleep;
use tokio_stream::wrappers::ReceiverStream;
use tonic_types::StatusExt as _;
use transom::{Code, Status};

use crate::harness::{Shop, soon, violated};

fn sha256(data: &[u8]) -> String {
    Sha256::digest(data).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The chunks of a file, with checksums.
pub(crate) fn chunks(content: &[u8], size: usize) -> Vec<FileChunk> {
    let pieces: Vec<&[u8]> = if content.is_empty() { vec![b""] } else { content.chunks(size).collect() };
    let count = pieces.len();
    let chunk = |(index, piece): (usize, &[u8])| FileChunk {
        file_id: String::new(),
        data: Bytes::copy_from_slice(piece),
        chunk_index: index.try_into().unwrap(),
        is_last_chunk: index + 1 == count,
        checksum: sha256(piece),
    };
    pieces.into_iter().enumerate().map(chunk).collect()
}

async fn upload(shop: &Shop, chunks: Vec<FileChunk>) -> Result<UploadResponse, Status> {
    shop.files().await.upload_file(tokio_stream::iter(chunks)).await.map(|answer| answer.into_inner())
}

async fn download(shop: &Shop, file_id: &str, offset: i64, limit: i64) -> Result<Vec<FileChunk>, Status> {
    let request = DownloadRequest { file_id: file_id.to_owned(), offset, limit };
    let mut stream = shop.files().await.download_file(request).await?.into_inner();
    let mut chunks = Vec::new();
    while let Some(chunk) = stream.message().await? {
        chunks.push(chunk);
    }
    Ok(chunks)
}

#[tokio::test]
async fn what_goes_up_comes_down() {
    let shop = Shop::open().await;
    for size in [0, 1, 65_536, 65_537, 300_000] {
        let content: Vec<u8> = (0_u8..=250).cycle().take(size).collect();
        let uploaded = upload(&shop, chunks(&content, 50_000)).await.unwrap();
        assert_eq!(usize::try_from(uploaded.file_size).unwrap(), size);
        assert_eq!(uploaded.checksum, sha256(&content));

        let downloaded = download(&shop, &uploaded.file_id, 0, 0).await.unwrap();
        assert_eq!(downloaded.iter().flat_map(|chunk| chunk.data.clone()).collect::<Vec<_>>(), content);
        assert_eq!(downloaded.iter().filter(|chunk| chunk.is_last_chunk).count(), 1);
        for (index, chunk) in downloaded.iter().enumerate() {
            assert_eq!(usize::try_from(chunk.chunk_index).unwrap(), index);
            assert_eq!(chunk.checksum, sha256(&chunk.data));
            assert_eq!(chunk.file_id, uploaded.file_id);
        }
    }
}

#[tokio::test]
async fn a_part_of_a_file() {
    let shop = Shop::open().await;
    let file_id = upload(&shop, chunks(b"0123456789", 4)).await.unwrap().file_id;
    for (offset, limit, want) in
        [(0, 3, "012"), (3, 0, "3456789"), (8, 100, "89"), (10, 1, ""), (0, i64::MAX, "0123456789")]
    {
        let part = download(&shop, &file_id, offset, limit).await.unwrap();
        assert_eq!(part.iter().flat_map(|chunk| chunk.data.clone()).collect::<Vec<_>>(), want.as_bytes());
    }
    assert_eq!(download(&shop, &file_id, 11, 0).await.unwrap_err().code(), Code::OutOfRange);
    assert_eq!(violated(&download(&shop, &file_id, -1, -1).await.unwrap_err()), ["offset", "limit"]);
    let status = download(&shop, "nothing", 0, 0).await.unwrap_err();
    assert_eq!(status.code(), Code::NotFound);
    assert_eq!(status.get_details_resource_info().unwrap().resource_name, "nothing");
}

#[tokio::test]
async fn a_damaged_upload_is_refused() {
    let shop = Shop::open().await;
    type Damage = fn(&mut Vec<FileChunk>);
    let cases: [(Damage, &str); 6] = [
        (|chunks| chunks[1].checksum = sha256(b"something else"), "checksum"),
        (|chunks| chunks[1].chunk_index = 2, "chunk_index"),
        (|chunks| chunks.swap(0, 1), "chunk_index"),
        (|chunks| chunks[1].file_id = "another".to_owned(), "file_id"),
        (|chunks| chunks[2].is_last_chunk = false, "is_last_chunk"),
        (|chunks| chunks[1].is_last_chunk = true, "is_last_chunk"),
    ];
    for (damage, field) in cases {
        let mut sent = chunks(b"0123456789", 4);
        damage(&mut sent);
        let status = upload(&shop, sent).await.unwrap_err();
        assert_eq!(status.code(), Code::InvalidArgument);
        assert_eq!(violated(&status), [field]);
    }
    assert_eq!(violated(&upload(&shop, Vec::new()).await.unwrap_err()), ["is_last_chunk"]);
}

#[tokio::test]
async fn a_file_is_never_overwritten() {
    let shop = Shop::open().await;
    let named = |content: &[u8]| {
        let mut chunks = chunks(content, 100);
        chunks[0].file_id = "logo".to_owned();
        chunks
    };
    assert_eq!(upload(&shop, named(b"first")).await.unwrap().file_id, "logo");
    assert_eq!(upload(&shop, named(b"second")).await.unwrap_err().code(), Code::AlreadyExists);
    assert_eq!(download(&shop, "logo", 0, 0).await.unwrap()[0].data, "first");
}

#[tokio::test]
async fn a_file_can_be_too_large() {
    let limits = Limits { file: 10, ..Limits::default() };
    let shop = Shop::with(Config { files: limits, ..Config::default() }).await;
    upload(&shop, chunks(b"0123456789", 4)).await.unwrap();
    let status = upload(&shop, chunks(b"0123456789+", 4)).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted);
}

/// Whether there is space for three bytes more. Takes none: the upload lacks its last chunk.
async fn has_space(shop: &Shop) -> bool {
    let chunk = FileChunk { data: "abc".into(), ..FileChunk::default() };
    match upload(shop, vec![chunk]).await.unwrap_err().code() {
        Code::InvalidArgument => true,
        Code::ResourceExhausted => false,
        code => panic!("unexpected {code:?}"),
    }
}

#[tokio::test]
async fn a_cancelled_upload_leaves_nothing_behind() {
    // Two uploads, with an id of the server's choice each, but not with eight bytes and three.
    let limits = Limits { file: 10, total: 2 * (256 + 36) + 10 };
    let shop = Shop::with(Config { files: limits, ..Config::default() }).await;
    let (sender, receiver) = mpsc::channel(1);
    sender.send(FileChunk { data: "01234567".into(), ..FileChunk::default() }).await.unwrap();
    let mut files = shop.files().await;
    let pending = tokio::spawn(async move { files.upload_file(ReceiverStream::new(receiver)).await });
    // Time for the chunk to arrive before the first look, which could be in its way.
    sleep(Duration::from_millis(200)).await;
    soon(async {
        while has_space(&shop).await {
            sleep(Duration::from_millis(200)).await
        }
    })
    .await;

    pending.abort();
    soon(async {
        while !has_space(&shop).await {
            sleep(Duration::from_millis(10)).await
        }
    })
    .await;
}

#[tokio::test]
async fn silent_upload_ends_and_leaves_its_space_to_others() {
    let limits = Limits { file: 10, total: 2 * (256 + 36) + 10 };
    let config = Config { files: limits, chunk_timeout: Duration::from_millis(100), ..Config::default() };
    let shop = Shop::with(config).await;
    let (sender, receiver) = mpsc::channel(1);
    sender.send(FileChunk { data: "01234567".into(), ..FileChunk::default() }).await.unwrap();
    let answer = soon(shop.files().await.upload_file(ReceiverStream::new(receiver))).await;
    assert_eq!(answer.unwrap_err().code(), Code::Aborted);
    assert!(has_space(&shop).await);
}

#[tokio::test]
async fn empty_files_take_space() {
    let limits = Limits { total: 10_000, ..Limits::default() };
    let shop = Shop::with(Config { files: limits, ..Config::default() }).await;
    let mut stored = 0;
    let status = loop {
        match upload(&shop, chunks(b"", 1)).await {
            Ok(_) => stored += 1,
            Err(status) => break status,
        }
        assert!(stored < 60, "files without content have no end");
    };
    assert_eq!(status.code(), Code::ResourceExhausted);
    assert!(stored > 10);

    let limits = Limits { total: 1, ..Limits::default() };
    let shop = Shop::with(Config { files: limits, ..Config::default() }).await;
    assert_eq!(upload(&shop, chunks(b"", 1)).await.unwrap_err().code(), Code::ResourceExhausted);
}

#[tokio::test]
async fn long_file_id_is_refused_in_any_chunk() {
    let shop = Shop::open().await;
    let named = |id: &str, index: usize| {
        let mut chunks = chunks(b"0123456789", 4);
        chunks[index].file_id = id.to_owned();
        chunks
    };
    assert_eq!(upload(&shop, named(&"x".repeat(128), 0)).await.unwrap().file_id.len(), 128);
    for index in [0, 1, 2] {
        let status = upload(&shop, named(&"x".repeat(129), index)).await.unwrap_err();
        assert_eq!((status.code(), violated(&status)), (Code::InvalidArgument, vec!["file_id".to_owned()]));
    }
}
