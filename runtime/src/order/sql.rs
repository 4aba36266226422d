//! Conversion of an order to SQL.

use super::cursor_value::CursorValue;
use super::order_by::OrderBy;
use super::term::{Direction, Term};
use crate::fields::Fields;
use crate::sql::{Builder, Columns, Dialect, QueryError, SharedColumn, Sql};
use crate::violation::{Collector, Reason, Subject, Violation, Violations};

impl<F: Fields> OrderBy<F> {
    /// Returns the list of an `ORDER BY` clause, without these words; empty if there is no order.
    ///
    /// # Errors
    ///
    /// - [`QueryError::Request`] if a field has no column and [`Columns::only_given`] rejects it.
    /// - [`QueryError::SharedColumn`] if a field shares its column with another field ([`Columns::verify`]).
    pub fn to_sql(&self, columns: &Columns<F>, dialect: Dialect) -> Result<Sql, QueryError> {
        let mut builder = Builder::new(dialect);
        self.write_sql(columns, &mut builder)?;
        Ok(builder.finish())
    }

    /// Writes the list of an `ORDER BY` clause, without these words.
    ///
    /// # Errors
    ///
    /// See [`to_sql`](Self::to_sql). Nothing is written then.
    pub fn write_sql(&self, columns: &Columns<F>, builder: &mut Builder) -> Result<(), QueryError> {
        if let Some(shared) = self.shared_column(columns, builder.dialect()) {
            return Err(QueryError::SharedColumn { shared, subject: Subject::from_fields::<F>() });
        }
        self.check_columns(self.terms(), columns)?;
        self.write_terms(columns, builder);
        Ok(())
    }

    /// Returns a field of the order that shares its column with another field.
    pub(crate) fn shared_column(&self, columns: &Columns<F>, dialect: Dialect) -> Option<SharedColumn> {
        self.terms().iter().find_map(|term| columns.shared(&term.path, dialect))
    }

    /// Checks that the fields of these terms, which are in a request, have columns.
    pub(crate) fn check_columns(&self, terms: &[Term], columns: &Columns<F>) -> Result<(), Violations> {
        let mut violations = Collector::new(Subject::from_fields::<F>());
        for term in terms.iter().filter(|term| !columns.is_usable(&term.path)) {
            violations.add_with(|| {
                Violation::new(self.field.as_ref(), Reason::UnsupportedField, columns.refusal(&term.path))
            });
        }
        violations.finish()
    }

    /// Writes the terms. The columns were checked.
    pub(crate) fn write_terms(&self, columns: &Columns<F>, builder: &mut Builder) {
        for (position, term) in self.terms().iter().enumerate() {
            if position > 0 {
                builder.push(", ");
            }
            term.write_column(columns, builder);
            if term.direction() == Direction::Descending {
                builder.push(" DESC");
            }
            // NULL is below every value in SQLite and MySQL, and above every value in PostgreSQL.
            if term.can_be_null(columns) && builder.dialect() == Dialect::Postgres {
                builder.push(match term.direction() {
                    Direction::Ascending => " NULLS FIRST",
                    Direction::Descending => " NULLS LAST",
                });
            }
        }
    }
}

impl Term {
    /// Writes the column of the term so that `<`, `=` and `ORDER BY` compare as in memory. In MySQL and MariaDB, only the first
    /// bytes of long values are written, by which these databases sort.
    pub fn write_column<F: Fields>(&self, columns: &Columns<F>, builder: &mut Builder) {
        columns.resolve(&self.path).write_sortable(self.kind(), builder);
    }

    /// Returns `true` if the column of the term can be NULL.
    pub(crate) fn can_be_null<F: Fields>(&self, columns: &Columns<F>) -> bool {
        self.is_nullable && !columns.is_not_null(&self.path)
    }

    /// Writes a placeholder for a value of the term, to compare with [the column](Self::write_column). Writes nothing for
    /// `Null`, which is compared by `IS NULL`.
    pub fn write_value<F: Fields>(&self, value: &CursorValue, columns: &Columns<F>, builder: &mut Builder) {
        if let Some(value) = value.view() {
            columns.resolve(&self.path).write_sort_value(self.kind(), value, builder);
        }
    }
}
