//! Field masks (AIP-134, AIP-157, AIP-161).
//!
//! A [`Mask<Book>`](Mask) is a set of fields of `Book`. It is made from a request ([`Mask::parse`]), from typed paths
//! ([`Mask::from_paths`], [`ConstMask`]), from two messages ([`Mask::diff`]), or from one message ([`Mask::populated`]).
//! For update requests that the generator recognizes, [`UpdateRequest::apply_to`] parses, checks and applies the mask in
//! one call.
//!
//! # Paths
//!
//! | path | selection |
//! |---|---|
//! | `title` | the field |
//! | `author` | the whole message, and its presence |
//! | `author.given_name` | one field of the message |
//! | `tags`, `authors` | the whole list; a path cannot select a single element |
//! | `authors.*.given_name` | the field of every element |
//! | `reviews` | the whole map |
//! | ``reviews.smith``, ``reviews.`J. Smith` ``, `counts.-3` | the value of a key |
//! | `reviews.smith.stars`, `reviews.*.stars` | a field of that value, of every value |
//! | `ebook` | a oneof member; the oneof itself has no path |
//! | `*` | everything |
//!
//! A trailing `x.*` selects the same as `x`. Timestamps, durations, wrappers, `Any` and messages of other crates are
//! selected whole: a path cannot name their fields. `google.protobuf.Struct` has paths: `labels.fields.env`.
//!
//! # Effect of an update
//!
//! | selected | set in the request | not set |
//! |---|---|---|
//! | scalar without presence | replaced | set to zero, which is the same |
//! | `optional`, wrapper, message without paths | replaced | cleared |
//! | whole message | replaced, field by field | cleared |
//! | field of a message | replaced; a missing message is created | cleared; other fields stay, and no message is created |
//! | list, map | replaced | emptied |
//! | `authors.*.given_name` | elements are paired by position; the list gets the length of the given list | emptied |
//! | value of a key | set | the key is removed |
//! | field of a key's value | replaced in the value | cleared in the value |
//! | `reviews.*.stars` | the map gets the given keys, and each value the field | emptied |
//! | oneof member | set; another member is cleared | cleared, if it is set |
//! | proto2 `required` | replaced | never occurs |
//!
//! [`ApplyOptions::protobuf_util`] merges a whole message that is set, keeps one that is not, and appends to lists and maps.
//! It also merges timestamps, durations, wrappers and `Any` by their fields. Example: `{ seconds: 5 }` merged into
//! `{ seconds: 1, nanos: 7 }` yields `{ seconds: 5, nanos: 7 }`. An absent one clears nothing. Their fields have no paths
//! even so: `create_time.seconds` is an unknown path.
//!
//! # `google.api.field_behavior` (AIP-203)
//!
//! | behavior | in an update | [`prepare_create`] | [`prepare_response`] |
//! |---|---|---|---|
//! | `OUTPUT_ONLY` | keeps its stored value, however it is selected; cleared in new messages and in elements of a replaced list | cleared | |
//! | `IDENTIFIER` | keeps its stored value; a violation if its own path is selected and it changed | cleared | |
//! | `IMMUTABLE` | a violation if it changed, also by another member of its oneof; not compared in elements of a replaced list | | |
//! | `REQUIRED` | a violation if the update writes it and it would be empty, at any depth | a violation if empty | |
//! | `INPUT_ONLY` | | | cleared |
//!
//! All presets of [`ApplyOptions`] honor behaviors. [`Mask::assign`] and [`Behaviors::Ignore`] do not.
//!
//! ## `OUTPUT_ONLY`
//!
//! A mask that selects only `OUTPUT_ONLY` fields has no effect, and no change is reported:
//!
//! | mask | not changed |
//! |---|---|
//! | `authors.*.create_time` | the length of the list |
//! | `reviews.smith.create_time` | the keys of the map |
//! | `ebook.create_time` | the member of the oneof that is set |
//!
//! - A list is not replaced by a list that differs only in `OUTPUT_ONLY` fields.
//! - An `IMMUTABLE` message is compared without its `OUTPUT_ONLY` fields.
//! - A oneof member that is set replaces a member that is `OUTPUT_ONLY`.
//! - A removed message, map value or list element is removed with its `OUTPUT_ONLY` and `IMMUTABLE` fields. To prevent the
//!   removal, make the message itself `IMMUTABLE`.
//!
//! ## `REQUIRED`
//!
//! An update writes the fields that the mask selects, the messages on the path to them, and all fields of a message that it
//! creates. Example: `publisher` is `REQUIRED` in `edition`.
//!
//! | mask | stored | in the request | result |
//! |---|---|---|---|
//! | `edition.year` | no edition | `edition { year: 3 }` | rejected: the new edition has no `edition.publisher` |
//! | none | no edition | `edition { year: 3 }` | rejected, for the same reason |
//! | `editions.a.year` | no key `a` | `editions { a: { year: 3 } }` | rejected, for the same reason |
//! | `edition.year` | `edition { year: 2 }` | `edition { year: 3 }` | accepted: the update does not write `publisher` |
//! | `edition.publisher` | any edition | `edition { year: 3 }` | rejected: `edition.publisher` would be empty |
//!
//! After an update, a `REQUIRED` list or map that it writes has an entry, and a `REQUIRED` message has a field that is set.
//! A resource that has its `REQUIRED` fields therefore has them after every update. [`check_required_fields`] checks a whole
//! resource.
//!
//! Empty values are zero, `false`, empty text, and a message in which every field is empty (AIP-203). `OUTPUT_ONLY` fields of
//! a message do not count, because a request cannot set them. A proto2 `required` field cannot be absent, so to clear it is
//! to set its default.
//!
//! # Masks without paths
//!
//! A mask without paths has the same meaning as an absent mask:
//!
//! - In a read request it selects every field (AIP-157): [`ReadRequest::read_mask`], and [`ParseOptions::read`] and
//!   [`ParseOptions::query`] with [`EmptySelection::Everything`].
//! - In an update request [`ApplyOptions::empty`] is its meaning: [`EmptyMask::Populated`] (every field that the request
//!   sets, so that no field is cleared), [`EmptyMask::Nothing`] or [`EmptyMask::Reject`]. `-0.0` is set, although prost does
//!   not send it.
//!
//! prost drops unknown fields, so a `*` from a newer client cannot update the fields that only the client knows.
//!
//! # Scope
//!
//! The module works on values in memory. To update a database, use the mask that [`Mask::apply`] returns.
//!
//! Enums of options and errors are `#[non_exhaustive]`. [`Selection`] and [`Outcome`] are complete.

mod compare;
mod const_mask;
mod convert;
mod field_mask;
mod options;
mod policy;
mod project;
mod request;
mod set;
mod text;
mod update;

pub use compare::{DiffOptions, MapPaths, RecordError, Recorder};
pub use const_mask::ConstMask;
pub use field_mask::Mask;
pub use options::{
    ApplyOptions, Behaviors, EmptyMask, EmptySelection, Lists, Messages, Names, ParseOptions, Star, Unknown,
};
pub use request::{
    CheckRequired, Outcome, ReadRequest, ResourceLocation, UpdateError, UpdateMask, UpdateOptions, UpdateParts,
    UpdateRequest, Updated, check_required_fields, etag_of, prepare_create, prepare_response,
};
#[doc(hidden)]
pub use request::{Patch, PatchField};
pub use set::{Selected, Selection};
pub use text::{JsonError, from_json_string, to_json_string};
