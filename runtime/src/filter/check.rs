//! From [`Node`]s to an [`Expression`]: names become fields, text becomes values of their types.
//!
//! It goes on after a mistake, so that one run finds all of them.

mod call;
mod condition;

use super::expression::{Check, Expression, Relation, Step, Target, Test};
use super::literal::Literal;
use super::options::FilterOptions;
use super::parse::whole_value_in_quotes;
use super::pattern::{self, Pattern};
use super::resolve::resolve;
use super::syntax::{Comparable, Member, Node, Restriction};
use crate::fields::{Fields, Kind, Schema, Shape};
use crate::violation::{Hints, Problem, Problems, Reason, Subject, Violations, quoted};

/// Checks a filter against the resource and the options.
pub(super) fn check<F: Fields>(
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

struct Checker<'o, F> {
    root: &'static Schema,
    options: &'o FilterOptions<F>,
    problems: Problems,
}

impl<F: Fields> Checker<'_, F> {
    fn node(&mut self, node: &Node<'_>) -> Option<Expression> {
        self.combination(node, &mut |checker, restriction| checker.restriction(restriction))
    }

    /// Checks every restriction with the function, and combines what becomes of them.
    fn combination(
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
                self.condition(&target, comparison.comparator, comparison.at, &comparison.argument)
            }
            (Comparable::Call(call), None) => self.predicate(call),
            (Comparable::Call(call), Some(comparison)) => {
                let description =
                    format!("{} is compared with nothing: what a function says is true or not", quoted(call.name));
                Err(Problem::new(comparison.at, Reason::InvalidOperator, description))
            }
        }
    }

    /// The field that a member names, if the options let it be compared.
    fn target(&self, member: &Member<'_>) -> Result<Target, Problem> {
        self.target_with(member, self.problems.hints())
    }

    fn target_with(&self, member: &Member<'_>, hints: &Hints) -> Result<Target, Problem> {
        let target = resolve(self.root, &member.parts, self.options.filterable.as_deref(), hints)?;
        if let Some(filterable) = &self.options.filterable {
            let fields = target.fields();
            if !filterable.iter().any(|allowed| fields.starts_with(allowed)) {
                let at = member.at();
                let description = format!("{} is not among the fields that can be compared", quoted(member.source));
                return Err(Problem::new(at, Reason::UnsupportedField, description));
            }
        }
        Ok(target)
    }

    /// A value without a field: a `bool` field by its name, or text to search for.
    fn bare(&self, member: &Member<'_>) -> Result<Expression, Problem> {
        let at = member.at();
        // Keys of maps can be in quotes; the name of the field cannot.
        let begins_with_name = member.parts.first().is_some_and(|part| !part.is_quoted);
        if begins_with_name
            && let Ok(target) = self.target_with(member, &Hints::none())
            && matches!(target.kind(), Kind::Bool)
            && !target.is_collection()
            && !target.has_each()
        {
            let check = Check::Compare(Relation::EQUALITY, Literal::Bool(true));
            return Ok(Expression::Test(Test { target, check }));
        }
        if self.options.searchable.is_empty() {
            let description = format!(
                "{} is compared with nothing: write a field, a comparator and a value, for example `name = {}`",
                quoted(member.source),
                "\"…\""
            );
            return Err(Problem::new(at, Reason::InvalidSyntax, description));
        }
        let pattern = match member.parts.as_slice() {
            [part] if part.is_quoted => Pattern::of_quoted(part.text),
            parts if parts.iter().all(|part| !part.is_quoted) => Pattern::of_plain(member.source),
            _ => return Err(whole_value_in_quotes(at)),
        };
        let pattern = pattern.map_err(|malformed| malformed_pattern(at, malformed))?;
        self.search(match pattern {
            Pattern::Exact(text) => Pattern::containing(text),
            pattern => pattern,
        })
        .ok_or_else(|| Problem::new(at, Reason::UnsupportedField, "no field of text can be searched"))
    }

    /// Any of the searchable fields matches.
    fn search(&self, pattern: Pattern) -> Option<Expression> {
        let tests = self.options.searchable.iter().filter_map(|path| {
            let field = path.last(self.root)?;
            let steps = path.as_slice().iter().map(|index| Step::Field(*index)).collect();
            let mut target = Target { steps, field, keys: Vec::new() };
            if !matches!(target.kind(), Kind::String) {
                return None;
            }
            if field.shape == Shape::Repeated {
                target.steps.push(Step::Each);
            }
            let check = Check::Match { pattern: pattern.clone(), is_negated: false };
            Some(Expression::Test(Test { target, check }))
        });
        let mut tests: Vec<Expression> = tests.collect();
        if tests.len() > 1 { Some(Expression::any(tests)) } else { tests.pop() }
    }
}

fn malformed_pattern(at: usize, malformed: pattern::Malformed) -> Problem {
    match malformed {
        pattern::Malformed::Escape(_) => Problem::new(at, Reason::InvalidSyntax, super::literal::bad_escape()),
        pattern::Malformed::Star(_) => {
            let description = "`*` stands for anything at the start or at the end of a value; one that means itself is `\\*` in quotes";
            Problem::new(at, Reason::InvalidValue, description)
        }
    }
}
