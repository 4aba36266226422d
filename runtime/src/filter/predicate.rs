//! Evaluation in memory: a filter becomes predicates on messages, created once from the lenses of the fields.
//!
//! A filter has one predicate for "the result is true" and one for "the result is false". Negations are resolved when the
//! predicates are created: they are moved down to single tests, where unknown is neither true nor false. `AND` and `OR`
//! remain, for which two values are enough.

mod call;
mod chain;
mod field;
mod leaf;

use self::call::call_predicate;
pub(super) use self::chain::Predicate;
use self::chain::{PredicateChain, and, prepend};
use super::expression::Expression;
use crate::fields::Fields;

/// Creates the predicate that the result of an expression is `truth`.
pub(super) fn predicate<F: Fields>(expression: Option<&Expression>, truth: bool) -> Predicate<F::Message> {
    match expression {
        Some(expression) => chain::<F>(expression, truth, None).predicate,
        None => Box::new(move |_| truth),
    }
}

/// Creates the predicate of an expression in front of a chain.
fn chain<F: Fields>(
    expression: &Expression,
    truth: bool,
    tail: Option<PredicateChain<F::Message>>,
) -> PredicateChain<F::Message> {
    match expression {
        Expression::Test(test) => {
            prepend(tail, |tail| field::predicate_and::<F>(&test.target.steps, &test.check, truth, tail))
        }
        Expression::Call(call) => prepend(tail, |tail| and(call_predicate::<F>(call, truth), tail)),
        Expression::Not(inner) => chain::<F>(inner, !truth, tail),
        Expression::All(list) if truth => conjunction::<F>(list, truth, tail),
        Expression::Any(list) if !truth => conjunction::<F>(list, truth, tail),
        Expression::All(list) | Expression::Any(list) => {
            let predicates: Box<[_]> = list.iter().map(|inner| chain::<F>(inner, truth, None).predicate).collect();
            let any = Box::new(move |message: &_| predicates.iter().any(|predicate| predicate(message)));
            prepend(tail, |tail| and(any, tail))
        }
    }
}

/// Creates the conjunction of expressions in front of a chain. Long conjunctions become several chains in a loop.
fn conjunction<F: Fields>(
    list: &[Expression],
    truth: bool,
    tail: Option<PredicateChain<F::Message>>,
) -> PredicateChain<F::Message> {
    let (mut first, mut later) = (tail, Vec::new());
    for inner in list.iter().rev() {
        later.extend(
            first.take_if(|chain| chain.length >= PredicateChain::<()>::MAX_LENGTH).map(|chain| chain.predicate),
        );
        first = Some(chain::<F>(inner, truth, first));
    }
    let Some(first) = first else { return PredicateChain { predicate: Box::new(|_| true), length: 1 } };
    if later.is_empty() {
        return first;
    }
    let predicates: Box<[_]> = std::iter::once(first.predicate).chain(later.into_iter().rev()).collect();
    PredicateChain {
        predicate: Box::new(move |message| predicates.iter().all(|predicate| predicate(message))),
        length: PredicateChain::<()>::MAX_LENGTH,
    }
}
