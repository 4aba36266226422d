//! `cargo xtask bench-tables`: the compile time of field tables, relative to the structs that they describe.
//!
//! One package is generated three times: without tables, with the tables that its requests reach, and with a table for
//! every message. Dependencies are compiled before the clock starts. Then each crate is compiled alone, in turn, without
//! incremental compilation.

mod protos;

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::SystemTime,
};

use crate::{
    leaf,
    measure::{Cost, Run, median, medians},
    module_tree::ModuleTree,
    options::{self, Shared},
    plugin, process,
    protoc::{self, Plugin},
    verdict::Verdict,
    workspace::Workspace,
};

const HELP: &str = "\
cargo xtask bench-tables [--runs N] [--messages N] [--plugin PATH] [--opt VALUE]

Times `cargo check` and `cargo build --release` of a generated crate of 150 messages with 20 fields each, with and without
tables of its fields.

  --runs N        rounds (default: 7)
  --messages N    messages of 20 fields each (default: 150)
";

/// Processor time with tables relative to without.
const LIMIT: f64 = 1.3;

/// The generated crates, and their options. Tables of the first one are left out.
const CRATES: [(&str, &str); 3] = [
    ("structs", "field_mask=false,required_fields=false,pagination=false"),
    ("reached", ""),
    ("all", "field_mask=all"),
];

/// The measured commands. The last words of each are those of its profile.
const COMMANDS: [(&str, &[&str]); 2] =
    [("cargo check", &["check"]), ("cargo build --release", &["build", "--release"])];

/// Runs the task.
pub(crate) fn run(mut parser: lexopt::Parser) -> anyhow::Result<ExitCode> {
    let (mut shared, mut runs, mut messages) = (Shared::default(), 7, 150);
    while let Some(name) = options::next(&mut parser)? {
        match name.as_str() {
            "help" => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            "runs" => runs = options::number(&mut parser)?.max(1),
            "messages" => messages = options::number(&mut parser)?.max(2),
            other => shared.take(other, &mut parser)?,
        }
    }
    let workspace = Workspace::locate()?;
    let folder = workspace.folder("tables")?;
    let bench = Bench { program: plugin::under_test(&workspace, &shared)?, folder, workspace };
    bench.write_crates(messages, &shared.parameter)?;
    let mut verdict = Verdict::default();
    for (title, words) in COMMANDS {
        bench.measure(title, words, runs, &mut verdict)?;
    }
    Ok(verdict.close("bench-tables"))
}

struct Bench {
    workspace: Workspace,
    folder: PathBuf,
    program: PathBuf,
}

impl Bench {
    /// Generates the crates from the same protos.
    fn write_crates(&self, messages: usize, parameter: &str) -> anyhow::Result<()> {
        let proto = self.folder.join("protos/tables/v1/tables.proto");
        leaf::write(&proto, &protos::package(messages))?;
        leaf::write_workspace(
            &self.workspace,
            &self.folder,
            &CRATES.map(|(name, _)| name),
            leaf::Derives::AsInEveryBuild,
        )?;
        for (name, options) in CRATES {
            let parameter =
                [parameter, options].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(",");
            let plugin = Plugin { name: "transom", program: &self.program, parameter: &parameter };
            let out = self.workspace.empty_folder(&format!("tables/generated-{name}"))?;
            process::run(
                Command::new(protoc::program()?)
                    .arg(format!("-I{}", self.folder.join("protos").display()))
                    .arg(format!("-I{}", self.workspace.root.join("src/bundled").display()))
                    .arg(format!("-I{}", protoc::include()?.display()))
                    .args(protoc::plugin_arguments(&[plugin], &out))
                    .arg(&proto),
            )?;
            let mut tree = ModuleTree::default();
            tree.include("tables.v1", &out.join("tables.v1.rs"));
            leaf::write_crate(&self.folder, name, leaf::TRANSOM, &tree.root(""))?;
        }
        Ok(())
    }

    /// Measures one command on each crate.
    fn measure(&self, title: &str, words: &[&str], runs: usize, verdict: &mut Verdict) -> anyhow::Result<()> {
        for (name, _) in CRATES {
            process::run(&mut self.cargo(words, name).command())?;
        }
        let mut costs = CRATES.map(|_| Vec::new());
        for _ in 0..runs {
            for ((name, _), costs) in CRATES.iter().zip(&mut costs) {
                costs.push(self.compiled(words, name)?);
            }
        }
        println!("{title} of the crate alone, medians of {runs}:");
        for ((name, _), costs) in CRATES.iter().zip(&costs) {
            let (wall, processor, peak) = medians(costs);
            println!("  {name:18} {wall:6.2} s   {processor:6.2} s of processor   {peak:6.0} MiB at most");
        }
        let [structs, tables @ ..] = &costs;
        for ((name, _), costs) in CRATES.iter().skip(1).zip(tables) {
            let ratios = costs.iter().zip(structs).map(|(with, without)| processor(with) / processor(without));
            verdict.at_most(&format!("{title} with tables ({name}), of without"), median(ratios), LIMIT);
        }
        Ok(())
    }

    fn cargo(&self, words: &[&str], name: &str) -> Run {
        let target = self.workspace.target.join("xtask/target-tables");
        let target = target.display().to_string();
        let arguments = words.iter().copied().chain(["--quiet", "--package", name, "--target-dir", &target]);
        Run {
            program: env!("CARGO").into(),
            arguments: arguments.map(str::to_owned).collect(),
            folder: self.folder.clone(),
            stdin: None,
            stdout: None,
        }
    }

    /// Compiles one crate again, without its dependencies.
    fn compiled(&self, words: &[&str], name: &str) -> anyhow::Result<Cost> {
        touch(&leaf::root(&self.folder, name))?;
        self.cargo(words, name).cost(&self.workspace)
    }
}

fn touch(path: &Path) -> anyhow::Result<()> {
    Ok(std::fs::File::options().append(true).open(path)?.set_modified(SystemTime::now())?)
}

fn processor(cost: &Cost) -> f64 {
    cost.processor.as_secs_f64()
}
