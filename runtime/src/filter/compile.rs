//! Evaluation in memory: a filter becomes functions of a message, made once of the lenses of its fields.
//!
//! There is one function for each question "is it true" or "is it false". Negations are gone when the functions are
//! made: they stand before single tests, where unknown is neither true nor false. What is left is `AND` and `OR`, for
//! which two values are enough.

mod leaf;
mod way;

use smallvec::SmallVec;

use super::expression::{Call, CallArgument, Expression};
use super::literal::Literal;
use crate::fields::{Fields, Value};
use crate::value::{Getter, getter};

/// A question about a message.
pub(super) type Question<M> = Box<dyn Fn(&M) -> bool + Send + Sync>;

/// What is asked after a question whose answer is yes.
///
/// A question that holds the next one ends in a jump to it: several that all have to be answered with yes cost one call.
type Next<M> = Option<Question<M>>;

/// So many questions hold one another at most: each that does is a call within a call where it is not optimised, and when
/// it is dropped.
const CHAINED: usize = 64;

/// Whether the expression is true of a message, or, if that is asked, false.
pub(super) fn question<F: Fields>(expression: Option<&Expression>, truth: bool) -> Question<F::Message> {
    match expression {
        Some(expression) => question_and::<F>(expression, truth, None),
        None => Box::new(move |_| truth),
    }
}

fn question_and<F: Fields>(expression: &Expression, truth: bool, next: Next<F::Message>) -> Question<F::Message> {
    let list = match expression {
        Expression::Test(test) => return way::question_and::<F>(&test.target.steps, &test.check, truth, next),
        Expression::Call(call) => return and(called::<F>(call, truth), next),
        Expression::Not(inner) => return question_and::<F>(inner, !truth, next),
        Expression::All(list) | Expression::Any(list) => list,
    };
    let are_all = matches!(expression, Expression::All(_)) == truth;
    if are_all && list.len() <= CHAINED {
        let chain = list.iter().rev().fold(next, |next, inner| Some(question_and::<F>(inner, truth, next)));
        return chain.unwrap_or_else(|| Box::new(|_| true));
    }
    let questions: Box<[Question<F::Message>]> =
        list.iter().map(|inner| question_and::<F>(inner, truth, None)).collect();
    if are_all {
        return and(Box::new(move |message| questions.iter().all(|question| question(message))), next);
    }
    and(Box::new(move |message| questions.iter().any(|question| question(message))), next)
}

/// One question, and then the next.
fn and<M: 'static>(question: Question<M>, next: Next<M>) -> Question<M> {
    match next {
        Some(next) => Box::new(move |message| question(message) && next(message)),
        None => question,
    }
}

/// What a function says of a message.
fn called<F: Fields>(call: &Call, truth: bool) -> Question<F::Message> {
    let function = call.function.clone();
    let arguments: Box<[Given<F::Message>]> = call.arguments.iter().map(Given::of::<F>).collect();
    Box::new(move |message| {
        let values: SmallVec<[Option<Value<'_>>; 8]> = arguments
            .iter()
            .map(|argument| match argument {
                Given::Field(get) => get(message),
                Given::Constant(literal) => Some(literal.view()),
            })
            .collect();
        (function.answer)(&values) == Some(truth)
    })
}

/// What a function is given: the value that is found in a message, or one that is known.
enum Given<M> {
    Field(Getter<M>),
    Constant(Literal),
}

impl<M> Given<M> {
    fn of<F: Fields<Message = M>>(argument: &CallArgument) -> Self {
        match argument {
            CallArgument::Field(path) => Self::Field(getter::<F>(path.as_slice())),
            CallArgument::Constant(literal) => Self::Constant(literal.clone()),
        }
    }
}
