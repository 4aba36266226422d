//! The binary `protoc-gen-transom`: stdin to stdout for protoc and buf, and subcommands for people.

use std::io::{Read, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut request = Vec::new();
    if let Err(error) = std::io::stdin().lock().read_to_end(&mut request) {
        eprintln!("protoc-gen-transom: stdin: {error}");
        return ExitCode::FAILURE;
    }
    match transom_build::generate(request) {
        Ok(response) => {
            let mut output = std::io::BufWriter::new(std::io::stdout().lock());
            if let Err(error) = response.write_to(&mut output).and_then(|()| output.flush()) {
                eprintln!("protoc-gen-transom: stdout: {error}");
                return ExitCode::FAILURE;
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("protoc-gen-transom: {error}");
            ExitCode::FAILURE
        }
    }
}
