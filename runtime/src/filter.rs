//! `filter` (AIP-160): parsed and checked against the resource, evaluated in memory, written as SQL.
//!
//! # Grammar
//!
//! ```text
//! filter      = [ WS ] [ expression ] [ WS ]
//! expression  = sequence { WS "AND" WS sequence }
//! sequence    = factor { WS factor }
//! factor      = term { WS "OR" WS term }
//! term        = [ "NOT" WS | "-" ] simple
//! simple      = restriction | composite
//! restriction = comparable [ [ WS ] comparator [ WS ] argument ]
//! comparable  = member | function
//! member      = value { "." field }
//! function    = name { "." name } "(" [ WS ] [ argument { [ WS ] "," [ WS ] argument } [ WS ] ] ")"
//! comparator  = "<=" | "<" | ">=" | ">" | "!=" | "=" | ":"
//! composite   = "(" [ WS ] expression [ WS ] ")"
//! argument    = comparable | composite | number | time ; with quotes inside of a member only for a function
//! value       = TEXT | STRING
//! field       = TEXT | STRING | KEYWORD
//! name        = TEXT | KEYWORD
//! number      = [ "-" ] TEXT [ "." TEXT ]              ; a "-" only before a digit
//! time        = TEXT { ":" TEXT } [ "." TEXT ]         ; for timestamps alone
//! WS          = ( " " | "\t" | "\r" | "\n" ) { " " | "\t" | "\r" | "\n" }
//! TEXT        = a run of characters other than WS . , ( ) = < > ! : " ' that does not begin with "-"
//! STRING      = '"' { character | escape } '"' | "'" { character | escape } "'"
//! escape      = "\" ( "\" | '"' | "'" | "*" | "n" | "r" | "t" )
//! KEYWORD     = "AND" | "OR" | "NOT"
//! ```
//!
//! `OR` binds tighter than a sequence, a sequence tighter than `AND`: `a b AND c OR d` is `(a AND b) AND (c OR d)`.
//!
//! The grammar that AIP-160 publishes has no lexis and says some things twice. What is decided here:
//!
//! - White space may surround comparators, commas and what is in parentheses, and stand at both ends; not around dots.
//! - `AND`, `OR` and `NOT` are operators only as whole words with white space, or the end, after them; as a value they are
//!   written in quotes. `NOT(a)` is a function of that name, of which there is none.
//! - A `-` before anything but an argument negates: `-3 = x` is `NOT 3 = x`, `-(a)` is `NOT (a)`. Before the digit of an
//!   argument, or of a value in an argument's parentheses, it is a sign. `NOT NOT a`, `NOT -a`, `--a` and `- a` are errors.
//! - A sequence means `AND`: nothing here is ranked.
//! - An argument in parentheses holds values: `status = (ACTIVE OR DRAFT)` is `(status = ACTIVE OR status = DRAFT)`, and
//!   `status != (ACTIVE OR DRAFT)` is `NOT (status = ACTIVE OR status = DRAFT)`.
//! - The filter `*` matches everything (AIP-165), as the empty one does.
//! - Text without quotes can hold dots in an argument: `name = example.com`; colons only for a timestamp.
//!
//! # What can be compared
//!
//! | field | `=` `!=` | `<` `<=` `>` `>=` | `:` | value |
//! |---|---|---|---|---|
//! | `bool` | yes; alone it is `= true`, behind a key in quotes too | | as `=` | `true`, `false` |
//! | enum | yes | | as `=` | a name of a value |
//! | integers | yes | yes | as `=` | `5`, `-3`, `1e6`, `2.50e1`: exactly an integer, in range |
//! | `float`, `double` | yes | yes | as `=` | `2.5`, `1e-9` |
//! | `string` | yes; `*` at either end stands for anything | by code points | contains | text |
//! | `bytes`, if [`FilterOptions::with_bytes`] | yes | | as `=` | base64 |
//! | timestamp | yes | yes | | RFC 3339 |
//! | duration | yes | yes | | `20s`, `-1.5s` |
//! | wrapper | as its value; `= null` | as its value | as its value | as its value, `null` |
//! | message `m` | | | `m:f` is `m.f:*` | |
//! | map `m` | `m.key` as its values | as its values | `m:key` is `m.key:*` | |
//! | list of scalars `r` | | | `r:v`: an element is equal to `v` | as its elements |
//! | list of messages `r` | | | `r.f:v`: an element for which `f:v` | |
//! | `Struct`, `Value` `v` | `v.key` as the literal is typed | numbers and text | `v:key` is `v.key:*`; a list has the value | `42`, `true`, `null`, text |
//!
//! `= null` is true where a field that can be unset is unset: one with presence, a wrapper, a message. In quotes it is text,
//! and so it is for fields that cannot be unset, for elements of lists and for values of maps.
//!
//! Inside of a `google.protobuf.Struct` or `Value`, `.` leads through objects, whatever their keys are called: `v.fields` is
//! the key `fields`. A literal without quotes that is a number, `true`, `false` or `null` is that; all else is text. Values of
//! another type are unknown, and so is what keys look for in lists. `= null` is true where an object has no such key, or
//! null. Elements of a list are equal or not: `v.tags:red`.
//!
//! `:*` asks whether a field is set, in every row: a field without presence when it is not zero or empty, a list or map
//! when it has elements. `\*` is a star that means itself.
//!
//! An enum's values go by their declared names. Beyond AIP-160, where no value has the name, it is looked for in capital
//! letters, as it is and behind the enum's own name: `status:active` finds `ACTIVE`, and `USER_STATUS_ACTIVE` of
//! `UserStatus`.
//!
//! Bare values look through the fields of [`FilterOptions::searchable`]. Fields that are `INPUT_ONLY`, and what is below
//! them, are unknown unless [`FilterOptions::filterable`] names them.
//!
//! # Unset fields
//!
//! A comparison with a field that is not set, or is in a message or a map's value that is not there, is unknown: neither
//! it nor its negation matches (Kleene's three-valued logic, which is SQL's). `:*` is never unknown, nor is `:` on a list
//! that is not in an unset message. `x.w = null` is such a comparison: where the message `x` is not set, it is unknown;
//! where `x` is set and its wrapper `w` is not, it holds. In SQL it needs a column for `x`. Floats compare as in PostgreSQL,
//! where NaN is equal to itself and above all others.
//!
//! [`Filter`] answers in memory and as SQL alike. What a filter may cost is bounded by [`FilterOptions`].

mod check;
mod compile;
mod display;
mod dynamic;
mod enums;
mod expression;
mod functions;
mod literal;
mod options;
mod parse;
mod pattern;
mod resolve;
mod sql;
mod syntax;
mod time;
mod typed;

pub use functions::{Function, Functions, Parameter};
pub use literal::Literal;
pub use options::{FilterOptions, Searchable};
pub use typed::{Filter, Truth};
