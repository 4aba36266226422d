//! Predicates that call functions of the server.

use smallvec::SmallVec;

use super::chain::Predicate;
use crate::accessor::{AccessStep, Accessor, accessor_at};
use crate::fields::{Fields, Value};
use crate::filter::expression::{Call, CallArgument, TargetStep};
use crate::filter::literal::Literal;

/// Argument of a function: the accessor of a value, or a constant.
enum BoundArg<M> {
    Field(Accessor<M>),
    Constant(Literal),
}

/// Creates the predicate that the result of a function is `truth`.
pub(super) fn call_predicate<F: Fields>(call: &Call, truth: bool) -> Predicate<F::Message> {
    let function = call.function.clone();
    let arguments: Box<[BoundArg<F::Message>]> = call.arguments.iter().map(bind::<F>).collect();
    Box::new(move |message| {
        let values: SmallVec<[Option<Value<'_>>; 8]> = arguments
            .iter()
            .map(|argument| match argument {
                BoundArg::Field(get) => get(message),
                BoundArg::Constant(literal) => Some(literal.view()),
            })
            .collect();
        (function.evaluate)(&values) == Some(truth)
    })
}

fn bind<F: Fields>(argument: &CallArgument) -> BoundArg<F::Message> {
    match argument {
        CallArgument::Field(target) => {
            let steps: SmallVec<[AccessStep<'_>; 6]> =
                target.steps.iter().filter_map(TargetStep::access_step).collect();
            BoundArg::Field(accessor_at::<F>(&steps))
        }
        CallArgument::Constant(literal) => BoundArg::Constant(literal.clone()),
    }
}
