//! `order_by`, on messages described by hand as generated code describes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may stop at the first surprise")]

#[path = "../filter/choices.rs"]
mod choices;
#[path = "../filter/databases.rs"]
mod databases;
#[path = "../filter/library.rs"]
mod library;
#[path = "../filter/rows.rs"]
mod rows;

mod compare;
mod grammar;
mod orders;
mod properties;
mod sql;
