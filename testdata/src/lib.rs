//! The generated code of every case in `ok/`, mounted as a user's crate mounts its own: one module a case, warnings
//! denied, no lint allowed. What the code does is tested in `tests/`; what it looks like, in `tests/golden.rs`.

#![deny(warnings)]

include!(concat!(env!("OUT_DIR"), "/ok.rs"));
