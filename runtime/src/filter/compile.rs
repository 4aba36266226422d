//! Evaluation in memory: a filter becomes functions of a message, made once of the lenses of its fields.
//!
//! There is one function for each question "is it true" or "is it false". Negations are gone when the functions are
//! made: they stand before single tests, where unknown is neither true nor false. What is left is `AND` and `OR`, for
//! which two values are enough.

mod leaf;
mod way;

use smallvec::SmallVec;

use super::expression::{Call, CallArgument, Expression, Step};
use super::literal::Literal;
use crate::fields::{Fields, Value};
use crate::value::{Getter, Hop, getter_at};

/// A question about a message.
pub(super) type Question<M> = Box<dyn Fn(&M) -> bool + Send + Sync>;

/// A question that ends in a jump to the next one: several that all have to be answered with yes cost one call.
struct Chain<M> {
    question: Question<M>,
    /// How many questions hold one another.
    length: usize,
}

/// What is asked after a question whose answer is yes.
type Next<M> = Option<Question<M>>;

/// So many questions hold one another before a list of them is gone through in a loop: each is a call within a call where
/// it is not optimised, and when it is dropped.
const LONGEST: usize = 16;

/// Whether the expression is true of a message, or, if that is asked, false.
pub(super) fn question<F: Fields>(expression: Option<&Expression>, truth: bool) -> Question<F::Message> {
    match expression {
        Some(expression) => question_and::<F>(expression, truth, None).question,
        None => Box::new(move |_| truth),
    }
}

fn question_and<F: Fields>(expression: &Expression, truth: bool, next: Option<Chain<F::Message>>) -> Chain<F::Message> {
    match expression {
        Expression::Test(test) => {
            longer(next, |next| way::question_and::<F>(&test.target.steps, &test.check, truth, next))
        }
        Expression::Call(call) => longer(next, |next| and(called::<F>(call, truth), next)),
        Expression::Not(inner) => question_and::<F>(inner, !truth, next),
        Expression::All(list) if truth => all::<F>(list, truth, next),
        Expression::Any(list) if !truth => all::<F>(list, truth, next),
        Expression::All(list) | Expression::Any(list) => {
            let questions: Box<[_]> = list.iter().map(|inner| question_and::<F>(inner, truth, None).question).collect();
            let any = Box::new(move |message: &_| questions.iter().any(|question| question(message)));
            longer(next, |next| and(any, next))
        }
    }
}

/// The questions about all of a list, and then the next one: in chains that are not too long, one after the other.
fn all<F: Fields>(list: &[Expression], truth: bool, next: Option<Chain<F::Message>>) -> Chain<F::Message> {
    let (mut first, mut later) = (next, Vec::new());
    for inner in list.iter().rev() {
        later.extend(first.take_if(|chain| chain.length >= LONGEST).map(|chain| chain.question));
        first = Some(question_and::<F>(inner, truth, first));
    }
    let Some(first) = first else { return Chain { question: Box::new(|_| true), length: 1 } };
    if later.is_empty() {
        return first;
    }
    let questions: Box<[_]> = std::iter::once(first.question).chain(later.into_iter().rev()).collect();
    Chain { question: Box::new(move |message| questions.iter().all(|question| question(message))), length: LONGEST }
}

/// The chain with one question more in front.
fn longer<M>(next: Option<Chain<M>>, make: impl FnOnce(Next<M>) -> Question<M>) -> Chain<M> {
    let length = next.as_ref().map_or(0, |next| next.length) + 1;
    Chain { question: make(next.map(|next| next.question)), length }
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
            CallArgument::Field(target) => {
                let hops: SmallVec<[Hop<'_>; 6]> = target.steps.iter().filter_map(Step::hop).collect();
                Self::Field(getter_at::<F>(&hops))
            }
            CallArgument::Constant(literal) => Self::Constant(literal.clone()),
        }
    }
}
