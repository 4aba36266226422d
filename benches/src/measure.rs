//! How contestants are measured, whatever they do: in rounds of turns, beside peers in Go, and under valgrind.

pub mod benchmark;
pub mod contestant;
pub mod go;
pub mod limits;
pub mod report;
pub mod rounds;
pub mod valgrind;
