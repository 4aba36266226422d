//! Calls through a generated server and client, as a user of both sees them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may stop at the first surprise")]

mod answers;
mod backpressure;
mod cut;
mod deadline_client;
mod deadline_server;
mod framing;
mod generated;
mod head;
mod kinds;
mod lost;
mod request_trailers;
mod sizes;
mod streams;
mod support;
mod trailers;
mod wire;
mod wire_time;
