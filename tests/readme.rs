//! The README's option table is the program's. `UPDATE=1 cargo test --test readme` writes it again.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

use std::path::Path;

const START: &str = "<!-- options: written by `UPDATE=1 cargo test --test readme` -->\n";
const END: &str = "<!-- end of options -->";

#[test]
fn the_option_table_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let start = readme.find(START).expect("the README has no option table") + START.len();
    let end = start + readme[start..].find(END).expect("the option table has no end");
    let table = transom_build::options_markdown();
    if readme[start..end] == table {
        return;
    }
    assert!(std::env::var_os("UPDATE").is_some(), "run `UPDATE=1 cargo test --test readme` and commit the README");
    std::fs::write(&path, format!("{}{table}{}", &readme[..start], &readme[end..])).unwrap();
}
