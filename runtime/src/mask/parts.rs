//! An update request, taken apart, and what it does to a resource.

use prost_types::FieldMask;

use super::error::UpdateError;
use super::etag::{self, Agreement};
use super::name::resource_name;
use super::options::{Behaviors, EmptyMask};
use super::parse::parse_right;
use super::policy::{self, Renaming};
use super::populated::{Hollow, populated};
use super::select::Selected;
use super::source::ByMove;
use super::transfer;
use super::tree::Tree;
use super::typed::Mask;
use super::update::{Outcome, UpdateOptions, Updated};
use crate::fields::{Behavior, Fields};
use crate::violation::{Collector, NamedResource, Reason, Subject, Violations};

/// An update request, taken apart.
#[derive(Debug)]
pub struct UpdateParts<F: Fields> {
    /// The resource as the request has it.
    pub resource: Option<F::Message>,
    /// Where in the request it is.
    pub location: ResourceLocation,
    /// What to update.
    pub mask: UpdateMask<F>,
    /// Whether a resource that does not exist is created.
    pub allow_missing: bool,
    /// The `etag` of the request; empty for none.
    pub etag: String,
    /// Identity of the errors. Generated code gives it the domain of the service.
    pub subject: Subject,
    /// Name of the resource for errors; empty for the one that the resource holds.
    pub name: String,
}

/// Where in a request its resource is: violations name its fields as the request does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResourceLocation {
    /// In this field.
    Field(&'static str),
    /// The request itself has fields of the resource: by their positions in the resource, with their names in the
    /// request.
    Request(&'static [(u16, &'static str)]),
}

/// What an update request says about which fields to update.
#[derive(Debug)]
#[non_exhaustive]
pub enum UpdateMask<F: Fields> {
    /// A mask, or none.
    Paths {
        /// The mask's field in the request.
        field: &'static str,
        /// What it holds.
        mask: Option<FieldMask>,
    },
    /// The optional fields that the request has set.
    Fields(Mask<F>),
}

impl<F: Fields> UpdateParts<F> {
    /// Updates the stored resource, and says what really changed.
    ///
    /// # Errors
    ///
    /// All that is wrong with the request; then nothing has changed.
    pub fn apply_to(self, stored: &mut F::Message, options: &UpdateOptions) -> Result<Mask<F>, UpdateError> {
        let mut violations = Collector::new(self.subject);
        let agreement = etag::compare::<F>(&self.etag, self.resource.as_ref(), Some(stored));
        let resource = self.location.resource::<F>(self.resource, &mut violations);
        if agreement == Agreement::Incomparable {
            violations.add_with(etag::incomparable::<F>);
        }
        let (tree, renaming) =
            self.mask.select(resource.as_ref(), self.location.field_name(), options, &mut violations);
        let Some(mut resource) = resource else { return Err(violations.into_violations().into()) };
        if agreement == Agreement::Differs {
            // Whose version is another one would learn nothing from a comparison with this one.
            violations.finish()?;
            let named = named::<F>(self.subject, self.name, Some(&resource));
            return Err(UpdateError::EtagMismatch(named));
        }
        etag::keep::<F>(&mut resource, stored);
        let selected = Selected::root(&tree);
        if let Err(refusals) = transfer::refusals::<F>(stored, &resource, &selected, options.apply, renaming) {
            violations.merge(self.location.named::<F>(refusals));
        }
        violations.finish()?;
        Ok(transfer::update::<F>(stored, ByMove(&mut resource), &selected, options.apply))
    }

