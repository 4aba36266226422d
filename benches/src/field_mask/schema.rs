//! The messages that are measured, and what the generator says about their fields.
#![allow(missing_docs, reason = "written by the generator")]

include!(concat!(env!("OUT_DIR"), "/transom/bench.library.v1.rs"));
