//! `cargo xtask bench-plugin`: the plugin against protoc-gen-prost and protoc-gen-tonic on all of googleapis.
//!
//! All programs run in turn within each round, so that what disturbs the machine disturbs all of them;
//! a ratio is the median of the ratios of the rounds. What the output does is not its concern (see `check-googleapis`).

use std::{path::PathBuf, process::ExitCode};

use crate::{
    corpus::Corpus,
    linearity,
    measure::{Cost, Run, mebibytes, median, medians},
    options::{self, Shared},
    peers::Peers,
    plugin, protoc,
    protoc::Plugin,
    request::{self, Captured},
    verdict::Verdict,
    workspace::Workspace,
};

const HELP: &str = "\
cargo xtask bench-plugin [OPTIONS]

Installs protoc-gen-prost 0.5.0 and protoc-gen-tonic 0.5.0 below target/peers if they are not there, captures the request
of all of googleapis, and measures in turn: each plugin alone on that request, and whole protoc runs. Then the sizes of what
was emitted, and our cost by the number of files. Exits with failure when a limit is exceeded.

  --runs N        rounds (default: 3)
  --sizes LIST    numbers of files for the cost curve (default: 500,1000,2000,4000,7234)
  --no-protoc     leave the whole protoc runs out
";

/// Limits of our cost relative to the peers.
const TIME_ALONE: f64 = 0.45;
const PEAK_ALONE: f64 = 0.6;
const TIME_WITH_PROTOC: f64 = 0.6;
const SERVICE_SOURCE: f64 = 1.0 / 3.0;

struct Arguments {
    shared: Shared,
    runs: usize,
    sizes: Vec<usize>,
    protoc: bool,
}

/// Runs the task.
pub(crate) fn run(mut parser: lexopt::Parser) -> anyhow::Result<ExitCode> {
    let mut arguments =
        Arguments { shared: Shared::default(), runs: 3, sizes: vec![500, 1000, 2000, 4000, 7234], protoc: true };
    while let Some(name) = options::next(&mut parser)? {
        match name.as_str() {
            "help" => {
                print!("{HELP}{}", options::HELP);
                return Ok(ExitCode::SUCCESS);
            }
            "runs" => arguments.runs = options::number(&mut parser)?.max(1),
            "sizes" => {
                arguments.sizes = options::text(&mut parser)?.split(',').map(str::parse).collect::<Result<_, _>>()?;
            }
            "no-protoc" => arguments.protoc = false,
            other => arguments.shared.take(other, &mut parser)?,
        }
    }
    let workspace = Workspace::locate()?;
    let corpus = Corpus::open(&workspace, &arguments.shared)?;
    let captured = Captured::open(&workspace, &corpus)?;
    let bench = Bench {
        peers: Peers::installed(&workspace)?,
        ours: plugin::under_test(&workspace, &arguments.shared)?,
        null: plugin::null(&workspace)?,
        workspace,
        corpus,
        captured,
        arguments,
    };
    let mut verdict = Verdict::default();
    bench.alone(&mut verdict)?;
    bench.sizes(&mut verdict)?;
    if bench.arguments.protoc {
        bench.with_protoc(&mut verdict)?;
    }
    let Bench { workspace, captured, ours, arguments, .. } = &bench;
    linearity::measure(
        workspace,
        captured,
        ours,
        &arguments.shared.parameter,
        &arguments.sizes,
        arguments.runs,
        &mut verdict,
    )?;
    Ok(verdict.close("bench-plugin"))
}

struct Bench {
    workspace: Workspace,
    corpus: Corpus,
    captured: Captured,
    peers: Peers,
    ours: PathBuf,
    null: PathBuf,
    arguments: Arguments,
}

impl Bench {
    fn answer(&self, name: &str) -> anyhow::Result<PathBuf> {
        Ok(self.workspace.folder("answer")?.join(format!("{name}.bin")))
    }

