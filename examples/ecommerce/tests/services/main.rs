//! The whole server over real sockets, called with the generated clients.
//!
//! Clients of other languages are in `interop/`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod auth;
mod balance;
mod chat;
mod command_line;
mod connections;
mod deadlines;
mod discovery;
mod echo;
mod files;
mod harness;
mod limits;
mod lists;
mod metadata;
mod passwords;
mod raw;
mod shutdown;
mod tls;
mod users;
mod watch;
