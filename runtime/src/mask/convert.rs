//! Standard traits of masks, and conversions from and to `google.protobuf.FieldMask`.

use std::fmt;

use prost_types::FieldMask;

use crate::fields::Fields;
use crate::mask::field_mask::Mask;
use crate::violation::Violations;

impl<F: Fields> PartialEq for Mask<F> {
    fn eq(&self, other: &Self) -> bool {
        self.paths() == other.paths()
    }
}

impl<F: Fields> Eq for Mask<F> {}

impl<F: Fields> fmt::Debug for Mask<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.paths()).finish()
    }
}

impl<F: Fields> From<&Mask<F>> for FieldMask {
    fn from(mask: &Mask<F>) -> Self {
        Self { paths: mask.paths() }
    }
}

impl<F: Fields> From<Mask<F>> for FieldMask {
    fn from(mask: Mask<F>) -> Self {
        Self::from(&mask)
    }
}

/// Same as [`Mask::parse`]. A mask without paths becomes the empty set. The meaning of a request without paths depends on
/// [`ParseOptions`](super::ParseOptions) and [`ApplyOptions`](super::ApplyOptions).
impl<F: Fields> TryFrom<&FieldMask> for Mask<F> {
    type Error = Violations;

    fn try_from(mask: &FieldMask) -> Result<Self, Violations> {
        Self::parse(mask)
    }
}
