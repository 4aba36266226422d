//! Text of a mask: its paths, its JSON form, and its canonical form.
//!
//! | file | content |
//! |---|---|
//! | `parser` | all paths of a mask → a set of fields |
//! | `traversal` | one path with map keys and wildcards |
//! | `segment`, `map_key` | the pieces of a path |
//! | `path_error`, `hint` | rejected paths, and suggestions |
//! | `path_writer` | a set of fields → canonical paths |
//! | `json` | JSON form of `google.protobuf.FieldMask`, and comma-separated lists |

mod hint;
mod json;
mod map_key;
mod parser;
mod path_error;
mod path_writer;
mod segment;
mod traversal;

pub(super) use json::split_paths;
pub use json::{JsonError, from_json_string, to_json_string};
pub(super) use parser::{parse, parse_valid};
pub(super) use path_writer::canonical_paths;
