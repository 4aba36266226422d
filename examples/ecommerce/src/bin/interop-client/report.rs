//! Results of the cases.

use std::error::Error;
use std::fmt::Debug;
use std::future::Future;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use tokio::time::timeout;
use transom::{Code, Status};

/// Description of a failed case.
pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// Result of a case.
pub(crate) type Outcome = Result<(), Failure>;

/// A case that takes longer hangs.
const LONGEST: Duration = Duration::from_secs(20);

/// Counts cases and tells of each.
#[derive(Debug, Default)]
pub(crate) struct Report {
    passed: u32,
    failed: u32,
}

impl Report {
    /// Runs a case.
    pub(crate) async fn case(&mut self, name: &str, case: impl Future<Output = Outcome>) -> io::Result<()> {
        let outcome = timeout(LONGEST, case).await.unwrap_or_else(|_| Err("hangs".into()));
        match outcome {
            Ok(()) => {
                self.passed += 1;
                writeln!(io::stdout(), "ok      {name}")
            }
            Err(failure) => {
                self.failed += 1;
                writeln!(io::stdout(), "FAILED  {name}: {failure}")
            }
        }
    }

    /// Prints the sums.
    pub(crate) fn close(self) -> io::Result<ExitCode> {
        writeln!(io::stdout(), "{} passed, {} failed", self.passed, self.failed)?;
        Ok(if self.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Fails a case unless `got` is `want`.
pub(crate) fn same<T: PartialEq + Debug>(what: &str, got: T, want: T) -> Outcome {
    if got == want { Ok(()) } else { Err(format!("{what} is {got:?}, want {want:?}").into()) }
}

/// Fails a case unless `holds`.
pub(crate) fn require(holds: bool, what: &str) -> Outcome {
    if holds { Ok(()) } else { Err(what.into()) }
}

/// The status of a call that must fail with `code`.
pub(crate) fn refused<T: Debug>(result: Result<T, Status>, code: Code) -> Result<Status, Failure> {
    match result {
        Err(status) if status.code() == code => Ok(status),
        other => Err(format!("got {other:?}, want {code:?}").into()),
    }
}

/// Returns the value, or a failure that names what is missing.
pub(crate) fn present<T>(what: &str, value: Option<T>) -> Result<T, Failure> {
    value.ok_or_else(|| format!("no {what}").into())
}
