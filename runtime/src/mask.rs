//! Field masks (AIP-134, AIP-157, AIP-161): typed, checked as a whole, and applied at once or not at all.

mod algebra;
mod apply;
mod canonical;
mod changes;
mod compare;
mod constant;
mod error;
mod json;
mod key;
mod macros;
mod merge;
mod options;
mod parse;
mod part;
mod patch;
mod policy;
mod populated;
mod project;
mod recorder;
mod segment;
mod select;
mod source;
#[cfg(feature = "_grpc")]
mod status;
mod traverse;
mod tree;
mod typed;
mod update;

pub use compare::{DiffOptions, MapPaths};
pub use constant::ConstMask;
pub use error::{Reason, UpdateError, Violation, Violations};
pub use json::{JsonError, from_json_string, to_json_string};
pub use options::{ApplyOptions, Behaviors, EmptyMask, Lists, Messages, Names, ParseOptions, Star, Unknown};
pub use patch::{Patch, PatchField};
pub use recorder::Recorder;
pub use select::{Selected, Selection};
pub use typed::Mask;
pub use update::{
    Outcome, ReadRequest, UpdateMask, UpdateNames, UpdateOptions, UpdateParts, UpdateRequest, Updated, prepare_create,
    prepare_response,
};
