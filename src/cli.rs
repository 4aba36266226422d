//! The command line: the plugin protocol without arguments, and subcommands for people.

#![allow(clippy::disallowed_methods, reason = "this is part of the front")]

mod carried;
mod generate;
mod progress;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Read, Write};
use std::process::ExitCode;

use crate::options_help;

/// Arguments that cannot be understood, as opposed to work that failed.
const USAGE_ERROR: u8 = 2;

const USAGE: &str = "\
protoc-gen-transom: one annotated .proto, a whole Rust API for prost and tonic

As a plugin, run by protoc or buf:
  protoc --transom_out=DIR [--transom_opt=NAME=VALUE,...] FILE...
  buf generate                   with `- local: protoc-gen-transom` in buf.gen.yaml

As a command, with the compiler that it brings along:
  protoc-gen-transom generate [-I DIR]... --out DIR [--opt NAME=VALUE]... FILE...

Arguments of `generate`:
  FILE                           a .proto file, or a folder of them
  -I, --include DIR              where imports are looked up; repeatable
  -o, --out DIR                  where the output goes
      --opt NAME=VALUE           an option of the list below; repeatable
      --imports used|none|all    imported files to generate too; default: those whose types are used
      --descriptor-set FILE      read a FileDescriptorSet instead of protos; FILE... then selects in it
      --clean[=list]             remove the files of earlier runs that this run does not write, or only list them:
                                 in the folders of its output, those that start with the header of generated files
      --protoc PATH              compile with this protoc; default: $PROTOC, then the one inside this program
      --dump-model               print what the generator knows after each of its passes

  -h, --help                     this text
  -V, --version                  the version

Options:
";

/// Runs the program with the arguments that follow its name. `carried_protoc` holds the files of a protoc, by
/// their names below its folder, for `generate` to fall back to; it may be empty.
pub fn run(arguments: impl IntoIterator<Item = OsString>, carried_protoc: &[(&str, &[u8])]) -> ExitCode {
    let mut parser = lexopt::Parser::from_args(arguments);
    match parser.next() {
        Ok(None) => plugin(),
        Ok(Some(lexopt::Arg::Long("help") | lexopt::Arg::Short('h'))) => help(),
        Ok(Some(lexopt::Arg::Long("version") | lexopt::Arg::Short('V'))) => {
            print(concat!("protoc-gen-transom ", env!("CARGO_PKG_VERSION"), "\n"))
        }
        Ok(Some(lexopt::Arg::Value(command))) if command == "generate" => generate::run(parser, carried_protoc),
        Ok(Some(other)) => usage_error(&other.unexpected()),
        Err(error) => usage_error(&error),
    }
}

/// Answers the request on stdin. What is wrong with protos goes into the response; only a request that is none fails.
fn plugin() -> ExitCode {
    if io::stdin().is_terminal() {
        return fail(
            "stdin is a terminal: this program is run by protoc or buf; \
                     see `protoc-gen-transom generate` and `--help`",
        );
    }
    let mut request = Vec::new();
    if let Err(error) = io::stdin().lock().read_to_end(&mut request) {
        return fail(&format!("cannot read the request from stdin: {error}"));
    }
    let response = match crate::generate(request) {
        Ok(response) => response,
        Err(error) => return fail(&error.to_string()),
    };
    for warning in &response.warnings {
        report(warning);
    }
    let mut output = io::BufWriter::new(io::stdout().lock());
    match response.write_to(&mut output).and_then(|()| output.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("cannot write the response to stdout: {error}")),
    }
}

fn help() -> ExitCode {
    print(&format!("{USAGE}{}", options_help()))
}

fn print(text: &str) -> ExitCode {
    // A reader that went away, such as `head`, is no failure.
    let _ = io::stdout().lock().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

fn fail(message: &str) -> ExitCode {
    report(message);
    ExitCode::FAILURE
}

fn usage_error(error: &lexopt::Error) -> ExitCode {
    report(&format!("{error}\n  help: `protoc-gen-transom --help` lists what is accepted"));
    ExitCode::from(USAGE_ERROR)
}

fn report(message: &str) {
    let _ = writeln!(io::stderr().lock(), "protoc-gen-transom: {message}");
}
