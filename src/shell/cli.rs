//! Command line: the plugin protocol without arguments, and the subcommand `generate`.

mod arguments;
mod embedded_protoc;
mod generate;
mod progress;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Read, Write};
use std::process::ExitCode;

use crate::options;

/// Exit code for invalid arguments. A failed run exits with 1.
const USAGE_ERROR: u8 = 2;

const USAGE: &str = "\
protoc-gen-transom: one annotated .proto, a whole Rust API for prost and tonic

As a plugin, run by protoc or buf:
  protoc --transom_out=DIR [--transom_opt=NAME=VALUE,...] FILE...
  buf generate                   with `- local: protoc-gen-transom` in buf.gen.yaml

As a command, with the embedded compiler:
  protoc-gen-transom generate [-I DIR]... --out DIR [--opt NAME=VALUE]... FILE...

Arguments of `generate`:
  FILE                           a .proto file, or a folder of .proto files
  -I, --include DIR              include directory for imports; repeatable
  -o, --out DIR                  output directory
      --opt NAME=VALUE           an option of the list below; repeatable
      --imports used|none|all    imported files to generate too; default: those whose types are used
      --descriptor-set FILE      read a FileDescriptorSet instead of protos; FILE... then selects files in it
      --clean[=list]             remove the files of earlier runs that this run does not write, or only list them:
                                 files with the header of generated files, in the folders of the output
      --protoc PATH              compile with this protoc; default: $PROTOC, then the embedded protoc
      --dump-model               print the model after each pass

  -h, --help                     print this text
  -V, --version                  print the version

Options:
";

/// Runs the program with the arguments that follow its name.
///
/// `embedded_protoc` contains the files of a protoc as relative path and content. It may be empty.
pub fn run(arguments: impl IntoIterator<Item = OsString>, embedded_protoc: &[(&str, &[u8])]) -> ExitCode {
    let mut parser = lexopt::Parser::from_args(arguments);
    match parser.next() {
        Ok(None) => plugin(),
        Ok(Some(lexopt::Arg::Long("help") | lexopt::Arg::Short('h'))) => help(),
        Ok(Some(lexopt::Arg::Long("version") | lexopt::Arg::Short('V'))) => {
            print(concat!("protoc-gen-transom ", env!("CARGO_PKG_VERSION"), "\n"))
        }
        Ok(Some(lexopt::Arg::Value(command))) if command == "generate" => generate::run(parser, embedded_protoc),
        Ok(Some(other)) => usage_error(&other.unexpected()),
        Err(error) => usage_error(&error),
    }
}

/// Runs the plugin protocol on stdin and stdout. Exits with 1 only if stdin is not a `CodeGeneratorRequest`, or reading
/// or writing fails. Errors in protos are part of the response.
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
    let response = match crate::generate::generate(request) {
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
    print(&format!("{USAGE}{}", options::help()))
}

fn print(text: &str) -> ExitCode {
    // A closed pipe, such as that of `head`, is not a failure.
    let _ = io::stdout().lock().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

fn fail(message: &str) -> ExitCode {
    report(message);
    ExitCode::FAILURE
}

fn usage_error(error: &lexopt::Error) -> ExitCode {
    report(&format!("{error}\n  help: `protoc-gen-transom --help` lists the arguments"));
    ExitCode::from(USAGE_ERROR)
}

fn report(message: &str) {
    let _ = writeln!(io::stderr().lock(), "protoc-gen-transom: {message}");
}
