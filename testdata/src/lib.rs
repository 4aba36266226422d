//! The generated code of every case in `ok/`, mounted as a user's crate mounts its own: one module a case, warnings
//! denied, no lint allowed. What the code does is tested in `tests/`; what it looks like, in `tests/golden.rs`.

#![deny(warnings)]

// `extern_path` names the types in `elsewhere` as those of another crate.
extern crate self as transom_testdata;

pub mod elsewhere;

include!(concat!(env!("OUT_DIR"), "/ok.rs"));
