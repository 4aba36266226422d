//! Option table and dependency lists of the README. `UPDATE=1 cargo test --test readme` writes the table.

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
    let table = transom_build::__internal::markdown();
    if readme[start..end] == table {
        return;
    }
    assert!(std::env::var_os("UPDATE").is_some(), "run `UPDATE=1 cargo test --test readme` and commit the README");
    std::fs::write(&path, format!("{}{table}{}", &readme[..start], &readme[end..])).unwrap();
}

/// The blocks of code in one language.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let blocks = text.split("\n```").skip(1).step_by(2);
    blocks.filter_map(|block| block.strip_prefix(language)?.split_once('\n')).map(|(_, code)| code).collect()
}

/// The crates of a dependency list.
fn dependencies(block: &str) -> impl Iterator<Item = &str> {
    block.lines().filter_map(|line| Some(line.split_once(" = ")?.0))
}

#[test]
fn dependency_lists_have_the_crates_that_the_code_names() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let lists = blocks(&readme, "toml");
    let listed: Vec<&str> = lists.iter().flat_map(|list| dependencies(list)).collect();
    let code = blocks(&readme, "rust");
    assert!(code.len() >= 5, "the README has {} blocks of Rust", code.len());
    for name in ["transom", "tonic", "tokio-stream", "transom-build"] {
        let path = format!("{}::", name.replace('-', "_"));
        assert!(code.iter().any(|block| block.contains(&path)), "no code names {name}");
        assert!(listed.contains(&name), "{name} is in no dependency list");
    }
    // Generated code names prost, and `serve(address).await` wants a runtime.
    for name in ["prost", "prost-types", "tokio"] {
        assert!(listed.contains(&name), "{name} is in no dependency list");
    }
    // Both sections mount what they make, under a name that is no keyword.
    for section in ["### With buf", "### With protoc", "### In a build script"] {
        let section = &readme[readme.find(section).expect("the section is gone")..];
        let section = &section[..section[3..].find("\n### ").expect("another section follows")];
        assert!(section.contains("pub mod api"), "{section}");
    }
}
