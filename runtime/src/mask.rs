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
//! | field of a message | replaced; the message is created if it was not there | cleared; its siblings stay; no message is created |
//! | list, map | replaced | emptied |
//! | `authors.*.given_name` | elements are paired by position; the list gets the length of the given one | emptied |
//! | value of a key | set | the key is removed |
//! | field of a key's value | replaced in it | cleared in it |
//! | `reviews.*.stars` | the map gets the given keys; each value that field | emptied |
//! | member of a oneof | set; another member goes | cleared, if the oneof holds it |
//! | proto2 `required` | replaced | does not happen |
//!
//! Under [`ApplyOptions::protobuf_util`] a whole message that is given is merged and one that is not stays, and lists and
//! maps are added to. Timestamps, durations, wrappers and `Any` are messages there: `{ seconds: 5 }` merged into
//! `{ seconds: 1, nanos: 7 }` gives `{ seconds: 5, nanos: 7 }`, and an absent one clears nothing. No path leads into them
//! even so, `create_time.seconds` is an unknown path.
//!
//! # `google.api.field_behavior` (AIP-203)
//!
//! | behavior | in an update | [`prepare_create`] | [`prepare_response`] |
//! |---|---|---|---|
//! | `OUTPUT_ONLY` | keeps what is stored, however it is selected, also in the value of a key; in elements of a list that is replaced and in what is new it is cleared | cleared | |
//! | `IDENTIFIER` | keeps what is stored; selected by its own path and changed: refused | cleared | |
//! | `IMMUTABLE` | refused if it changed, also by another member of its oneof; elements of a list that is replaced have nothing to be compared with | | |
//! | `REQUIRED` | refused if it would be empty where the update writes, at any depth | refused if empty | |
//! | `INPUT_ONLY` | | | cleared |
//!
//! Presets do not differ in this; [`Mask::assign`] and [`Behaviors::Ignore`] treat all fields alike.
//!
//! ## `OUTPUT_ONLY`
//!
//! A mask that selects only `OUTPUT_ONLY` fields has no effect, and no change is reported: `authors.*.create_time` does
//! not change the length of the list, `reviews.smith.create_time` creates no review, and `ebook.create_time` does not
//! take the place of `paperback`.
//!
//! A list that is replaced by one that differs in `OUTPUT_ONLY` fields alone keeps them. A message that is `IMMUTABLE` is
//! compared without them. A oneof holds one member, so a member that is set takes the place of one that is `OUTPUT_ONLY`.
//! A message, a value of a map or an element of a list that is removed takes with it what is `OUTPUT_ONLY` or `IMMUTABLE`
//! in it. To prevent that, make the message itself `IMMUTABLE`.
//!
//! ## `REQUIRED`
//!
//! An update writes the fields that the mask selects, the messages on the way to them, and all fields of a message that
//! it creates:
//!
//! | mask | stored | in the request | `publisher` is `REQUIRED` in `edition` |
//! |---|---|---|---|
//! | `edition.year` | no edition | `edition { year: 3 }` | refused: the new edition has no `edition.publisher` |
//! | none | no edition | `edition { year: 3 }` | refused, for the same reason |
//! | `editions.a.year` | no key `a` | `editions { a: { year: 3 } }` | refused, for the same reason |
//! | `edition.year` | `edition { year: 2 }` | `edition { year: 3 }` | accepted: the update does not write `publisher` |
//! | `edition.publisher` | any edition | `edition { year: 3 }` | refused: `edition.publisher` would be empty |
//!
//! A `REQUIRED` list or map must keep an entry, and a `REQUIRED` message a field that holds something, also if a path
//! selects only a part of it. So a resource that has its `REQUIRED` fields has them after each update. [`check_required`]
//! checks a whole resource.
//!
//! Empty is what AIP-203 calls not truthy: zero, `false`, no text, or a message in which everything is empty.
//! `OUTPUT_ONLY` fields of a message do not count: requests cannot set them. A proto2 `required` field cannot be absent,
//! so to clear it is to set it to its default.
//!
//! # An empty mask
//!
//! A mask without paths means the same as an absent one. In a read request that is every field (AIP-157):
//! [`ReadRequest::read_mask`], and [`ParseOptions::read`] and [`ParseOptions::query`] with
//! [`EmptySelection::Everything`]. In an update request [`ApplyOptions::empty`] selects the meaning:
//! [`EmptyMask::Populated`] (every field that the request has set, by its leaves, so that nothing is ever cleared),
//! [`EmptyMask::Nothing`] or [`EmptyMask::Refuse`]. `-0.0` counts as set here, although prost does not send it. prost
//! drops fields that it does not know, so a `*` from a newer client cannot carry its new fields.
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
mod hint;
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
mod rules;
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
mod writable;

pub use compare::{DiffOptions, MapPaths};
pub use constant::ConstMask;
pub use error::UpdateError;
pub use etag::etag_of;
pub use json::{JsonError, from_json_string, to_json_string};
pub use options::{
    ApplyOptions, Behaviors, EmptyMask, EmptySelection, Lists, Messages, Names, ParseOptions, Star, Unknown,
};
pub use parts::{ResourceLocation, UpdateMask, UpdateParts};
#[doc(hidden)]
pub use patch::{Patch, PatchField};
pub use prepare::{check_required, prepare_create, prepare_response};
pub use read::ReadRequest;
pub use recorder::{RecordError, Recorder};
pub use required::CheckRequired;
pub use select::{Selected, Selection};
pub use typed::Mask;
pub use update::{Outcome, UpdateOptions, UpdateRequest, Updated};
