//! Update requests with optional fields in target of a mask: the fields that are set are updated.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;

use super::update_parts::{ResourceLocation, UpdateMask, UpdateParts};
use crate::fields::{Fields, Key, Path};
use crate::mask::field_mask::Mask;
use crate::violation::Subject;

/// Resource that is made from the fields of a request, and the mask of the fields that are set.
#[derive(Debug)]
pub struct Patch<F: Fields> {
    resource: F::Message,
    mask: Mask<F>,
}

/// Field of a request that updates a field of the resource if it is set: an option, a list or a map.
pub trait PatchField<P> {
    /// Moves the value to the field of the resource. Returns `false` if the field of the request is not set.
    fn patch(self, target: &mut P) -> bool;
}

impl<F: Fields> Patch<F> {
    /// Creates an empty patch.
    #[must_use]
    pub fn new() -> Self {
        Self { resource: F::Message::default(), mask: Mask::empty() }
    }

    /// Adds a field of the request.
    pub fn field<T, P>(
        &mut self,
        path: Path<'_, F, T>,
        given: impl PatchField<P>,
        target: impl FnOnce(&mut F::Message) -> &mut P,
    ) {
        if given.patch(target(&mut self.resource)) {
            self.mask.insert(path);
        }
    }

    /// Returns the update, without conditions. `names` are the names of the resource's fields in the request.
    #[must_use]
    pub fn into_parts(self, names: &'static [(u16, &'static str)]) -> UpdateParts<F> {
        UpdateParts {
            resource: Some(self.resource),
            location: ResourceLocation::Request(names),
            mask: UpdateMask::Fields(self.mask),
            allow_missing: false,
            etag: String::new(),
            subject: Subject::from_fields::<F>(),
            name: String::new(),
        }
    }
}

impl<F: Fields> Default for Patch<F> {
    fn default() -> Self {
        Self::new()
    }
}

/// Field of the resource with presence. An absent field of the request does not clear it.
impl<T> PatchField<Option<T>> for Option<T> {
    fn patch(self, target: &mut Option<T>) -> bool {
        let is_given = self.is_some();
        if is_given {
            *target = self;
        }
        is_given
    }
}

impl<T> PatchField<Option<Box<T>>> for Option<T> {
    fn patch(self, target: &mut Option<Box<T>>) -> bool {
        self.map(Box::new).patch(target)
    }
}

impl<T> PatchField<Option<T>> for Option<Box<T>> {
    fn patch(self, target: &mut Option<T>) -> bool {
        self.map(|given| *given).patch(target)
    }
}

impl<T> PatchField<Self> for Vec<T> {
    fn patch(self, target: &mut Self) -> bool {
        let is_given = !self.is_empty();
        if is_given {
            *target = self;
        }
        is_given
    }
}

impl<K: Key, V: Clone + 'static> PatchField<Self> for HashMap<K, V> {
    fn patch(self, target: &mut Self) -> bool {
        let is_given = !self.is_empty();
        if is_given {
            *target = self;
        }
        is_given
    }
}

impl<K: Key, V: Clone + 'static> PatchField<Self> for BTreeMap<K, V> {
    fn patch(self, target: &mut Self) -> bool {
        let is_given = !self.is_empty();
        if is_given {
            *target = self;
        }
        is_given
    }
}

/// Fields of the resource without presence.
macro_rules! implicit_fields {
    ($($type:ty),*) => {$(
        impl PatchField<$type> for Option<$type> {
            fn patch(self, target: &mut $type) -> bool {
                self.map(|given| *target = given).is_some()
            }
        }

        impl PatchField<$type> for Option<Box<$type>> {
            fn patch(self, target: &mut $type) -> bool {
                self.map(|given| *target = *given).is_some()
            }
        }
    )*};
}

implicit_fields!(bool, i32, i64, u32, u64, f32, f64, String, Vec<u8>, Bytes);
