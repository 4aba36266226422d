//! Judges figures against their limits: one line each, one closing line, and the exit code.

use std::process::ExitCode;

/// The count of what held and what did not.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    passed: usize,
    failed: usize,
}

impl Verdict {
    /// A figure that must not exceed its limit.
    pub(crate) fn at_most(&mut self, what: &str, measured: f64, limit: f64) {
        self.holds(measured <= limit, &format!("{what}: {measured:.3}x, limit {limit:.3}x"));
    }

    /// A statement that must be true.
    pub(crate) fn holds(&mut self, truth: bool, what: &str) {
        if truth {
            self.passed += 1;
            println!("pass  {what}");
        } else {
            self.failed += 1;
            println!("FAIL  {what}");
        }
    }

    /// The closing line, and success only if everything held and something was judged.
    pub(crate) fn close(self, task: &str) -> ExitCode {
        println!("{task}: {} passed, {} failed", self.passed, self.failed);
        if self.failed == 0 && self.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
