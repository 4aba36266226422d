//! Parts of an update request, and their application to a resource.

use prost_types::FieldMask;

use super::error::UpdateError;
use super::etag::{self, EtagMatch};
use super::resource_name::resource_name;
use crate::fields::{Behavior, Fields};
use crate::mask::compare::{EmptyMessage, populated};
use crate::mask::field_mask::Mask;
use crate::mask::options::{ApplyOptions, Behaviors, EmptyMask, ParseOptions};
use crate::mask::policy::{self, IdentifierPolicy};
use crate::mask::set::{Selected, Tree};
use crate::mask::text::parse_valid;
use crate::mask::update::{ByMove, check, update};
use crate::violation::{Collector, NamedResource, Reason, Subject, Violations};

/// Parts of an update request.
#[derive(Debug)]
pub struct UpdateParts<F: Fields> {
    /// Resource in the request.
    pub resource: Option<F::Message>,
    /// Position of the resource in the request.
    pub location: ResourceLocation,
    /// Fields to update.
    pub mask: UpdateMask<F>,
    /// Whether a missing resource is created.
    pub allow_missing: bool,
    /// `etag` of the request; empty for none.
    pub etag: String,
    /// Identity of the errors, with the domain of the service.
    pub subject: Subject,
    /// Name of the resource for errors; empty for the name in the resource.
    pub name: String,
}

/// Options of an update request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateOptions {
    /// Accepted masks.
    pub parse: ParseOptions,
    /// Application of the values.
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
    /// Content of the resource.
    pub resource: F::Message,
    /// Effect of the update.
    pub outcome: Outcome<F>,
}

/// Effect of an update.
#[derive(Debug)]
pub enum Outcome<F: Fields> {
    /// The resource was created.
    Created,
    /// The resource was updated, and these fields changed.
    Changed(Mask<F>),
}

/// Position of the resource in a request. Violations have the paths of fields in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResourceLocation {
    /// Field with the resource.
    Field(&'static str),
    /// The request itself has the fields of the resource. Pairs of the position in the resource and the name in the request.
    Request(&'static [(u16, &'static str)]),
}

/// Fields that an update request selects.
#[derive(Debug)]
#[non_exhaustive]
pub enum UpdateMask<F: Fields> {
    /// The paths of a mask.
    Paths {
        /// Name of the mask's field in the request.
        field: &'static str,
        /// The mask; `None` if it is absent.
        mask: Option<FieldMask>,
    },
    /// The optional fields that the request has set.
    Fields(Mask<F>),
}

impl<F: Fields> UpdateParts<F> {
    /// Updates the stored resource. Returns the mask of the fields that changed.
    ///
    /// # Errors
    ///
    /// Returns all violations of the request. Then the resource has not changed.
    pub fn apply_to(self, stored: &mut F::Message, options: &UpdateOptions) -> Result<Mask<F>, UpdateError> {
        let mut violations = Collector::new(self.subject);
        let etag_match = etag::compare::<F>(&self.etag, self.resource.as_ref(), Some(stored));
        let resource = self.location.resource::<F>(self.resource, &mut violations);
        if etag_match == EtagMatch::NoEtagField {
            violations.add_with(etag::no_etag_field::<F>);
        }
        let (tree, identifier) =
            self.mask.select(resource.as_ref(), self.location.field_name(), options, &mut violations);
        let Some(mut resource) = resource else { return Err(violations.into_violations().into()) };
        if etag_match == EtagMatch::Different {
            // The client has another version, so violations of a comparison with this version would be misleading.
            violations.finish()?;
            let resource = named_resource::<F>(self.subject, self.name, Some(&resource));
            return Err(UpdateError::EtagMismatch(resource));
        }
        etag::keep_stored::<F>(&mut resource, stored);
        let selected = Selected::root(&tree);
        if let Err(rejected) = check::<F>(stored, &resource, &selected, options.apply, identifier) {
            violations.merge(self.location.in_request::<F>(rejected));
        }
        violations.finish()?;
        Ok(Mask::from_record(|changes| update::<F>(stored, ByMove(&mut resource), &selected, options.apply, changes)))
    }

    /// Updates the stored resource. Without one, creates the resource if the request sets `allow_missing`.
    ///
    /// # Errors
    ///
    /// Returns all violations of the request, or that the resource does not exist.
    pub fn apply_or_create(
        self,
        stored: Option<F::Message>,
        options: &UpdateOptions,
    ) -> Result<Updated<F>, UpdateError> {
        match stored {
            Some(mut resource) => {
                let changed = self.apply_to(&mut resource, options)?;
                Ok(Updated { resource, outcome: Outcome::Changed(changed) })
            }
            None if self.allow_missing => Ok(Updated { resource: self.create(options)?, outcome: Outcome::Created }),
            None => Err(UpdateError::NotFound(named_resource::<F>(self.subject, self.name, self.resource.as_ref()))),
        }
    }

