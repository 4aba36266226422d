//! Tree of a checked filter.

use std::sync::Arc;

use super::dynamic::Dynamic;
use super::relation::Relation;
use super::target::Target;
use crate::filter::functions::PredicateFunction;
use crate::filter::literal::{Literal, Pattern};

/// Tree of tests. No `All` is a direct child of an `All`, no `Any` of an `Any`, and no `Not` of a `Not`.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::filter) enum Expression {
    All(Vec<Expression>),
    Any(Vec<Expression>),
    Not(Box<Expression>),
    Test(Test),
    Call(Call),
}

/// Check of one value.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::filter) struct Test {
    pub(in crate::filter) target: Target,
    pub(in crate::filter) check: Check,
}

/// Predicate on one value.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::filter) enum Check {
    /// The value has this relation to the literal.
    Compare(Relation, Literal),
    /// The text matches the pattern, or does not.
    Match { pattern: Pattern, is_negated: bool },
    /// The value is set. False if a message that contains it is unset.
    Present,
    /// The value is unset. Unknown if a message that contains it is unset.
    Null,
    /// Check of a value inside of a `google.protobuf.Struct`, `Value` or `ListValue`.
    Dynamic(Box<Dynamic>),
}

impl Check {
    /// Returns `true` for a check of presence, whose result is never unknown.
    pub(in crate::filter) fn is_presence(&self) -> bool {
        match self {
            Self::Present => true,
            Self::Dynamic(dynamic) => dynamic.check == Self::Present,
            Self::Compare(..) | Self::Match { .. } | Self::Null => false,
        }
    }
}

/// Call of a predicate function.
#[derive(Debug, Clone)]
pub(in crate::filter) struct Call {
    pub(in crate::filter) name: Box<str>,
    pub(in crate::filter) function: Arc<PredicateFunction>,
    pub(in crate::filter) arguments: Vec<CallArgument>,
}

#[derive(Debug, Clone, PartialEq)]
pub(in crate::filter) enum CallArgument {
    /// Singular field, or the map value of a key.
    Field(Target),
    Constant(Literal),
}

impl PartialEq for Call {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.arguments == other.arguments
    }
}

impl Expression {
    /// Creates the conjunction of expressions.
    pub(in crate::filter) fn all(list: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        for expression in list {
            match expression {
                Self::All(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        Self::All(flat)
    }

    /// Creates the disjunction of expressions.
    pub(in crate::filter) fn any(list: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        for expression in list {
            match expression {
                Self::Any(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        Self::Any(flat)
    }

    /// Creates the negation.
    pub(in crate::filter) fn not(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Returns the first result of a function that is called with the fields of the expression.
    pub(in crate::filter) fn find_target<T>(&self, find: &mut dyn FnMut(&Target) -> Option<T>) -> Option<T> {
        match self {
            Self::All(list) | Self::Any(list) => list.iter().find_map(|inner| inner.find_target(find)),
            Self::Not(inner) => inner.find_target(find),
            Self::Test(test) => find(&test.target),
            Self::Call(call) => call.arguments.iter().find_map(|argument| match argument {
                CallArgument::Field(target) => find(target),
                CallArgument::Constant(_) => None,
            }),
        }
    }

    /// Returns the number of tests and calls.
    pub(in crate::filter) fn cost(&self) -> usize {
        match self {
            Self::All(list) | Self::Any(list) => list.iter().map(Self::cost).sum(),
            Self::Not(inner) => inner.cost(),
            Self::Test(_) | Self::Call(_) => 1,
        }
    }
}
