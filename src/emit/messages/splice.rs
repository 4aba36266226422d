//! prost-build's text into ours: comments for marks, blank lines between items, and lints that an item cannot avoid.

use super::lower::{MARK, Marks};
use crate::model::Package;
use crate::text::comment;

/// Columns of one level of indentation.
const INDENT: usize = 4;

/// Copies `text` to `output` line by line.
pub(super) fn splice(text: &str, package: &Package, marks: &Marks<'_>, output: &mut String) {
    output.reserve(text.len() * 2);
    // Items follow the header, and each other, after a blank line.
    let mut ends_item = true;
    let mut modules: Vec<&str> = package.modules.last().map(String::as_str).into_iter().collect();
    let outermost = modules.len();
    // The first line is prost-build's own header.
    for line in text.lines().skip(1) {
        let trimmed = line.trim_start_matches(' ');
        let indent = line.len() - trimmed.len();
        let closes = trimmed.starts_with('}');
        if ends_item && !closes {
            output.push('\n');
        }
        ends_item = closes && trimmed.len() == 1;
        if let Some(text) = mark(trimmed).and_then(|number| marks.get(number)) {
            comment::render(text, indent, output);
            continue;
        }
        if let Some(module) = module(trimmed) {
            modules.truncate(outermost + indent / INDENT);
            if modules.last() == Some(&module) {
                allow("clippy::module_inception", &line[..indent], output);
            }
            modules.push(module);
        }
        if trimmed.starts_with("#[derive(") {
            if trimmed.ends_with("::prost::Oneof)]") {
                allow("clippy::large_enum_variant", &line[..indent], output);
            } else if trimmed.ends_with("::prost::Enumeration)]") {
                allow("clippy::enum_variant_names", &line[..indent], output);
            }
        }
        output.push_str(line);
        output.push('\n');
    }
}

fn allow(lint: &str, indent: &str, output: &mut String) {
    for part in [indent, "#[allow(", lint, ")]\n"] {
        output.push_str(part);
    }
}

/// The name of the module that a line opens.
fn module(line: &str) -> Option<&str> {
    line.strip_prefix("pub mod ")?.strip_suffix(" {")
}

/// The number of a mark, if the line is one.
fn mark(line: &str) -> Option<usize> {
    line.strip_prefix("///")?.trim_start().strip_prefix(MARK)?.parse().ok()
}
