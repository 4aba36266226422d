//! `cargo xtask fuzz`: the fuzz target over requests made from the test data.
//!
//! Seeds are made anew for each run, so none is committed; what a run finds stays below `target/xtask/fuzz`.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::Context as _;
use transom_build::compile::{Compiler, Scope};

use crate::workspace::Workspace;
use crate::{options, process};

const HELP: &str = "\
cargo xtask fuzz [--seconds N]

Installs cargo-fuzz below the target folder if it is not there, and mutates requests made from testdata/ok for N seconds
(default 600). A crash, a hang of 10 seconds or more than 2 GiB of memory fails the run and leaves the input there.
";

/// Longer seeds make every run slow and reach nothing new.
const MAX_SEED_LENGTH: usize = 64 * 1024;

/// Runs the task.
pub(crate) fn run(mut parser: lexopt::Parser) -> anyhow::Result<ExitCode> {
    let mut seconds = 600;
    while let Some(name) = options::next(&mut parser)? {
        match name.as_str() {
            "seconds" => seconds = options::number(&mut parser)?,
            "help" => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            _ => anyhow::bail!("unknown option `--{name}`\n{HELP}"),
        }
    }
    let workspace = Workspace::locate()?;
    let cargo_fuzz = install(&workspace)?;
    let seeds = workspace.empty_folder("fuzz/seeds")?;
    let count = write_seeds(&workspace.root.join("testdata/ok"), &seeds)?;
    println!("fuzz: {count} seeds, {seconds} seconds");
    let found = workspace.folder("fuzz/found")?;
    let corpus = workspace.empty_folder("fuzz/corpus")?;
    process::run(
        Command::new(cargo_fuzz)
            .current_dir(&workspace.root)
            // Sanitizers are unstable flags of the compiler; the pinned one has them too.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_DIR", workspace.target.join("xtask/fuzz/target"))
            .args(["fuzz", "run", "request"])
            .args([&corpus, &seeds])
            .arg("--")
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-max_len={MAX_SEED_LENGTH}"))
            .arg(format!("-artifact_prefix={}/", found.display()))
            .args(["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"]),
    )?;
    println!("fuzz: 1 passed, 0 failed");
    Ok(ExitCode::SUCCESS)
}

fn install(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let root = workspace.folder("tools")?;
    let program = root.join("bin/cargo-fuzz");
    if !program.exists() {
        process::run(Command::new("cargo").args(["install", "cargo-fuzz", "--locked", "--root"]).arg(&root))?;
    }
    Ok(program)
}

/// One request for each case, with the options that reach every emitter.
fn write_seeds(cases: &Path, folder: &Path) -> anyhow::Result<usize> {
    let mut count = 0;
    for entry in std::fs::read_dir(cases).with_context(|| format!("cannot read `{}`", cases.display()))? {
        let case = entry?.path();
        let compiled = Compiler::new().include(&case).file(&case).scope(Scope::TypesUsed).compile()?;
        let request = compiled.request("descriptor_set,include_file=mod.rs,dump_model,btree_map=.,bytes=.");
        if request.len() <= MAX_SEED_LENGTH {
            std::fs::write(folder.join(case.file_name().context("a case has no name")?), request)?;
            count += 1;
        }
    }
    anyhow::ensure!(count > 0, "no case of `{}` is short enough for a seed", cases.display());
    Ok(count)
}
