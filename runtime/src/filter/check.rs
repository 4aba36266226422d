//! Conversion of a syntax tree to a checked expression: names become fields, and texts become literals.
//!
//! The checker continues after an error, so that it returns all violations at once.

mod call;
mod checker;
mod comparison;
mod path;

pub(super) use self::checker::check;
