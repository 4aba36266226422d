//! `cargo xtask fuzz`: the fuzz targets, one after the other.
//!
//! Seeds are made anew for each run, so none is committed; what a run finds stays below `target/xtask/fuzz`.

mod target;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::Context as _;

use self::target::Target;
use crate::workspace::Workspace;
use crate::{options, process};

const HELP: &str = "\
cargo xtask fuzz [--target NAME] [--seconds N]

Installs cargo-fuzz below the target folder if it is not there, and runs each target, or the named one, for N seconds
(default 600). A crash, a hang of 10 seconds or more than 2 GiB of memory fails the run and leaves the input there.

  request     requests of protoc, made from testdata/ok
  mask_path   field masks as text, in every form
  mask_apply  messages and field masks made of bytes
  order_by    order_by as text
  filter      filter as text
  page_token  page tokens, from outside and of the server
  response    answers of a server, read by a client
";

/// Runs the task.
pub(crate) fn run(mut parser: lexopt::Parser) -> anyhow::Result<ExitCode> {
    let mut seconds = 600;
    let mut targets = Target::ALL.to_vec();
    while let Some(name) = options::next(&mut parser)? {
        match name.as_str() {
            "seconds" => seconds = options::number(&mut parser)?,
            "target" => {
                let name = options::text(&mut parser)?;
                targets = vec![Target::named(&name).with_context(|| format!("no target `{name}`\n{HELP}"))?];
            }
            "help" => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            _ => anyhow::bail!("unknown option `--{name}`\n{HELP}"),
        }
    }
    let workspace = Workspace::locate()?;
    let cargo_fuzz = install(&workspace)?;
    for &target in &targets {
        fuzz(&workspace, &cargo_fuzz, target, seconds)?;
    }
    println!("fuzz: {} passed, 0 failed", targets.len());
    Ok(ExitCode::SUCCESS)
}

fn fuzz(workspace: &Workspace, cargo_fuzz: &Path, target: Target, seconds: usize) -> anyhow::Result<()> {
    let name = target.name();
    let seeds = workspace.empty_folder(&format!("fuzz/seeds/{name}"))?;
    let count = target.write_seeds(&workspace.root, &seeds)?;
    println!("fuzz: {name}, {count} seeds, {seconds} seconds");
    let found = workspace.folder(&format!("fuzz/found/{name}"))?;
    let corpus = workspace.empty_folder(&format!("fuzz/corpus/{name}"))?;
    process::run(
        Command::new(cargo_fuzz)
            .current_dir(&workspace.root)
            // Sanitizers are unstable flags of the compiler; the pinned one has them too.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_DIR", workspace.target.join("xtask/fuzz/target"))
            .args(["fuzz", "run", name])
            .args([&corpus, &seeds])
            .arg("--")
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-artifact_prefix={}/", found.display()))
            .args(target.arguments())
            .args(["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"]),
    )
}

fn install(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let root = workspace.folder("tools")?;
    let program = root.join("bin/cargo-fuzz");
    if !program.exists() {
        process::run(Command::new("cargo").args(["install", "cargo-fuzz", "--locked", "--root"]).arg(&root))?;
    }
    Ok(program)
}
