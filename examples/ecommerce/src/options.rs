//! Flags of the command line.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Parser;
use ecommerce::files::Limits;
use ecommerce::server::{Config, Tls};
use transom::list::KeyRing;

const EXIT_STATUS: &str = "\
Exit status:
  0    after SIGTERM or Ctrl-C, when calls have finished or the grace is over
  1    the server cannot start, or its socket fails
  2    the command line is wrong
  130  after a second signal, Ctrl-C
  143  after a second signal, SIGTERM";

/// Serves a shop's users, chat rooms and files over gRPC. Everything is kept in memory, unless a database is given.
///
/// The first SIGTERM or Ctrl-C lets calls finish; the second one ends the server at once.
// Without `Debug`, since some flags are secrets.
#[derive(Parser)]
#[command(version, after_help = EXIT_STATUS)]
pub(crate) struct Options {
    /// Address to listen on; with port 0 the system chooses, and the address is printed to stdout
    #[arg(long, default_value = "127.0.0.1:50051", value_name = "HOST:PORT")]
    pub(crate) addr: String,

    /// The server's certificate chain, PEM: turns TLS on
    #[arg(long, requires = "tls_key", value_name = "FILE")]
    tls_cert: Option<PathBuf>,

    /// The key of the certificate, PEM
    #[arg(long, requires = "tls_cert", value_name = "FILE")]
    tls_key: Option<PathBuf>,

    /// An authority, PEM: clients must show a certificate that it signed (mTLS)
    #[arg(long, requires = "tls_cert", value_name = "FILE")]
    client_ca: Option<PathBuf>,

    /// Refuse calls without `authorization: Bearer TOKEN`, but for health and reflection
    #[arg(long, env = "ECOMMERCE_SERVER_TOKEN", hide_env_values = true)]
    token: Option<String>,

    /// Refuse larger messages, in bytes
    #[arg(long, default_value_t = Config::default().max_message_size, value_name = "BYTES")]
    max_message_size: usize,

    /// The SQLite database of the users, which is made if it is not there; without it they are kept in memory
    #[arg(long, value_name = "FILE")]
    database: Option<PathBuf>,

    /// Key that seals page tokens: 32 bytes in base64. Keys after a comma only open tokens. The default is a random key,
    /// so that no token outlives the server
    #[arg(long, env = "ECOMMERCE_PAGE_TOKEN_KEYS", hide_env_values = true, value_name = "KEY[,KEY]")]
    page_token_keys: Option<String>,

    /// Refuse larger files, in bytes
    #[arg(long, default_value_t = Limits::default().file, value_name = "BYTES")]
    max_file_size: u64,

    /// End uploads that send no chunk for so many seconds
    #[arg(long, default_value_t = Config::default().chunk_timeout.as_secs(), value_name = "SECONDS")]
    chunk_timeout: u64,

    /// Another server of this kind, which answers GetUser for callers that send `x-forward: true`
    #[arg(long, value_name = "HOST:PORT")]
    downstream: Option<String>,

    /// Accept no more connections than these at a time
    #[arg(long, default_value_t = Config::default().max_connections, value_name = "COUNT")]
    max_connections: usize,

    /// Close connections that have not finished their TLS and HTTP/2 handshakes after so many seconds
    #[arg(long, default_value_t = Config::default().handshake_timeout.as_secs(), value_name = "SECONDS")]
    handshake_timeout: u64,

    /// Ask idle connections whether they live, every so many seconds
    #[arg(long, default_value_t = Config::default().keepalive_interval.as_secs(), value_name = "SECONDS")]
    keepalive_interval: u64,

    /// Close connections that do not answer that, after so many seconds
    #[arg(long, default_value_t = Config::default().keepalive_timeout.as_secs(), value_name = "SECONDS")]
    keepalive_timeout: u64,

    /// Let calls finish for so many seconds after SIGTERM or Ctrl-C
    #[arg(long, default_value_t = Config::default().shutdown_grace.as_secs(), value_name = "SECONDS")]
    shutdown_grace: u64,
}

impl Options {
    /// Returns the configuration of the flags, with the files that they name.
    pub(crate) fn config(&self) -> Result<Config, Box<dyn Error + Send + Sync>> {
        let tls = match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => Some(Tls {
                certificate: read(certificate)?,
                key: read(key)?,
                client_authority: self.client_ca.as_deref().map(read).transpose()?,
            }),
            _ => None,
        };
        Ok(Config {
            tls,
            token: self.token.clone(),
            max_message_size: self.max_message_size,
            database: self.database.clone(),
            page_token_keys: self.page_token_keys.as_deref().map(keys).transpose()?,
            files: Limits { file: self.max_file_size, ..Limits::default() },
            chunk_timeout: Duration::from_secs(self.chunk_timeout),
            downstream: self.downstream.clone(),
            max_connections: self.max_connections,
            handshake_timeout: Duration::from_secs(self.handshake_timeout),
            keepalive_interval: Duration::from_secs(self.keepalive_interval),
            keepalive_timeout: Duration::from_secs(self.keepalive_timeout),
            shutdown_grace: Duration::from_secs(self.shutdown_grace),
        })
    }
}

fn keys(text: &str) -> Result<KeyRing, String> {
    text.parse().map_err(|error| format!("cannot use the page token keys: {error}"))
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}
