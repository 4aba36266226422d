//! Pages of lists on the server, on messages described by hand as generated code describes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may stop at the first surprise")]

mod columns;
mod databases;
mod fingerprint;
mod forms;
mod library;
mod limits;
mod long_values;
mod memory;
mod model;
mod opaque;
mod requests;
mod required;
mod rules;
mod scan;
mod sql;
mod tables;
mod tokens;
