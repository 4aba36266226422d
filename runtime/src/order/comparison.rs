//! Comparison of two messages by an order.

use std::cmp::Ordering;

use super::term::{Direction, Term};
use crate::accessor::{accessor, compare};
use crate::fields::Fields;

/// Function that compares two messages.
pub(super) type Comparison<M> = Box<dyn Fn(&M, &M) -> Ordering + Send + Sync>;

/// Creates the comparison by all terms. The comparison of a term owns that of the next term, and calls it for equal values.
pub(super) fn comparison<F: Fields>(terms: &[Term]) -> Comparison<F::Message> {
    let equal: Comparison<F::Message> = Box::new(|_, _| Ordering::Equal);
    terms.iter().rev().fold(equal, |tail, term| {
        let get = accessor::<F>(term.path());
        let is_descending = term.direction() == Direction::Descending;
        Box::new(move |left, right| match compare(get(left), get(right)) {
            Ordering::Equal => tail(left, right),
            ordering if is_descending => ordering.reverse(),
            ordering => ordering,
        })
    })
}
