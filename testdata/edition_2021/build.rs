//! Generates the cases that `src/lib.rs` mounts.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// Cases with services, tables, lists, and names that are keywords in an edition.
const CASES: [&str; 4] = ["ecommerce", "keywords", "list_packages", "type_names"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    for case in CASES {
        let protos = Path::new("../ok").join(case);
        let directory = out.join(case);
        fs::create_dir_all(&directory)?;
        transom_build::configure()
            .option("include_file", "mod.rs")
            .option("descriptor_set", "true")
            .option("enable_type_names", "true")
            .out_dir(directory)
            .compile_protos(&[&protos], &[&protos])?;
    }
    Ok(())
}
