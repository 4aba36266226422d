//! The command line of the example server.

mod log;
mod options;
mod signals;

use std::error::Error;
use std::io::{self, Write as _};
use std::pin::pin;
use std::process::ExitCode;

use clap::Parser as _;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use self::options::Options;
use self::signals::Signals;

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error + Send + Sync>> {
    let options = Options::parse();
    log::start();

    let listener = TcpListener::bind(&options.addr)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", options.addr))?;
    let address = listener.local_addr()?;
    let config = options.config()?;
    let mut signals = Signals::listen()?;
    // For whoever started this with port 0. Calls are accepted from here on: the socket queues them.
    writeln!(io::stdout(), "listening on {address}")?;

    let stop = CancellationToken::new();
    let mut serving = pin!(ecommerce::server::serve(config, listener, stop.clone().cancelled_owned()));
    tokio::select! {
        served = &mut serving => return served.map(|()| ExitCode::SUCCESS),
        _ = signals.next() => stop.cancel(),
    }
    tokio::select! {
        served = &mut serving => served.map(|()| ExitCode::SUCCESS),
        second = signals.next() => {
            tracing::warn!("stopped at once by a second signal");
            Ok(second.exit_code())
        }
    }
}
