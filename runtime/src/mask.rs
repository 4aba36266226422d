//! Field masks (AIP-134, AIP-157, AIP-161): typed, checked as a whole, and applied at once or not at all.
//!
//! A [`Mask<Book>`](Mask) is a set of fields of `Book`. It comes from a request ([`Mask::parse`]), from typed paths
//! ([`Mask::of`], [`ConstMask`]), from two messages ([`Mask::diff`]), or from one ([`Mask::populated`]). Update requests
//! that the generator recognises do all of it in one call: [`UpdateRequest::apply_to`].
//!
//! # What a path selects
//!
//! | path | what |
//! |---|---|
//! | `title` | the field |
//! | `author` | the whole message, and that it is there at all |
//! | `author.given_name` | one field of it |
//! | `tags`, `authors` | the whole list; no path leads to one element |
//! | `authors.*.given_name` | that field of every element |
//! | `reviews` | the whole map |
//! | ``reviews.smith``, ``reviews.`J. Smith` ``, `counts.-3` | the value of a key |
//! | `reviews.smith.stars`, `reviews.*.stars` | a field of that value, of every value |
//! | `ebook` | a member of a oneof; the oneof has no path |
//! | `*` | everything |
//!
//! `x.*` at the end says no more than `x`. Timestamps, durations, wrappers, `Any` and messages of other crates are one
//! value each: nothing below them can be named. `google.protobuf.Struct` can: `labels.fields.env`.
//!
//! # What applying it does
//!
//! | selected | given in the request | not given |
//! |---|---|---|
//! | scalar without presence | replaced | zero, the same thing |
//! | `optional`, wrapper, one-value message | replaced | cleared |
//! | whole message | replaced, field by field | cleared |
//! | field of a message | replaced; the message is made if it was not there | cleared; its siblings stay; no message is made |
//! | list, map | replaced | emptied |
//! | `authors.*.given_name` | elements are paired by position; the list gets the length of the given one | emptied |
//! | value of a key | set | the key is removed |
//! | field of a key's value | replaced in it | cleared in it |
//! | `reviews.*.stars` | the map gets the given keys; each value that field | emptied |
//! | member of a oneof | set; another member goes | cleared, if the oneof holds it |
//! | proto2 `required` | replaced | does not happen |
//!
//! Under [`ApplyOptions::protobuf_util`] a whole message that is given is merged and one that is not stays, and lists and
//! maps are added to.
//!
//! # `google.api.field_behavior` (AIP-203)
//!
//! | behavior | in an update | [`prepare_create`] | [`prepare_response`] |
//! |---|---|---|---|
//! | `OUTPUT_ONLY` | keeps what is stored, however it is selected, also in the value of a key; in elements of a list that is replaced and in what is new it is cleared | cleared | |
//! | `IDENTIFIER` | keeps what is stored; selected by its own path and changed: refused | cleared | |
//! | `IMMUTABLE` | refused if it changed, also by another member of its oneof; in elements of a list that is replaced there is nothing to compare it with | | |
//! | `REQUIRED` | refused if it is selected and would be empty, at any depth | refused if empty | |
//! | `INPUT_ONLY` | | | cleared |
//!
//! A oneof holds one member, so a member that is set takes the place of one that is `OUTPUT_ONLY`. A message, a value of
//! a map or an element of a list that goes takes with it what is `OUTPUT_ONLY` or `IMMUTABLE` in it; where that must not
//! be, the message itself is `IMMUTABLE`.
//!
//! Empty is what AIP-203 calls not truthy: zero, `false`, no text, or a message in which everything is empty. A proto2
//! `required` field cannot be absent, so to clear it is to set it to its default.
//!
//! # An empty mask
//!
//! An absent mask and one without paths mean the same: [`EmptyMask::Populated`] (every field that the request has set,
//! by its leaves, so that nothing is ever cleared), [`EmptyMask::Nothing`] or [`EmptyMask::Refuse`]. `-0.0` counts as set
//! here, although prost does not send it. prost drops fields that it does not know, so a `*` from a newer client cannot
//! carry its new fields.
//!
//! Options and errors may gain variants, so their enums are `#[non_exhaustive]`; [`Selection`] and [`Outcome`] are
//! complete.
//!
//! This module is about values in memory; which fields a database updates is for the caller to read off the mask that
//! [`Mask::apply`] returns.

mod algebra;
mod apply;
mod canonical;
mod changes;
mod compare;
mod constant;
mod contains;
mod convert;
mod elements;
mod entries;
mod error;
mod etag;
mod json;
mod key;
mod macros;
mod merge;
mod name;
mod options;
mod parse;
mod part;
mod parts;
mod patch;
mod policy;
mod populated;
mod prepare;
mod project;
mod read;
mod recorder;
mod required;
mod segment;
mod select;
mod source;
#[cfg(feature = "_grpc")]
mod status;
mod transfer;
mod traverse;
mod tree;
mod typed;
mod update;
mod whole;

pub use compare::{DiffOptions, MapPaths};
pub use constant::ConstMask;
pub use error::UpdateError;
pub use etag::etag_of;
pub use json::{JsonError, from_json_string, to_json_string};
pub use options::{ApplyOptions, Behaviors, EmptyMask, Lists, Messages, Names, ParseOptions, Star, Unknown};
pub use parts::{ResourceLocation, UpdateMask, UpdateParts};
#[doc(hidden)]
pub use patch::{Patch, PatchField};
pub use prepare::{prepare_create, prepare_response};
pub use read::ReadRequest;
pub use recorder::{RecordError, Recorder};
pub use required::CheckRequired;
pub use select::{Selected, Selection};
pub use typed::Mask;
pub use update::{Outcome, UpdateOptions, UpdateRequest, Updated};
