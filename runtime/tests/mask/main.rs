//! Field masks, on messages described by hand as generated code describes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may stop at the first surprise")]
#![allow(missing_docs, unreachable_pub, reason = "the messages are written as prost and the generator write them")]
#![allow(clippy::module_inception, reason = "the messages are written as prost and the generator write them")]

mod account;
mod behaviors;
mod catalog;
mod combining;
mod complete;
mod differences;
mod displaced;
mod doors;
mod dump;
mod etags;
mod grammar;
mod hints;
mod huge;
mod implied;
mod json;
mod kinds;
mod laws;
mod legacy;
mod library;
mod model;
mod node;
mod output_only;
mod properties;
mod random;
mod reading;
mod requests;
mod required;
mod required_updates;
mod rows;
mod service;
mod sets;
mod smoke;
mod statuses;
mod tables;
mod total;
mod wide;
