//! prost-build's text into ours: comments for marks, and blank lines between items.

use super::lower::{MARK, Marks};
use crate::comment;

/// Lints that a generated item cannot avoid, by the derive that the item is known by.
const ALLOWED: [(&str, &str); 2] = [
    ("::prost::Oneof)]", "#[allow(clippy::large_enum_variant)]"),
    ("::prost::Enumeration)]", "#[allow(clippy::enum_variant_names)]"),
];

/// Copies `text` to `output` line by line.
pub(super) fn splice(text: &str, marks: &Marks<'_>, output: &mut String) {
    output.reserve(text.len() * 2);
    // Items follow the header, and each other, after a blank line.
    let mut ends_item = true;
    // The first line is prost-build's own header.
    for line in text.lines().skip(1) {
        let trimmed = line.trim_start_matches(' ');
        let indent = line.len() - trimmed.len();
        let closes = trimmed.starts_with('}');
        if ends_item && !closes {
            output.push('\n');
        }
        ends_item = closes && trimmed.len() == 1;
        match mark(trimmed).and_then(|number| marks.get(number)) {
            Some(text) => comment::render(text, indent, output),
            None => {
                if trimmed.starts_with("#[derive(")
                    && let Some((_, allow)) = ALLOWED.iter().find(|(derive, _)| trimmed.ends_with(derive))
                {
                    output.push_str(&line[..indent]);
                    output.push_str(allow);
                    output.push('\n');
                }
                output.push_str(line);
                output.push('\n');
            }
        }
    }
}

/// The number of a mark, if the line is one.
fn mark(line: &str) -> Option<usize> {
    line.strip_prefix("///")?.trim_start().strip_prefix(MARK)?.parse().ok()
}
