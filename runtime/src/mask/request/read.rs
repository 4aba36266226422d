//! Read requests (AIP-157).

use prost_types::FieldMask;

use crate::fields::Fields;
use crate::mask::field_mask::Mask;
use crate::mask::options::ParseOptions;
use crate::violation::Violations;

/// Request that reads a resource, or a list of resources, under a mask. Generated code implements it for requests with a
/// mask.
pub trait ReadRequest {
    /// Field table of the resource.
    type Resource: Fields;

    /// Name of the mask's field in the request.
    const MASK: &'static str;

    /// Domain of errors; `None` for that of the resource.
    const DOMAIN: Option<&'static str> = None;

    /// Returns the mask of the request.
    fn field_mask(&self) -> Option<&FieldMask>;

    /// Parses the mask with [`ParseOptions::read`]. Without a mask, every field is selected.
    ///
    /// # Errors
    ///
    /// Returns the violations of its paths.
    fn read_mask(&self) -> Result<Mask<Self::Resource>, Violations> {
        self.read_mask_with(&ParseOptions::read())
    }

    /// Parses the mask with other options.
    ///
    /// [`ParseOptions::empty`] is the selection of a mask without paths. If the request has no mask, every field is selected
    /// (AIP-157).
    ///
    /// # Errors
    ///
    /// Returns the violations of its paths.
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
