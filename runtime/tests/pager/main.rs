//! Lists on the client: what AIP-4233 asks for, and what other clients get wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may stop at the first surprise")]

mod errors;
mod list;
mod server;
mod streams;
mod turns;
