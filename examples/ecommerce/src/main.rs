//! The command line of the example server.

mod options;

use std::error::Error;
use std::io::{self, Write as _};

use clap::Parser as _;
use tokio::net::TcpListener;
use tokio::signal;
use tracing_subscriber::EnvFilter;

use self::options::Options;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let options = Options::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();

    let listener = TcpListener::bind(&options.addr)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", options.addr))?;
    let address = listener.local_addr()?;
    let config = options.config()?;
    // For whoever started this with port 0. Calls are accepted from here on: the socket queues them.
    writeln!(io::stdout(), "listening on {address}")?;
    ecommerce::server::serve(config, listener, told_to_stop()?).await
}

/// Done on SIGTERM, as orchestrators send it, or Ctrl-C.
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminate = signal::unix::signal(signal::unix::SignalKind::terminate())?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = terminate.recv() => {}
            _ = signal::ctrl_c() => {}
        }
        #[cfg(not(unix))]
        let _ = signal::ctrl_c().await;
    })
}
