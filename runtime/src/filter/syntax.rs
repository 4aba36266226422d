//! Syntax of filters: the parser and the tree that it returns.

mod parser;
mod tree;

pub(super) use self::parser::{Limits, parse, quote_whole_value};
pub(super) use self::tree::{Argument, Call, Comparable, Comparator, Member, Node, Part, Restriction};