    /// Creates a resource from the request.
    fn create(self, options: &UpdateOptions) -> Result<F::Message, UpdateError> {
        let mut violations = Collector::new(self.subject);
        let etag_match = etag::compare::<F>(&self.etag, self.resource.as_ref(), None);
        let resource = self.location.resource::<F>(self.resource, &mut violations);
        if etag_match == EtagMatch::NoEtagField {
            violations.add_with(etag::no_etag_field::<F>);
        }
        let Some(mut resource) = resource else { return Err(violations.into_violations().into()) };
        if etag_match == EtagMatch::Different {
            let resource = named_resource::<F>(self.subject, self.name, Some(&resource));
            return Err(UpdateError::EtagMismatch(resource));
        }
        // The server assigns the etag.
        etag::keep_stored::<F>(&mut resource, &F::Message::default());
        if options.apply.behaviors == Behaviors::Honor {
            policy::strip::<F>(&mut resource, Behavior::OUTPUT_ONLY);
            if let Err(missing) = policy::check_required::<F>(&resource) {
                violations.merge(self.location.in_request::<F>(missing));
            }
        }
        violations.finish()?;
        Ok(resource)
    }
}

/// Returns the name of the resource, for errors.
#[cold]
fn named_resource<F: Fields>(subject: Subject, name: String, resource: Option<&F::Message>) -> NamedResource {
    match resource {
        Some(resource) if name.is_empty() => NamedResource::new(subject, resource_name::<F>(resource)),
        _ => NamedResource::new(subject, name),
    }
}

impl<F: Fields> UpdateMask<F> {
    /// Returns the fields to update. Invalid paths are added to the violations and are not in the set.
    fn select(
        self,
        resource: Option<&F::Message>,
        resource_name: &str,
        options: &UpdateOptions,
        violations: &mut Collector,
    ) -> (Tree, IdentifierPolicy) {
        let mut tree = Tree::empty();
        match self {
            Self::Fields(mask) => tree = mask.into_tree(),
            Self::Paths { field, mask: Some(mask) } if !mask.paths.is_empty() => {
                let names = (field, resource_name);
                parse_valid(F::schema(), &mask.paths, names, &options.parse, &mut tree, violations);
            }
            Self::Paths { field, .. } => match (options.apply.empty, resource) {
                (EmptyMask::Populated, Some(resource)) => {
                    return (populated::<F>(resource, EmptyMessage::Create), IdentifierPolicy::IgnoreChange);
                }
                (EmptyMask::Populated, None) | (EmptyMask::Nothing, _) => {}
                (EmptyMask::Reject, _) => {
                    let description = "names no field: name the fields to update, or `*` for all";
                    violations.add(field, Reason::EmptyMask, description);
                }
            },
        }
        (tree, IdentifierPolicy::RejectChange)
    }
}

impl ResourceLocation {
    /// Returns the name of the field with the resource, or an empty text if the request has its fields.
    const fn field_name(self) -> &'static str {
        match self {
            Self::Field(name) => name,
            Self::Request(_) => "",
        }
    }

    /// Returns the resource of a request. If the request has the fields of the resource, it is never missing.
    fn resource<F: Fields>(self, given: Option<F::Message>, violations: &mut Collector) -> Option<F::Message> {
        match self {
            Self::Field(name) => {
                if given.is_none() {
                    let description = "is missing: the request must have the resource";
                    violations.add(name, Reason::MissingResource, description);
                }
                given
            }
            Self::Request(_) => Some(given.unwrap_or_default()),
        }
    }

    /// Converts paths in the resource to paths in the request.
    fn in_request<F: Fields>(self, violations: Violations) -> Violations {
        violations.with_renamed_fields(|field| match self {
            Self::Field(name) => field.insert_str(0, &format!("{name}.")),
            Self::Request(names) => {
                let end = field.find(['.', '[']).unwrap_or(field.len());
                let position =
                    field.get(..end).and_then(|first| F::schema().field(first)).map(|(position, _)| position);
                if let Some((_, name)) = names.iter().find(|(index, _)| Some(*index) == position) {
                    field.replace_range(..end, name);
                }
            }
        })
    }
}
