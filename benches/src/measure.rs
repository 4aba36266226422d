//! Measurement of contestants: rounds of turns, peers in Go, and valgrind.

pub mod benchmark;
pub mod contestant;
pub mod go;
pub mod limits;
pub mod report;
pub mod rounds;
pub mod valgrind;
