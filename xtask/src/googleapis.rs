//! `cargo xtask googleapis`: generates all of googleapis in one run, and again from every kind of input order.
//!
//! The order of `file_to_generate` is free; the descriptors may come in any order that keeps imports first.
//! Whether the output compiles is the concern of `check-googleapis`.

use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use fastrand::Rng;
use prost::Message as _;

use crate::{
    corpus::Corpus,
    options::{self, Shared},
    plugin, process, protoc,
    request::{self, Captured},
    topology,
    verdict::Verdict,
    wire::{FileSet, OutputFile, Request},
    workspace::Workspace,
};

const HELP: &str = "\
cargo xtask googleapis [OPTIONS]

Generates all of googleapis (7,234 files) from one request and demands: no failure, and the same bytes when file_to_generate
is shuffled, when the descriptors come in another topological order, and from protoc fed with a reordered descriptor set.

  --seeds N       shuffles of each kind (default: 2)
  --alone N       packages that are also generated alone, with only their imports (default: 20)
  --parse         parse every emitted file as Rust (slow without --release)
";

/// Runs the task.
pub(crate) fn run(mut parser: lexopt::Parser) -> anyhow::Result<ExitCode> {
    let mut shared = Shared::default();
    let (mut seeds, mut alone, mut parse) = (2, 20, false);
    while let Some(name) = options::next(&mut parser)? {
        match name.as_str() {
            "help" => {
                print!("{HELP}{}", options::HELP);
                return Ok(ExitCode::SUCCESS);
            }
            "seeds" => seeds = options::number(&mut parser)?,
            "alone" => alone = options::number(&mut parser)?,
            "parse" => parse = true,
            other => shared.take(other, &mut parser)?,
        }
    }
    let workspace = Workspace::locate()?;
    let corpus = Corpus::open(&workspace, &shared)?;
    let captured = Captured::open(&workspace, &corpus)?;
    let program = plugin::under_test(&workspace, &shared)?;
    let mut task = Task { workspace, corpus, captured, program, shared, verdict: Verdict::default() };
    task.all(seeds, alone, parse)?;
    Ok(task.verdict.close("googleapis"))
}

struct Task {
    workspace: Workspace,
    corpus: Corpus,
    captured: Captured,
    program: PathBuf,
    shared: Shared,
    verdict: Verdict,
}

impl Task {
    fn all(&mut self, seeds: usize, alone: usize, parse: bool) -> anyhow::Result<()> {
        let whole = self.captured.whole(&self.shared.parameter);
        let count = whole.file_to_generate.len();
        let reference = self.answer(&whole)?;
        let files = plugin::files(&reference).context("all of googleapis, in protoc's order")?;
        let size = plugin::source_size(&files);
        self.verdict.holds(!files.is_empty(), &format!("{count} files: {} files, {size} bytes of source", files.len()));
        let expected = std::fs::read(&reference)?;
        for seed in 0..seeds as u64 {
            self.reordered(&expected, seed)?;
        }
        self.through_protoc(&files)?;
        self.alone(&files, alone)?;
        if parse {
            self.parsed(&files);
        }
        Ok(())
    }

    fn answer(&self, request: &Request) -> anyhow::Result<PathBuf> {
        let request = request::store(&self.workspace, "order", request)?;
        let answer = self.workspace.folder("answer")?.join("order.bin");
        plugin::alone(&self.workspace, &self.program, &request, &answer)?;
        Ok(answer)
    }

    /// The plugin alone, with the names shuffled and then with the descriptors shuffled too.
    fn reordered(&mut self, expected: &[u8], seed: u64) -> anyhow::Result<()> {
        let mut random = Rng::with_seed(seed);
        let mut request = self.captured.whole(&self.shared.parameter);
        random.shuffle(&mut request.file_to_generate);
        let same = std::fs::read(self.answer(&request)?)? == expected;
        self.verdict.holds(same, &format!("the same bytes with file_to_generate shuffled (seed {seed})"));

        let order = topology::shuffled(&self.captured.heads, &mut random);
        let mut request = self.captured.with_files(&order, &self.shared.parameter);
        random.shuffle(&mut request.file_to_generate);
        random.shuffle(&mut request.source_file_descriptors);
        let same = std::fs::read(self.answer(&request)?)? == expected;
        self.verdict.holds(same, &format!("the same bytes with the descriptors in another order (seed {seed})"));
        Ok(())
    }

