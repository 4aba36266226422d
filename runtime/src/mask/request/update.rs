//! Update requests (AIP-134).

use super::error::UpdateError;
use super::update_parts::{UpdateOptions, UpdateParts, Updated};
use crate::fields::Fields;
use crate::mask::field_mask::Mask;

/// Request that updates a resource. Generated code implements it for the update requests that the generator recognizes.
///
/// A text field `etag` of the resource is compared and never updated, whatever the mask selects (AIP-154). An `etag` of the
/// request itself takes precedence.
pub trait UpdateRequest: Sized {
    /// Field table of the resource.
    type Resource: Fields;

    /// Converts the request to its parts.
    fn into_parts(self) -> UpdateParts<Self::Resource>;

    /// Returns the `etag` of the request itself, or an empty text.
    ///
    /// If the resource has no field `etag`, an update with an etag is rejected. A server that stores etags elsewhere compares
    /// them itself, and clears [`UpdateParts::etag`] before it applies the parts.
    fn etag(&self) -> &str {
        ""
    }

    /// Updates the stored resource. Returns the mask of the fields that changed.
    ///
    /// An absent or empty mask selects all fields that the request has set. `OUTPUT_ONLY` fields and the `etag` of the resource
    /// keep their stored values.
    ///
    /// # Errors
    ///
    /// Returns all violations of the request. Then the resource has not changed.
    fn apply_to(self, stored: &mut <Self::Resource as Fields>::Message) -> Result<Mask<Self::Resource>, UpdateError> {
        self.apply_to_with(stored, &UpdateOptions::default())
    }

    /// Same as [`apply_to`](Self::apply_to), with options.
    ///
    /// # Errors
    ///
    /// Returns all violations of the request. Then the resource has not changed.
    fn apply_to_with(
        self,
        stored: &mut <Self::Resource as Fields>::Message,
        options: &UpdateOptions,
    ) -> Result<Mask<Self::Resource>, UpdateError> {
        self.into_parts().apply_to(stored, options)
    }

    /// Updates the stored resource. Without one, creates the resource if the request sets `allow_missing`. Then the mask is
    /// ignored, `REQUIRED` fields must be set, and any `etag` is a mismatch.
    ///
    /// # Errors
    ///
    /// Returns all violations of the request, or that the resource does not exist.
    fn apply_or_create(
        self,
        stored: Option<<Self::Resource as Fields>::Message>,
    ) -> Result<Updated<Self::Resource>, UpdateError> {
        self.apply_or_create_with(stored, &UpdateOptions::default())
    }

    /// Same as [`apply_or_create`](Self::apply_or_create), with options.
    ///
    /// # Errors
    ///
    /// Returns all violations of the request, or that the resource does not exist.
    fn apply_or_create_with(
        self,
        stored: Option<<Self::Resource as Fields>::Message>,
        options: &UpdateOptions,
    ) -> Result<Updated<Self::Resource>, UpdateError> {
        self.into_parts().apply_or_create(stored, options)
    }
}
