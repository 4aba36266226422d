//! Detection of fields that share a column by their names: `author_name`, and `name` in the message `author`.

use std::collections::HashSet;
use std::fmt;

use super::Dialect;
use crate::field_path::FieldPath;
use crate::fields::{FieldSchema, Kind, Schema, Shape};

/// Two fields that share a column by their names. Set the column of one of them with [`super::Columns::column`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SharedColumn {
    /// The column.
    pub column: String,
    /// The fields, as names joined with dots.
    pub fields: [String; 2],
}

impl fmt::Display for SharedColumn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { column, fields: [one, other] } = self;
        write!(
            formatter,
            "`{one}` and `{other}` share the column `{column}`: set another column for one of them with `Columns::column`"
        )
    }
}

impl std::error::Error for SharedColumn {}

/// Returns `true` if the field, or a field below it, can have a column by its name.
fn is_single(field: &FieldSchema) -> bool {
    !matches!(field.shape, Shape::Repeated | Shape::Map(_))
}

/// Returns `true` if the field has a column by its name.
pub(super) fn has_column(field: &FieldSchema) -> bool {
    is_single(field) && !matches!(field.kind, Kind::Message(_) | Kind::Opaque(_))
}

/// Returns the rest of a name after the name of a message and `_`, in any letter case.
fn name_after<'n>(name: &'n str, message: &str) -> Option<&'n str> {
    let (head, tail) = name.split_at_checked(message.len())?;
    if head.eq_ignore_ascii_case(message) { tail.strip_prefix('_') } else { None }
}

/// Returns `true` if two fields below the message can share a column. If not, queries skip the search.
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
                let can_share =
                    name_after(other.name, field.name).zip(field.message()).is_some_and(|(rest, message)| {
                        message.fields().iter().any(|inner| can_have_name(inner, rest, other))
                    });
                if can_share || other.name.eq_ignore_ascii_case(field.name) {
                    return true;
                }
            }
            open.extend(field.message().filter(|message| known.insert(message.name())));
        }
    }
    false
}

/// Returns `true` if a field, or a field below it, can have the rest of another field's name.
fn can_have_name(inner: &FieldSchema, rest: &str, other: &FieldSchema) -> bool {
    inner.name.eq_ignore_ascii_case(rest)
        || (inner.message().is_some() && name_after(rest, inner.name).is_some())
        || (other.message().is_some() && name_after(inner.name, rest).is_some())
}

/// Search for another field that has the column of a field by its name.
pub(super) struct Search<'s> {
    pub(super) dialect: Dialect,
    /// The field.
    pub(super) own: &'s FieldPath,
    /// Returns `true` if the column of a field was set.
    pub(super) is_given: &'s dyn Fn(&FieldPath) -> bool,
    /// Failed searches, which bound the cost: the message, and the length of the rest of the name.
    pub(super) failed: HashSet<(&'static str, usize)>,
}

impl Search<'_> {
    /// Extends the path to a field whose name is the rest of the column's name, and returns `true` if there is one.
    pub(super) fn find(&mut self, schema: &'static Schema, rest: &str, path: &mut FieldPath) -> bool {
        // A prefix of the field's own path can still be the prefix of another field's path.
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

    /// Returns `true` if two names are equal in the database. Quoted names are case-sensitive in PostgreSQL alone.
    fn is_same(&self, left: &str, right: &str) -> bool {
        match self.dialect {
            Dialect::Postgres => left == right,
            Dialect::Sqlite | Dialect::MySql => left.eq_ignore_ascii_case(right),
        }
    }
}
