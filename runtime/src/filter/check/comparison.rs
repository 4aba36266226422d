//! Checks of comparisons, by the type of the field.

use super::checker::{Checker, malformed_pattern};
use super::path::{field_of, json_key, map_key};
use crate::fields::{Fields, Kind, Shape};
use crate::filter::expression::{
    Check, Dynamic, Expression, JsonKind, Relation, Target, TargetStep, Test, dynamic_check,
};
use crate::filter::literal::{Literal, LiteralSource, Pattern, nearest_enum_value};
use crate::filter::syntax::{Argument, Comparable, Comparator, Node, Part, Restriction, quote_whole_value};
use crate::violation::{Problem, Reason, quoted};

impl<F: Fields> Checker<'_, F> {
    /// Checks a comparison: `target comparator argument`.
    pub(super) fn comparison(
        &mut self,
        target: &Target,
        comparator: Comparator,
        at: usize,
        argument: &Argument<'_>,
    ) -> Result<Expression, Problem> {
        if target.has_each() && comparator != Comparator::Has {
            let description = format!("`{}` cannot follow a list: write `:` for any element", comparator.as_str());
            return Err(Problem::new(at, Reason::InvalidOperator, description));
        }
        if let Argument::Composite { at: composite_at, node } = argument {
            // `!=` means that no value is equal. That any value is not equal would match everything.
            let is_negated = comparator == Comparator::NotEqual;
            let comparator = if is_negated { Comparator::Equal } else { comparator };
            let values = self.composite(target, comparator, at, node).ok_or_else(|| {
                // The violations of the values were collected. Return one of them to stop here.
                self.problems
                    .pop()
                    .unwrap_or_else(|| Problem::new(*composite_at, Reason::InvalidValue, "no value is valid"))
            })?;
            return Ok(if is_negated { values.not() } else { values });
        }
        if comparator == Comparator::Has && matches!(argument, Argument::Plain { text: "*", .. }) {
            let check = if target.keys.is_empty() { Check::Present } else { dynamic(target, Check::Present, None) };
            return Ok(test(target.clone(), check));
        }
        if target.is_collection() {
            return self.collection_comparison(target, comparator, at, argument);
        }
        if let Some(json) = target.json_kind() {
            return json_comparison(target.clone(), json, comparator, at, argument);
        }
        if let Some(null) = null_comparison(target, comparator, at, argument) {
            return null;
        }
        if let Kind::Message(_) | Kind::Opaque(_) = target.kind() {
            return self.message_comparison(target, comparator, at, argument);
        }
        self.value_comparison(target.clone(), comparator, at, argument)
    }

    /// Checks the values in parentheses, each compared with the field.
    fn composite(&mut self, target: &Target, comparator: Comparator, at: usize, node: &Node<'_>) -> Option<Expression> {
        self.combination(node, &mut |checker, Restriction { left, comparison }| {
            if let Some(comparison) = comparison {
                let description = "the parentheses of an argument must contain only values";
                return Err(Problem::new(comparison.at, Reason::InvalidOperator, description));
            }
            match left {
                Comparable::Member(member) => {
                    let argument = match member.parts.as_slice() {
                        [Part { at, text, is_quoted: true }] => Argument::Quoted { at: *at, text },
                        parts if parts.iter().any(|part| part.is_quoted) => Argument::Path(Box::new(member.clone())),
                        _ => Argument::Plain { at: left.at(), text: member.source },
                    };
                    checker.comparison(target, comparator, at, &argument)
                }
                Comparable::Call(call) => {
                    let literal = checker.constant(call)?;
                    checker.literal_comparison(target.clone(), comparator, at, left.at(), literal)
                }
            }
        })
    }

    /// Checks a comparison of a whole list or map.
    fn collection_comparison(
        &mut self,
        target: &Target,
        comparator: Comparator,
        at: usize,
        argument: &Argument<'_>,
    ) -> Result<Expression, Problem> {
        let name = target.field.name;
        if comparator != Comparator::Has {
            let hint = if target.field.shape == Shape::Repeated {
                "`:` for any element"
            } else {
                "`.` and a key, or `:` and a key"
            };
            let description = format!("`{name}` has many values: write {hint}");
            return Err(Problem::new(at, Reason::InvalidOperator, description));
        }
        let mut element = target.clone();
        if let Shape::Map(kind) = target.field.shape {
            element.steps.push(TargetStep::Key(map_key(target.field, kind, &part_of(argument)?)?));
            return Ok(test(element, Check::Present));
        }
        element.steps.push(TargetStep::Each);
        if let Some(json) = JsonKind::from_field(target.field) {
            return json_comparison(element, json, comparator, at, argument);
        }
        if let Kind::Message(_) | Kind::Opaque(_) = target.kind() {
            let description =
                format!("the elements of `{name}` are messages: write `{name}.`, one of their fields, and `:`");
            return Err(Problem::new(argument.at(), Reason::InvalidValue, description));
        }
        self.value_comparison(element, comparator, at, argument)
    }

    /// Checks a comparison of a scalar, an enum, a timestamp or a duration.
    fn value_comparison(
        &mut self,
        target: Target,
        comparator: Comparator,
        at: usize,
        argument: &Argument<'_>,
    ) -> Result<Expression, Problem> {
        let value_at = argument.at();
        let source = match argument {
            Argument::Plain { text, .. } => LiteralSource { text, is_quoted: false },
            Argument::Quoted { text, .. } => LiteralSource { text, is_quoted: true },
            Argument::Call(call) => {
                let literal = self.constant(call)?;
                return self.literal_comparison(target, comparator, at, value_at, literal);
            }
            Argument::Path(member) => return Err(quote_whole_value(member.quoted_at())),
            Argument::Composite { .. } => {
                return Err(Problem::new(value_at, Reason::InvalidSyntax, "a value here must not be in parentheses"));
            }
        };
        let kind = target.kind();
        self.check_comparator(&target, comparator, at)?;
        if !source.is_quoted && source.text.contains(':') && !matches!(kind, Kind::Timestamp) {
            let description = format!("{} contains a colon: put it in quotes", quoted(source.text));
            return Err(Problem::new(value_at, Reason::InvalidSyntax, description));
        }
        let is_pattern = matches!(comparator, Comparator::Equal | Comparator::NotEqual | Comparator::Has);
        if matches!(kind, Kind::String) && is_pattern {
            let pattern =
                if source.is_quoted { Pattern::from_quoted(source.text) } else { Pattern::from_plain(source.text) };
            let pattern = pattern.map_err(|malformed| malformed_pattern(value_at, malformed))?;
            return Ok(pattern_test(target, comparator, pattern));
        }
        let literal = Literal::parse(kind, source).map_err(|why| {
            let hint = match kind {
                Kind::Enum(schema) => self.problems.hints().suggest(|| nearest_enum_value(schema, source.text)),
                _ => String::new(),
            };
            let description = format!("{why}, as `{}` requires{hint}", target.field.name);
            Problem::new(value_at, Reason::InvalidValue, description)
        })?;
        Ok(test(target, Check::Compare(Relation::from_comparator(comparator), literal)))
    }

    /// Checks a comparison with the value of a function.
    fn literal_comparison(
        &mut self,
        target: Target,
        comparator: Comparator,
        at: usize,
        value_at: usize,
        literal: Literal,
    ) -> Result<Expression, Problem> {
        self.check_comparator(&target, comparator, at)?;
        let converted = literal.convert(target.kind()).ok_or_else(|| {
            let description = format!("the value of the function has another type than `{}`", target.field.name);
            Problem::new(value_at, Reason::InvalidValue, description)
        })?;
        Ok(match converted {
            Literal::Text(text) if Relation::from_comparator(comparator).is_equality() => {
                pattern_test(target, comparator, Pattern::Exact(text))
            }
            literal => test(target, Check::Compare(Relation::from_comparator(comparator), literal)),
        })
    }

    /// Checks a comparison of a message. Only `:` is valid, with the name of a field or `*`.
    fn message_comparison(
        &self,
        target: &Target,
        comparator: Comparator,
        at: usize,
        argument: &Argument<'_>,
    ) -> Result<Expression, Problem> {
        let name = target.field.name;
        let Some(schema) = target.field.message().filter(|_| comparator == Comparator::Has) else {
            let description = format!("`{name}` is a message: use `:*`, or one of its fields");
            return Err(Problem::new(at, Reason::InvalidOperator, description));
        };
        let allowed = self.options.filterable.as_deref();
        let (index, field) =
            field_of(schema, &mut target.field_path(), &part_of(argument)?, allowed, self.problems.hints())?;
        let mut inner = target.clone();
        inner.steps.push(TargetStep::Field(index));
        inner.field = field;
        Ok(test(inner, Check::Present))
    }

    /// Checks that the type of the field has the comparator.
    fn check_comparator(&self, target: &Target, comparator: Comparator, at: usize) -> Result<(), Problem> {
        let kind = target.kind();
        let is_ordering = matches!(
            comparator,
            Comparator::Less | Comparator::LessOrEqual | Comparator::Greater | Comparator::GreaterOrEqual
        );
        let is_invalid = match kind {
            Kind::Bool | Kind::Enum(_) => is_ordering,
            Kind::Bytes if !self.options.accepts_bytes => {
                let description = format!("`{}` is `bytes`, which cannot be compared", target.field.name);
                return Err(Problem::new(at, Reason::UnsupportedField, description));
            }
            Kind::Bytes => is_ordering,
            Kind::Timestamp | Kind::Duration => comparator == Comparator::Has && !target.is_element(),
            Kind::Message(_) | Kind::Opaque(_) => true,
            _ => false,
        };
        if !is_invalid {
            return Ok(());
        }
        let valid = if is_ordering { "`=` and `!=`" } else { "`=`, `!=`, `<`, `<=`, `>`, `>=` and `:*`" };
        let description = format!("`{}` cannot be used with `{}`: use {valid}", comparator.as_str(), target.field.name);
        Err(Problem::new(at, Reason::InvalidOperator, description))
    }
}

