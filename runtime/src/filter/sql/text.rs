//! Conditions on text. Comparisons are case-sensitive and do not ignore trailing spaces, whatever the collation is.

use crate::fields::Kind;
use crate::filter::literal::Pattern;
use crate::sql::{Builder, Column, Dialect, SqlValue};

/// Writes whether the column matches a pattern, or does not match it.
pub(super) fn write(column: &Column, pattern: &Pattern, is_negated: bool, builder: &mut Builder) {
    if pattern.matches_all() {
        // Every text matches; NULL is still unknown.
        column.write(builder);
        builder.push(if is_negated { " <> " } else { " = " });
        return column.write(builder);
    }
    if let Pattern::Exact(text) = pattern {
        return equal(column, text, is_negated, builder);
    }
    let dialect = builder.dialect();
    if is_negated {
        builder.push("NOT ");
    }
    match dialect {
        Dialect::Sqlite => in_sqlite(column, pattern, builder),
        Dialect::Postgres => {
            column.write(builder);
            builder.push(" LIKE ").value(SqlValue::Text(with_wildcards(pattern))).push(" ESCAPE '!'");
        }
        Dialect::MySql => {
            column.write_comparable(Kind::String, builder);
            builder.push(" LIKE ").value(SqlValue::Text(with_wildcards(pattern))).push(" ESCAPE '!'");
        }
    }
}

/// Writes a pattern for SQLite, which can be an operand of `NOT`.
///
/// `GLOB` and `LIKE` of SQLite stop at NUL, and accept patterns of at most 50,000 bytes.
fn in_sqlite(column: &Column, pattern: &Pattern, builder: &mut Builder) {
    match pattern {
        Pattern::Prefix(text) => {
            builder.push("(");
            column.write_comparable(Kind::String, builder);
            builder.push(" >= ").value(SqlValue::Text(text.to_string()));
            // With two bounds, an index can be used.
            if let Some(end) = successor(text) {
                builder.push(" AND ");
                column.write_comparable(Kind::String, builder);
                builder.push(" < ").value(SqlValue::Text(end));
            }
            builder.push(")");
        }
        Pattern::Suffix(text) => {
            // `substr` of a text stops at NUL, so the text is converted to a blob. `substr` of an empty blob is NULL, so the
            // blob starts with NUL, which no pattern contains.
            builder.push("(substr(CAST(char(0) || ");
            column.write(builder);
            builder.push(" AS BLOB), -length(CAST(").value(SqlValue::Text(text.to_string()));
            builder.push(" AS BLOB))) = CAST(").value(SqlValue::Text(text.to_string())).push(" AS BLOB))");
        }
        Pattern::Exact(text) | Pattern::Contains(text) => {
            builder.push("(instr(");
            column.write(builder);
            builder.push(", ").value(SqlValue::Text(text.to_string())).push(") > 0)");
        }
    }
}

/// Returns the smallest text above all texts with a prefix, if there is one.
///
/// The bytes of UTF-8 have the order of code points. So the last character that has a successor is replaced by it.
fn successor(text: &str) -> Option<String> {
    let (position, next) = text.char_indices().rev().find_map(|(position, character)| {
        // Surrogates are not characters.
        let mut above = (u32::from(character) + 1..).take_while(|code| *code <= 0x10_ffff);
        Some((position, above.find_map(char::from_u32)?))
    })?;
    let mut end = text.get(..position)?.to_owned();
    end.push(next);
    Some(end)
}

/// Writes an equality.
fn equal(column: &Column, text: &str, is_negated: bool, builder: &mut Builder) {
    let value = || SqlValue::Text(text.to_owned());
    let dialect = builder.dialect();
    // Equal bytes are equal in every collation, so an additional comparison of the column lets an index be used. The character
    // set of the column may not have characters beyond ASCII, and such a comparison would fail.
    let is_indexed = dialect == Dialect::MySql && !column.is_bytewise() && !is_negated && text.is_ascii();
    if is_indexed {
        builder.push("(");
        column.write(builder);
        builder.push(" = ").value(value()).push(" AND ");
    }
    match dialect {
        // In PostgreSQL, every deterministic collation compares bytes for equality.
        Dialect::Postgres => column.write(builder),
        Dialect::Sqlite | Dialect::MySql => column.write_comparable(Kind::String, builder),
    }
    builder.push(if is_negated { " <> " } else { " = " }).value(value());
    if is_indexed {
        builder.push(")");
    }
}

/// Returns the pattern of `LIKE`.
fn with_wildcards(pattern: &Pattern) -> String {
    let mut text = String::new();
    if matches!(pattern, Pattern::Suffix(_) | Pattern::Contains(_)) {
        text.push('%');
    }
    for character in pattern.text().chars() {
        // The meaning of a backslash depends on settings, so `!` is the escape character.
        if matches!(character, '!' | '%' | '_') {
            text.push('!');
        }
        text.push(character);
    }
    if matches!(pattern, Pattern::Prefix(_) | Pattern::Contains(_)) {
        text.push('%');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::successor;

    #[test]
    fn successor_is_the_least_text_above_all_with_the_prefix() {
        for (text, expected) in [
            ("a", Some("b")),
            ("az", Some("a{")),
            ("\0", Some("\u{1}")),
            ("\u{7f}", Some("\u{80}")),
            ("\u{d7ff}", Some("\u{e000}")),
            ("\u{ffff}", Some("\u{10000}")),
            ("a\u{10ffff}\u{10ffff}", Some("b")),
            ("\u{10ffff}", None),
        ] {
            assert_eq!(successor(text).as_deref(), expected, "{text:?}");
        }
    }
}
