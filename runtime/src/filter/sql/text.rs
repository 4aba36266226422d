//! Text and patterns of text. Letter case counts, and a space at the end too, whatever the column's collation says.

use super::super::pattern::Pattern;
use crate::fields::Kind;
use crate::sql::{Builder, Column, Dialect, SqlValue};

/// Writes whether the column matches, or does not.
pub(super) fn write(column: &Column, pattern: &Pattern, is_negated: bool, builder: &mut Builder) {
    if pattern.text().is_empty() && !matches!(pattern, Pattern::Exact(_)) {
        // Every text begins with nothing; NULL stays unknown.
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

/// Writes a pattern for SQLite, as one operand of `NOT`.
///
/// `GLOB` and `LIKE` of SQLite read text up to its first NUL, and take patterns of at most 50,000 bytes.
fn in_sqlite(column: &Column, pattern: &Pattern, builder: &mut Builder) {
    match pattern {
        Pattern::Prefix(text) => {
            builder.push("(");
            column.write_comparable(Kind::String, builder);
            builder.push(" >= ").value(SqlValue::Text(text.to_string()));
            // An index finds the rows between two bounds.
            if let Some(end) = successor(text) {
                builder.push(" AND ");
                column.write_comparable(Kind::String, builder);
                builder.push(" < ").value(SqlValue::Text(end));
            }
            builder.push(")");
        }
        Pattern::Suffix(text) => {
            // `substr` reads text up to its first NUL, so it gets a blob. Of an empty blob it is NULL, so the blob begins
            // with NUL, which no pattern contains.
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

/// The least text above every text that begins with this one, if there is one.
///
/// UTF-8 sorts as code points do: the last character that has a successor becomes it.
fn successor(text: &str) -> Option<String> {
    let (position, next) = text.char_indices().rev().find_map(|(position, character)| {
        // The step over the surrogates, which are no characters.
        let mut above = (u32::from(character) + 1..).take_while(|code| *code <= 0x10_ffff);
        Some((position, above.find_map(char::from_u32)?))
    })?;
    let mut end = text.get(..position)?.to_owned();
    end.push(next);
    Some(end)
}

fn equal(column: &Column, text: &str, is_negated: bool, builder: &mut Builder) {
    let value = || SqlValue::Text(text.to_owned());
    let dialect = builder.dialect();
    // Equal bytes are equal in every collation, so that the column alone finds them by an index. Other characters than
    // ASCII's may be none of the column's character set, and then no such comparison is possible.
    let is_indexed = dialect == Dialect::MySql && !column.is_bytewise() && !is_negated && text.is_ascii();
    if is_indexed {
        builder.push("(");
        column.write(builder);
        builder.push(" = ").value(value()).push(" AND ");
    }
    match dialect {
        // Equality of PostgreSQL is that of bytes in every deterministic collation.
        Dialect::Postgres => column.write(builder),
        Dialect::Sqlite | Dialect::MySql => column.write_comparable(Kind::String, builder),
    }
    builder.push(if is_negated { " <> " } else { " = " }).value(value());
    if is_indexed {
        builder.push(")");
    }
}

/// The pattern of `LIKE`.
fn with_wildcards(pattern: &Pattern) -> String {
    let mut text = String::new();
    if matches!(pattern, Pattern::Suffix(_) | Pattern::Contains(_)) {
        text.push('%');
    }
    for character in pattern.text().chars() {
        // What a backslash escapes depends on settings. With `!` as the escape it is nothing special.
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
