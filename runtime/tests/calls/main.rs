//! Calls through a generated server and client, as a user of both sees them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod generated;
mod kinds;
