//! Reading under a mask: dropping what is not selected, or what is.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use super::select::{Bits, Selected, Selection};
use crate::fields::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Visitor};

/// Drops all that is not selected; proto2 `required` fields stay.
#[inline]
pub(super) fn project<F: Fields>(message: &mut F::Message, selected: &Selected<'_>) {
    let _ = F::visit(&mut Trim::<_, true> { message, selected, bits: selected.bits() });
}

/// Drops all that is selected; proto2 `required` fields stay.
pub(super) fn prune<F: Fields>(message: &mut F::Message, selected: &Selected<'_>) {
    let _ = F::visit(&mut Trim::<_, false> { message, selected, bits: selected.bits() });
}

/// Keeps what is selected, or what is not.
struct Trim<'a, M, const KEEP: bool> {
    message: &'a mut M,
    selected: &'a Selected<'a>,
    bits: Bits,
}

/// What happens to a field.
enum Fate<'a> {
    Stays,
    Goes,
    Part(Selected<'a>),
}

impl<'a, M, const KEEP: bool> Trim<'a, M, KEEP> {
    #[inline]
    fn fate(&self, field: FieldInfo) -> Fate<'a> {
        match self.bits.field(self.selected, field.index) {
            Selection::Part(part) => Fate::Part(part),
            Selection::Whole if KEEP => Fate::Stays,
            Selection::Nothing if !KEEP => Fate::Stays,
            _ => Fate::Goes,
        }
    }

    /// Whether a field goes that has no parts.
    #[inline]
    fn goes(&self, field: FieldInfo) -> bool {
        self.bits.has(self.selected, field.index) != KEEP
    }

    #[inline]
    fn trim<F: Fields>(message: &mut F::Message, selected: &Selected<'_>) {
        let _ = F::visit(&mut Trim::<_, KEEP> { message, selected, bits: selected.bits() });
    }
}

impl<M, const KEEP: bool> Visitor<M> for Trim<'_, M, KEEP> {
    type Break = Infallible;

    #[inline]
    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        if self.goes(field) {
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
        if self.goes(field) {
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
        match self.fate(field) {
            Fate::Stays => {}
            Fate::Goes => {
                lens.take(self.message);
            }
            Fate::Part(part) => {
                if let Some(inner) = lens.get_mut(self.message) {
                    Self::trim::<F>(inner, &part);
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
        match self.fate(field) {
            Fate::Stays => {}
            // The message stays, with what it requires itself.
            Fate::Goes if KEEP => Self::trim::<F>(lens.get_mut(self.message), &Selected::nothing()),
            Fate::Goes => Self::trim::<F>(lens.get_mut(self.message), &Selected::everything()),
            Fate::Part(part) => Self::trim::<F>(lens.get_mut(self.message), &part),
        }
        Continue(())
    }

    #[inline]
    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        if self.goes(field) {
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
        match self.fate(field) {
            Fate::Stays => {}
            Fate::Goes => lens.get_mut(self.message).clear(),
            Fate::Part(part) => {
                for item in lens.get_mut(self.message) {
                    Self::trim::<F>(item, &part);
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
        match self.fate(field) {
            Fate::Stays => {}
            Fate::Goes => *lens.get_mut(self.message) = C::default(),
            Fate::Part(part) => {
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
        match self.fate(field) {
            Fate::Stays => {}
            Fate::Goes => *lens.get_mut(self.message) = C::default(),
            Fate::Part(part) => lens.get_mut(self.message).retain(|key, value| match part.key(key.view()) {
                Selection::Nothing => !KEEP,
                Selection::Whole => KEEP,
                Selection::Part(part) => {
                    Self::trim::<F>(value, &part);
                    true
                }
            }),
        }
        Continue(())
    }
}
