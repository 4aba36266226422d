//! The binary `protoc-gen-transom`; all of it is [`transom_build::cli`].

fn main() -> std::process::ExitCode {
    transom_build::cli::run(std::env::args_os().skip(1))
}
