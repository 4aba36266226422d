//! Configuration of the server.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use tonic::transport::{Certificate, Identity, ServerTlsConfig};
use transom::list::KeyRing;

use crate::files::Limits;

/// Configuration of the server. The default is a server for the local machine.
#[derive(Clone)]
pub struct Config {
    /// Encrypts connections.
    pub tls: Option<Tls>,
    /// The bearer token that calls must carry; nobody is refused without it.
    pub token: Option<String>,
    /// The bytes of a message that is accepted, after decompression.
    pub max_message_size: usize,
    /// The SQLite file of the users; without it they are kept in memory.
    pub database: Option<PathBuf>,
    /// Keys of page tokens. `None` is a new key, so that no token outlives the server.
    pub page_token_keys: Option<KeyRing>,
    /// Limits of stored files.
    pub files: Limits,
    /// Time that an upload may take for its next chunk.
    pub chunk_timeout: Duration,
    /// The `host:port` of another server of this kind, without TLS, for calls with `x-forward: true`.
    pub downstream: Option<String>,
    /// Number of connections; more wait until others are closed.
    pub max_connections: usize,
    /// Time for the TLS handshake and the preface of HTTP/2 on a new connection.
    pub handshake_timeout: Duration,
    /// Interval of the pings on an idle connection.
    pub keepalive_interval: Duration,
    /// Time for the answer to a ping.
    pub keepalive_timeout: Duration,
    /// Time that calls have to end after the server began to stop.
    pub shutdown_grace: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            tls: None,
            token: None,
            max_message_size: 4 << 20,
            database: None,
            page_token_keys: None,
            files: Limits::default(),
            chunk_timeout: Duration::from_secs(60),
            downstream: None,
            // Below the 1,024 file descriptors that systems usually give a process.
            max_connections: 512,
            handshake_timeout: Duration::from_secs(10),
            keepalive_interval: Duration::from_secs(30),
            keepalive_timeout: Duration::from_secs(10),
            shutdown_grace: Duration::from_secs(10),
        }
    }
}

/// Leaves the token out.
impl fmt::Debug for Config {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Complete on purpose: a new field has to be judged here.
        let Self {
            tls,
            token,
            max_message_size,
            database,
            page_token_keys,
            files,
            chunk_timeout,
            downstream,
            max_connections,
            handshake_timeout,
            keepalive_interval,
            keepalive_timeout,
            shutdown_grace,
        } = self;
        formatter
            .debug_struct("Config")
            .field("tls", tls)
            .field("token", &token.as_ref().map(|_| Redacted))
            .field("max_message_size", max_message_size)
            .field("database", database)
            .field("page_token_keys", page_token_keys)
            .field("files", files)
            .field("chunk_timeout", chunk_timeout)
            .field("downstream", downstream)
            .field("max_connections", max_connections)
            .field("handshake_timeout", handshake_timeout)
            .field("keepalive_interval", keepalive_interval)
            .field("keepalive_timeout", keepalive_timeout)
            .field("shutdown_grace", shutdown_grace)
            .finish()
    }
}

/// Stands for a secret in `Debug` output.
struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

/// Identity of the server, and the authority for its clients. Every part is PEM.
#[derive(Clone)]
pub struct Tls {
    /// The server's certificate, followed by its intermediates.
    pub certificate: Vec<u8>,
    /// The key of the certificate.
    pub key: Vec<u8>,
    /// With an authority, clients must show a certificate that it signed.
    pub client_authority: Option<Vec<u8>>,
}

/// Leaves the key out, and certificates, which are long.
impl fmt::Debug for Tls {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { certificate, key: _, client_authority } = self;
        formatter
            .debug_struct("Tls")
            .field("certificate", &format_args!("{} bytes", certificate.len()))
            .field("key", &Redacted)
            .field("client_authority", &client_authority.as_ref().map(|_| format_args!("given")))
            .finish()
    }
}

impl Tls {
    pub(super) fn config(&self) -> ServerTlsConfig {
        let config = ServerTlsConfig::new().identity(Identity::from_pem(&self.certificate, &self.key));
        match &self.client_authority {
            Some(authority) => config.client_ca_root(Certificate::from_pem(authority)),
            None => config,
        }
    }
}