    /// protoc reads a reordered descriptor set and a shuffled command line, and writes the files.
    fn through_protoc(&mut self, expected: &[OutputFile]) -> anyhow::Result<()> {
        let mut random = Rng::with_seed(7234);
        let order = topology::shuffled(&self.corpus.heads, &mut random);
        let set = FileSet { file: order.iter().filter_map(|&at| self.corpus.set.file.get(at).cloned()).collect() };
        let path = self.workspace.folder("corpus")?.join("reordered.binpb");
        std::fs::write(&path, set.encode_to_vec())?;
        let mut names: Vec<&str> = self.corpus.to_generate().map(|head| head.name.as_str()).collect();
        random.shuffle(&mut names);
        let out = self.workspace.empty_folder("out/googleapis")?;
        let ours = protoc::Plugin { name: "transom", program: &self.program, parameter: &self.shared.parameter };
        let run = protoc::over(&self.workspace, &path, &names, &[ours], &out)?;
        process::run(&mut run.command())?;
        let mut different = Vec::new();
        for OutputFile { name, content, .. } in expected {
            let name = name.as_deref().unwrap_or_default();
            let written = std::fs::read(out.join(name)).unwrap_or_default();
            if written != content.as_deref().unwrap_or_default().as_bytes() {
                different.push(name);
            }
        }
        self.none("the same files through protoc, set and names reordered", &different);
        Ok(())
    }

    /// One package with nothing but its imports, as buf's `strategy: directory` asks: the same file as from the whole.
    fn alone(&mut self, expected: &[OutputFile], count: usize) -> anyhow::Result<()> {
        let expected: BTreeMap<_, _> =
            expected.iter().map(|file| (file.name.as_deref(), file.content.as_deref())).collect();
        let mut packages: Vec<String> = self.corpus.to_generate().map(|head| head.package.clone()).collect();
        packages.sort_unstable();
        packages.dedup();
        Rng::with_seed(638).shuffle(&mut packages);
        packages.truncate(count);
        let mut different = Vec::new();
        for package in &packages {
            let files = topology::closure(&self.captured.heads, |head| head.package == *package);
            let mut request = self.captured.with_files(&files, &self.shared.parameter);
            let names: BTreeMap<_, _> = self.captured.heads.iter().map(|head| (&head.name, &head.package)).collect();
            request.file_to_generate.retain(|name| names.get(name) == Some(&package));
            let answer = self.answer(&request)?;
            let files = plugin::files(&answer)?;
            let same = |file: &OutputFile| expected.get(&file.name.as_deref()) == Some(&file.content.as_deref());
            if files.is_empty() || !files.iter().all(same) {
                different.push(package);
            }
        }
        if count > 0 {
            self.none(&format!("the same files from {} packages, each generated alone", packages.len()), &different);
        }
        Ok(())
    }

    fn parsed(&mut self, files: &[OutputFile]) {
        let mut broken = Vec::new();
        for OutputFile { name, content, .. } in files {
            if let Err(error) = syn::parse_file(content.as_deref().unwrap_or_default()) {
                broken.push(format!("{}: {error}", name.as_deref().unwrap_or_default()));
            }
        }
        self.none(&format!("{} files parse as Rust", files.len()), &broken);
    }

    /// A statement that holds when there is no counterexample; a few of them are shown.
    fn none(&mut self, what: &str, counterexamples: &[impl std::fmt::Debug]) {
        self.verdict.holds(counterexamples.is_empty(), what);
        for counterexample in counterexamples.iter().take(5) {
            println!("      not so: {counterexample:?}");
        }
        if counterexamples.len() > 5 {
            println!("      and {} more", counterexamples.len() - 5);
        }
    }
}
