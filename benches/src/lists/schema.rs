//! The generated messages.
#![allow(missing_docs, reason = "written by the generator")]

include!(concat!(env!("OUT_DIR"), "/transom/bench.catalog.v1.rs"));
