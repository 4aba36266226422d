//! Requests that no compiler sends: the answer is output that parses, or errors; never a panic.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "support/mutation.rs"]
mod mutation;

use std::path::Path;

use transom_build::__internal::{Compiler, ImportScope};

/// The requests of all good cases of the test data, options that reach every emitter included.
fn requests() -> Vec<Vec<u8>> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/ok");
    let mut folders: Vec<_> = std::fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() > 20, "the test data is missing");
    folders
        .iter()
        .map(|folder| {
            let compiled =
                Compiler::new().include(folder).file(folder).imports(ImportScope::TypesUsed).compile().unwrap();
            compiled.request("descriptor_set,include_file=mod.rs,dump_model,field_mask=all")
        })
        .collect()
}

/// Result of a request.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    NoRequest,
    Refused,
    Generated,
}

/// Checks the properties of every response.
fn check(request: &[u8], seed: u64) -> Outcome {
    let Ok(response) = transom_build::__internal::generate(request.to_vec()) else { return Outcome::NoRequest };
    match response.result {
        Ok(generated) => {
            for file in generated.files.iter().filter(|file| file.name.ends_with(".rs")) {
                assert!(
                    syn::parse_file(&file.content).is_ok(),
                    "seed {seed}: {} does not parse:\n{}",
                    file.name,
                    file.content
                );
            }
            Outcome::Generated
        }
        Err(errors) => {
            assert!(!errors.is_empty());
            Outcome::Refused
        }
    }
}

#[test]
fn mutated_requests_are_answered() {
    let requests = requests();
    let mut counts = std::collections::BTreeMap::new();
    for seed in 0..3_000 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut request = requests[random.usize(..requests.len())].clone();
        for _ in 0..random.u8(1..6) {
            request = mutation::mutate(&request, &mut random);
        }
        *counts.entry(check(&request, seed)).or_insert(0) += 1;
    }
    // Changes that all end at the same door would test no other.
    let [none, refused, generated] =
        [Outcome::NoRequest, Outcome::Refused, Outcome::Generated].map(|outcome| counts.get(&outcome).copied());
    assert!(none > Some(100) && refused > Some(300) && generated > Some(300), "{none:?} {refused:?} {generated:?}");
}

#[test]
fn truncated_requests_are_refused_or_answered() {
    for request in requests() {
        for length in (0..request.len()).step_by(request.len() / 40 + 1) {
            check(&request[..length], length as u64);
        }
    }
}
