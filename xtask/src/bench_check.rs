//! `cargo xtask bench-check`: how long `cargo check` takes for the generated ecommerce crate, ours against prost and tonic.
//!
//! Both crates come from the same protos. Their dependencies are compiled before the clock starts;
//! then each crate is checked alone, in turn, without incremental compilation and with cargo's default profile.

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::SystemTime,
};

use anyhow::Context as _;

use crate::{
    leaf,
    measure::{Cost, Run, median, medians},
    module_tree::ModuleTree,
    options::{self, Shared},
    peers::Peers,
    plugin, process,
    protoc::{self, Plugin},
    verdict::Verdict,
    workspace::Workspace,
};

const HELP: &str = "\
cargo xtask bench-check [--runs N] [--plugin PATH] [--opt VALUE]

Times `cargo check` of the crate generated from testdata/ok/ecommerce, ours against protoc-gen-prost with protoc-gen-tonic.

  --runs N        rounds (default: 7)
";

/// Our time relative to theirs.
const LIMIT: f64 = 1.0;

/// A file outside the case whose messages and service it needs.
const IMPORTED: &str = "grpc/health/v1/health.proto";

/// Runs the task.
pub(crate) fn run(mut parser: lexopt::Parser) -> anyhow::Result<ExitCode> {
    let (mut shared, mut runs) = (Shared::default(), 7);
    while let Some(name) = options::next(&mut parser)? {
        match name.as_str() {
            "help" => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            "runs" => runs = options::number(&mut parser)?.max(1),
            other => shared.take(other, &mut parser)?,
        }
    }
    let workspace = Workspace::locate()?;
    let peers = Peers::installed(&workspace)?;
    let ours = plugin::under_test(&workspace, &shared)?;
    let peer = |name, program| Plugin { name, program, parameter: "flat_output_dir" };
    let theirs = [peer("prost", &peers.prost), peer("tonic", &peers.tonic)];
    let transom = [Plugin { name: "transom", program: &ours, parameter: &shared.parameter }];

    let folder = workspace.folder("ecommerce")?;
    leaf::write_workspace(&workspace, &folder, &["ours", "theirs"], leaf::Derives::AsInEveryBuild)?;
    write_crate(&workspace, &folder, "ours", leaf::TRANSOM, &transom)?;
    write_crate(&workspace, &folder, "theirs", leaf::TONIC, &theirs)?;
    process::run(&mut cargo_check(&workspace, &folder, "ours").command())?;
    process::run(&mut cargo_check(&workspace, &folder, "theirs").command())?;

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        ours.push(checked(&workspace, &folder, "ours")?);
        theirs.push(checked(&workspace, &folder, "theirs")?);
    }
    println!("cargo check of the generated ecommerce crate alone, medians of {runs}:");
    for (name, costs) in [("prost and tonic", &theirs), ("ours", &ours)] {
        let (wall, processor, peak) = medians(costs);
        println!("  {name:18} {wall:6.2} s   {processor:6.2} s of processor   {peak:6.0} MiB at most");
    }
    let ratios = |seconds: fn(&Cost) -> f64| {
        median(ours.iter().zip(&theirs).map(|(ours, theirs)| seconds(ours) / seconds(theirs)))
    };
    let mut verdict = Verdict::default();
    println!("  of processor time, of theirs: {:.3}x", ratios(|cost| cost.processor.as_secs_f64()));
    verdict.at_most("cargo check of ecommerce, of prost's and tonic's", ratios(|cost| cost.wall.as_secs_f64()), LIMIT);
    Ok(verdict.close("bench-check"))
}

/// Generates the case with these plugins and writes the crate around it.
fn write_crate(
    workspace: &Workspace,
    folder: &Path,
    name: &str,
    dependencies: &str,
    plugins: &[Plugin<'_>],
) -> anyhow::Result<()> {
    let case = workspace.root.join("testdata/ok/ecommerce");
    let mut files = protos(&case.join("ecommerce/v1"))?;
    files.push(workspace.root.join("bundled").join(IMPORTED));
    let out = workspace.empty_folder(&format!("ecommerce/generated-{name}"))?;
    process::run(
        Command::new(protoc::program()?)
            .arg(format!("-I{}", case.display()))
            .arg(format!("-I{}", workspace.root.join("bundled").display()))
            .arg(format!("-I{}", protoc::include()?.display()))
            .args(protoc::plugin_arguments(plugins, &out))
            .args(files),
    )?;
    let mut tree = ModuleTree::default();
    for package in ["ecommerce.v1", "grpc.health.v1"] {
        tree.include(package, &out.join(format!("{package}.rs")));
    }
    leaf::write_crate(folder, name, dependencies, &tree.root(""))
}

fn protos(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}

fn cargo_check(workspace: &Workspace, folder: &Path, name: &str) -> Run {
    let target = workspace.target.join("xtask/target-ecommerce");
    let words = ["check", "--quiet", "--package", name, "--target-dir"].map(str::to_owned);
    Run {
        program: env!("CARGO").into(),
        arguments: words.into_iter().chain([target.display().to_string()]).collect(),
        folder: folder.to_path_buf(),
        stdin: None,
        stdout: None,
    }
}

/// Checks the crate once more, nothing but it.
fn checked(workspace: &Workspace, folder: &Path, name: &str) -> anyhow::Result<Cost> {
    let root = leaf::root(folder, name);
    std::fs::File::options().append(true).open(&root)?.set_modified(SystemTime::now())?;
    cargo_check(workspace, folder, name).cost(workspace)
}
