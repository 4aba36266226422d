//! `cargo xtask capture`: makes protoc's request for all of googleapis and says what is in it.

use std::process::ExitCode;

use crate::{
    corpus::Corpus,
    measure::mebibytes,
    options::{self, Shared},
    request::{self, Captured},
    workspace::Workspace,
};

const HELP: &str = "\
cargo xtask capture [--corpus PATH] [--opt VALUE]

Stores the CodeGeneratorRequest of all of googleapis as protoc 36 sends it, as target/xtask/request/captured.bin;
with --opt also one with that parameter, as target/xtask/request/with-parameter.bin.

";

/// Runs the task.
pub(crate) fn run(mut parser: lexopt::Parser) -> anyhow::Result<ExitCode> {
    let mut shared = Shared::default();
    while let Some(name) = options::next(&mut parser)? {
        match name.as_str() {
            "help" => {
                print!("{HELP}{}", options::HELP);
                return Ok(ExitCode::SUCCESS);
            }
            other => shared.take(other, &mut parser)?,
        }
    }
    let workspace = Workspace::locate()?;
    let corpus = Corpus::open(&workspace, &shared)?;
    let path = request::capture(&workspace, &corpus)?;
    let captured = Captured::open(&workspace, &corpus)?;
    println!(
        "{}: {:.1} MiB, {} files, {} to generate, {} with source options",
        path.display(),
        mebibytes(path.metadata()?.len()),
        captured.request.proto_file.len(),
        captured.request.file_to_generate.len(),
        captured.request.source_file_descriptors.len(),
    );
    if !shared.parameter.is_empty() {
        let path = request::store(&workspace, "with-parameter", &captured.whole(&shared.parameter))?;
        println!("{}: the same with the parameter `{}`", path.display(), shared.parameter);
    }
    Ok(ExitCode::SUCCESS)
}