    /// Updates the stored resource; where there is none, creates it if the request says `allow_missing`.
    ///
    /// # Errors
    ///
    /// All that is wrong with the request, or that there is nothing to update.
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
            None => Err(UpdateError::NotFound(named::<F>(self.subject, self.name, self.resource.as_ref()))),
        }
    }

    /// Makes a new resource of the request.
    fn create(self, options: &UpdateOptions) -> Result<F::Message, UpdateError> {
        let mut violations = Collector::new(self.subject);
        let agreement = etag::compare::<F>(&self.etag, self.resource.as_ref(), None);
        let resource = self.location.resource::<F>(self.resource, &mut violations);
        if agreement == Agreement::Incomparable {
            violations.add_with(etag::incomparable::<F>);
        }
        let Some(mut resource) = resource else { return Err(violations.into_violations().into()) };
        if agreement == Agreement::Differs {
            let named = named::<F>(self.subject, self.name, Some(&resource));
            return Err(UpdateError::EtagMismatch(named));
        }
        // It can be there and empty, which is for the server to say.
        etag::keep::<F>(&mut resource, &F::Message::default());
        if options.apply.behaviors == Behaviors::Honor {
            policy::strip::<F>(&mut resource, Behavior::OUTPUT_ONLY);
            if let Err(missing) = policy::check_required::<F>(&resource) {
                violations.merge(self.location.named::<F>(missing));
            }
        }
        violations.finish()?;
        Ok(resource)
    }
}

/// The resource of an update, for errors.
#[cold]
fn named<F: Fields>(subject: Subject, name: String, resource: Option<&F::Message>) -> NamedResource {
    match resource {
        Some(resource) if name.is_empty() => NamedResource::new(subject, resource_name::<F>(resource)),
        _ => NamedResource::new(subject, name),
    }
}

impl<F: Fields> UpdateMask<F> {
    /// The fields to update, of the paths that are right, and what is wrong with the others.
    fn select(
        self,
        resource: Option<&F::Message>,
        resource_name: &str,
        options: &UpdateOptions,
        violations: &mut Collector,
    ) -> (Tree, Renaming) {
        let mut tree = Tree::empty();
        match self {
            Self::Fields(mask) => tree = mask.into_tree(),
            Self::Paths { field, mask: Some(mask) } if !mask.paths.is_empty() => {
                let names = (field, resource_name);
                parse_right(F::schema(), &mask.paths, names, &options.parse, &mut tree, violations);
            }
            Self::Paths { field, .. } => match (options.apply.empty, resource) {
                (EmptyMask::Populated, Some(resource)) => {
                    return (populated::<F>(resource, Hollow::Made), Renaming::Ignored);
                }
                (EmptyMask::Populated, None) | (EmptyMask::Nothing, _) => {}
                (EmptyMask::Refuse, _) => {
                    let description = "names no field: say which to update, or `*` for all";
                    violations.add(field, Reason::EmptyMask, description);
                }
            },
        }
        (tree, Renaming::Refused)
    }
}

impl ResourceLocation {
    /// The field of the request that holds the resource; empty if the request itself does.
    const fn field_name(self) -> &'static str {
        match self {
            Self::Field(name) => name,
            Self::Request(_) => "",
        }
    }

    /// The resource that a request holds. Where its fields are those of the request, it is there even without any.
    fn resource<F: Fields>(self, given: Option<F::Message>, violations: &mut Collector) -> Option<F::Message> {
        match self {
            Self::Field(name) => {
                if given.is_none() {
                    let description = "is missing: the request has to hold the resource";
                    violations.add(name, Reason::MissingResource, description);
                }
                given
            }
            Self::Request(_) => Some(given.unwrap_or_default()),
        }
    }

    /// Renames the fields of violations of the resource to their names in the request.
    fn named<F: Fields>(self, violations: Violations) -> Violations {
        violations.with_renamed_fields(|field| match self {
            Self::Field(name) => field.insert_str(0, &format!("{name}.")),
            Self::Request(names) => {
                let end = field.find(['.', '[']).unwrap_or(field.len());
                let position =
                    field.get(..end).and_then(|first| F::schema().field(first)).map(|(position, _)| position);
                if let Some((_, name)) = names.iter().find(|(of, _)| Some(*of) == position) {
                    field.replace_range(..end, name);
                }
            }
        })
    }
}