/// Checks a comparison of a value inside of a `google.protobuf.Struct`, `Value` or `ListValue`.
fn json_comparison(
    mut target: Target,
    json: JsonKind,
    comparator: Comparator,
    at: usize,
    argument: &Argument<'_>,
) -> Result<Expression, Problem> {
    let is_whole = target.keys.is_empty();
    if is_whole && json == JsonKind::Struct && comparator == Comparator::Has {
        target.keys.push(json_key(&part_of(argument)?)?);
        let check = dynamic(&target, Check::Present, None);
        return Ok(test(target, check));
    }
    if is_whole && (json == JsonKind::Struct || (json == JsonKind::ListValue && comparator != Comparator::Has)) {
        let hint = if json == JsonKind::Struct { "`.` and a key" } else { "`:` for any element" };
        let description = format!("`{}` has many values: write {hint}", target.field.name);
        return Err(Problem::new(at, Reason::InvalidOperator, description));
    }
    let value_at = argument.at();
    let (text, is_quoted) = match argument {
        Argument::Plain { text, .. } => (*text, false),
        Argument::Quoted { text, .. } => (*text, true),
        Argument::Path(member) => return Err(quote_whole_value(member.quoted_at())),
        Argument::Call(_) | Argument::Composite { .. } => {
            let description =
                format!("`{}` must be compared with a number, text, `true`, `false` or `null`", target.field.name);
            return Err(Problem::new(value_at, Reason::InvalidValue, description));
        }
    };
    // `!= null` is the negation of `= null`, as for other fields.
    let is_not_null = comparator == Comparator::NotEqual && !is_quoted && text == "null";
    let comparator = if is_not_null { Comparator::Equal } else { comparator };
    let check =
        dynamic_check(comparator, text, is_quoted).map_err(|malformed| malformed_pattern(value_at, malformed))?;
    let check = check.ok_or_else(|| {
        let description = format!("`{text}` can be used only with `=`, `!=` and `:`");
        Problem::new(at, Reason::InvalidOperator, description)
    })?;
    let has_key =
        (comparator == Comparator::Has).then(|| part_of(argument).and_then(|part| json_key(&part))).transpose()?;
    let check = dynamic(&target, check, has_key);
    let expression = test(target, check);
    Ok(if is_not_null { expression.not() } else { expression })
}

