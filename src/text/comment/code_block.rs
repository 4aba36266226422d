//! Code blocks. Each block gets a language other than Rust, because rustdoc compiles Rust blocks as tests.
//!
//! Markdown is parsed only if the comment can contain a block.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

/// Line of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// Line of a code block, fences included; not changed by later steps.
    Code(String),
    /// Any other line.
    Text(String),
}

/// Separates code from text. Indented blocks get fences, and fences that rustdoc would compile get a language.
pub(super) fn fence(lines: Vec<String>) -> Vec<Line> {
    let may_hold_code = |line: &String| line.contains("    ") || line.contains("```") || line.contains("~~~");
    if !lines.iter().any(may_hold_code) {
        return lines.into_iter().map(Line::Text).collect();
    }
    let fenced = with_fences(&lines);
    let text: Vec<&str> = fenced
        .iter()
        .map(|line| match line {
            Line::Code(line) | Line::Text(line) => line.as_str(),
        })
        .collect();
    if blocks(&text.join("\n")).iter().all(|block| block.kind == Kind::Harmless) {
        return fenced;
    }
    // Blocks inside quotes and lists can defeat the line-based rewriting; then the comment as a whole is a block.
    let longest = lines.iter().flat_map(|line| line.split(|character| character != '`')).map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    let opening = std::iter::once(Line::Code(format!("{fence}text")));
    opening.chain(lines.into_iter().map(Line::Code)).chain(std::iter::once(Line::Code(fence))).collect()
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Indented,
    /// Fence of a block that rustdoc compiles.
    Rust,
    /// Fence with another language.
    Harmless,
}

struct Block {
    kind: Kind,
    range: Range<usize>,
}

fn blocks(text: &str) -> Vec<Block> {
    Parser::new(text)
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some(Block { kind: Kind::Indented, range }),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                Some(Block { kind: if is_rust(&info) { Kind::Rust } else { Kind::Harmless }, range })
            }
            _ => None,
        })
        .collect()
}

/// Returns `true` if rustdoc compiles a block with this info string.
fn is_rust(info: &str) -> bool {
    let is_language = !info.is_empty()
        && info
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || matches!(character, '+' | '#' | '-' | '_'));
    let is_known_to_rustdoc =
        matches!(info, "rust" | "should_panic" | "no_run" | "custom" | "test_harness" | "compile_fail")
            || ["ignore", "edition", "standalone", "E0"].iter().any(|prefix| info.starts_with(prefix));
    !is_language || is_known_to_rustdoc
}

fn with_fences(lines: &[String]) -> Vec<Line> {
    let text = lines.join("\n");
    let mut starts = Vec::with_capacity(lines.len());
    let mut offset = 0;
    for line in lines {
        starts.push(offset);
        offset += line.len() + 1;
    }
    let line_of = |offset: usize| starts.partition_point(|&start| start <= offset).saturating_sub(1);
    let mut output: Vec<Line> = Vec::with_capacity(lines.len() + 2);
    let mut next = 0;
    for block in blocks(&text) {
        let first = line_of(block.range.start).max(next);
        let mut end = (line_of(block.range.end.saturating_sub(1)) + 1).max(first);
        while end > first && lines[end - 1].is_empty() {
            end -= 1;
        }
        output.extend(lines[next..first].iter().cloned().map(Line::Text));
        let body = lines[first..end].iter().cloned();
        match block.kind {
            Kind::Harmless => output.extend(body.map(Line::Code)),
            Kind::Rust => {
                for (index, line) in body.enumerate() {
                    output.push(Line::Code(if index == 0 { with_text_language(&line) } else { line }));
                }
            }
            Kind::Indented => {
                let indent = lines[first].len() - lines[first].trim_start_matches(' ').len();
                let indent = " ".repeat(indent.saturating_sub(4));
                output.push(Line::Code(format!("{indent}```text")));
                output.extend(body.map(Line::Code));
                output.push(Line::Code(format!("{indent}```")));
            }
        }
        next = end;
    }
    output.extend(lines[next..].iter().cloned().map(Line::Text));
    output
}

/// Replaces the info string of an opening fence.
fn with_text_language(line: &str) -> String {
    let fence_end = line.rfind("```").or_else(|| line.rfind("~~~")).map_or(line.len(), |start| start + 3);
    format!("{}text", &line[..fence_end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let lines = fence(text.lines().map(str::to_owned).collect());
        lines
            .into_iter()
            .map(|line| match line {
                Line::Code(line) => format!("|{line}"),
                Line::Text(line) => line,
            })
            .collect()
    }

    #[test]
    fn rust_fences_become_text_and_others_stay() {
        assert_eq!(lines("```\nx\n```"), ["|```text", "|x", "|```"]);
        assert_eq!(lines("```no_run\nx\n```"), ["|```text", "|x", "|```"]);
        assert_eq!(lines("```proto\nx\n```\ny"), ["|```proto", "|x", "|```", "y"]);
        assert_eq!(lines("```rust\nunclosed"), ["|```text", "|unclosed"]);
    }

    #[test]
    fn indented_blocks_get_fences() {
        assert_eq!(lines("a\n\n    b\n\n    c\n\nd"), ["a", "", "|```text", "|    b", "|", "|    c", "|```", "", "d"]);
    }

    #[test]
    fn what_cannot_be_rewritten_by_line_becomes_one_block() {
        for text in ["> ```\n> x\n> ```", ">     x", "- a\n\n      > ```\n      > x"] {
            let fenced = fence(text.lines().map(str::to_owned).collect());
            let joined: Vec<_> = fenced
                .iter()
                .map(|line| match line {
                    Line::Code(line) | Line::Text(line) => line.as_str(),
                })
                .collect();
            assert!(blocks(&joined.join("\n")).iter().all(|block| block.kind == Kind::Harmless), "{joined:?}");
        }
    }
}
