//! `cargo xtask TASK`: measurements and checks that are longer than one cargo command.
//!
//! One task a file, each with its own help; the modules under them (corpus, request, topology, measure, …) know no task.

#![allow(
    clippy::print_stdout,
    reason = "the report on stdout is what a task is for; the lint guards the plugin, whose stdout is the protocol"
)]

mod bench_check;
mod bench_plugin;
mod bench_tables;
mod capture;
mod check_googleapis;
mod corpus;
mod diagnostics;
mod fuzz;
mod googleapis;
mod grouping;
mod leaf;
mod linearity;
mod measure;
mod module_tree;
mod options;
mod peers;
mod plugin;
mod process;
mod protoc;
mod request;
mod topology;
mod verdict;
mod wire;
mod workspace;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask TASK [OPTIONS]        (cargo xtask TASK --help tells the options of one)

  capture           store the CodeGeneratorRequest of all of googleapis, as protoc 36 sends it
  bench-plugin      time, memory and output size of the plugin against protoc-gen-prost and protoc-gen-tonic
  bench-check       `cargo check` of the generated ecommerce crate, ours against prost and tonic
  bench-tables      `cargo check` and release build of a crate with tables of its fields, of the same crate without
  googleapis        generate all of googleapis: no failure, and the same bytes from every input order
  check-googleapis  compile what was generated for the packages of a list, without a warning
  fuzz              mutate requests, masks and messages, and look for panics

The tasks read the descriptor set of googleapis (--corpus PATH) and write below the target folder.
";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    let mut parser = lexopt::Parser::from_env();
    match parser.next()? {
        Some(lexopt::Arg::Value(task)) => match task.to_str() {
            Some("capture") => capture::run(parser),
            Some("bench-plugin") => bench_plugin::run(parser),
            Some("bench-check") => bench_check::run(parser),
            Some("bench-tables") => bench_tables::run(parser),
            Some("check-googleapis") => check_googleapis::run(parser),
            Some("fuzz") => fuzz::run(parser),
            Some("googleapis") => googleapis::run(parser),
            Some(measure::TASK) => measure::child(parser),
            _ => anyhow::bail!("unknown task `{}`\n{HELP}", task.to_string_lossy()),
        },
        None | Some(lexopt::Arg::Short('h') | lexopt::Arg::Long("help")) => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        Some(other) => Err(other.unexpected().into()),
    }
}
