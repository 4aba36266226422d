//! `filter`, on messages described by hand as generated code describes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may stop at the first surprise")]

mod choices;
mod databases;
mod depth;
mod descriptions;
mod filters;
mod functions;
mod grammar;
mod hidden;
mod json;
mod library;
mod limits;
mod matching;
mod names;
mod properties;
mod rows;
mod sql;
mod structs;
mod truth;
mod types;
