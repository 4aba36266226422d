//! Comparisons of a field with a value, by the type of the field.

use super::super::dynamic::{self, Dynamic, Json};
use super::super::enums;
use super::super::expression::{Check, Expression, Relation, Step, Target, Test};
use super::super::literal::{Literal, Source};
use super::super::parse::whole_value_in_quotes;
use super::super::pattern::Pattern;
use super::super::resolve::{enter, inner_key, key};
use super::super::syntax::{Argument, Comparable, Comparator, Part, Restriction};
use super::{Checker, malformed_pattern};
use crate::fields::{Fields, Kind, Shape};
use crate::violation::{Problem, Reason, quoted};

impl<F: Fields> Checker<'_, F> {
    /// `target comparator argument`
    pub(super) fn condition(
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
            // None of the values, and not one that is not: that would be everything.
            let is_negated = comparator == Comparator::NotEqual;
            let comparator = if is_negated { Comparator::Equal } else { comparator };
            let values = self.values(target, comparator, at, node).ok_or_else(|| {
                // Each value has said what is wrong with it; this one is only to stop here.
                self.problems
                    .pop()
                    .unwrap_or_else(|| Problem::new(*composite_at, Reason::InvalidValue, "no value fits"))
            })?;
            return Ok(if is_negated { values.not() } else { values });
        }
        if comparator == Comparator::Has && matches!(argument, Argument::Plain { text: "*", .. }) {
            let check = if target.keys.is_empty() { Check::Present } else { dynamic(target, Check::Present, None) };
            return Ok(test(target.clone(), check));
        }
        if target.is_collection() {
            return self.of_collection(target, comparator, at, argument);
        }
        if let Some(json) = target.json() {
            return of_json(target.clone(), json, comparator, at, argument);
        }
        if let Some(null) = of_null(target, comparator, at, argument) {
            return null;
        }
        if let Kind::Message(_) | Kind::Opaque(_) = target.kind() {
            return self.of_message(target, comparator, at, argument);
        }
        self.of_value(target.clone(), comparator, at, argument)
    }

    /// The values of a composite, each compared with the field.
    fn values(
        &mut self,
        target: &Target,
        comparator: Comparator,
        at: usize,
        node: &super::Node<'_>,
    ) -> Option<Expression> {
        self.combination(node, &mut |checker, Restriction { left, comparison }| {
            if let Some(comparison) = comparison {
                let description = "in the parentheses of a value stand values alone";
                return Err(Problem::new(comparison.at, Reason::InvalidOperator, description));
            }
            match left {
                Comparable::Member(member) => {
                    let argument = match member.parts.as_slice() {
                        [Part { at, text, is_quoted: true }] => Argument::Quoted { at: *at, text },
                        parts if parts.iter().any(|part| part.is_quoted) => Argument::Path(Box::new(member.clone())),
                        _ => Argument::Plain { at: left.at(), text: member.source },
                    };
                    checker.condition(target, comparator, at, &argument)
                }
                Comparable::Call(call) => {
                    let literal = checker.constant(call)?;
                    checker.of_literal(target.clone(), comparator, at, left.at(), literal)
                }
            }
        })
    }

    /// A list or a map as a whole.
    fn of_collection(
        &mut self,
        target: &Target,
        comparator: Comparator,
        at: usize,
        argument: &Argument<'_>,
    ) -> Result<Expression, Problem> {
        let name = target.field.name;
        if comparator != Comparator::Has {
            let way = if target.field.shape == Shape::Repeated {
                "`:` for any element"
            } else {
                "`.` and a key, or `:` and a key"
            };
            let description = format!("`{name}` holds many values: write {way}");
            return Err(Problem::new(at, Reason::InvalidOperator, description));
        }
        let mut element = target.clone();
        if let Shape::Map(kind) = target.field.shape {
            element.steps.push(Step::Key(key(target.field, kind, &part_of(argument)?)?));
            return Ok(test(element, Check::Present));
        }
        element.steps.push(Step::Each);
        if let Some(json) = Json::of(target.field) {
            return of_json(element, json, comparator, at, argument);
        }
        if let Kind::Message(_) | Kind::Opaque(_) = target.kind() {
            let description =
                format!("the elements of `{name}` are messages: write `{name}.`, a field of theirs, and `:`");
            return Err(Problem::new(argument.at(), Reason::InvalidValue, description));
        }
        self.of_value(element, comparator, at, argument)
    }

    /// One value: a scalar, an enum, a timestamp, a duration.
    fn of_value(
        &mut self,
        target: Target,
        comparator: Comparator,
        at: usize,
        argument: &Argument<'_>,
    ) -> Result<Expression, Problem> {
        let value_at = argument.at();
        let source = match argument {
            Argument::Plain { text, .. } => Source { text, is_quoted: false },
            Argument::Quoted { text, .. } => Source { text, is_quoted: true },
            Argument::Call(call) => {
                let literal = self.constant(call)?;
                return self.of_literal(target, comparator, at, value_at, literal);
            }
            Argument::Path(member) => return Err(whole_value_in_quotes(member.quoted_at())),
            Argument::Composite { .. } => {
                return Err(Problem::new(value_at, Reason::InvalidSyntax, "a value stands here without parentheses"));
            }
        };
        let kind = target.kind();
        self.allow(&target, comparator, at)?;
        if !source.is_quoted && source.text.contains(':') && !matches!(kind, Kind::Timestamp) {
            let description = format!("{} holds a colon: put it in quotes", quoted(source.text));
            return Err(Problem::new(value_at, Reason::InvalidSyntax, description));
        }
        let is_pattern = matches!(comparator, Comparator::Equal | Comparator::NotEqual | Comparator::Has);
        if matches!(kind, Kind::String) && is_pattern {
            let pattern =
                if source.is_quoted { Pattern::of_quoted(source.text) } else { Pattern::of_plain(source.text) };
            let pattern = pattern.map_err(|malformed| malformed_pattern(value_at, malformed))?;
            return Ok(matching(target, comparator, pattern));
        }
        let literal = Literal::read(kind, source).map_err(|why| {
            let hint = match kind {
                Kind::Enum(schema) => self.problems.hints().suggest(|| enums::nearest(schema, source.text)),
                _ => String::new(),
            };
            let description = format!("{why}, which `{}` is compared with{hint}", target.field.name);
            Problem::new(value_at, Reason::InvalidValue, description)
        })?;
        Ok(test(target, Check::Compare(Relation::of(comparator), literal)))
    }

    /// A value that a function made.
    fn of_literal(
        &mut self,
        target: Target,
        comparator: Comparator,
        at: usize,
        value_at: usize,
        literal: Literal,
    ) -> Result<Expression, Problem> {
        self.allow(&target, comparator, at)?;
        let fitted = literal.fitted(target.kind()).ok_or_else(|| {
            let description = format!("the function's value is not of the type of `{}`", target.field.name);
            Problem::new(value_at, Reason::InvalidValue, description)
        })?;
        Ok(match fitted {
            Literal::Text(text) if Relation::of(comparator).is_equality() => {
                matching(target, comparator, Pattern::Exact(text))
            }
            literal => test(target, Check::Compare(Relation::of(comparator), literal)),
        })
    }

    /// A message, or the value of a map that is one: only whether a field of it is set can be asked.
    fn of_message(
        &self,
        target: &Target,
        comparator: Comparator,
        at: usize,
        argument: &Argument<'_>,
    ) -> Result<Expression, Problem> {
        let name = target.field.name;
        let Some(schema) = target.field.message().filter(|_| comparator == Comparator::Has) else {
            let description = format!("`{name}` is a message: only `:*` fits, or a field of it");
            return Err(Problem::new(at, Reason::InvalidOperator, description));
        };
        let named = self.options.filterable.as_deref();
        let (index, field) = enter(schema, &mut target.fields(), &part_of(argument)?, named, self.problems.hints())?;
        let mut inner = target.clone();
        inner.steps.push(Step::Field(index));
        inner.field = field;
        Ok(test(inner, Check::Present))
    }

    /// Whether the comparator fits the type.
    fn allow(&self, target: &Target, comparator: Comparator, at: usize) -> Result<(), Problem> {
        let kind = target.kind();
        let is_ordering = matches!(
            comparator,
            Comparator::Less | Comparator::LessOrEqual | Comparator::Greater | Comparator::GreaterOrEqual
        );
        let refused = match kind {
            Kind::Bool | Kind::Enum(_) => is_ordering,
            Kind::Bytes if !self.options.accepts_bytes => {
                let description = format!("`{}` is `bytes`, which cannot be compared here", target.field.name);
                return Err(Problem::new(at, Reason::UnsupportedField, description));
            }
            Kind::Bytes => is_ordering,
            Kind::Timestamp | Kind::Duration => comparator == Comparator::Has && !target.is_element(),
            Kind::Message(_) | Kind::Opaque(_) => true,
            _ => false,
        };
        if !refused {
            return Ok(());
        }
        let others = if is_ordering { "`=` and `!=`" } else { "`=`, `<` and the like, and `:*`" };
        let description = format!("`{}` does not fit `{}`: it knows {others}", comparator.as_str(), target.field.name);
        Err(Problem::new(at, Reason::InvalidOperator, description))
    }
}

