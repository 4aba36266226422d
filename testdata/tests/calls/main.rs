//! Generated servers and clients, used as a user uses them: implement the trait, call it through the client.
//!
//! Client and server meet in one process, without a socket: a server is a tower service, and a client takes one.
//! What goes over HTTP/2 is tested in the runtime.

mod defaults;
mod hostile;
mod kinds;
mod packages;
mod well_known;
