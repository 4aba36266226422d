//! Conversion of proto comments to Rust doc comments.
//!
//! Proto comments are not written for rustdoc. A code block must not become a doctest, `<name>` an HTML tag, `[name]` a
//! broken link, or a control character a compile error.

mod code_block;
mod inline;
mod list;

use crate::text::is_refused_by_rustc;

/// Writes `text` as `///` lines, each indented by `indent` spaces.
pub(crate) fn render(text: &str, indent: usize, output: &mut String) {
    for line in markdown(text) {
        output.extend(std::iter::repeat_n(' ', indent));
        output.push_str("///");
        if !line.is_empty() {
            output.push(' ');
            output.push_str(&line);
        }
        output.push('\n');
    }
}

/// Returns the lines of a comment, escaped for rustdoc.
fn markdown(text: &str) -> Vec<String> {
    let mut lines = code_block::fence(plain_lines(text));
    list::indent_continuations(&mut lines);
    let mut safe: Vec<String> = Vec::with_capacity(lines.len());
    let mut paragraph: Vec<String> = Vec::new();
    for line in lines {
        match line {
            code_block::Line::Code(line) => {
                inline::escape(&mut paragraph, &mut safe);
                safe.push(line);
            }
            code_block::Line::Text(line) if line.is_empty() => {
                inline::escape(&mut paragraph, &mut safe);
                safe.push(line);
            }
            code_block::Line::Text(line) => paragraph.push(line),
        }
    }
    inline::escape(&mut paragraph, &mut safe);
    safe
}

/// Removes the common indentation, blank lines at both ends, tabs, carriage returns, and the bidirectional characters
/// that rustc rejects.
fn plain_lines(text: &str) -> Vec<String> {
    let clean = |line: &str| -> String {
        let mut clean = String::with_capacity(line.len());
        for character in line.trim_end().chars() {
            match character {
                '\t' => clean.push_str("    "),
                character if character.is_control() || is_refused_by_rustc(character) => {}
                character => clean.push(character),
            }
        }
        clean
    };
    let mut lines: Vec<String> = without_markers(text).map(clean).collect();
    let indentation = |line: &&String| line.len() - line.trim_start_matches(' ').len();
    let common = lines.iter().filter(|line| !line.is_empty()).map(|line| indentation(&line)).min().unwrap_or(0);
    for line in &mut lines {
        line.drain(..common.min(line.len()));
    }
    let start = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let end = lines.iter().rposition(|line| !line.is_empty()).map_or(start, |last| last + 1);
    lines.truncate(end);
    lines.drain(..start);
    lines
}

/// Removes the rest of the delimiters `/** ... */`, `///` and `//!`, which protoc keeps.
fn without_markers(text: &str) -> impl Iterator<Item = &str> {
    let is_marked = |marker: char| {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
        lines.peek().is_some() && lines.all(|line| line.starts_with(marker))
    };
    let marker = ['/', '!'].into_iter().find(|&marker| is_marked(marker));
    let opening = text.strip_prefix('*').filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    let without =
        move |line: &'_ str| marker.map_or(0, |marker| line.chars().take(1).filter(|&first| first == marker).count());
    opening.unwrap_or(text).lines().map(move |line| &line[without(line)..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(text: &str) -> String {
        let mut output = String::new();
        render(text, 0, &mut output);
        output
    }

    #[test]
    fn indentation_of_the_comment_itself_goes() {
        assert_eq!(rendered(" One.\n\n Two\n   three.\n"), "/// One.\n///\n/// Two\n///   three.\n");
        assert_eq!(rendered("\n"), "");
    }

    #[test]
    fn comment_styles_of_other_languages_leave_nothing() {
        assert_eq!(rendered("*\n One.\n\n Two.\n "), "/// One.\n///\n/// Two.\n");
        assert_eq!(rendered("/ One.\n/ Two.\n"), "/// One.\n/// Two.\n");
        assert_eq!(rendered("! One.\n"), "/// One.\n");
        assert_eq!(rendered(" / is a path\n"), "/// / is a path\n");
    }

    #[test]
    fn nothing_that_rustc_refuses_remains() {
        assert_eq!(rendered(" a\r\n b\u{202e}c\u{0}\td"), "/// a\n/// bc    d\n");
    }

    #[test]
    fn code_is_text_and_text_is_escaped() {
        assert_eq!(
            rendered(" See [Foo][a.b.Foo], <bar> and http://x.y/z.\n\n     let x = [1];\n\n done"),
            "/// See `Foo`, \\<bar> and <http://x.y/z>.\n///\n/// ```text\n///     let x = [1];\n/// ```\n///\n/// done\n"
        );
    }
}
