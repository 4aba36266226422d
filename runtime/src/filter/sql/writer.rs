//! Writer of conditions: conjunctions, disjunctions and negations.

use std::cmp::Reverse;

use crate::fields::Fields;
use crate::filter::expression::{Check, Expression, Target, TargetStep, Test};
use crate::sql::{Builder, Columns};
use crate::violation::{Collector, Reason, Subject};

/// Writer of the condition of a filter.
pub(super) struct Writer<'w, F> {
    pub(super) columns: &'w Columns<F>,
    pub(super) builder: &'w mut Builder,
    /// Name of the filter's field in the request.
    field: &'w str,
    pub(super) violations: Collector,
}

/// Operator that a condition is an operand of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operand {
    /// None: the whole condition.
    Root,
    And,
    Or,
}

/// Maximum number of operands in a row. The depth of a row in SQLite is the number of its operands, and an expression can
/// have a depth of at most 1000.
const MAX_ROW: usize = 32;

impl<'w, F: Fields> Writer<'w, F> {
    pub(super) fn new(columns: &'w Columns<F>, builder: &'w mut Builder, field: &'w str) -> Self {
        Self { columns, builder, field, violations: Collector::new(Subject::from_fields::<F>()) }
    }

    /// Writes the condition that the result of an expression is `truth`.
    ///
    /// `NOT` is written before single tests alone. Parentheses are written only where the operator needs them, because each
    /// uses stack of the database's parser.
    pub(super) fn expression(&mut self, expression: &Expression, truth: bool, parent: Operand) {
        let list = match expression {
            Expression::Not(inner) => return self.expression(inner, !truth, parent),
            Expression::Test(test) => return self.test(test, truth),
            Expression::Call(call) => return self.call(call, truth),
            Expression::All(list) | Expression::Any(list) => list,
        };
        let operator = if matches!(expression, Expression::All(_)) == truth { Operand::And } else { Operand::Or };
        // The most deeply nested operand comes first, when the parser's stack has the fewest entries.
        let mut operands: Vec<&Expression> = list.iter().collect();
        operands.sort_by_cached_key(|operand| Reverse(stack_levels(operand)));
        if parent == Operand::Root || (parent == Operand::And && operator == Operand::Or) {
            self.builder.push("(");
            self.row(&operands, truth, operator);
            self.builder.push(")");
        } else {
            self.row(&operands, truth, operator);
        }
    }

    /// Writes operands in a row, or in nested rows if there are many.
    fn row(&mut self, operands: &[&Expression], truth: bool, operator: Operand) {
        let size = operands.len().div_ceil(MAX_ROW).max(1);
        for (position, part) in operands.chunks(size).enumerate() {
            if position > 0 {
                self.builder.push(if operator == Operand::And { " AND " } else { " OR " });
            }
            if let [operand] = part {
                self.expression(operand, truth, operator);
            } else {
                self.builder.push("(");
                self.row(part, truth, operator);
                self.builder.push(")");
            }
        }
    }

    fn test(&mut self, test: &Test, truth: bool) {
        let Test { target, check } = test;
        if let Check::Dynamic(dynamic) = check {
            return self.dynamic(target, dynamic, truth);
        }
        match target.steps.iter().position(|step| !matches!(step, TargetStep::Field(_))) {
            // The encoding of messages in elements is unknown.
            Some(position) if position + 1 < target.steps.len() => {
                self.unsupported(target);
            }
            Some(_) => self.element(target, check, truth),
            None if target.is_collection() => self.whole_collection(target, truth),
            None => self.single(target, check, truth),
        }
    }

    /// Rejects a field. The client does not learn the cause, which is in the table of the server.
    pub(super) fn unsupported(&mut self, target: &Target) {
        self.reject(Reason::UnsupportedField, self.columns.refusal(&target.field_path()));
    }

    /// Adds a violation.
    pub(super) fn reject(&mut self, reason: Reason, description: String) {
        self.violations.add(self.field, reason, description);
    }
}

/// Returns the number of entries that an expression uses in the stack of a parser: one for a parenthesis, and two for the
/// operand before it.
fn stack_levels(expression: &Expression) -> usize {
    let list = match expression {
        Expression::Test(_) | Expression::Call(_) => return 0,
        Expression::Not(inner) => return stack_levels(inner),
        Expression::All(list) | Expression::Any(list) => list,
    };
    let mut operands: Vec<usize> = list.iter().map(stack_levels).collect();
    operands.sort_unstable_by_key(|levels| Reverse(*levels));
    let (first, others) = operands.split_first().map_or((0, &[][..]), |(first, others)| (*first, others));
    (first + 1).max(others.first().map_or(0, |second| second + 3))
}
