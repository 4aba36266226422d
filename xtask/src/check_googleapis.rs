//! `cargo xtask check-googleapis`: compiles what was generated for a list of packages and all that they import,
//! with every warning an error.
//!
//! The crates are written below `target/xtask/check`; how packages are divided into crates is in `grouping`.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    process::{Command, ExitCode},
};

use anyhow::Context as _;

use crate::{
    corpus::Corpus,
    diagnostics::Complaints,
    grouping::{self, Imports},
    leaf,
    module_tree::ModuleTree,
    options::{self, Shared},
    plugin, process,
    request::{self, Captured},
    workspace::Workspace,
};

const HELP: &str = "\
cargo xtask check-googleapis [OPTIONS]

Generates all of googleapis and compiles the packages of a list with everything they import, under #![deny(warnings)],
each file included as it is. Packages that the list marks with `clippy` are also linted with -D warnings; their modules
carry the attribute that the plugin's own include_file gives them.

  --list PATH     the list (default: xtask/googleapis-packages.txt)
  --all           every package of googleapis instead of the list's (the marks still count)
  --jobs N        crates compiled at once (default: cargo's)
";

/// Source that one crate holds at most, unless its packages cannot be parted: bounds rustc's memory.
const CRATE_BYTES: usize = 3 << 20;

/// The crate of what many packages import.
const SHARED: &str = "shared";

/// Prefix of the crates that clippy checks too.
const LINTED: &str = "linted";

/// Runs the task.
pub(crate) fn run(mut parser: lexopt::Parser) -> anyhow::Result<ExitCode> {
    let workspace = Workspace::locate()?;
    let mut shared = Shared::default();
    let mut list = workspace.root.join("xtask/googleapis-packages.txt");
    let (mut all, mut jobs) = (false, None);
    while let Some(name) = options::next(&mut parser)? {
        match name.as_str() {
            "help" => {
                print!("{HELP}{}", options::HELP);
                return Ok(ExitCode::SUCCESS);
            }
            "list" => list = parser.value()?.into(),
            "all" => all = true,
            "jobs" => jobs = Some(options::number(&mut parser)?),
            other => shared.take(other, &mut parser)?,
        }
    }
    let corpus = Corpus::open(&workspace, &shared)?;
    let imports = Imports::of(&corpus.heads);
    let known: BTreeSet<&str> = imports.packages().collect();
    let text = std::fs::read_to_string(&list).with_context(|| format!("cannot read `{}`", list.display()))?;
    let (mut wanted, linted) = wanted(&text, &known)?;
    if all {
        wanted.clone_from(&known);
    }
    let generated = Generated::new(&workspace, &shared, &corpus)?;
    let crates = generated.write_crates(&workspace, &imports, &wanted, &linted)?;

    let members = crates.len();
    let compiled: BTreeSet<&str> = crates.values().flatten().copied().collect();
    println!(
        "{} packages wanted, {} with their imports, of {}; {members} crates",
        wanted.len(),
        compiled.len(),
        known.len()
    );
    let mut failed = complaints(&workspace, &["check", "--workspace"], &[], jobs, &crates)?;
    let lint: Vec<&str> = crates.keys().filter(|name| name.starts_with(LINTED)).map(String::as_str).collect();
    let arguments: Vec<&str> =
        ["clippy", "--no-deps"].into_iter().chain(lint.iter().flat_map(|name| ["--package", *name])).collect();
    if !lint.is_empty() {
        failed.extend(complaints(&workspace, &arguments, &["-D", "warnings"], jobs, &crates)?);
        println!("{} packages linted", linted.len());
    }
    let failed = wanted.iter().filter(|package| failed.contains(*package)).count();
    println!("googleapis packages: {} passed, {failed} failed", wanted.len() - failed);
    Ok(if failed == 0 && !wanted.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The packages of the list, and those of them to lint. An unknown package is an error: the list must not rot.
fn wanted<'a>(text: &str, known: &BTreeSet<&'a str>) -> anyhow::Result<(BTreeSet<&'a str>, BTreeSet<&'a str>)> {
    let (mut wanted, mut linted) = (BTreeSet::new(), BTreeSet::new());
    for line in text.lines() {
        let mut words = line.split('#').next().unwrap_or_default().split_whitespace();
        let Some(name) = words.next() else { continue };
        let package =
            *known.get(name).with_context(|| format!("the list names `{name}`, which googleapis does not have"))?;
        wanted.insert(package);
        match words.next() {
            Some("clippy") => _ = linted.insert(package),
            Some(mark) => anyhow::bail!("unknown mark `{mark}` after `{name}`; the only mark is `clippy`"),
            None => {}
        }
    }
    Ok((wanted, linted))
}

/// All of googleapis, generated and written.
struct Generated {
    /// Path and size of the file of each package.
    files: BTreeMap<String, (PathBuf, usize)>,
    /// The attribute that the plugin puts on the modules of its include file, for clippy alone: rustc sees the bare files.
    attribute: String,
}

impl Generated {
    fn new(workspace: &Workspace, shared: &Shared, corpus: &Corpus) -> anyhow::Result<Self> {
        let captured = Captured::open(workspace, corpus)?;
        let parameter = [shared.parameter.as_str(), "include_file=mod.rs"].join(",");
        let request = request::store(workspace, "check", &captured.whole(parameter.trim_start_matches(',')))?;
        let answer = workspace.folder("answer")?.join("check.bin");
        plugin::alone(workspace, &plugin::under_test(workspace, shared)?, &request, &answer)?;
        let folder = workspace.folder("check/generated")?;
        let (mut files, mut attribute) = (BTreeMap::new(), String::new());
        for file in plugin::files(&answer)? {
            let (name, content) = (file.name.unwrap_or_default(), file.content.unwrap_or_default());
            let path = folder.join(&name);
            leaf::write(&path, &content)?;
            if name == "mod.rs" {
                let allowed = content.lines().find_map(|line| line.strip_prefix("#[")?.strip_suffix("]"));
                attribute = allowed.map(|allowed| format!("#[cfg_attr(clippy, {allowed})]")).unwrap_or_default();
            } else if let Some(package) = name.strip_suffix(".rs") {
                files.insert(package.to_owned(), (path, content.len()));
            }
        }
        Ok(Self { files, attribute })
    }

    /// Writes the workspace of the crates; says which packages each crate holds.
    fn write_crates<'a>(
        &self,
        workspace: &Workspace,
        imports: &Imports<'a>,
        wanted: &BTreeSet<&'a str>,
        linted: &BTreeSet<&str>,
    ) -> anyhow::Result<BTreeMap<String, BTreeSet<&'a str>>> {
        let division = imports.divide(wanted.iter().copied());
        let size = |package: &str| self.files.get(package).map_or(0, |(_, size)| *size);
        let (lint, plain): (Vec<_>, Vec<_>) =
            division.clusters.into_iter().partition(|cluster| cluster.iter().any(|package| linted.contains(package)));
        let mut crates = BTreeMap::from([(SHARED.to_owned(), division.shared.clone())]);
        for (kind, clusters) in [(LINTED, lint), ("group", plain)] {
            for (at, packages) in grouping::packed(clusters, size, CRATE_BYTES).into_iter().enumerate() {
                crates.insert(format!("{kind}-{:02}", at + 1), packages);
            }
        }
        let folder = workspace.folder("check")?;
        let names: Vec<&str> = crates.keys().map(String::as_str).collect();
        leaf::write_workspace(workspace, &folder, &names, leaf::Derives::Optimised)?;
        for (name, packages) in &crates {
            let mut tree = ModuleTree::default();
            let mut dependencies = leaf::TRANSOM.to_owned();
            for package in packages {
                let file = self.files.get(*package);
                tree.include(package, &file.with_context(|| format!("no file `{package}.rs` was generated"))?.0);
            }
            if name != SHARED {
                dependencies.push_str("shared = { path = \"../shared\" }\n");
                division.shared.iter().for_each(|package| tree.share(package, SHARED));
            }
            leaf::write_crate(&folder, name, &dependencies, &tree.root(&self.attribute))?;
        }
        Ok(crates)
    }
}

