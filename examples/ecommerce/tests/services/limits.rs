//! Compression, sizes, and connections that have died.

use std::time::Duration;

use ecommerce::proto::ecommerce::v1::{CreateUserRequest, FileChunk, GetUserRequest};
use ecommerce::server::Config;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use transom::{Code, CompressionEncoding};

use crate::harness::{Shop, create, new_user, soon};
use crate::raw;

#[tokio::test]
async fn an_answer_is_compressed_for_who_accepts_it() {
    let shop = Shop::open().await;
    let name = "Ada ".repeat(1000);
    let user_id = create(&mut shop.users().await, &name).await.user_id;
    let message = GetUserRequest { user_id };

    let plain = raw::call(shop.address, "UserService/GetUser", &message, &[]).await;
    assert_eq!((plain.code(), plain.head.get("grpc-encoding")), (Code::Ok, None));
    assert_eq!(plain.body[0], 0);

    let headers = [("grpc-accept-encoding", "gzip")];
    let compressed = raw::call(shop.address, "UserService/GetUser", &message, &headers).await;
    assert_eq!(compressed.head["grpc-encoding"], "gzip");
    assert_eq!(compressed.body[0], 1);
    assert!(compressed.body.len() < plain.body.len() / 10);
}

#[tokio::test]
async fn the_generated_client_compresses_both_ways() {
    let shop = Shop::open().await;
    let gzip = CompressionEncoding::Gzip;
    let mut users = shop.users().await.send_compressed(gzip).accept_compressed(gzip);
    let name = "Ada ".repeat(1000);
    assert_eq!(create(&mut users, &name).await.name, name);
}

#[tokio::test]
async fn a_compression_that_is_not_spoken_is_refused_with_a_list() {
    let shop = Shop::open().await;
    let headers = [("grpc-encoding", "snappy")];
    let answer = raw::call(shop.address, "UserService/GetUser", &GetUserRequest::default(), &headers).await;
    assert_eq!(answer.code(), Code::Unimplemented);
    assert!(answer.head["grpc-accept-encoding"].to_str().unwrap().contains("gzip"));
}

#[tokio::test]
async fn a_message_can_be_too_large() {
    let shop = Shop::with(Config { max_message_size: 1000, ..Config::default() }).await;
    let mut users = shop.users().await;
    let request = CreateUserRequest { name: "A".repeat(1000), ..new_user("") };
    assert_eq!(users.create_user(request.clone()).await.unwrap_err().code(), Code::ResourceExhausted);
    // What is small on the wire only is too large all the same.
    let mut compressing = users.clone().send_compressed(CompressionEncoding::Gzip);
    assert_eq!(compressing.create_user(request).await.unwrap_err().code(), Code::ResourceExhausted);

    let chunk = FileChunk { data: vec![0; 1000].into(), is_last_chunk: true, ..FileChunk::default() };
    let status = shop.files().await.upload_file(tokio_stream::iter([chunk])).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted);

    create(&mut users, "Small").await;
}

#[tokio::test]
async fn a_connection_that_does_not_answer_pings_is_closed() {
    let config = Config {
        keepalive_interval: Duration::from_millis(100),
        keepalive_timeout: Duration::from_millis(100),
        ..Config::default()
    };
    let shop = Shop::with(config).await;
    let mut connection = TcpStream::connect(shop.address).await.unwrap();
    // The preface and empty SETTINGS of HTTP/2, and from then on silence.
    connection.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();
    let mut received = Vec::new();
    // Comes to an end only because the server closes. How it closes is the matter of its system.
    let _ = soon(connection.read_to_end(&mut received)).await;
    assert!(!received.is_empty());
}
