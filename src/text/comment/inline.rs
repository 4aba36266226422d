//! Tags, links and URLs in a paragraph, outside of code spans.
//!
//! - `[Text][proto.Name]`, a reference to a proto element, becomes code.
//! - Any other bracket that is not an inline link is escaped.
//! - A bare URL becomes a link.

/// Maximum length of a link target in characters. It bounds the search, which is otherwise quadratic in the number of
/// brackets.
const LONGEST_TARGET: usize = 2048;

/// Escapes the lines of one paragraph and moves them to `output`.
pub(super) fn escape(paragraph: &mut Vec<String>, output: &mut Vec<String>) {
    if paragraph.is_empty() {
        return;
    }
    let is_special = |line: &String| line.contains(['<', '[', '`']) || line.contains("://");
    if !paragraph.iter().any(is_special) {
        output.append(paragraph);
        return;
    }
    let text = paragraph.join("\n");
    paragraph.clear();
    let mut escaper = Escaper { rest: &text, output: String::with_capacity(text.len() + 16) };
    escaper.run();
    output.extend(escaper.output.lines().map(str::to_owned));
}

struct Escaper<'a> {
    rest: &'a str,
    output: String,
}

impl<'a> Escaper<'a> {
    fn run(&mut self) {
        while let Some(character) = self.rest.chars().next() {
            match character {
                '`' => self.code_span(),
                '\\' => {
                    self.copy(if self.rest[1..].starts_with(|next: char| next.is_ascii_punctuation()) { 2 } else { 1 })
                }
                '<' => self.angle_bracket(),
                '[' => self.bracket(),
                'h' if self.starts_url() => self.url(),
                character => self.copy(character.len_utf8()),
            }
        }
    }

    /// Copies `length` bytes without changes.
    fn copy(&mut self, length: usize) {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.output.push_str(taken);
        self.rest = rest;
    }

    /// Copies a code span: text between two runs of backticks of the same length. A run without a second one is text.
    fn code_span(&mut self) {
        let run = self.rest.len() - self.rest.trim_start_matches('`').len();
        let mut offset = run;
        let body = self.rest;
        while let Some(found) = body[offset..].find('`') {
            let start = offset + found;
            let length = body[start..].len() - body[start..].trim_start_matches('`').len();
            offset = start + length;
            if length == run {
                return self.copy(offset);
            }
        }
        for _ in 0..run {
            self.output.push_str("\\`");
        }
        self.rest = &self.rest[run..];
    }

    fn angle_bracket(&mut self) {
        let inside = &self.rest[1..];
        if (inside.starts_with("http://") || inside.starts_with("https://"))
            && let Some(end) = inside.find(|end: char| end == '>' || end == '<' || end.is_whitespace())
            && inside[end..].starts_with('>')
        {
            return self.copy(end + 2);
        }
        if inside.starts_with(|next: char| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')) {
            self.output.push('\\');
        }
        self.copy(1);
    }

    fn bracket(&mut self) {
        let Some((text, behind)) = bracketed(self.rest) else {
            self.output.push('\\');
            return self.copy(1);
        };
        if behind.starts_with('(')
            && let Some(target) = target(behind)
            && is_address(&behind[..target])
            && !text.contains('<')
        {
            return self.copy(self.rest.len() - behind.len() + target);
        }
        if let Some((_, after)) = bracketed(behind)
            && is_name(text)
        {
            self.output.push('`');
            self.output.push_str(text.trim_matches('`'));
            self.output.push('`');
            self.rest = after;
            return;
        }
        self.output.push('\\');
        self.copy(1);
    }

    fn starts_url(&self) -> bool {
        let is_word = |last: char| last.is_ascii_alphanumeric() || matches!(last, '/' | '<');
        (self.rest.starts_with("http://") || self.rest.starts_with("https://")) && !self.output.ends_with(is_word)
    }

    fn url(&mut self) {
        let is_end =
            |end: char| end.is_whitespace() || matches!(end, '<' | '>' | ')' | ']' | '"' | '\'' | '`' | '{' | '\\');
        let end = self.rest.find(is_end).unwrap_or(self.rest.len());
        let url = self.rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
        if url.ends_with("//") {
            return self.copy(url.len());
        }
        self.output.push('<');
        self.output.push_str(url);
        self.output.push('>');
        self.rest = &self.rest[url.len()..];
    }
}

/// Returns the text in the brackets at the start of `text`, and the rest. Nested brackets are not a link.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('[')?;
    let end = inside.find(['[', ']'])?;
    inside[end..].starts_with(']').then(|| (&inside[..end], &inside[end + 1..]))
}

/// Returns the length of a link target, parentheses included. A target has no blanks.
fn target(text: &str) -> Option<usize> {
    let is_end = |(_, end): &(usize, char)| *end == ')' || end.is_whitespace();
    let (position, end) = text.char_indices().take(LONGEST_TARGET).find(is_end)?;
    (end == ')').then_some(position + 1)
}

/// Returns `true` if a link target is not the path of a Rust item, which rustdoc would resolve.
fn is_address(target: &str) -> bool {
    target.contains("://") || target.contains(['/', '#']) || target.starts_with("(mailto:")
}

/// Returns `true` for the name of a proto element, with or without backticks.
fn is_name(text: &str) -> bool {
    let name = text.trim_matches('`');
    !name.is_empty()
        && name.chars().all(|character| character.is_alphanumeric() || matches!(character, '.' | '_' | '-'))
}

#[cfg(test)]
mod tests {
    fn escaped(text: &str) -> String {
        let mut output = Vec::new();
        super::escape(&mut text.lines().map(str::to_owned).collect(), &mut output);
        output.join("\n")
    }

    #[test]
    fn only_what_rustdoc_would_misread_changes() {
        for (text, expected) in [
            ("a < b <= c", "a < b <= c"),
            ("Vec<T> </a> <!--", "Vec\\<T> \\</a> \\<!--"),
            ("`Vec<T> [x]` [x]", "`Vec<T> [x]` \\[x]"),
            ("[a](http://b) c", "[a](http://b) c"),
            ("[a](/b) [c](D::e)", "[a](/b) \\[c](D::e)"),
            ("url=http://b \"http://c\"", "url=<http://b> \"<http://c>\""),
            ("[Foo][x.Foo]s", "`Foo`s"),
            ("[the foo][x.Foo]", "\\[the foo]\\[x.Foo]"),
            ("see https://a.b/c?d=e.", "see <https://a.b/c?d=e>."),
            ("<https://a.b> (http://c)", "<https://a.b> (<http://c>)"),
            ("http:// x", "http:// x"),
            ("`open [x]", "\\`open \\[x]"),
            ("a `b\nc<d>` <e>", "a `b\nc<d>` \\<e>"),
            ("\\[x] \\", "\\[x] \\"),
            ("[[x]]", "\\[\\[x]]"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn the_end_of_a_link_is_looked_for_only_so_far() {
        let link = |length: usize| format!("[a](http://{})", "b".repeat(length - "(http://)".len()));
        assert_eq!(escaped(&link(super::LONGEST_TARGET)), link(super::LONGEST_TARGET));
        assert!(escaped(&link(super::LONGEST_TARGET + 1)).starts_with("\\[a](<http://b"));
    }
}
