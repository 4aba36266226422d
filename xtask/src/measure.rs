//! Cost of one run of a program: wall time, processor time, peak memory.
//!
//! The program is started by a fresh, small process (this binary again, as the hidden task `measure`): on Linux a child
//! inherits its parent's peak memory at the fork, so a parent that holds a request of 155 MB would spoil the figure.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    time::{Duration, Instant},
};

use anyhow::Context as _;

use crate::{process, workspace::Workspace};

/// The hidden task: `xtask measure REPORT PROGRAM ARGUMENTS...`
pub(crate) const TASK: &str = "measure";

/// Command to measure.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<String>,
    pub(crate) folder: PathBuf,
    pub(crate) stdin: Option<PathBuf>,
    pub(crate) stdout: Option<PathBuf>,
}

/// Cost of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    /// User and system time of the program and all its children.
    pub(crate) processor: Duration,
    /// The largest resident set of any process among them, in bytes.
    pub(crate) peak: u64,
}

impl Run {
    /// The same as a command, for a run that is not measured.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).current_dir(&self.folder);
        command
    }

    /// Runs it once; a program that fails is an error.
    pub(crate) fn cost(&self, workspace: &Workspace) -> anyhow::Result<Cost> {
        let report = workspace.folder("measure")?.join("report");
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(TASK).arg(&report).arg("--").arg(&self.program).args(&self.arguments).current_dir(&self.folder);
        command.stdin(match &self.stdin {
            Some(path) => File::open(path).with_context(|| format!("cannot open `{}`", path.display()))?.into(),
            None => Stdio::null(),
        });
        command.stdout(match &self.stdout {
            Some(path) => File::create(path).with_context(|| format!("cannot create `{}`", path.display()))?.into(),
            None => Stdio::null(),
        });
        process::run(&mut command)?;
        read(&report)
    }
}

fn read(report: &Path) -> anyhow::Result<Cost> {
    let text = std::fs::read_to_string(report)?;
    let mut numbers = text.split_whitespace().map(str::parse::<u64>);
    let mut number = || numbers.next().context("the report of `measure` is cut short")?.context("not a number");
    Ok(Cost { wall: Duration::from_nanos(number()?), processor: Duration::from_nanos(number()?), peak: number()? })
}

/// The other side: runs the program with the given standard streams and writes the report.
pub(crate) fn child(mut parser: lexopt::Parser) -> anyhow::Result<ExitCode> {
    let report = PathBuf::from(parser.value()?);
    let mut words = parser.raw_args()?.skip_while(|word| word == "--");
    let program = words.next().context("`measure` needs a program")?;
    let start = Instant::now();
    let status = Command::new(&program)
        .args(words)
        .status()
        .with_context(|| format!("cannot start `{}`", program.to_string_lossy()))?;
    let wall = start.elapsed();
    anyhow::ensure!(status.success(), "`{}` ended with {status}", program.to_string_lossy());
    let (processor, peak) = children()?;
    std::fs::write(report, format!("{} {} {peak}\n", wall.as_nanos(), processor.as_nanos()))?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(unix)]
fn children() -> anyhow::Result<(Duration, u64)> {
    use nix::sys::{
        resource::{UsageWho, getrusage},
        time::TimeVal,
    };
    let duration = |time: TimeVal| {
        let microseconds = time.tv_sec() * 1_000_000 + time.tv_usec();
        Duration::from_micros(microseconds.unsigned_abs())
    };
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    // macOS counts bytes, the other systems kibibytes.
    let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
    let peak = usage.max_rss().unsigned_abs() * unit;
    Ok((duration(usage.user_time()) + duration(usage.system_time()), peak))
}

#[cfg(not(unix))]
fn children() -> anyhow::Result<(Duration, u64)> {
    anyhow::bail!("processor time and peak memory are measured on Unix systems only")
}

/// The middle value; of an even number of values, the upper of the two in the middle.
pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The medians of the wall times in seconds, of the processor times in seconds, and of the peaks in MiB.
pub(crate) fn medians(costs: &[Cost]) -> (f64, f64, f64) {
    (
        median(costs.iter().map(|cost| cost.wall.as_secs_f64())),
        median(costs.iter().map(|cost| cost.processor.as_secs_f64())),
        median(costs.iter().map(|cost| mebibytes(cost.peak))),
    )
}

/// Bytes as MiB.
#[allow(clippy::cast_precision_loss, reason = "a figure for a report")]
pub(crate) fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_does_not_follow_an_outlier() {
        assert_eq!(median([3.0, 1.0, 900.0]), 3.0);
        assert_eq!(median([2.0]), 2.0);
    }
}
