//! Connections that do not do what gRPC clients do: they are closed in time, and do not hold up the end of the server.

use std::sync::Arc;
use std::time::Duration;

use ecommerce::proto::ecommerce::v1::ListUsersRequest;
use ecommerce::server::Config;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, pem::PemObject as _};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::harness::{Shop, soon};
use crate::tls::Authority;

/// Longer than a test may take: a server that waits for it fails the test.
const FOREVER: Duration = Duration::from_secs(60 * 60);
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const SETTINGS: &[u8] = b"\0\0\0\x04\0\0\0\0\0";

/// A server that would wait forever for each connection.
fn patient() -> Config {
    Config {
        handshake_timeout: FOREVER,
        keepalive_interval: FOREVER,
        keepalive_timeout: FOREVER,
        shutdown_grace: FOREVER,
        ..Config::default()
    }
}

/// Parts of the beginning of a connection, after which clients here are silent.
fn beginnings() -> [Vec<u8>; 4] {
    [vec![], PREFACE[..10].to_vec(), PREFACE.to_vec(), [PREFACE, SETTINGS].concat()]
}

async fn connect(shop: &Shop, beginning: &[u8]) -> TcpStream {
    let mut connection = TcpStream::connect(shop.address).await.unwrap();
    connection.write_all(beginning).await.unwrap();
    connection
}

/// A connection after its TLS handshake.
async fn connect_tls(shop: &Shop, authority: &Authority, beginning: &[u8]) -> impl AsyncRead + AsyncWrite + Unpin {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(authority.pem().as_bytes()).unwrap()).unwrap();
    let mut config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let connector = TlsConnector::from(Arc::new(config));
    let tcp = TcpStream::connect(shop.address).await.unwrap();
    let mut tls = connector.connect(ServerName::try_from("localhost").unwrap(), tcp).await.unwrap();
    tls.write_all(beginning).await.unwrap();
    tls.flush().await.unwrap();
    tls
}

/// Waits for the first byte of the server's settings, which it sends to each connection that it has accepted.
async fn accepted(connection: &mut (impl AsyncRead + Unpin)) {
    soon(connection.read_u8()).await.unwrap();
}

/// Waits until the server closes the connection. How it closes is the matter of its system.
async fn closed(mut connection: impl AsyncRead + Unpin) {
    let _ = soon(connection.read_to_end(&mut Vec::new())).await;
}

#[tokio::test]
async fn silent_connection_does_not_hold_up_the_end_of_the_server() {
    for beginning in beginnings() {
        let shop = Shop::with(patient()).await;
        let mut connection = connect(&shop, &beginning).await;
        accepted(&mut connection).await;
        shop.begin_to_stop();
        closed(connection).await;
        shop.stopped().await;
    }
}

#[tokio::test]
async fn silent_tls_connection_does_not_hold_up_the_end_of_the_server() {
    let authority = Authority::new();
    for beginning in beginnings() {
        let shop = Shop::with(Config { tls: Some(authority.tls()), ..patient() }).await;
        let before_handshake = TcpStream::connect(shop.address).await.unwrap();
        let mut connection = connect_tls(&shop, &authority, &beginning).await;
        accepted(&mut connection).await;
        shop.begin_to_stop();
        closed(connection).await;
        closed(before_handshake).await;
        shop.stopped().await;
    }
}

#[tokio::test]
async fn connection_without_a_preface_is_closed() {
    let shop = Shop::with(Config { handshake_timeout: Duration::from_millis(100), ..patient() }).await;
    closed(connect(&shop, &[]).await).await;
    closed(connect(&shop, &PREFACE[..PREFACE.len() - 1]).await).await;

    let authority = Authority::new();
    let tls = Some(authority.tls());
    let shop = Shop::with(Config { tls, handshake_timeout: Duration::from_secs(2), ..patient() }).await;
    closed(TcpStream::connect(shop.address).await.unwrap()).await;
    closed(connect_tls(&shop, &authority, &[]).await).await;
}

#[tokio::test]
async fn connection_that_is_silent_after_a_part_of_the_preface_is_closed() {
    let silence = Duration::from_secs(1);
    let authority = Authority::new();
    let config = Config {
        tls: Some(authority.tls()),
        // Counts if the part arrives with the end of the TLS handshake.
        handshake_timeout: 2 * silence,
        keepalive_interval: silence,
        keepalive_timeout: silence,
        ..patient()
    };
    let shop = Shop::with(config).await;
    closed(connect_tls(&shop, &authority, &PREFACE[..20]).await).await;
}

#[tokio::test]
async fn idle_client_stays_connected_beyond_the_handshake_timeout() {
    let shop = Shop::with(Config { handshake_timeout: Duration::from_secs(1), ..Config::default() }).await;
    let mut users = shop.users().await;
    users.list_users(ListUsersRequest::default()).await.unwrap();
    // A later connection without a preface is closed: the timeout has passed for the first one too.
    closed(connect(&shop, &[]).await).await;
    users.list_users(ListUsersRequest::default()).await.unwrap();
}

#[tokio::test]
async fn settings_limit_the_calls_on_one_connection() {
    let shop = Shop::open().await;
    let mut connection = connect(&shop, &[]).await;
    let mut head = [0; 9];
    soon(connection.read_exact(&mut head)).await.unwrap();
    let [_, _, length, kind, ..] = head;
    assert_eq!(kind, 4, "the first frame has the settings");
    let mut settings = vec![0; length.into()];
    soon(connection.read_exact(&mut settings)).await.unwrap();
    // SETTINGS_MAX_CONCURRENT_STREAMS (RFC 9113, section 6.5.2).
    assert!(settings.chunks(6).any(|setting| setting == [0, 3, 0, 0, 0, 200]), "{settings:?}");
}

#[tokio::test]
async fn connections_beyond_the_limit_wait_until_others_close() {
    let shop = Shop::with(Config { max_connections: 1, ..patient() }).await;
    let first = connect(&shop, &[]).await;
    let second = connect(&shop, &[PREFACE, SETTINGS].concat()).await;
    // The first bytes are the server's settings.
    assert!(timeout(Duration::from_millis(100), second.readable()).await.is_err());
    drop(first);
    soon(second.readable()).await.unwrap();
}