/// A value inside of a `google.protobuf.Struct`, `Value` or `ListValue`.
fn of_json(
    mut target: Target,
    json: Json,
    comparator: Comparator,
    at: usize,
    argument: &Argument<'_>,
) -> Result<Expression, Problem> {
    let is_whole = target.keys.is_empty();
    if is_whole && json == Json::Struct && comparator == Comparator::Has {
        target.keys.push(inner_key(&part_of(argument)?)?);
        let check = dynamic(&target, Check::Present, None);
        return Ok(test(target, check));
    }
    if is_whole && (json == Json::Struct || (json == Json::ListValue && comparator != Comparator::Has)) {
        let way = if json == Json::Struct { "`.` and a key" } else { "`:` for any element" };
        let description = format!("`{}` holds many values: write {way}", target.field.name);
        return Err(Problem::new(at, Reason::InvalidOperator, description));
    }
    let value_at = argument.at();
    let (text, is_quoted) = match argument {
        Argument::Plain { text, .. } => (*text, false),
        Argument::Quoted { text, .. } => (*text, true),
        Argument::Path(member) => return Err(whole_value_in_quotes(member.quoted_at())),
        Argument::Call(_) | Argument::Composite { .. } => {
            let description =
                format!("`{}` is compared with a number, text, `true`, `false` or `null`", target.field.name);
            return Err(Problem::new(value_at, Reason::InvalidValue, description));
        }
    };
    // `!= null` is the negation of `= null`, as for other fields.
    let is_not_null = comparator == Comparator::NotEqual && !is_quoted && text == "null";
    let comparator = if is_not_null { Comparator::Equal } else { comparator };
    let check =
        dynamic::check(comparator, text, is_quoted).map_err(|malformed| malformed_pattern(value_at, malformed))?;
    let check = check.ok_or_else(|| {
        let description = format!("`{text}` is only equal or not equal");
        Problem::new(at, Reason::InvalidOperator, description)
    })?;
    let has =
        (comparator == Comparator::Has).then(|| part_of(argument).and_then(|part| inner_key(&part))).transpose()?;
    let check = dynamic(&target, check, has);
    let expression = test(target, check);
    Ok(if is_not_null { expression.not() } else { expression })
}

