//! Field masks, on messages described by hand as generated code describes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may stop at the first surprise")]
#![allow(missing_docs, unreachable_pub, reason = "the messages are written as prost and the generator write them")]
#![allow(clippy::module_inception, reason = "the messages are written as prost and the generator write them")]

mod account;
mod account_updates;
mod behaviors;
mod catalog;
mod collector;
mod combining;
mod complete;
mod differences;
mod dump;
mod effects;
mod etags;
mod grammar;
mod hints;
mod huge;
mod immutable;
mod implied;
mod json;
mod kinds;
mod laws;
mod legacy;
mod library;
mod limits;
mod model;
mod node;
mod oneof_members;
mod output_only;
mod properties;
mod random;
mod reading;
mod requests;
mod required;
mod required_updates;
mod set_operations;
mod statuses;
mod tables;
mod update_request;
mod visitors;
mod wide;
