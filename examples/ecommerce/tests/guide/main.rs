//! The guide to lists, `docs/lists.md`: every piece of code in it stands in the example or in `lists.rs` here, line by line,
//! so that it compiles and runs; its messages stand in the protos of the test data.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod lists;

use std::fs;
use std::path::Path;

/// Files that code of the guide may come from, relative to the root of the workspace.
const SOURCES: [&str; 7] = [
    "examples/ecommerce/src/bin/interop-client/users.rs",
    "examples/ecommerce/src/users.rs",
    "examples/ecommerce/src/users/list.rs",
    "examples/ecommerce/src/users/table.rs",
    "examples/ecommerce/src/users/watch.rs",
    "examples/ecommerce/tests/guide/lists.rs",
    "examples/ecommerce/tests/services/lists.rs",
];
const PROTOS: [&str; 2] =
    ["testdata/ok/ecommerce/ecommerce/v1/user.proto", "testdata/ok/list_requests/library/v1/library.proto"];

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The blocks of code in the guide, each with its language.
fn blocks(guide: &str) -> Vec<(&str, &str)> {
    let code = guide.split("```").skip(1).step_by(2);
    code.map(|block| block.split_once('\n').expect("a fence ends its line")).collect()
}

/// The lines without indentation, without blank lines, and without the comments of protos, which the guide leaves out.
fn lines(text: &str) -> Vec<&str> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).collect()
}

fn without_comments(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether the lines stand in the source, one after the other.
fn has_lines(source: &str, block: &str) -> bool {
    let block = lines(block);
    lines(source).windows(block.len()).any(|window| window == block)
}

/// Whether the words do: queries are broken into lines as it fits.
fn has_words(source: &str, block: &str) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    words(source).contains(&words(block))
}

#[test]
fn every_block_is_code_that_runs() {
    let sources = SOURCES.map(read);
    let protos = PROTOS.map(|path| without_comments(&read(path)));
    let guide = read("docs/lists.md");
    let blocks = blocks(&guide);
    assert!(blocks.len() > 20, "the guide has {} blocks of code", blocks.len());
    for (language, block) in blocks {
        let is_there = match language {
            "rust" => sources.iter().any(|source| has_lines(source, block)),
            "sql" | "text" => sources.iter().any(|source| has_words(source, block)),
            "proto" => protos.iter().any(|proto| {
                // One message at a time.
                block.split("\n\n").all(|message| has_lines(proto, message))
            }),
            _ => panic!("nothing checks {language}:\n{block}"),
        };
        assert!(is_there, "this stands nowhere but in the guide:\n{block}");
    }
}
