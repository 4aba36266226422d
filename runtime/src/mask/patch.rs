//! Requests that carry optional fields instead of a mask: what is set is to be updated.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;

use super::parts::{ResourceLocation, UpdateMask, UpdateParts};
use super::typed::Mask;
use crate::fields::{Fields, Key, Path};
use crate::violation::Subject;

/// A resource that is filled in from the fields of a request, and the mask of those that were set.
#[derive(Debug)]
pub struct Patch<F: Fields> {
    resource: F::Message,
    mask: Mask<F>,
}

/// A field of a request that may say what to update: an option, or a list or a map that is not empty.
pub trait PatchField<P> {
    /// Moves what is given to its place in the resource, and says whether there was anything.
    fn patch(self, place: &mut P) -> bool;
}

impl<F: Fields> Patch<F> {
    /// Nothing is to be updated yet.
    #[must_use]
    pub fn new() -> Self {
        Self { resource: F::Message::default(), mask: Mask::empty() }
    }

    /// Takes one field of the request.
    pub fn field<T, P>(
        &mut self,
        path: Path<'_, F, T>,
        given: impl PatchField<P>,
        place: impl FnOnce(&mut F::Message) -> &mut P,
    ) {
        if given.patch(place(&mut self.resource)) {
            self.mask.insert(path);
        }
    }

    /// Returns the update that the request asks for, without conditions; `names` are the names of the resource's fields
    /// in the request.
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

/// A place with presence. An absent field of the request clears nothing.
impl<T> PatchField<Option<T>> for Option<T> {
    fn patch(self, place: &mut Option<T>) -> bool {
        let is_given = self.is_some();
        if is_given {
            *place = self;
        }
        is_given
    }
}

impl<T> PatchField<Option<Box<T>>> for Option<T> {
    fn patch(self, place: &mut Option<Box<T>>) -> bool {
        self.map(Box::new).patch(place)
    }
}

impl<T> PatchField<Option<T>> for Option<Box<T>> {
    fn patch(self, place: &mut Option<T>) -> bool {
        self.map(|given| *given).patch(place)
    }
}

impl<T> PatchField<Self> for Vec<T> {
    fn patch(self, place: &mut Self) -> bool {
        let is_given = !self.is_empty();
        if is_given {
            *place = self;
        }
        is_given
    }
}

impl<K: Key, V: Clone + 'static> PatchField<Self> for HashMap<K, V> {
    fn patch(self, place: &mut Self) -> bool {
        let is_given = !self.is_empty();
        if is_given {
            *place = self;
        }
        is_given
    }
}

impl<K: Key, V: Clone + 'static> PatchField<Self> for BTreeMap<K, V> {
    fn patch(self, place: &mut Self) -> bool {
        let is_given = !self.is_empty();
        if is_given {
            *place = self;
        }
        is_given
    }
}

/// A place without presence.
macro_rules! implicit_places {
    ($($type:ty),*) => {$(
        impl PatchField<$type> for Option<$type> {
            fn patch(self, place: &mut $type) -> bool {
                self.map(|given| *place = given).is_some()
            }
        }

        impl PatchField<$type> for Option<Box<$type>> {
            fn patch(self, place: &mut $type) -> bool {
                self.map(|given| *place = *given).is_some()
            }
        }
    )*};
}

implicit_places!(bool, i32, i64, u32, u64, f32, f64, String, Vec<u8>, Bytes);
