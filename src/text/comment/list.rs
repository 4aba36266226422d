//! Lists: lines that continue an item are indented like the text of the item.
//!
//! In Markdown, a line without indentation also continues the item before it ("lazy continuation"). Clippy warns about
//! it in the user's build (`doc_lazy_continuation`). The indentation does not change the meaning.

use super::code_block::Line;

/// Indents the lines that continue a list item.
pub(super) fn indent_continuations(lines: &mut [Line]) {
    // The column of the item's text, while its first paragraph lasts.
    let mut item: Option<usize> = None;
    let mut in_paragraph = false;
    for line in lines {
        let Line::Text(text) = line else {
            (item, in_paragraph) = (None, false);
            continue;
        };
        if text.is_empty() {
            (item, in_paragraph) = (None, false);
            continue;
        }
        if let Some(column) = item_text(text, in_paragraph && item.is_none()) {
            item = Some(column);
        } else if let Some(column) = item
            && !starts_block(text)
        {
            *text = format!("{:column$}{}", "", text.trim_start());
        } else {
            item = None;
        }
        in_paragraph = true;
    }
}

/// Returns the column of the text of an item, if the line starts an item. Within a paragraph, only a bullet or the
/// number 1 starts an item (CommonMark, "List items").
fn item_text(line: &str, interrupts_paragraph: bool) -> Option<usize> {
    let trimmed = line.trim_start();
    let digits = trimmed.len() - trimmed.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    let marker = match trimmed.as_bytes().get(digits)? {
        b'-' | b'*' | b'+' if digits == 0 => 1,
        b'.' | b')' if (1..=9).contains(&digits) && (!interrupts_paragraph || trimmed.starts_with("1.")) => digits + 1,
        _ => return None,
    };
    let behind = &trimmed[marker..];
    let blanks = behind.len() - behind.trim_start().len();
    let column = line.len() - trimmed.len() + marker;
    match blanks {
        0 => None,
        1..=4 => Some(column + blanks),
        // More is one blank, and code behind it.
        _ => Some(column + 1),
    }
}

/// Returns `true` if a line cannot continue a paragraph.
fn starts_block(line: &str) -> bool {
    let trimmed = line.trim_start();
    trimmed.starts_with(['#', '>', '|']) || trimmed.chars().all(|rule| matches!(rule, '-' | '*' | '_' | '=' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indented(text: &str) -> String {
        let mut lines: Vec<Line> = text.lines().map(|line| Line::Text(line.to_owned())).collect();
        indent_continuations(&mut lines);
        let text = |line: Line| match line {
            Line::Code(line) | Line::Text(line) => line,
        };
        lines.into_iter().map(text).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn only_continuations_move() {
        for (text, expected) in [
            ("- a\nb\n      c", "- a\n  b\n  c"),
            ("10. a\n b", "10. a\n    b"),
            ("* a\n  * b\nc", "* a\n  * b\n    c"),
            ("- a\n\nb", "- a\n\nb"),
            ("in\n2. b\nc", "in\n2. b\nc"),
            ("in\n1. b\nc", "in\n1. b\n   c"),
            ("-a\nb", "-a\nb"),
            ("- a\n# b", "- a\n# b"),
            ("- a\n---\nb", "- a\n---\nb"),
        ] {
            assert_eq!(indented(text), expected);
        }
    }
}