fn dynamic(target: &Target, check: Check, has: Option<Box<str>>) -> Check {
    Check::Dynamic(Box::new(Dynamic { keys: target.keys.clone().into(), check, has }))
}

/// `target = null`: the field is unset. Only where it can be, and only without quotes.
fn of_null(
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
        // Of a message, it could be a field of this name.
        Comparator::Has if matches!(target.kind(), Kind::Message(_)) => return None,
        Comparator::Has => Ok(is_null),
        _ => Err(Problem::new(at, Reason::InvalidOperator, "`null` is only equal or not equal")),
    })
}

fn test(target: Target, check: Check) -> Expression {
    Expression::Test(Test { target, check })
}

/// `:` on a field of text asks for a part of it; on elements, keys' values and with stars, for all of it.
fn matching(target: Target, comparator: Comparator, pattern: Pattern) -> Expression {
    let pattern = match pattern {
        Pattern::Exact(text) if comparator == Comparator::Has && !target.is_element() => Pattern::containing(text),
        pattern => pattern,
    };
    test(target, Check::Match { pattern, is_negated: comparator == Comparator::NotEqual })
}

/// The name that an argument is.
fn part_of<'t>(argument: &Argument<'t>) -> Result<Part<'t>, Problem> {
    match argument {
        Argument::Plain { at, text } => Ok(Part { at: *at, text, is_quoted: false }),
        Argument::Quoted { at, text } => Ok(Part { at: *at, text, is_quoted: true }),
        Argument::Path(member) => Err(whole_value_in_quotes(member.quoted_at())),
        Argument::Call(_) | Argument::Composite { .. } => {
            Err(Problem::new(argument.at(), Reason::InvalidValue, "the name of a field or a key is expected"))
        }
    }
}
