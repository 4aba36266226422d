//! A shop's users, chat rooms and files, served on the traits that Transom generates.
//!
//! | module | what it holds |
//! |---|---|
//! | [`proto`] | the generated code: messages, traits, clients |
//! | [`users`], [`chat`], [`files`], [`health`] | one service each |
//! | [`auth`], [`observe`] | what stands before every service: the bearer token; request ids and the log |
//! | [`server`] | all of it on one socket |
//!
//! The binary beside it adds the command line. Users live in a database, all else as long as the process.
#![forbid(unsafe_code)]

pub mod auth;
pub mod chat;
mod connection;
mod error;
pub mod files;
pub mod health;
pub mod observe;
pub mod server;
mod source;
mod space;
pub mod users;

/// The generated code, as a tree of packages.
#[allow(missing_docs, reason = "what the protos do not say, the code cannot")]
pub mod proto {
    include!(concat!(env!("OUT_DIR"), "/mod.rs"));
}
