//! Compiles every case of `ok/` as a user's build script would, each into a module of its own.
//!
//! It writes the files that the crate includes: `ok.rs` mounts the cases. `ok_cases.rs`, `warn_cases.rs` and
//! `err_cases.rs` list the cases for the snapshot tests. `tables.rs` lists the types with field tables.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let mut mounts = String::new();
    let mut tables = String::new();
    for case in cases("ok", &out)? {
        let directory = out.join(&case);
        let protos = Path::new("ok").join(&case);
        fs::create_dir_all(&directory)?;
        let mut config = transom_build::configure()
            .option("include_file", "mod.rs")
            .option("descriptor_set", "true")
            .option("strict_options", "true");
        for line in options(&protos)?.lines() {
            let (name, value) = line.split_once('=').ok_or("a line of options.txt is NAME=VALUE")?;
            config = config.option(name, value);
        }
        config.out_dir(&directory).compile_protos(&[&protos], &[&protos])?;
        for carrier in carriers(&directory.join("mod.rs"))? {
            writeln!(tables, "table!({case}, transom_testdata::{case}::{carrier});")?;
        }
        let file = directory.join("mod.rs");
        writeln!(mounts, "/// The case `ok/{case}`.\npub mod {case} {{ include!({file:?}); }}")?;
    }
    fs::write(out.join("ok.rs"), mounts)?;
    fs::write(out.join("tables.rs"), format!("{{\n{tables}}}\n"))?;
    cases("err", &out)?;
    cases("warn", &out)?;
    Ok(())
}

/// The options of a case that has its own, one a line.
fn options(case: &Path) -> io::Result<String> {
    let path = case.join("options.txt");
    if path.exists() { fs::read_to_string(path) } else { Ok(String::new()) }
}

/// The types in a generated file, and in those that it includes, for which `fields!` is called. What is generated is
/// indented, so a module ends with a brace below its beginning.
fn carriers(file: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut modules: Vec<(usize, String)> = Vec::new();
    let mut is_table = false;
    for line in fs::read_to_string(file)?.lines() {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        let path = |carrier: &str| {
            let modules = modules.iter().map(|(_, name)| name.as_str());
            modules.chain([carrier]).collect::<Vec<_>>().join("::")
        };
        if let Some(included) = text.strip_prefix("include!(\"").and_then(|text| text.strip_suffix("\");")) {
            let inner = carriers(&file.with_file_name(included))?;
            found.extend(inner.iter().map(|carrier| path(carrier)));
        } else if is_table {
            let head = text.strip_prefix("impl ").and_then(|text| text.split_once(" = "));
            let (carrier, _) = head.ok_or_else(|| io::Error::other(format!("not the head of a table: {line}")))?;
            found.push(path(carrier));
        } else if let Some(name) = text.strip_prefix("pub mod ").and_then(|text| text.strip_suffix(" {")) {
            modules.push((indent, name.to_owned()));
        } else if text == "}" && modules.last().is_some_and(|(opened, _)| *opened == indent) {
            modules.pop();
        }
        is_table = text == "::transom::__private::fields! {";
    }
    Ok(found)
}

/// The cases of one kind, sorted; `<kind>_cases.rs` names them as calls of the macro `case`.
fn cases(kind: &str, out: &Path) -> io::Result<Vec<String>> {
    println!("cargo:rerun-if-changed={kind}");
    let mut cases = Vec::new();
    for entry in fs::read_dir(kind)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            cases.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    cases.sort();
    let calls: String = cases.iter().map(|case| format!("case!({case});\n")).collect();
    fs::write(out.join(format!("{kind}_cases.rs")), calls)?;
    Ok(cases)
}
