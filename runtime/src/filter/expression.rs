//! Checked filters: fields are indexes, and literals have the types of their fields.

mod dynamic;
mod relation;
mod target;
mod tree;

pub(super) use self::dynamic::{Dynamic, JsonKind, dynamic_check};
pub(super) use self::relation::Relation;
pub(super) use self::target::{MapKey, Target, TargetStep};
pub(super) use self::tree::{Call, CallArgument, Check, Expression, Test};
