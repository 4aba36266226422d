//! The parts of a list: Transom's against what they are made of, against code by hand, and against a Go library.

pub mod bare;
pub mod by_hand;
pub mod case;
pub mod check;
pub mod contestants;
pub mod go;
pub mod limits;
pub mod pages;
pub mod schema;
pub mod server;
pub mod table;
