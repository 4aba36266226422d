//! A whole benchmark as a program: `<name>` prints the report, `<name> run <contestant> <calls>` only makes calls, which
//! is what runs under valgrind.
#![allow(clippy::print_stdout, reason = "a report is printed")]

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use super::contestant::{Contestant, Given};
use super::go::{Peers, Program};
use super::limits::Limit;
use super::report::{print_contestants, print_limits};
use super::rounds::Times;
use super::valgrind::{Cost, per_call};

/// Rounds in which each contestant takes a turn.
const ROUNDS: u32 = 101;

/// Contestants and limits of a benchmark.
#[derive(Debug, Clone, Copy)]
pub struct Benchmark {
    /// The name of its program.
    pub name: &'static str,
    /// Subject of the benchmark, in a sentence.
    pub subject: &'static str,
    /// Compares what the contestants do before they are measured, where no test alone does it.
    pub check: Option<fn() -> Result<(), String>>,
    /// The contestants of Rust, in the order of the report.
    pub contestants: fn() -> Result<Vec<Contestant>, String>,
    /// Contestant that makes the fresh messages of others. Its counts are subtracted from theirs.
    pub copy: Option<fn() -> Contestant>,
    /// Names of the contestants that must not allocate.
    pub without_allocations: &'static [&'static str],
    /// The contestants of Go.
    pub peers: Program,
    /// Their names, for the reader.
    pub peers_names: &'static str,
    /// The ratios that must be reached.
    pub limits: fn() -> Vec<Limit>,
}

impl Benchmark {
    /// Does what the arguments of the program say.
    #[must_use]
    pub fn main(&self) -> ExitCode {
        let arguments: Vec<String> = env::args().skip(1).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let result = match arguments[..] {
            [] => self.report(),
            ["run", name, calls] => self.run(name, calls),
            _ => Err(format!("usage: {} [run <contestant> <calls>]", self.name)),
        };
        match result {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => {
                eprintln!("{}: {message}", self.name);
                ExitCode::FAILURE
            }
        }
    }

    fn run(&self, name: &str, calls: &str) -> Result<(), String> {
        let calls = calls.parse().map_err(|error| format!("calls `{calls}`: {error}"))?;
        let mut all = (self.contestants)()?;
        all.extend(self.copy.map(|copy| copy()));
        let contestant = all
            .iter_mut()
            .find(|known| known.name == name)
            .ok_or_else(|| format!("no contestant is named `{name}`"))?;
        contestant.run(calls);
        Ok(())
    }

    fn report(&self) -> Result<(), String> {
        self.check.map_or(Ok(()), |check| check())?;
        let mut contestants = (self.contestants)()?;
        let mut peers = self.peers()?;
        let times = Times::measure(&mut contestants, peers.as_mut(), ROUNDS)?;
        println!("{} Medians of {ROUNDS} rounds in which all take turns.\n", self.subject);
        let of_copy = self.copy.map(|copy| cost(&copy())).transpose()?;
        let mut failures = Vec::new();
        print_contestants(&contestants, &times, |contestant| {
            let mut cost = cost(contestant)?;
            if let (Given::Fresh, Some(of_copy)) = (contestant.given, of_copy) {
                cost.instructions -= of_copy.instructions;
                cost.allocations -= of_copy.allocations;
            }
            let name = &contestant.name;
            // What is made once and kept adds less than this.
            if self.without_allocations.contains(&&**name) && cost.allocations > 0.01 {
                failures.push(format!("`{name}` allocates {:.2} times a call; it must not", cost.allocations));
            }
            Ok(cost)
        })?;
        println!();
        failures.extend(print_limits(&(self.limits)(), &times, peers.is_some()));
        if failures.is_empty() { Ok(()) } else { Err(failures.join("; ")) }
    }

    fn peers(&self) -> Result<Option<Peers>, String> {
        let exe = exe()?;
        let folder = exe.parent().ok_or("this program is in no folder")?.join(format!("{}-peers", self.name));
        let peers = Peers::start(&self.peers, &folder)?;
        if peers.is_none() {
            println!("**NOT MEASURED: {}, because `go` is not installed or not on PATH.**\n", self.peers_names);
        }
        Ok(peers)
    }
}

fn cost(contestant: &Contestant) -> Result<Cost, String> {
    per_call(exe()?.as_os_str(), &["run", &contestant.name], contestant.counted)
}

fn exe() -> Result<PathBuf, String> {
    env::current_exe().map_err(|error| format!("cannot find this program: {error}"))
}
