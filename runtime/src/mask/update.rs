//! Update and read requests (AIP-134, AIP-157), and what creating and answering ask of a resource (AIP-203).

use prost_types::FieldMask;

use super::error::UpdateError;
use super::options::{ApplyOptions, EmptyMask, ParseOptions};
use super::policy::{self, Renaming};
use super::select::Selected;
use super::typed::Mask;
use crate::fields::{Behavior, Fields, Value, value};
use crate::violation::{Reason, Violation, Violations};

/// A request that updates a resource. Generated code implements it for the requests that it recognises.
pub trait UpdateRequest: Sized {
    /// The fields of the resource.
    type Resource: Fields;

    /// Takes the request apart.
    fn into_parts(self) -> UpdateParts<Self::Resource>;

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
    /// does not matter, and what is `REQUIRED` must be there.
    ///
    /// # Errors
    ///
    /// All that is wrong with the request, or that there is nothing to update.
    fn apply_or_create(
        self,
        stored: Option<<Self::Resource as Fields>::Message>,
        options: &UpdateOptions,
    ) -> Result<Updated<Self::Resource>, UpdateError> {
        let parts = self.into_parts();
        match stored {
            Some(mut resource) => {
                let changed = parts.apply_to(&mut resource, options)?;
                Ok(Updated { resource, outcome: Outcome::Changed(changed) })
            }
            None if parts.allow_missing => Ok(Updated { resource: parts.create(options)?, outcome: Outcome::Created }),
            None => Err(UpdateError::NotFound),
        }
    }
}

/// A request that reads a resource, or a list of it, under a mask. Generated code implements it for the requests that
/// hold one.
pub trait ReadRequest {
    /// The fields of the resource.
    type Resource: Fields;

    /// The mask's field in the request.
    const MASK: &'static str;

    /// The mask as the request has it.
    fn field_mask(&self) -> Option<&FieldMask>;

