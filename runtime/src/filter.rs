//! `filter` (AIP-160): parser with checks against the resource, evaluation in memory, and conversion to SQL.
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
//! argument    = comparable | composite | number | time ; a member with quotes only as the argument of a function
//! value       = TEXT | STRING
//! field       = TEXT | STRING | KEYWORD
//! name        = TEXT | KEYWORD
//! number      = [ "-" ] TEXT [ "." TEXT ]              ; "-" only before a digit
//! time        = TEXT { ":" TEXT } [ "." TEXT ]         ; only for timestamps
//! WS          = ( " " | "\t" | "\r" | "\n" ) { " " | "\t" | "\r" | "\n" }
//! TEXT        = a run of characters other than WS . , ( ) = < > ! : " ' that does not begin with "-"
//! STRING      = '"' { character | escape } '"' | "'" { character | escape } "'"
//! escape      = "\" ( "\" | '"' | "'" | "*" | "n" | "r" | "t" )
//! KEYWORD     = "AND" | "OR" | "NOT"
//! ```
//!
//! `OR` binds tighter than a sequence, and a sequence tighter than `AND`: `a b AND c OR d` is `(a AND b) AND (c OR d)`.
//!
//! The EBNF of AIP-160 has no lexical rules and is ambiguous in places. The rules of this parser:
//!
//! - White space is allowed around comparators, around commas, inside of parentheses, and at both ends; not around dots.
//! - `AND`, `OR` and `NOT` are operators only as whole words, followed by white space or the end. As values, they must be in
//!   quotes. `NOT(a)` is a call of a function, which does not exist.
//! - A `-` is a negation, except in an argument: `-3 = x` is `NOT 3 = x`, `-(a)` is `NOT (a)`. In an argument, before a
//!   digit, it is a sign. `NOT NOT a`, `NOT -a`, `--a` and `- a` are errors.
//! - A sequence means `AND`. There is no ranking.
//! - The parentheses of an argument contain values: `status = (ACTIVE OR DRAFT)` is `(status = ACTIVE OR status = DRAFT)`,
//!   and `status != (ACTIVE OR DRAFT)` is `NOT (status = ACTIVE OR status = DRAFT)`.
//! - The filter `*` matches everything (AIP-165), like the empty filter.
//! - In an argument, text without quotes can contain dots: `name = example.com`. Colons are allowed only in a timestamp.
//!
//! # Comparisons
//!
//! | field | `=` `!=` | `<` `<=` `>` `>=` | `:` | value |
//! |---|---|---|---|---|
//! | `bool` | yes; without a comparator it is `= true`, also after a quoted key | | as `=` | `true`, `false` |
//! | enum | yes | | as `=` | name of a value |
//! | integers | yes | yes | as `=` | `5`, `-3`, `1e6`, `2.50e1`: exactly an integer, in range |
//! | `float`, `double` | yes | yes | as `=` | `2.5`, `1e-9` |
//! | `string` | yes; `*` at either end matches any text | by code points | contains | text |
//! | `bytes`, with [`FilterOptions::with_bytes`] | yes | | as `=` | base64 |
//! | timestamp | yes | yes | | RFC 3339 |
//! | duration | yes | yes | | `20s`, `-1.5s` |
//! | wrapper | as the wrapped value; `= null` | as the wrapped value | as the wrapped value | as the wrapped value, `null` |
//! | message `m` | | | `m:f` is `m.f:*` | |
//! | map `m` | `m.key` as the map values | as the map values | `m:key` is `m.key:*` | |
//! | list of scalars `r` | | | `r:v`: an element is equal to `v` | as the elements |
//! | list of messages `r` | | | `r.f:v`: an element matches `f:v` | |
//! | `Struct`, `Value` `v` | `v.key`, by the type of the literal | numbers and text | `v:key` is `v.key:*`; a list contains the value | `42`, `true`, `null`, text |
//!
//! `= null` is true if a field with presence is unset: an optional field, a wrapper or a message. In quotes, `"null"` is
//! text. It is also text for fields without presence, list elements and map values.
//!
//! Inside of a `google.protobuf.Struct` or `Value`, `.` is followed by the key of an object: `v.fields` is the key
//! `fields`. The type of the literal determines the type of the comparison. Without quotes, a number, `true`, `false` and
//! `null` have their JSON types; any other literal is text. A value of another type is unknown, and so is a key in a list.
//! `= null` is true if the object does not have the key, or the value is `null`. List elements have only equality:
//! `v.tags:red`.
//!
//! `:*` checks presence, and its result is never unknown. A field without presence is set if it is not the default. A list
//! or a map is set if it is not empty. `\*` is a star without a special meaning.
//!
//! Enum values are compared by their declared names. Beyond AIP-160, a name in another case is accepted if no value has the
//! exact name, with or without the name of the enum as prefix: `status:active` finds `ACTIVE`, and `USER_STATUS_ACTIVE` of
//! `UserStatus`.
//!
//! A value without a comparator is searched in the [`FilterOptions::searchable`] fields. `INPUT_ONLY` fields, and the fields
//! below them, are rejected unless they are in [`FilterOptions::filterable`].
//!
//! # Unset fields
//!
//! A comparison is unknown if the field is unset, or if a message or a map value that contains it is absent. Neither the
//! comparison nor its negation matches then: three-valued logic, as in SQL. `:*` is never unknown. `:` on a list is unknown
//! only if a message that contains the list is unset.
//!
//! `x.w = null` is a comparison too: it is unknown if the message `x` is unset, and true if `x` is set and its wrapper `w`
//! is not. In SQL it needs a column for `x`.
//!
//! Floats are compared as in PostgreSQL: NaN is equal to itself and above all other values.
//!
//! [`Filter`] has the same results in memory and as SQL. [`FilterOptions`] limits the cost of a filter.

mod check;
mod display;
mod expression;
#[expect(clippy::module_inception, reason = "the module is named after its type")]
mod filter;
mod functions;
mod literal;
mod options;
mod predicate;
mod sql;
mod syntax;

pub use self::filter::{Filter, Truth};
pub use self::functions::{Function, Functions, Parameter};
pub use self::literal::Literal;
pub use self::options::{FilterOptions, Searchable};
