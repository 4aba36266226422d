//! Evaluation in memory: a filter becomes functions of a message, made once of the lenses of its fields.
//!
//! There is one function for each question "is it true" or "is it false". Negations are gone when the functions are
//! made: they stand before single tests, where unknown is neither true nor false. What is left is `AND` and `OR`, for
//! which two values are enough.

mod leaf;
mod way;

use smallvec::SmallVec;

use super::expression::{Call, CallArgument, Expression};
use crate::fields::{Fields, Value};
use crate::value::value_at;

/// A question about a message.
pub(super) type Question<M> = Box<dyn Fn(&M) -> bool + Send + Sync>;

/// Questions that are all to be answered with yes. Two are the usual number, and asked without a loop.
pub(super) enum Questions<M> {
    One(Question<M>),
    Two(Question<M>, Question<M>),
    Any(Box<[Question<M>]>),
}

impl<M> Questions<M> {
    /// Whether all answers are yes.
    #[inline]
    pub(super) fn hold(&self, message: &M) -> bool {
        match self {
            Self::One(only) => only(message),
            Self::Two(first, second) => first(message) && second(message),
            Self::Any(list) => list.iter().all(|question| question(message)),
        }
    }

    fn of(mut list: Vec<Question<M>>) -> Self {
        match (list.pop(), list.pop(), list.is_empty()) {
            (Some(only), None, _) => Self::One(only),
            (Some(second), Some(first), true) => Self::Two(first, second),
            (last, before, _) => {
                list.extend(before);
                list.extend(last);
                Self::Any(list.into())
            }
        }
    }
}

/// Whether the expression is true of a message, or, if that is asked, false.
pub(super) fn questions<F: Fields>(expression: Option<&Expression>, truth: bool) -> Questions<F::Message> {
    Questions::of(match (expression, truth) {
        (None, true) => Vec::new(),
        (None, false) => vec![Box::new(|_: &F::Message| false)],
        (Some(Expression::All(list)), true) | (Some(Expression::Any(list)), false) => {
            list.iter().map(|inner| question::<F>(inner, truth)).collect()
        }
        (Some(expression), _) => vec![question::<F>(expression, truth)],
    })
}

fn question<F: Fields>(expression: &Expression, truth: bool) -> Question<F::Message> {
    let list = match expression {
        Expression::Test(test) => return way::question::<F>(&test.target.steps, &test.check, truth),
        Expression::Call(call) => return called::<F>(call, truth),
        Expression::Not(inner) => return question::<F>(inner, !truth),
        Expression::All(list) | Expression::Any(list) => list,
    };
    let questions: Vec<Question<F::Message>> = list.iter().map(|inner| question::<F>(inner, truth)).collect();
    if matches!(expression, Expression::All(_)) == truth {
        Box::new(move |message| questions.iter().all(|question| question(message)))
    } else {
        Box::new(move |message| questions.iter().any(|question| question(message)))
    }
}

/// What a function says of a message.
fn called<F: Fields>(call: &Call, truth: bool) -> Question<F::Message> {
    let Call { function, arguments, .. } = call.clone();
    Box::new(move |message| {
        let values: SmallVec<[Option<Value<'_>>; 8]> = arguments
            .iter()
            .map(|argument| match argument {
                CallArgument::Field(path) => value_at::<F>(message, path.as_slice()),
                CallArgument::Constant(literal) => Some(literal.view()),
            })
            .collect();
        (function.answer)(&values) == Some(truth)
    })
}