/// Runs cargo over the crates; the packages that are not proven to compile, with the first errors printed.
fn complaints<'a>(
    workspace: &Workspace,
    arguments: &[&str],
    lints: &[&str],
    jobs: Option<usize>,
    crates: &BTreeMap<String, BTreeSet<&'a str>>,
) -> anyhow::Result<BTreeSet<&'a str>> {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).args(["--keep-going", "--message-format", "short"]);
    if let Some(jobs) = jobs {
        command.arg(format!("--jobs={jobs}"));
    }
    if !lints.is_empty() {
        command.arg("--").args(lints);
    }
    leaf::prepare(&mut command, workspace, &workspace.folder("check")?);
    let (success, output) = process::captured(&mut command)?;
    let complaints = Complaints::read(&output);
    for line in complaints.lines.iter().take(40) {
        println!("{line}");
    }
    if !success && complaints.crates.is_empty() {
        anyhow::bail!("cargo failed before it compiled a package:\n{output}");
    }
    if !complaints.packages.is_empty() {
        println!("{} errors, in the packages {:?}", complaints.lines.len(), complaints.packages);
    }
    // A crate that failed proves nothing about its other packages, and the shared crate carries all.
    let all = complaints.crates.contains(SHARED);
    let failed = crates.iter().filter(|(name, _)| all || complaints.crates.contains(*name));
    Ok(failed.flat_map(|(_, packages)| packages.iter().copied()).collect())
}
