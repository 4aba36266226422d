//! Read requests (AIP-157).

use prost_types::FieldMask;

use super::options::ParseOptions;
use super::typed::Mask;
use crate::fields::Fields;
use crate::violation::Violations;

/// A request that reads a resource, or a list of it, under a mask. Generated code implements it for the requests that
/// hold one.
pub trait ReadRequest {
    /// The fields of the resource.
    type Resource: Fields;

    /// The mask's field in the request.
    const MASK: &'static str;

    /// The domain of errors; `None` for that of the resource.
    const DOMAIN: Option<&'static str> = None;

    /// The mask as the request has it.
    fn field_mask(&self) -> Option<&FieldMask>;

    /// The mask; every field where the request has none.
    ///
    /// # Errors
    ///
    /// All that is wrong with its paths.
    fn read_mask(&self) -> Result<Mask<Self::Resource>, Violations> {
        self.read_mask_with(&ParseOptions::read())
    }

    /// As [`read_mask`](Self::read_mask), with other options than [`ParseOptions::read`].
    ///
    /// [`ParseOptions::empty`] tells what a mask without paths selects. Where the request has no mask, every field is
    /// selected (AIP-157).
    ///
    /// # Errors
    ///
    /// All that is wrong with its paths.
    fn read_mask_with(&self, options: &ParseOptions) -> Result<Mask<Self::Resource>, Violations> {
        match self.field_mask() {
            Some(mask) => {
                let parsed = options.parse(Self::MASK, mask);
                parsed.map_err(|violations| match Self::DOMAIN {
                    Some(domain) => violations.with_domain(domain),
                    None => violations,
                })
            }
            None => Ok(Mask::everything()),
        }
    }
}
