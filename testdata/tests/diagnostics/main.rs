//! Coverage of diagnostics: a case reaches each constructor call of a diagnostic in the generator.
//!
//! A case is a folder of `err/` or `warn/`, or a request in `requests`.

mod requests;

use std::collections::BTreeSet;
use std::path::Path;

use transom_build::__internal::{Compiler, ImportScope, diagnostic_calls, generate};

/// Collects the constructor calls in the source files below `folder` as `file:line`. Unit tests are skipped.
fn calls_in_source(root: &Path, folder: &Path, calls: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            calls_in_source(root, &path, calls);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            let source = std::fs::read_to_string(&path).unwrap();
            let code = source.split("#[cfg(test)]").next().unwrap_or_default();
            let is_call = |line: &str| line.contains("Diagnostic::at(") || line.contains("Diagnostic::option(");
            let lines = (1..).zip(code.lines()).filter(|(_, line)| is_call(line));
            calls.extend(lines.map(|(number, _)| format!("{name}:{number}")));
        }
    }
}

/// Returns the request of a case, with the options of the case and those of the snapshot tests.
fn request(case: &Path) -> Vec<u8> {
    let compiled = Compiler::new().include(case).file(case).imports(ImportScope::TypesUsed).compile().unwrap();
    let options = std::fs::read_to_string(case.join("options.txt")).unwrap_or_default();
    let parameter: Vec<&str> = std::iter::once("include_file=mod.rs").chain(options.lines()).collect();
    compiled.request(&parameter.join(","))
}

#[test]
fn every_diagnostic_is_reached_by_a_case() {
    let testdata = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut reached = BTreeSet::new();
    for kind in ["err", "warn"] {
        for entry in std::fs::read_dir(testdata.join(kind)).unwrap() {
            reached.extend(diagnostic_calls(request(&entry.unwrap().path())).unwrap());
        }
    }
    for (_, request) in requests::requests() {
        reached.extend(diagnostic_calls(request).unwrap());
    }
    let root = testdata.parent().unwrap();
    let mut calls = BTreeSet::new();
    calls_in_source(root, &root.join("src"), &mut calls);
    let missing: Vec<_> = calls.difference(&reached).collect();
    assert!(missing.is_empty(), "no case reaches these diagnostics: {missing:#?}");
    let unknown: Vec<_> = reached.difference(&calls).collect();
    assert!(unknown.is_empty(), "the scan of the source misses these calls: {unknown:#?}");
}

#[test]
fn invalid_requests_are_errors() {
    let mut text = String::new();
    for (name, request) in requests::requests() {
        let errors = generate(request).unwrap().result.expect_err(name);
        text.push_str(&format!("======== {name} ========\n{errors}\n"));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("invalid_requests", text));
}
