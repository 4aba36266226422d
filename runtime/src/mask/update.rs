//! Update requests (AIP-134): what generated code says of them, and updating a resource with one.

use super::error::UpdateError;
use super::options::{ApplyOptions, ParseOptions};
use super::parts::UpdateParts;
use super::typed::Mask;
use crate::fields::Fields;

/// A request that updates a resource. Generated code implements it for the requests that it recognises.
///
/// A field `etag` of the resource, if it is text, is compared and never updated, whatever the mask says (AIP-154). The
/// request can have an `etag` as well, which counts before the resource's.
pub trait UpdateRequest: Sized {
    /// The fields of the resource.
    type Resource: Fields;

    /// Takes the request apart.
    fn into_parts(self) -> UpdateParts<Self::Resource>;

    /// The `etag` of the request itself; empty for none.
    ///
    /// Where the resource has no `etag` of its own, an update is refused that has one here. A server that keeps etags
    /// elsewhere compares it itself, and takes it out of [`UpdateParts`] before it applies them.
    fn etag(&self) -> &str {
        ""
    }

    /// Updates the stored resource, and says what really changed.
    ///
    /// An absent or an empty mask means all fields that the request has set. What the request says about `OUTPUT_ONLY`
    /// fields and about the resource's `etag` is not applied.
    ///
    /// # Errors
    ///
    /// All that is wrong with the request; then nothing has changed.
    fn apply_to(self, stored: &mut <Self::Resource as Fields>::Message) -> Result<Mask<Self::Resource>, UpdateError> {
        self.apply_to_with(stored, &UpdateOptions::default())
    }

    /// As [`apply_to`](Self::apply_to), with other options than the preset's.
    ///
    /// # Errors
    ///
    /// All that is wrong with the request; then nothing has changed.
    fn apply_to_with(
        self,
        stored: &mut <Self::Resource as Fields>::Message,
        options: &UpdateOptions,
    ) -> Result<Mask<Self::Resource>, UpdateError> {
        self.into_parts().apply_to(stored, options)
    }

    /// Updates the stored resource; where there is none, creates it if the request says `allow_missing`. Then the mask
    /// does not matter, what is `REQUIRED` must be there, and an `etag` agrees with nothing.
    ///
    /// # Errors
    ///
    /// All that is wrong with the request, or that there is nothing to update.
    fn apply_or_create(
        self,
        stored: Option<<Self::Resource as Fields>::Message>,
    ) -> Result<Updated<Self::Resource>, UpdateError> {
        self.apply_or_create_with(stored, &UpdateOptions::default())
    }

    /// As [`apply_or_create`](Self::apply_or_create), with other options than the preset's.
    ///
    /// # Errors
    ///
    /// All that is wrong with the request, or that there is nothing to update.
    fn apply_or_create_with(
        self,
        stored: Option<<Self::Resource as Fields>::Message>,
        options: &UpdateOptions,
    ) -> Result<Updated<Self::Resource>, UpdateError> {
        self.into_parts().apply_or_create(stored, options)
    }
}

/// How an update request is read and applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateOptions {
    /// What is accepted as its mask.
    pub parse: ParseOptions,
    /// What applying it means.
    pub apply: ApplyOptions,
}

impl Default for UpdateOptions {
    fn default() -> Self {
        Self { parse: ParseOptions::update(), apply: ApplyOptions::aip() }
    }
}

/// A resource after an update.
#[derive(Debug)]
pub struct Updated<F: Fields> {
    /// The resource.
    pub resource: F::Message,
    /// What happened to it.
    pub outcome: Outcome<F>,
}

/// What an update did.
#[derive(Debug)]
pub enum Outcome<F: Fields> {
    /// The resource is new.
    Created,
    /// These fields really changed.
    Changed(Mask<F>),
}
