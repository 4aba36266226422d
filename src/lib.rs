//! The generator behind `protoc-gen-transom`: one annotated `.proto`, a whole Rust API.
//!
//! buf and protoc run the binary. A build script calls [`compile_protos`], or [`configure`] to set options:
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), transom_build::Error> {
//!     transom_build::configure()
//!         .option("include_file", "mod.rs")
//!         .option("descriptor_set", "true")
//!         .compile_protos(&["proto/shop/v1/shop.proto"], &["proto"])
//! }
//! ```
//!
//! The crate mounts the output with `mod api { include!(concat!(env!("OUT_DIR"), "/mod.rs")); }`.
//!
//! Imports resolve in the include directories in the order given, then among the bundled files (`google/api`,
//! `google/longrunning`, `google/rpc`, `google/type`, `buf/validate/validate.proto`, `grpc/health/v1`), then among the
//! compiler's own well-known types. The first match wins, so a vendored copy has precedence. The name of a file is its
//! path below the first include directory that contains it, as with protoc.
//!
//! Without include directories, the listed files determine them. A listed folder is an include directory. A file whose
//! path ends with its package (`proto/shop/v1/shop.proto` with `package shop.v1;`) is included from the folder above
//! the package, any other file from its own folder.

#![deny(clippy::disallowed_methods, clippy::print_stderr)]

// The core, a pure function. `generate` calls the stages in order.
mod annotation;
mod capability;
mod check;
mod descriptor;
mod diagnostic;
mod emit;
mod generate;
mod layout;
mod model;
mod options;
mod request;
mod resolve;
mod response;

// Leaf modules, used by several stages.
mod name;
mod parallel;
#[cfg(test)]
mod test_support;
mod text;

// Input and output.
mod shell;

pub use shell::build_script::{Config, compile_protos, configure};
pub use shell::compiler::ImportScope;
pub use shell::error::Error;

/// Items for the binary, the tests and the tools of this workspace. They are not part of the public API.
#[doc(hidden)]
pub mod __internal {
    pub use crate::generate::{diagnostic_calls, generate};
    pub use crate::options::{help, markdown};
    pub use crate::request::RequestError;
    pub use crate::response::{Generated, OutputFile, Response};
    pub use crate::shell::cli::run;
    pub use crate::shell::compiler::{Backend, Compiled, Compiler, ImportScope};
}
