//! `order_by` (AIP-132): parsed and checked against the resource, compared in memory, written as SQL.
//!
//! ```text
//! order_by = [ spaces ] [ clause { [ spaces ] "," clause } ] [ spaces ]
//! clause   = [ spaces ] segment { "." segment } [ spaces ( "asc" | "desc" ) ]
//! segment  = ident | "`" { not-a-back-tick | "``" } "`"
//! ident    = ( ALPHA | "_" ) { ALPHA | DIGIT | "_" }
//! spaces   = " " { " " }
//! ```
//!
//! AIP-132 has no grammar; this is the one that LUCI publishes, with `asc`, which [`OrderByOptions`] can refuse. Letter
//! case counts. A field may stand once.
//!
//! # The order
//!
//! | values | are compared |
//! |---|---|
//! | integers, enums | by number |
//! | floats | by value; `-0.0` and `0.0` are equal; NaN is equal to itself and above all others, as in PostgreSQL |
//! | text, bytes | by bytes, which for text is the order of the code points |
//! | timestamps, durations | by time |
//! | booleans, if allowed | `false` first |
//!
//! A field that is not set, or is in a message that is not set, is below every value: first in ascending order, last in
//! descending order. SQL says the same in each dialect. Lists, maps and whole messages have no order.
//!
//! Pages, and what a page token keeps of an order, are in another module.

mod compare;
mod cursor;
mod options;
mod parse;
mod sql;
mod term;
mod typed;

pub use cursor::CursorValue;
pub use options::OrderByOptions;
pub use term::{Direction, Term};
pub use typed::OrderBy;
