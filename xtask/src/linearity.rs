//! Our cost by the number of files: it must grow as the input grows, no faster.
//!
//! Files differ a hundredfold in size, so the measure of the input is the bytes of the request. The files of a size are a
//! random sample (fixed seed) completed with their imports, so that each size holds the mixture of the whole.
//!
//! The figure is the exponent of the growth, fitted over all sizes: a ratio of two sizes would hang on the smallest,
//! which lasts a tenth of a second. Other programs only ever add time, so each size counts with its least.

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

/// The exponent at most: 1 is linear, 2 quadratic; n log n from 500 to 7,234 files would show as 1.12.
const LIMIT: f64 = 1.1;

/// Measures each size and judges the growth over all of them.
pub(crate) fn measure(
    workspace: &Workspace,
    captured: &Captured,
    program: &Path,
    parameter: &str,
    sizes: &[usize],
    runs: usize,
    verdict: &mut Verdict,
) -> anyhow::Result<()> {
    println!("our cost by the number of files, the least of {runs}:");
    let mut curve = Vec::new();
    for &size in sizes {
        let files = topology::sample(&captured.heads, size, &mut Rng::with_seed(36));
        let request = request::store(workspace, "sample", &captured.with_files(&files, parameter))?;
        let answer = workspace.folder("answer")?.join("sample.bin");
        let mut costs = Vec::new();
        for _ in 0..runs {
            costs.push(plugin::alone(workspace, program, &request, &answer)?);
        }
        let read = mebibytes(request.metadata()?.len());
        let least = costs.iter().map(|cost| cost.processor.as_secs_f64()).fold(f64::INFINITY, f64::min);
        let (_, _, peak) = medians(&costs);
        curve.push((read, least));
        println!(
            "  {:5} files {read:6.1} MiB   {least:5.2} s of processor, {:5.1} ms a MiB   {peak:5.0} MiB at most",
            files.len(),
            1000.0 * least / read,
        );
    }
    if let Some(exponent) = exponent(&curve) {
        let what = format!("cost grows as the input to the power of {exponent:.3}, limit {LIMIT}");
        verdict.holds(exponent <= LIMIT, &what);
    }
    Ok(())
}

/// The slope of the least-squares line through the logarithms; none through fewer than two different sizes.
fn exponent(curve: &[(f64, f64)]) -> Option<f64> {
    let points: Vec<(f64, f64)> = curve.iter().map(|(size, cost)| (size.ln(), cost.ln())).collect();
    let count = points.iter().map(|_| 1.0).sum::<f64>();
    let mean = |axis: fn(&(f64, f64)) -> f64| points.iter().map(axis).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let spread: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    let together: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    (spread > 0.0).then(|| together / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sizes of the benchmark in MiB, with a cost for each.
    fn curve(cost: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
        [6.6, 15.0, 31.6, 62.3, 147.8].map(|size| (size, cost(size))).to_vec()
    }

    #[test]
    fn linear_cost_is_within_the_limit_even_when_one_size_was_disturbed() {
        assert!((exponent(&curve(|size| 0.02 * size)).unwrap() - 1.0).abs() < 1e-9);
        let disturbed = curve(|size| if size > 30.0 && size < 40.0 { 0.026 * size } else { 0.02 * size });
        assert!(exponent(&disturbed).unwrap() < LIMIT);
    }

    #[test]
    fn cost_that_grows_faster_exceeds_the_limit() {
        assert!(exponent(&curve(|size| size * size)).unwrap() > 1.9);
        assert!(exponent(&curve(|size| size * size.sqrt())).unwrap() > LIMIT);
        // A quadratic part that is a third of the time at the full size.
        assert!(exponent(&curve(|size| 0.02 * size + 0.02 * size * size / 300.0)).unwrap() > LIMIT);
    }

    #[test]
    fn one_size_tells_nothing_about_growth() {
        assert_eq!(exponent(&[(6.6, 0.1)]), None);
        assert_eq!(exponent(&[(6.6, 0.1), (6.6, 0.2)]), None);
    }
}
