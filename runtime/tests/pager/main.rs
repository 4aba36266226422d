//! Lists on the client: what AIP-4233 asks for, and what other clients get wrong.

mod errors;
mod list;
mod server;
mod streams;
