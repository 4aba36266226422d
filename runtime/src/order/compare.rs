//! Comparison in memory: an order becomes a function of two messages, made once of the lenses of its fields.

use std::cmp::Ordering;
use std::ops::ControlFlow::{self, Break, Continue};

use super::{Direction, Term};
use crate::fields::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Visitor};
use crate::value::{compare, compare_set, getter};

/// Which of two messages comes first.
pub(super) type Comparison<M> = Box<dyn Fn(&M, &M) -> Ordering + Send + Sync>;

/// The comparison by all terms. Each holds the next, and jumps to it when it finds no difference.
pub(super) fn comparison<F: Fields>(terms: &[Term]) -> Comparison<F::Message> {
    let last: Comparison<F::Message> = Box::new(|_, _| Ordering::Equal);
    terms.iter().rev().fold(last, |next, term| {
        let Some((index, rest)) = term.path().split_first() else { return next };
        let is_descending = term.direction() == Direction::Descending;
        let mut compile = Compile { index: *index, rest, is_descending, next: Some(next) };
        let made = F::visit(&mut compile).break_value();
        made.or(compile.next).unwrap_or_else(|| Box::new(|_, _| Ordering::Equal))
    })
}

struct Compile<'p, M> {
    index: u16,
    rest: &'p [u16],
    is_descending: bool,
    next: Option<Comparison<M>>,
}

impl<M: 'static> Compile<'_, M> {
    /// The comparison by the field, if it is this one.
    fn by(
        &mut self,
        field: FieldInfo,
        difference: impl Fn(&M, &M) -> Ordering + Send + Sync + 'static,
    ) -> ControlFlow<Comparison<M>> {
        if field.index != self.index {
            return Continue(());
        }
        let Some(next) = self.next.take() else { return Continue(()) };
        let is_descending = self.is_descending;
        Break(Box::new(move |left, right| match difference(left, right) {
            Ordering::Equal => next(left, right),
            ordering if is_descending => ordering.reverse(),
            ordering => ordering,
        }))
    }
}

impl<M: 'static> Visitor<M> for Compile<'_, M> {
    type Break = Comparison<M>;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break> {
        self.by(field, move |left, right| compare_set(L::view(lens.get(left)), L::view(lens.get(right))))
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break> {
        self.implicit::<L>(field, lens)
    }

    fn optional<L: Leaf>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, L::Value>,
    ) -> ControlFlow<Self::Break> {
        self.by(field, move |left, right| compare(lens.get(left).map(L::view), lens.get(right).map(L::view)))
    }

    fn message<G: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, G::Message>,
    ) -> ControlFlow<Self::Break> {
        if field.index != self.index {
            return Continue(());
        }
        let inner = getter::<G>(self.rest);
        self.by(field, move |left, right| compare(lens.get(left).and_then(&inner), lens.get(right).and_then(&inner)))
    }

    fn required_message<G: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, G::Message>,
    ) -> ControlFlow<Self::Break> {
        if field.index != self.index {
            return Continue(());
        }
        let inner = getter::<G>(self.rest);
        self.by(field, move |left, right| compare(inner(lens.get(left)), inner(lens.get(right))))
    }

    fn repeated<L: Leaf>(&mut self, _: FieldInfo, _: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Self::Break> {
        Continue(())
    }

    fn repeated_message<G: Fields>(
        &mut self,
        _: FieldInfo,
        _: impl Lens<M, Vec<G::Message>>,
    ) -> ControlFlow<Self::Break> {
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        _: FieldInfo,
        _: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break> {
        Continue(())
    }

    fn map_message<G: Fields, K: Key, C: Map<K, G::Message>>(
        &mut self,
        _: FieldInfo,
        _: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break> {
        Continue(())
    }
}
