//! Projection of a message under a mask: clears the fields that are not selected, or those that are.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use crate::fields::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Visitor};
use crate::mask::set::{Bits, Selected, Selection};

/// Clears the fields that are not selected, except proto2 `required` fields.
#[inline]
pub(super) fn project<F: Fields>(message: &mut F::Message, selected: &Selected<'_>) {
    let _ = F::visit(&mut Projection::<_, true> { message, selected, bits: selected.bits() });
}

/// Clears the fields that are selected, except proto2 `required` fields.
pub(super) fn prune<F: Fields>(message: &mut F::Message, selected: &Selected<'_>) {
    let _ = F::visit(&mut Projection::<_, false> { message, selected, bits: selected.bits() });
}

/// Visitor that keeps the selected fields if `KEEP` is true, and the others if not.
struct Projection<'a, M, const KEEP: bool> {
    message: &'a mut M,
    selected: &'a Selected<'a>,
    bits: Bits,
}

/// Effect on a field.
enum Effect<'a> {
    Keep,
    Clear,
    Part(Selected<'a>),
}

impl<'a, M, const KEEP: bool> Projection<'a, M, KEEP> {
    #[inline]
    fn effect(&self, field: FieldInfo) -> Effect<'a> {
        match self.bits.field(self.selected, field.index) {
            Selection::Part(part) => Effect::Part(part),
            Selection::Whole if KEEP => Effect::Keep,
            Selection::Nothing if !KEEP => Effect::Keep,
            _ => Effect::Clear,
        }
    }

    /// Returns `true` if a field that can only be selected whole is cleared.
    #[inline]
    fn is_cleared(&self, field: FieldInfo) -> bool {
        self.bits.has(self.selected, field.index) != KEEP
    }

    #[inline]
    fn project_field<F: Fields>(message: &mut F::Message, selected: &Selected<'_>) {
        let _ = F::visit(&mut Projection::<_, KEEP> { message, selected, bits: selected.bits() });
    }
}

impl<M, const KEEP: bool> Visitor<M> for Projection<'_, M, KEEP> {
    type Break = Infallible;

    #[inline]
    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        if self.is_cleared(field) {
            *lens.get_mut(self.message) = L::Value::default();
        }
        Continue(())
    }

    #[inline]
    fn required<L: Leaf>(&mut self, _: FieldInfo, _: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        Continue(())
    }

    #[inline]
    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        if self.is_cleared(field) {
            lens.take(self.message);
        }
        Continue(())
    }

    #[inline]
    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        match self.effect(field) {
            Effect::Keep => {}
            Effect::Clear => {
                lens.take(self.message);
            }
            Effect::Part(part) => {
                if let Some(inner) = lens.get_mut(self.message) {
                    Self::project_field::<F>(inner, &part);
                }
            }
        }
        Continue(())
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        match self.effect(field) {
            Effect::Keep => {}
            // The message is kept, with its own proto2 `required` fields.
            Effect::Clear if KEEP => Self::project_field::<F>(lens.get_mut(self.message), &Selected::nothing()),
            Effect::Clear => Self::project_field::<F>(lens.get_mut(self.message), &Selected::everything()),
            Effect::Part(part) => Self::project_field::<F>(lens.get_mut(self.message), &part),
        }
        Continue(())
    }

    #[inline]
    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        if self.is_cleared(field) {
            lens.get_mut(self.message).clear();
        }
        Continue(())
    }

    #[inline]
    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        match self.effect(field) {
            Effect::Keep => {}
            Effect::Clear => lens.get_mut(self.message).clear(),
            Effect::Part(part) => {
                for item in lens.get_mut(self.message) {
                    Self::project_field::<F>(item, &part);
                }
            }
        }
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        match self.effect(field) {
            Effect::Keep => {}
            Effect::Clear => *lens.get_mut(self.message) = C::default(),
            Effect::Part(part) => {
                lens.get_mut(self.message).retain(|key, _| matches!(part.key(key.view()), Selection::Nothing) != KEEP)
            }
        }
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        match self.effect(field) {
            Effect::Keep => {}
            Effect::Clear => *lens.get_mut(self.message) = C::default(),
            Effect::Part(part) => lens.get_mut(self.message).retain(|key, value| match part.key(key.view()) {
                Selection::Nothing => !KEEP,
                Selection::Whole => KEEP,
                Selection::Part(part) => {
                    Self::project_field::<F>(value, &part);
                    true
                }
            }),
        }
        Continue(())
    }
}
