//! Layering: tonic is named in one folder of the runtime, and generated code names only the runtime, prost and `std`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Returns the files below `folder` with this extension.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|other| other == extension) {
            found.push(path);
        }
    }
    found
}

/// Returns the identifiers of `code` in lines that are not comments.
fn identifiers(code: &str) -> impl Iterator<Item = &str> {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.split(|character: char| !character.is_alphanumeric() && character != '_'))
}

#[test]
fn runtime_outside_the_grpc_folder_does_not_name_tonic() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src");
    let (seam, others): (Vec<_>, Vec<_>) = files(&root, "rs")
        .into_iter()
        .partition(|file| *file == root.join("grpc.rs") || file.starts_with(root.join("grpc")));
    let names_tonic =
        |file: &PathBuf| identifiers(&fs::read_to_string(file).unwrap()).any(|name| name.starts_with("tonic"));
    assert!(seam.iter().any(names_tonic), "the folder has moved: adapt this test");
    let violations: Vec<_> = others.into_iter().filter(names_tonic).collect();
    assert!(violations.is_empty(), "only `runtime/src/grpc` may name tonic, not {violations:?}");
}

/// Returns the first segments of the absolute paths in `code`, such as `core` for `::core::fmt::Debug`.
fn crates(code: &str) -> impl Iterator<Item = &str> {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| {
        line.match_indices("::").filter_map(move |(start, _)| {
            let is_absolute =
                !line[..start].ends_with(|before: char| before.is_alphanumeric() || "_>:".contains(before));
            let name = &line[start + 2..];
            let end = name.find(|next: char| !next.is_alphanumeric() && next != '_').unwrap_or(name.len());
            (is_absolute && end > 0).then(|| &name[..end])
        })
    })
}

#[test]
fn generated_code_names_only_the_runtime_prost_and_std() {
    let snapshots = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let mut named = BTreeSet::new();
    for file in files(&snapshots, "snap") {
        named.extend(crates(&fs::read_to_string(file).unwrap()).map(str::to_owned));
    }
    // The crate of the cases is the value of their `extern_path` options.
    named.remove("transom_testdata");
    assert_eq!(named, ["core", "prost", "prost_types", "std", "transom"].map(str::to_owned).into());
}
