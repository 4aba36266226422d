//! Calls through a generated server and client, as a user of both sees them.

mod framing;
mod generated;
mod head;
mod kinds;
mod support;
