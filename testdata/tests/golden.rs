//! Snapshots of the output for each case of `ok/`, the warnings for each case of `warn/`, and the errors for each case
//! of `err/`.
//!
//! `INSTA_UPDATE=always cargo test -p transom-testdata --test golden` writes the snapshots anew. Whether the output
//! compiles and works is tested elsewhere; here a reader of a change sees what it does to the output.

use std::path::{Path, PathBuf};

use transom_build::__internal::{Compiler, ImportScope};
use transom_build::__internal::{OutputFile, Response, generate};

/// Cases whose question is about names: the snapshot holds the declarations, without bodies, attributes and comments.
const OUTLINED: &[&str] = &[
    "annotated",
    "deep_nesting",
    "descriptor_types",
    "descriptor_types_compiled",
    "keyword_shapes",
    "keywords",
    "long_names",
    "long_running",
    "method_names",
    "name_casing",
    "nested_packages",
    "prelude_messages",
    "prelude_packages",
    "service_names",
    "services_only",
    "user_orders",
    "user_patch",
    "users",
    "users_http",
    "versioning",
    "well_known_calls",
];

mod ok {
    macro_rules! case {
        ($case:ident) => {
            #[test]
            fn $case() {
                let case = stringify!($case);
                let files = match super::run("ok", case) {
                    Ok(files) => files,
                    Err(errors) => panic!("{case} must be accepted:\n{errors}"),
                };
                super::check("ok", case, &super::render(case, &files));
            }
        };
    }
    include!(concat!(env!("OUT_DIR"), "/ok_cases.rs"));
}

mod warn {
    macro_rules! case {
        ($case:ident) => {
            #[test]
            fn $case() {
                let case = stringify!($case);
                let response = super::respond("warn", case);
                assert!(response.result.is_ok(), "{case} must be accepted: {:?}", response.result);
                super::check("warn", case, &response.warnings.join("\n"));
            }
        };
    }
    include!(concat!(env!("OUT_DIR"), "/warn_cases.rs"));
}

mod err {
    macro_rules! case {
        ($case:ident) => {
            #[test]
            fn $case() {
                let case = stringify!($case);
                match super::run("err", case) {
                    Ok(_) => panic!("{case} must be refused"),
                    Err(errors) => super::check("err", case, &errors),
                }
            }
        };
    }
    include!(concat!(env!("OUT_DIR"), "/err_cases.rs"));
}

/// Generates from all protos of a case. The error is the text for the user.
fn run(kind: &str, case: &str) -> Result<Vec<OutputFile>, String> {
    respond(kind, case).result.map(|generated| generated.files)
}

/// Returns the response for all protos of a case.
fn respond(kind: &str, case: &str) -> Response {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), kind, case].iter().collect();
    let compiled = Compiler::new()
        .include(&folder)
        .file(&folder)
        .imports(ImportScope::TypesUsed)
        .compile()
        .unwrap_or_else(|error| panic!("{case} must compile as protobuf:\n{error}"));
    let options = std::fs::read_to_string(folder.join("options.txt")).unwrap_or_default();
    // The scope leaves well-known types out, so the module tree of a case that generates them would be incomplete.
    let tree = (!options.contains("compile_well_known_types")).then_some("include_file=mod.rs");
    let parameter: Vec<&str> = tree.into_iter().chain(options.lines()).collect();
    generate(compiled.request(&parameter.join(","))).expect("the request is well-formed")
}

/// All files of a case as one text, without the version in their headers.
fn render(case: &str, files: &[OutputFile]) -> String {
    let outlined = OUTLINED.contains(&case);
    let mut text = String::new();
    for file in files {
        text.push_str(&format!("======== {} ========\n", file.name));
        for line in file.content.lines() {
            if !outlined {
                text.push_str(&line.replace(concat!("transom ", env!("CARGO_PKG_VERSION")), "transom VERSION"));
                text.push('\n');
            } else if declares(line.trim_start()) {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    text
}

/// Whether a line declares a name, maps one, describes a message, or says what a method takes or gives.
fn declares(line: &str) -> bool {
    let is_variant = line.starts_with(|first: char| first.is_ascii_uppercase()) && line.ends_with(',');
    // Of a table, and of what a request asks for.
    let is_head = line.starts_with("impl ") && line.ends_with(';');
    is_variant
        || is_head
        || ["pub ", "fn ", "\"", "request:", "Output = ", "include!", "const NAME"]
            .iter()
            .any(|start| line.starts_with(start))
}

/// Holds a text against its snapshot.
fn check(kind: &str, case: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new("../snapshots").join(kind));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(case, text));
}
