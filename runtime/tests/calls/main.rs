//! Calls through a generated server and client, as a user of both sees them.

mod deadline_client;
mod deadline_server;
mod framing;
mod generated;
mod head;
mod kinds;
mod support;
