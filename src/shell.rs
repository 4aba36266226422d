//! I/O shell: the command line, the build-script API, the embedded compiler, and the writing of output.
//!
//! All access to files, processes, the environment and the clock is in this module. The rest of the crate is a pure
//! function from a request to a response.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "only the shell does input and output")]

pub(crate) mod build_script;
pub(crate) mod cli;
pub(crate) mod compiler;
pub(crate) mod error;
mod generation;
mod output;
mod temp_dir;
