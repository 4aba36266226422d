//! Rounds in which every contestant takes its turn, and what their numbers come to.

use std::collections::BTreeMap;
use std::time::Duration;

use super::contestant::{Contestant, rounded};
use super::go::Peers;

/// For how long each contestant runs in each round: short, so that those that are compared meet the same machine.
const TURN: Duration = Duration::from_millis(4);

/// Nanoseconds for one call, round by round, of every contestant.
#[derive(Debug, Default)]
pub struct Times {
    rounds: BTreeMap<String, Vec<f64>>,
    /// Allocations of the Go peers in one call, by their own count.
    pub peers_allocations: BTreeMap<String, f64>,
}

impl Times {
    /// Measures all contestants, in turns.
    ///
    /// # Errors
    ///
    /// A sentence, when the Go peers fail.
    pub fn measure(contestants: &mut [Contestant], mut peers: Option<&mut Peers>, rounds: u32) -> Result<Self, String> {
        let calls: Vec<u32> = contestants.iter_mut().map(calls_of_a_turn).collect();
        if let Some(peers) = &mut peers {
            // The first round warms up.
            peers.round(TURN)?;
        }
        let mut times = Self::default();
        for _ in 0..rounds {
            for (contestant, &calls) in contestants.iter_mut().zip(&calls) {
                // What ran before left its traces in caches and predictors.
                contestant.run(rounded(calls / 8));
                let took = contestant.run(calls).as_nanos() as f64;
                times.push(&contestant.name, took / f64::from(calls));
            }
            for sample in peers.as_mut().map(|peers| peers.round(TURN)).transpose()?.into_iter().flatten() {
                times.push(&sample.name, sample.nanoseconds);
                times.peers_allocations.insert(sample.name, sample.allocations);
            }
        }
        Ok(times)
    }

    fn push(&mut self, name: &str, nanoseconds: f64) {
        self.rounds.entry(name.to_owned()).or_default().push(nanoseconds);
    }

    /// Returns the median time of a contestant over all rounds, if it took part.
    #[must_use]
    pub fn median(&self, name: &str) -> Option<f64> {
        quantile(self.rounds.get(name)?.clone(), 2)
    }

    /// The median of the rounds' ratios: what disturbs the machine for a round disturbs both.
    #[must_use]
    pub fn ratio(&self, of: &str, to: &str) -> Option<f64> {
        let (of, to) = (self.rounds.get(of)?, self.rounds.get(to)?);
        quantile(of.iter().zip(to).map(|(of, to)| of / to).collect(), 2)
    }

    /// The ratio of what both take in the fastest tenth of the rounds, when the machine has nothing else to do: some
    /// contestants are disturbed more than others.
    #[must_use]
    pub fn quiet_ratio(&self, of: &str, to: &str) -> Option<f64> {
        let quiet = |name| quantile(self.rounds.get(name)?.clone(), 10);
        Some(quiet(of)? / quiet(to)?)
    }
}

/// Returns the number of calls that fill a turn, in whole batches.
fn calls_of_a_turn(contestant: &mut Contestant) -> u32 {
    let trial = rounded(1_000);
    contestant.run(trial);
    let took = contestant.run(trial).as_nanos().max(1);
    let calls = TURN.as_nanos() * u128::from(trial) / took;
    rounded(u32::try_from(calls).unwrap_or(u32::MAX / 2))
}

/// The value that one `part`th of all are below.
fn quantile(mut values: Vec<f64>, part: usize) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / part).copied()
}
