//! Conditions on singular fields.

use super::writer::Writer;
use super::{comparison, text};
use crate::field_path::FieldPath;
use crate::fields::{Fields, Kind, Shape};
use crate::filter::expression::{Check, Target};
use crate::sql::{Column, Dialect, SqlValue};
use crate::violation::Reason;

impl<F: Fields> Writer<'_, F> {
    /// Writes the condition on a singular field.
    pub(super) fn single(&mut self, target: &Target, check: &Check, truth: bool) {
        let path = target.field_path();
        if matches!(target.kind(), Kind::Message(_) | Kind::Opaque(_)) && self.columns.given(&path).is_none() {
            return self.unsupported(target);
        }
        if !self.columns.is_usable(&path) {
            return self.unsupported(target);
        }
        let columns = self.columns;
        let column = columns.resolve(&path);
        match check {
            Check::Present => self.is_set(target, &column, truth),
            Check::Null => self.is_null(target, &path, &column, truth),
            // Written by `dynamic.rs`.
            Check::Dynamic(_) => {}
            Check::Compare(relation, literal) => {
                let relation = if truth { *relation } else { relation.negated() };
                comparison::write(&column, target.kind(), relation, literal, self.builder);
            }
            Check::Match { pattern, is_negated } => text::write(&column, pattern, *is_negated == truth, self.builder),
        }
    }

    /// Writes whether a field is set. The result is never NULL.
    fn is_set(&mut self, target: &Target, column: &Column, truth: bool) {
        if target.field.shape != Shape::Implicit {
            if !target.field_path().can_be_absent(F::schema()) {
                self.builder.push(if truth { "TRUE" } else { "FALSE" });
                return;
            }
            column.write(self.builder);
            self.builder.push(if truth { " IS NOT NULL" } else { " IS NULL" });
            return;
        }
        let dialect = self.builder.dialect();
        self.builder.push(if truth { "(" } else { "NOT (" });
        column.write(self.builder);
        self.builder.push(" IS NOT NULL AND ");
        match target.kind() {
            // `LENGTH` of SQLite stops at NUL.
            Kind::String if dialect == Dialect::Sqlite => {
                column.write_comparable(Kind::String, self.builder);
                self.builder.push(" <> ''");
            }
            Kind::String | Kind::Bytes => {
                self.builder.push("LENGTH(");
                column.write(self.builder);
                self.builder.push(") > 0");
            }
            Kind::Bool => {
                column.write(self.builder);
                self.builder.push(" = ").value(SqlValue::Bool(true));
            }
            _ => {
                column.write(self.builder);
                self.builder.push(" <> 0");
            }
        }
        self.builder.push(")");
    }

    /// Writes whether a field is unset. The result is NULL if a message that contains the field is unset.
    fn is_null(&mut self, target: &Target, path: &FieldPath, column: &Column, truth: bool) {
        let mut messages = Vec::new();
        let mut prefix = FieldPath::default();
        for (index, field) in path.as_slice().iter().zip(path.fields(F::schema())).take(path.as_slice().len() - 1) {
            prefix.push(*index);
            if field.shape == Shape::Required {
                continue;
            }
            let Some(message) = self.columns.given(&prefix) else {
                let name = target.field_path().named(F::schema(), '.').to_string();
                let description = format!("`{name}` cannot be compared with `null`");
                return self.reject(Reason::UnsupportedField, description);
            };
            messages.push(message);
        }
        for (position, message) in messages.iter().enumerate() {
            self.builder.push(if position == 0 { "CASE WHEN " } else { " AND " });
            message.write(self.builder);
            self.builder.push(" IS NOT NULL");
        }
        if !messages.is_empty() {
            self.builder.push(" THEN ");
        }
        column.write(self.builder);
        self.builder.push(if truth { " IS NULL" } else { " IS NOT NULL" });
        if !messages.is_empty() {
            self.builder.push(" END");
        }
    }
}
