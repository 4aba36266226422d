//! Checker of restrictions and their combinations.

use super::path::resolve_path;
use crate::fields::{Fields, Kind, Schema, Shape};
use crate::filter::expression::{Check, Expression, Relation, Target, TargetStep, Test};
use crate::filter::literal::{Literal, MalformedPattern, Pattern, invalid_escape};
use crate::filter::options::FilterOptions;
use crate::filter::syntax::{Comparable, Member, Node, Restriction, quote_whole_value};
use crate::violation::{Hints, Problem, Problems, Reason, Subject, Violations, quoted};

/// Checks a filter against the resource and the options.
pub(in crate::filter) fn check<F: Fields>(
    node: &Node<'_>,
    options: &FilterOptions<F>,
    subject: Subject,
) -> Result<Expression, Violations> {
    let mut checker = Checker { root: F::schema(), options, problems: Problems::default() };
    match checker.node(node) {
        Some(expression) if checker.problems.is_empty() => Ok(expression),
        _ => Err(checker.problems.refuse(&options.field, subject)),
    }
}

/// Checker of a filter for resources `F`.
pub(super) struct Checker<'o, F> {
    root: &'static Schema,
    pub(super) options: &'o FilterOptions<F>,
    pub(super) problems: Problems,
}

impl<F: Fields> Checker<'_, F> {
    fn node(&mut self, node: &Node<'_>) -> Option<Expression> {
        self.combination(node, &mut |checker, restriction| checker.restriction(restriction))
    }

    /// Checks every restriction with a function, and combines the results.
    pub(super) fn combination(
        &mut self,
        node: &Node<'_>,
        each: &mut dyn FnMut(&mut Self, &Restriction<'_>) -> Result<Expression, Problem>,
    ) -> Option<Expression> {
        let list = match node {
            Node::Restriction(restriction) => {
                return each(self, restriction).map_err(|problem| self.problems.push(problem)).ok();
            }
            Node::Not(inner) => return self.combination(inner, each).map(Expression::not),
            Node::All(list) | Node::Any(list) => list,
        };
        let mut checked = Vec::with_capacity(list.len());
        for node in list {
            if self.problems.is_full() {
                return None;
            }
            checked.extend(self.combination(node, each));
        }
        if checked.len() < list.len() {
            return None;
        }
        Some(if matches!(node, Node::All(_)) { Expression::all(checked) } else { Expression::any(checked) })
    }

    fn restriction(&mut self, restriction: &Restriction<'_>) -> Result<Expression, Problem> {
        match (&restriction.left, &restriction.comparison) {
            (Comparable::Member(member), None) => self.bare(member),
            (Comparable::Member(member), Some(comparison)) => {
                let target = self.target(member)?;
                self.comparison(&target, comparison.comparator, comparison.at, &comparison.argument)
            }
            (Comparable::Call(call), None) => self.predicate_call(call),
            (Comparable::Call(call), Some(comparison)) => {
                let description =
                    format!("{} cannot be compared: the result of a function is true or false", quoted(call.name));
                Err(Problem::new(comparison.at, Reason::InvalidOperator, description))
            }
        }
    }

    /// Resolves a member to a field, and checks that the options accept it.
    pub(super) fn target(&self, member: &Member<'_>) -> Result<Target, Problem> {
        self.resolve(member, self.problems.hints())
    }

    fn resolve(&self, member: &Member<'_>, hints: &Hints) -> Result<Target, Problem> {
        let target = resolve_path(self.root, &member.parts, self.options.filterable.as_deref(), hints)?;
        if let Some(filterable) = &self.options.filterable {
            let path = target.field_path();
            if !filterable.iter().any(|allowed| path.starts_with(allowed)) {
                let at = member.at();
                let description = format!("{} is not one of the filterable fields", quoted(member.source));
                return Err(Problem::new(at, Reason::UnsupportedField, description));
            }
        }
        Ok(target)
    }

    /// Checks a value without a comparator: the name of a `bool` field, or a text to search for.
    fn bare(&self, member: &Member<'_>) -> Result<Expression, Problem> {
        let at = member.at();
        // Map keys can be in quotes, the name of the field cannot.
        let starts_with_name = member.parts.first().is_some_and(|part| !part.is_quoted);
        if starts_with_name
            && let Ok(target) = self.resolve(member, &Hints::none())
            && matches!(target.kind(), Kind::Bool)
            && !target.is_collection()
            && !target.has_each()
        {
            let check = Check::Compare(Relation::EQUALITY, Literal::Bool(true));
            return Ok(Expression::Test(Test { target, check }));
        }
        if self.options.searchable.is_empty() {
            let description = format!(
                "{} has no comparator: write a field, a comparator and a value, for example `name = {}`",
                quoted(member.source),
                "\"…\""
            );
            return Err(Problem::new(at, Reason::InvalidSyntax, description));
        }
        let pattern = match member.parts.as_slice() {
            [part] if part.is_quoted => Pattern::from_quoted(part.text),
            parts if parts.iter().all(|part| !part.is_quoted) => Pattern::from_plain(member.source),
            _ => return Err(quote_whole_value(at)),
        };
        let pattern = pattern.map_err(|malformed| malformed_pattern(at, malformed))?;
        self.search(match pattern {
            Pattern::Exact(text) => Pattern::containing(text),
            pattern => pattern,
        })
        .ok_or_else(|| Problem::new(at, Reason::UnsupportedField, "no searchable field is a string"))
    }

    /// Creates the test that any searchable field matches.
    fn search(&self, pattern: Pattern) -> Option<Expression> {
        let tests = self.options.searchable.iter().filter_map(|path| {
            let field = path.last(self.root)?;
            let steps = path.as_slice().iter().map(|index| TargetStep::Field(*index)).collect();
            let mut target = Target { steps, field, keys: Vec::new() };
            if !matches!(target.kind(), Kind::String) {
                return None;
            }
            if field.shape == Shape::Repeated {
                target.steps.push(TargetStep::Each);
            }
            let check = Check::Match { pattern: pattern.clone(), is_negated: false };
            Some(Expression::Test(Test { target, check }))
        });
        let mut tests: Vec<Expression> = tests.collect();
        if tests.len() > 1 { Some(Expression::any(tests)) } else { tests.pop() }
    }
}

/// Returns the violation of a malformed pattern.
pub(super) fn malformed_pattern(at: usize, malformed: MalformedPattern) -> Problem {
    match malformed {
        MalformedPattern::Escape(_) => Problem::new(at, Reason::InvalidSyntax, invalid_escape()),
        MalformedPattern::Star(_) => {
            let description =
                "`*` is a wildcard at the start or at the end of a value: write `\\*` in quotes for a star";
            Problem::new(at, Reason::InvalidValue, description)
        }
    }
}