    /// Each plugin alone, from the stored request into a file.
    fn alone(&self, verdict: &mut Verdict) -> anyhow::Result<()> {
        let theirs = request::store(&self.workspace, "peers", &self.captured.whole(""))?;
        let ours = request::store(&self.workspace, "ours", &self.captured.whole(&self.arguments.shared.parameter))?;
        let (mut prost, mut tonic, mut transom) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..self.arguments.runs {
            prost.push(plugin::alone(&self.workspace, &self.peers.prost, &theirs, &self.answer("prost")?)?);
            tonic.push(plugin::alone(&self.workspace, &self.peers.tonic, &theirs, &self.answer("tonic")?)?);
            transom.push(plugin::alone(&self.workspace, &self.ours, &ours, &self.answer("ours")?)?);
        }
        println!(
            "the plugin alone, {:.1} MiB of request, medians of {}:",
            mebibytes(theirs.metadata()?.len()),
            self.arguments.runs
        );
        for (name, costs) in [("protoc-gen-prost", &prost), ("protoc-gen-tonic", &tonic), ("ours", &transom)] {
            show(name, costs);
        }
        let both = prost.iter().zip(&tonic).map(|(prost, tonic)| prost.wall + tonic.wall);
        let time = median(transom.iter().zip(both).map(|(ours, both)| ours.wall.as_secs_f64() / both.as_secs_f64()));
        verdict.at_most("time alone, of prost's and tonic's together", time, TIME_ALONE);
        let peak = medians(&transom).2 / medians(&prost).2;
        verdict.at_most("peak memory alone, of prost's", peak, PEAK_ALONE);
        Ok(())
    }

    /// Sizes of what was emitted; what serves and calls is the difference to a run that emits messages only.
    fn sizes(&self, verdict: &mut Verdict) -> anyhow::Result<()> {
        let mut parameter = self.arguments.shared.parameter.clone();
        if !parameter.is_empty() {
            parameter.push(',');
        }
        parameter.push_str("server=false,client=false");
        let request = request::store(&self.workspace, "messages", &self.captured.whole(&parameter))?;
        plugin::alone(&self.workspace, &self.ours, &request, &self.answer("messages")?)?;
        let size = |name: &str| -> anyhow::Result<f64> {
            Ok(mebibytes(plugin::source_size(&plugin::files(&self.answer(name)?)?)))
        };
        let (prost, tonic, whole, messages) = (size("prost")?, size("tonic")?, size("ours")?, size("messages")?);
        println!("emitted source, MiB:");
        println!("  messages             prost {prost:6.1}  ours {messages:6.1}");
        println!("  server and client    tonic {tonic:6.1}  ours {:6.1}", whole - messages);
        verdict.at_most("server and client source, of tonic's", (whole - messages) / tonic, SERVICE_SOURCE);
        Ok(())
    }

    /// Whole protoc runs that read the descriptor set and write the files.
    fn with_protoc(&self, verdict: &mut Verdict) -> anyhow::Result<()> {
        let prost = Plugin { name: "prost", program: &self.peers.prost, parameter: "" };
        let tonic = Plugin { name: "tonic", program: &self.peers.tonic, parameter: "" };
        let transom = Plugin { name: "transom", program: &self.ours, parameter: &self.arguments.shared.parameter };
        let null = Plugin { name: "capture", program: &self.null, parameter: "" };
        let runs = [("a null plugin", vec![null]), ("prost and tonic", vec![prost, tonic]), ("ours", vec![transom])];
        let mut costs = [const { Vec::new() }; 3];
        for _ in 0..self.arguments.runs {
            for ((_, plugins), costs) in runs.iter().zip(&mut costs) {
                let out = self.workspace.empty_folder("out/bench")?;
                let run: Run = protoc::over_corpus(&self.workspace, &self.corpus, plugins, &out)?;
                costs.push(run.cost(&self.workspace)?);
            }
        }
        println!("whole protoc runs, medians of {}:", self.arguments.runs);
        for ((name, _), costs) in runs.iter().zip(&costs) {
            show(name, costs);
        }
        let [_, theirs, ours] = &costs;
        let ratios = ours.iter().zip(theirs).map(|(ours, theirs)| ours.wall.as_secs_f64() / theirs.wall.as_secs_f64());
        verdict.at_most("time of the protoc run, of the one with prost and tonic", median(ratios), TIME_WITH_PROTOC);
        Ok(())
    }
}

fn show(name: &str, costs: &[Cost]) {
    let (wall, processor, peak) = medians(costs);
    println!("  {name:18} {wall:6.2} s   {processor:6.2} s of processor   {peak:6.0} MiB at most");
}
