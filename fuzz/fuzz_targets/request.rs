//! Whatever arrives on stdin: the plugin answers with Rust that parses or with errors, and never panics.
//!
//! Half of the changes are libFuzzer's own, half work on wire-format fields, so that most inputs still decode.

#![no_main]

#[path = "../../tests/support/mutation.rs"]
mod mutation;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|request: &[u8]| {
    let Ok(response) = transom_build::__internal::generate(request.to_vec()) else { return };
    for file in response.result.iter().flat_map(|generated| &generated.files) {
        if file.name.ends_with(".rs") {
            assert!(syn::parse_file(&file.content).is_ok(), "{} does not parse:\n{}", file.name, file.content);
        }
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut random = fastrand::Rng::with_seed(u64::from(seed));
    let changed = mutation::mutate(&data[..size], &mut random);
    if random.bool() || changed.is_empty() || changed.len() > max_size {
        return fuzzer_mutate(data, size, max_size);
    }
    data[..changed.len()].copy_from_slice(&changed);
    changed.len()
});
