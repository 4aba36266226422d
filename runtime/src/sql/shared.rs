//! Fields that have one column by their names: `author_name`, and `name` in the message `author`.

use std::collections::HashSet;
use std::fmt;

use super::Dialect;
use crate::field_path::FieldPath;
use crate::fields::{FieldSchema, Kind, Schema, Shape};

/// Two fields that have the same column by their names. Give one of them a column with [`super::Columns::column`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SharedColumn {
    /// The column.
    pub column: String,
    /// The fields, by the names that lead to them.
    pub fields: [String; 2],
}

impl fmt::Display for SharedColumn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { column, fields: [one, other] } = self;
        write!(
            formatter,
            "`{one}` and `{other}` both have the column `{column}`: give one of them another with `Columns::column`"
        )
    }
}

impl std::error::Error for SharedColumn {}

/// Whether a message can be on the way to a column.
fn is_single(field: &FieldSchema) -> bool {
    !matches!(field.shape, Shape::Repeated | Shape::Map(_))
}

/// Whether a field has a column without being given one.
pub(super) fn has_column(field: &FieldSchema) -> bool {
    is_single(field) && !matches!(field.kind, Kind::Message(_) | Kind::Opaque(_))
}

/// The rest of a name behind a message's own and `_`, in any letter case.
fn behind<'n>(name: &'n str, message: &str) -> Option<&'n str> {
    let (head, tail) = name.split_at_checked(message.len())?;
    if head.eq_ignore_ascii_case(message) { tail.strip_prefix('_') } else { None }
}

/// Returns `true` if two fields below the message can share a column. The result is computed once; if it is `false`,
/// queries skip the search.
pub(super) fn is_possible(root: &'static Schema) -> bool {
    let (mut open, mut known) = (vec![root], HashSet::from([root.name()]));
    while let Some(schema) = open.pop() {
        for (position, field) in schema.fields().iter().enumerate().filter(|(_, field)| is_single(field)) {
            let others = schema
                .fields()
                .iter()
                .enumerate()
                .filter(|(other, other_field)| *other != position && is_single(other_field));
            for (_, other) in others {
                let meets = behind(other.name, field.name)
                    .zip(field.message())
                    .is_some_and(|(rest, message)| message.fields().iter().any(|inner| can_meet(inner, rest, other)));
                if meets || other.name.eq_ignore_ascii_case(field.name) {
                    return true;
                }
            }
            open.extend(field.message().filter(|message| known.insert(message.name())));
        }
    }
    false
}

/// Whether a field, or one below it, could have the name that is left of another field's.
fn can_meet(inner: &FieldSchema, rest: &str, other: &FieldSchema) -> bool {
    inner.name.eq_ignore_ascii_case(rest)
        || (inner.message().is_some() && behind(rest, inner.name).is_some())
        || (other.message().is_some() && behind(inner.name, rest).is_some())
}

/// Searches the fields below a message for one that has the column of another by its name.
pub(super) struct Search<'s> {
    pub(super) dialect: Dialect,
    /// The field that has the column.
    pub(super) own: &'s FieldPath,
    /// Whether a field was given a column.
    pub(super) is_given: &'s dyn Fn(&FieldPath) -> bool,
    /// Failed searches: a message, and the length of the rest of the name. Bounds the search.
    pub(super) failed: HashSet<(&'static str, usize)>,
}

impl Search<'_> {
    /// Extends the path to a field whose name is the rest of the column's.
    pub(super) fn find(&mut self, schema: &'static Schema, rest: &str, path: &mut FieldPath) -> bool {
        // A path that shares its start with the field's own path can still lead to another field.
        let is_own = self.own.starts_with(path);
        if !is_own && self.failed.contains(&(schema.name(), rest.len())) {
            return false;
        }
        for (index, field) in schema.positions().filter(|(_, field)| is_single(field)) {
            let Some((head, tail)) = rest.split_at_checked(field.name.len()) else { continue };
            if !self.is_same(head, field.name) {
                continue;
            }
            path.push(index);
            let is_found = match (tail.strip_prefix('_'), field.message()) {
                _ if tail.is_empty() => has_column(field) && *path != *self.own && !(self.is_given)(path),
                (Some(tail), Some(message)) => self.find(message, tail, path),
                _ => false,
            };
            if is_found {
                return true;
            }
            path.pop();
        }
        if !is_own {
            self.failed.insert((schema.name(), rest.len()));
        }
        false
    }

    /// Whether two names are the same to the database: names in quotes have a letter case in PostgreSQL alone.
    fn is_same(&self, left: &str, right: &str) -> bool {
        match self.dialect {
            Dialect::Postgres => left == right,
            Dialect::Sqlite | Dialect::MySql => left.eq_ignore_ascii_case(right),
        }
    }
}
