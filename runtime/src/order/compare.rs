//! Comparison in memory: each term becomes a function of two messages, made once of the lenses of its fields.

use std::cmp::Ordering;
use std::ops::ControlFlow::{self, Break, Continue};

use super::Direction;
use crate::fields::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Visitor};
use crate::value::compare;

/// The order of two messages, each of which can be absent, by one field.
pub(super) type Comparison<M> = Box<dyn Fn(Option<&M>, Option<&M>) -> Ordering + Send + Sync>;

/// The comparisons of an order, one after the other.
pub(super) type Comparisons<M> = Box<[(Comparison<M>, Direction)]>;

/// The comparison by the field that the path leads to; everything is equal by a field that there is not.
pub(super) fn comparison<F: Fields>(path: &[u16]) -> Comparison<F::Message> {
    let made =
        path.split_first().and_then(|(index, rest)| F::visit(&mut Compile { index: *index, rest }).break_value());
    made.flatten().unwrap_or_else(|| Box::new(|_, _| Ordering::Equal))
}

struct Compile<'p> {
    index: u16,
    rest: &'p [u16],
}

impl Compile<'_> {
    fn found<M>(
        &self,
        field: FieldInfo,
        make: impl FnOnce() -> Option<Comparison<M>>,
    ) -> ControlFlow<Option<Comparison<M>>> {
        if field.index == self.index { Break(make()) } else { Continue(()) }
    }
}

impl<M: 'static> Visitor<M> for Compile<'_> {
    type Break = Option<Comparison<M>>;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break> {
        self.found(field, || {
            Some(Box::new(move |left, right| {
                compare(left.map(|left| L::view(lens.get(left))), right.map(|right| L::view(lens.get(right))))
            }))
        })
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Self::Break> {
        self.implicit::<L>(field, lens)
    }

    fn optional<L: Leaf>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, L::Value>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || {
            Some(Box::new(move |left, right| {
                compare(
                    left.and_then(|left| lens.get(left)).map(L::view),
                    right.and_then(|right| lens.get(right)).map(L::view),
                )
            }))
        })
    }

    fn message<G: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, G::Message>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || {
            let inner = comparison::<G>(self.rest);
            Some(Box::new(move |left, right| {
                inner(left.and_then(|left| lens.get(left)), right.and_then(|right| lens.get(right)))
            }))
        })
    }

    fn required_message<G: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, G::Message>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || {
            let inner = comparison::<G>(self.rest);
            Some(Box::new(move |left, right| {
                inner(left.map(|left| lens.get(left)), right.map(|right| lens.get(right)))
            }))
        })
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, _: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Self::Break> {
        self.found(field, || None)
    }

    fn repeated_message<G: Fields>(
        &mut self,
        field: FieldInfo,
        _: impl Lens<M, Vec<G::Message>>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || None)
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        _: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || None)
    }

    fn map_message<G: Fields, K: Key, C: Map<K, G::Message>>(
        &mut self,
        field: FieldInfo,
        _: impl Lens<M, C>,
    ) -> ControlFlow<Self::Break> {
        self.found(field, || None)
    }
}