/// Creates a check of a value inside of a JSON message.
fn dynamic(target: &Target, check: Check, has_key: Option<Box<str>>) -> Check {
    Check::Dynamic(Box::new(Dynamic { keys: target.keys.clone().into(), check, has_key }))
}

/// Checks a comparison with `null`. Returns `None` if the field has no presence, or the argument is not `null`.
fn null_comparison(
    target: &Target,
    comparator: Comparator,
    at: usize,
    argument: &Argument<'_>,
) -> Option<Result<Expression, Problem>> {
    let is_optional = matches!(target.field.shape, Shape::Optional | Shape::Oneof(_));
    let can_be_null = is_optional || matches!(target.field.kind, Kind::Wrapper(_));
    if !can_be_null || !matches!(argument, Argument::Plain { text: "null", .. }) {
        return None;
    }
    let is_null = test(target.clone(), Check::Null);
    Some(match comparator {
        Comparator::NotEqual => Ok(is_null.not()),
        Comparator::Equal => Ok(is_null),
        // For a message, `null` is the name of a field.
        Comparator::Has if matches!(target.kind(), Kind::Message(_)) => return None,
        Comparator::Has => Ok(is_null),
        _ => Err(Problem::new(at, Reason::InvalidOperator, "`null` can be used only with `=`, `!=` and `:`")),
    })
}

fn test(target: Target, check: Check) -> Expression {
    Expression::Test(Test { target, check })
}

/// Creates the test of a pattern. `:` on a field matches a substring; on list elements and map values, and with stars, it
/// matches the whole text.
fn pattern_test(target: Target, comparator: Comparator, pattern: Pattern) -> Expression {
    let pattern = match pattern {
        Pattern::Exact(text) if comparator == Comparator::Has && !target.is_element() => Pattern::containing(text),
        pattern => pattern,
    };
    test(target, Check::Match { pattern, is_negated: comparator == Comparator::NotEqual })
}

/// Converts an argument to a name.
fn part_of<'t>(argument: &Argument<'t>) -> Result<Part<'t>, Problem> {
    match argument {
        Argument::Plain { at, text } => Ok(Part { at: *at, text, is_quoted: false }),
        Argument::Quoted { at, text } => Ok(Part { at: *at, text, is_quoted: true }),
        Argument::Path(member) => Err(quote_whole_value(member.quoted_at())),
        Argument::Call(_) | Argument::Composite { .. } => {
            Err(Problem::new(argument.at(), Reason::InvalidValue, "the argument must be the name of a field or a key"))
        }
    }
}
