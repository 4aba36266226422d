//! `order_by` (AIP-132): parser with checks against the resource, comparison in memory, and conversion to SQL.
//!
//! ```text
//! order_by = [ spaces ] [ clause { [ spaces ] "," clause } ] [ spaces ]
//! clause   = [ spaces ] segment { "." segment } [ spaces ( "asc" | "desc" ) ]
//! segment  = ident | "`" { not-a-back-tick | "``" } "`"
//! ident    = ( ALPHA | "_" ) { ALPHA | DIGIT | "_" }
//! spaces   = " " { " " }
//! ```
//!
//! AIP-132 has no grammar. This is the grammar of LUCI, with `asc`, which [`OrderByOptions`] can reject. Names are
//! case-sensitive. A field may appear only once.
//!
//! # The order
//!
//! | values | comparison |
//! |---|---|
//! | integers, enums | by number |
//! | floats | by value; `-0.0` and `0.0` are equal; NaN is equal to itself and above all others, as in PostgreSQL |
//! | text, bytes | by bytes, which for text is the order of the code points |
//! | timestamps, durations | by time |
//! | booleans, if allowed | `false` first |
//!
//! A field that is not set, or is in a message that is not set, is below every value: first in ascending order, last in
//! descending order. The SQL has the same order in each dialect. Lists, maps and whole messages have no order.
//!
//! [`OrderBy::parse`] returns all violations of a text. [`OrderBy::compare`] sorts in memory, and [`OrderBy::to_sql`]
//! writes an `ORDER BY` clause.

mod comparison;
mod cursor_value;
mod options;
mod order_by;
mod parser;
mod sql;
mod term;

pub use self::cursor_value::CursorValue;
pub use self::options::OrderByOptions;
pub use self::order_by::OrderBy;
pub use self::term::{Direction, Term};
