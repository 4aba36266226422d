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
        // LIKE of SQLite takes letters of either case for the same.
        Dialect::Sqlite => {
            column.write(builder);
            builder.push(" GLOB ").value(SqlValue::Text(with_wildcards(pattern, '*', glob)));
        }
        Dialect::Postgres => {
            column.write(builder);
            builder.push(" LIKE ").value(SqlValue::Text(with_wildcards(pattern, '%', like))).push(" ESCAPE '!'");
        }
        Dialect::MySql => {
            column.write_comparable(Kind::String, builder);
            builder.push(" LIKE ").value(SqlValue::Text(with_wildcards(pattern, '%', like))).push(" ESCAPE '!'");
        }
    }
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

fn with_wildcards(pattern: &Pattern, wildcard: char, escape: fn(char, &mut String)) -> String {
    let mut text = String::new();
    if matches!(pattern, Pattern::Suffix(_) | Pattern::Contains(_)) {
        text.push(wildcard);
    }
    for character in pattern.text().chars() {
        escape(character, &mut text);
    }
    if matches!(pattern, Pattern::Prefix(_) | Pattern::Contains(_)) {
        text.push(wildcard);
    }
    text
}

fn glob(character: char, text: &mut String) {
    if matches!(character, '*' | '?' | '[') {
        text.push('[');
        text.push(character);
        text.push(']');
    } else {
        text.push(character);
    }
}

/// With `!` as the escape: what a backslash is depends on settings, and a backslash is then nothing special.
fn like(character: char, text: &mut String) {
    if matches!(character, '!' | '%' | '_') {
        text.push('!');
    }
    text.push(character);
}
