//! Calls of a generated server without a socket: Transom's against tonic-build's, from the same proto.

pub mod case;
pub mod drive;
pub mod peer;
pub mod transom;
