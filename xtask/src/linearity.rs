//! Our cost by the number of files: it must grow as the input grows, no faster.
//!
//! Files differ a hundredfold in size, so the measure is time per MiB of request. The files of a size are a random
//! sample (fixed seed) completed with their imports, so that each size holds the mixture of the whole.

use std::path::Path;

use fastrand::Rng;

use crate::{
    measure::{mebibytes, medians},
    plugin,
    request::{self, Captured},
    topology,
    verdict::Verdict,
    workspace::Workspace,
};

/// Processor time per MiB at the largest size, relative to the size where it is lowest.
/// Quadratic cost would show as the ratio of the sizes, 14 from 500 to 7,234 files.
const LIMIT: f64 = 1.25;

/// Measures each size and judges the last against the cheapest.
pub(crate) fn measure(
    workspace: &Workspace,
    captured: &Captured,
    program: &Path,
    parameter: &str,
    sizes: &[usize],
    runs: usize,
    verdict: &mut Verdict,
) -> anyhow::Result<()> {
    println!("our cost by the number of files, medians of {runs}:");
    let mut rates = Vec::new();
    for &size in sizes {
        let files = topology::sample(&captured.heads, size, &mut Rng::with_seed(36));
        let request = request::store(workspace, "sample", &captured.with_files(&files, parameter))?;
        let answer = workspace.folder("answer")?.join("sample.bin");
        let mut costs = Vec::new();
        for _ in 0..runs {
            costs.push(plugin::alone(workspace, program, &request, &answer)?);
        }
        let read = mebibytes(request.metadata()?.len());
        let (wall, processor, peak) = medians(&costs);
        rates.push(processor / read);
        println!(
            "  {:5} files {read:6.1} MiB   {wall:5.2} s   {processor:5.2} s of processor, {:5.1} ms a MiB   {peak:5.0} MiB at most",
            files.len(),
            1000.0 * processor / read,
        );
    }
    if let Some(last) = rates.last() {
        let lowest = rates.iter().copied().fold(f64::INFINITY, f64::min);
        verdict.at_most("processor time per MiB, largest size of the cheapest", last / lowest, LIMIT);
    }
    Ok(())
}
