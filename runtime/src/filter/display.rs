//! Canonical form of a filter.

use std::fmt::{self, Formatter, Write as _};

use base64::Engine as _;

use super::expression::{Call, CallArgument, Check, Expression, MapKey, Target, TargetStep, Test};
use super::literal::{Literal, write_duration, write_escaped, write_timestamp};
use crate::fields::{KeyRef, Schema};

/// Writes the canonical form of an expression.
pub(super) fn write(expression: &Expression, root: &'static Schema, to: &mut Formatter<'_>) -> fmt::Result {
    match expression {
        Expression::All(list) => write_list(list, " AND ", root, to),
        Expression::Any(list) => write_list(list, " OR ", root, to),
        Expression::Not(inner) => {
            to.write_str("NOT ")?;
            write_operand(inner, root, to)
        }
        Expression::Test(test) => write_test(test, root, to),
        Expression::Call(call) => write_call(call, root, to),
    }
}

/// Writes operands with an operator between them.
fn write_list(list: &[Expression], operator: &str, root: &'static Schema, to: &mut Formatter<'_>) -> fmt::Result {
    for (position, expression) in list.iter().enumerate() {
        if position > 0 {
            to.write_str(operator)?;
        }
        write_operand(expression, root, to)?;
    }
    Ok(())
}

/// Writes an operand, in parentheses if it is a conjunction or a disjunction.
fn write_operand(expression: &Expression, root: &'static Schema, to: &mut Formatter<'_>) -> fmt::Result {
    if matches!(expression, Expression::All(_) | Expression::Any(_)) {
        to.write_char('(')?;
        write(expression, root, to)?;
        return to.write_char(')');
    }
    write(expression, root, to)
}

fn write_test(Test { target, check }: &Test, root: &'static Schema, to: &mut Formatter<'_>) -> fmt::Result {
    write_target(target, root, to)?;
    write_check(target, check, to)
}

fn write_check(target: &Target, check: &Check, to: &mut Formatter<'_>) -> fmt::Result {
    match check {
        Check::Dynamic(dynamic) => match (&dynamic.check, &dynamic.has_key) {
            // The key is the source text of the literal.
            (Check::Compare(..), Some(text)) => write!(to, ":{text}"),
            // `"*"` and `"**"` are one pattern and two keys.
            (Check::Match { pattern, .. }, Some(key)) if pattern.matches_all() => write!(to, ":\"{key}\""),
            (Check::Match { pattern, .. }, Some(_)) => {
                to.write_char(':')?;
                pattern.write(to)
            }
            (Check::Null, Some(_)) => to.write_str(":null"),
            (check, _) => write_check(target, check, to),
        },
        Check::Present => to.write_str(":*"),
        Check::Null => {
            write_comparator(target, "=", to)?;
            to.write_str("null")
        }
        Check::Compare(relation, literal) => {
            write_comparator(target, relation.as_str(), to)?;
            write_literal(literal, to)
        }
        Check::Match { pattern, is_negated } => {
            write_comparator(target, if *is_negated { "!=" } else { "=" }, to)?;
            pattern.write(to)
        }
    }
}

fn write_comparator(target: &Target, comparator: &str, to: &mut Formatter<'_>) -> fmt::Result {
    if target.has_each() { to.write_char(':') } else { write!(to, " {comparator} ") }
}

fn write_target(target: &Target, root: &'static Schema, to: &mut Formatter<'_>) -> fmt::Result {
    let mut schema = Some(root);
    for (position, step) in target.steps.iter().enumerate() {
        match step {
            TargetStep::Field(index) => {
                let field = schema.and_then(|schema| schema.fields().get(usize::from(*index)));
                if position > 0 {
                    to.write_char('.')?;
                }
                to.write_str(field.map_or("", |field| field.name))?;
                schema = field.and_then(|field| field.message());
            }
            TargetStep::Key(key) => {
                to.write_char('.')?;
                write_key(key, to)?;
            }
            TargetStep::Each => {}
        }
    }
    for key in &target.keys {
        to.write_char('.')?;
        if is_word(key) { to.write_str(key)? } else { write_quoted(key, to)? }
    }
    Ok(())
}

fn write_key(key: &MapKey, to: &mut Formatter<'_>) -> fmt::Result {
    match key.view() {
        KeyRef::Bool(key) => write!(to, "{key}"),
        KeyRef::Uint(key) => write!(to, "{key}"),
        KeyRef::Int(key) if key >= 0 => write!(to, "{key}"),
        KeyRef::Int(key) => write!(to, "\"{key}\""),
        KeyRef::Text(key) if is_word(key) => to.write_str(key),
        KeyRef::Text(key) => write_quoted(key, to),
    }
}

/// Returns `true` if a value or a key needs no quotes.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn write_quoted(text: &str, to: &mut Formatter<'_>) -> fmt::Result {
    to.write_char('"')?;
    write_escaped(text, to)?;
    to.write_char('"')
}

fn write_literal(literal: &Literal, to: &mut Formatter<'_>) -> fmt::Result {
    match literal {
        Literal::Bool(value) => write!(to, "{value}"),
        Literal::Int(value) => write!(to, "{value}"),
        Literal::Uint(value) => write!(to, "{value}"),
        Literal::Float(value) => write!(to, "{value:?}"),
        Literal::Text(value) => write_quoted(value, to),
        Literal::Bytes(value) => write_quoted(&base64::engine::general_purpose::STANDARD.encode(value), to),
        Literal::Enum(name, _) if matches!(&**name, "AND" | "OR" | "NOT") => write_quoted(name, to),
        Literal::Enum(name, _) => to.write_str(name),
        Literal::Timestamp(value) => write_timestamp(value, to),
        Literal::Duration(value) => write_duration(value, to),
    }
}

fn write_call(call: &Call, root: &'static Schema, to: &mut Formatter<'_>) -> fmt::Result {
    write!(to, "{}(", call.name)?;
    for (position, argument) in call.arguments.iter().enumerate() {
        if position > 0 {
            to.write_str(", ")?;
        }
        match argument {
            CallArgument::Field(target) => write_target(target, root, to)?,
            CallArgument::Constant(literal) => write_literal(literal, to)?,
        }
    }
    to.write_char(')')
}
