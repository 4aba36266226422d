//! Generated messages against the bytes that Python's protobuf makes of the same values (`../../wire`).
//!
//! Each message of the golden files is held here as a Rust value: it must encode to those bytes, and those bytes must
//! decode to it. A golden message that no test checks fails its test. What it does not hold: JSON.

mod editions;
mod golden;
mod maps;
mod nesting;
mod oneofs;
mod presence;
mod repeated;
mod well_known;
