//! Comparison in memory: an order becomes a function of two messages, made once of the ways to its fields.

use std::cmp::Ordering;

use super::{Direction, Term};
use crate::fields::Fields;
use crate::value::{compare, getter};

/// Which of two messages comes first.
pub(super) type Comparison<M> = Box<dyn Fn(&M, &M) -> Ordering + Send + Sync>;

/// The comparison by all terms. Each holds the next, and jumps to it when it finds no difference.
pub(super) fn comparison<F: Fields>(terms: &[Term]) -> Comparison<F::Message> {
    let last: Comparison<F::Message> = Box::new(|_, _| Ordering::Equal);
    terms.iter().rev().fold(last, |next, term| {
        let get = getter::<F>(term.path());
        let is_descending = term.direction() == Direction::Descending;
        Box::new(move |left, right| match compare(get(left), get(right)) {
            Ordering::Equal => next(left, right),
            ordering if is_descending => ordering.reverse(),
            ordering => ordering,
        })
    })
}
