//! The generated clients against a server that is not ours: all kinds of calls, errors with details,
//! metadata, deadlines, cancellation, the token, TLS.
//!
//! `interop/run rust` starts a grpcio server in each configuration and this program, which prints one
//! line a case and closes with `N passed, M failed`.

mod calls;
mod fleet;
mod report;
mod security;
mod streams;
mod users;

use std::io;
use std::process::ExitCode;

use self::fleet::Fleet;
use self::report::Report;

#[tokio::main]
async fn main() -> io::Result<ExitCode> {
    let fleet = Fleet::from_environment().map_err(io::Error::other)?;
    let mut report = Report::default();
    users::run(&fleet, &mut report).await?;
    streams::run(&fleet, &mut report).await?;
    calls::run(&fleet, &mut report).await?;
    security::run(&fleet, &mut report).await?;
    report.close()
}