    /// The mask; every field where the request has none.
    ///
    /// # Errors
    ///
    /// All that is wrong with its paths.
    fn read_mask(&self) -> Result<Mask<Self::Resource>, Violations> {
        match self.field_mask() {
            Some(mask) if !mask.paths.is_empty() => ParseOptions::read().parse(Self::MASK, mask),
            _ => Ok(Mask::everything()),
        }
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

/// An update request, taken apart.
#[derive(Debug)]
pub struct UpdateParts<F: Fields> {
    /// The resource as the request has it.
    pub resource: Option<F::Message>,
    /// What to update.
    pub mask: UpdateMask<F>,
    /// Whether a resource that does not exist is created.
    pub allow_missing: bool,
    /// The `etag` of the request; empty for none.
    pub etag: String,
    /// The names of the fields, for violations.
    pub names: UpdateNames,
}

/// What an update request says about which fields to update.
#[derive(Debug)]
pub enum UpdateMask<F: Fields> {
    /// A mask, or none.
    Paths(Option<FieldMask>),
    /// The optional fields that the request has set.
    Fields(Mask<F>),
}

/// What the fields of an update request are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UpdateNames {
    /// The resource's; `None` where the request itself has the resource's fields.
    pub resource: Option<&'static str>,
    /// The mask's.
    pub mask: &'static str,
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

impl<F: Fields> UpdateParts<F> {
    /// Updates the stored resource.
    ///
    /// # Errors
    ///
    /// All that is wrong with the request; then nothing has changed.
    pub fn apply_to(self, stored: &mut F::Message, options: &UpdateOptions) -> Result<Mask<F>, UpdateError> {
        let Self { resource, mask, etag, names, .. } = self;
        let mut resource = given::<F>(resource, names)?;
        let mut renaming = Renaming::Refused;
        let mask = match mask {
            UpdateMask::Paths(Some(mask)) if !mask.paths.is_empty() => options.parse.parse::<F>(names.mask, &mask)?,
            UpdateMask::Paths(_) => match options.apply.empty {
                EmptyMask::Populated => {
                    renaming = Renaming::Ignored;
                    Mask::populated(&resource)
                }
                EmptyMask::Nothing => Mask::empty(),
                EmptyMask::Refuse => {
                    let description = "names no field: say which to update, or `*` for all".to_owned();
                    let violation = Violation { field: names.mask.to_owned(), description, reason: Reason::EmptyMask };
                    return Err(Violations::one(F::schema().name(), violation).into());
                }
            },
            UpdateMask::Fields(mask) => mask,
        };
        let etags = Etags::of::<F>(&resource, stored, &etag);
        if etags.is_some_and(|etags| !etags.agree()) {
            return Err(UpdateError::EtagMismatch);
        }
        keep_etag::<F>(&mut resource, stored);
        let changed = mask.update(stored, resource, options.apply, renaming);
        Ok(changed.map_err(|violations| within(violations, names))?)
    }

    /// Makes a new resource of the request.
    fn create(self, options: &UpdateOptions) -> Result<F::Message, UpdateError> {
        let mut resource = given::<F>(self.resource, self.names)?;
        if options.apply.behaviors == super::Behaviors::Honor {
            policy::strip::<F>(&mut resource, Behavior::OUTPUT_ONLY);
            check_required::<F>(&resource).map_err(|violations| within(violations, self.names))?;
        }
        Ok(resource)
    }
}

fn given<F: Fields>(resource: Option<F::Message>, names: UpdateNames) -> Result<F::Message, Violations> {
    resource.ok_or_else(|| {
        let field = names.resource.unwrap_or_default().to_owned();
        let description = "is missing: the request has to hold the resource".to_owned();
        Violations::one(F::schema().name(), Violation { field, description, reason: Reason::MissingResource })
    })
}

fn within(violations: Violations, names: UpdateNames) -> Violations {
    match names.resource {
        Some(resource) => violations.within(&format!("{resource}.")),
        None => violations,
    }
}

/// Two etags to compare; an empty one asks for no comparison (AIP-154).
struct Etags<'a> {
    given: &'a str,
    stored: &'a str,
}

impl<'a> Etags<'a> {
    /// The request's own, or that of the resource in it; `None` where the resource has no `etag`.
    fn of<F: Fields>(resource: &'a F::Message, stored: &'a F::Message, request: &'a str) -> Option<Self> {
        let (index, _) = F::schema().field("etag")?;
        let text = |message| match value::<F>(message, index) {
            Some(Value::Text(text)) => text,
            _ => "",
        };
        let given = if request.is_empty() { text(resource) } else { request };
        Some(Self { given, stored: text(stored) })
    }

    fn agree(&self) -> bool {
        self.given.is_empty() || self.given == self.stored
    }
}

/// An `etag` is compared, never updated: the request gets the stored one, so that no mask can change it.
fn keep_etag<F: Fields>(resource: &mut F::Message, stored: &F::Message) {
    if let Some((index, _)) = F::schema().field("etag") {
        let mut etag = Mask::<F>::empty();
        etag.insert_index(index);
        etag.assign(resource, stored);
    }
}

/// Makes a resource from a create request ready to be stored: clears what is `OUTPUT_ONLY`, and an `IDENTIFIER`, which
/// the server assigns.
///
/// # Errors
///
/// All `REQUIRED` fields that hold nothing, named by their paths in the resource.
pub fn prepare_create<F: Fields>(resource: &mut F::Message) -> Result<(), Violations> {
    policy::strip::<F>(resource, Behavior::OUTPUT_ONLY.with(Behavior::IDENTIFIER));
    check_required::<F>(resource)
}

/// Makes a resource ready to be returned: clears what is `INPUT_ONLY`.
pub fn prepare_response<F: Fields>(resource: &mut F::Message) {
    policy::strip::<F>(resource, Behavior::INPUT_ONLY);
}

fn check_required<F: Fields>(resource: &F::Message) -> Result<(), Violations> {
    Violations::check(F::schema().name(), policy::check::<F>(None, resource, Selected::everything(), Renaming::Ignored))
}
