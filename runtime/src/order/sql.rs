//! Orders as SQL.

use super::{CursorValue, Direction, OrderBy, Term};
use crate::fields::Fields;
use crate::sql::{Builder, Columns, Dialect, Sql};
use crate::violation::{Collector, Reason, Subject, Violation, Violations};

impl<F: Fields> OrderBy<F> {
    /// The list of an `ORDER BY` clause, without these words; empty when there is no order.
    ///
    /// # Errors
    ///
    /// When a field has no column, and [`Columns::only_given`] refuses it, or shares a column with another field
    /// ([`Columns::verify`]).
    pub fn to_sql(&self, columns: &Columns<F>, dialect: Dialect) -> Result<Sql, Violations> {
        let mut builder = Builder::new(dialect);
        self.write_sql(columns, &mut builder)?;
        Ok(builder.finish())
    }

    /// Adds the list of an `ORDER BY` clause, without these words, to a query.
    ///
    /// # Errors
    ///
    /// As [`Self::to_sql`]; nothing is then written.
    pub fn write_sql(&self, columns: &Columns<F>, builder: &mut Builder) -> Result<(), Violations> {
        self.check(self.terms(), columns, builder.dialect())?;
        self.write_terms(columns, builder);
        Ok(())
    }

    /// Whether the fields of these terms, which a request says, can be used.
    pub(crate) fn check(&self, terms: &[Term], columns: &Columns<F>, dialect: Dialect) -> Result<(), Violations> {
        let mut violations = Collector::new(Subject::from_fields::<F>());
        for term in terms.iter().filter(|term| !columns.is_usable(&term.path, dialect)) {
            violations.add_with(|| {
                Violation::new(self.field.as_ref(), Reason::UnsupportedField, columns.refusal(&term.path))
            });
        }
        violations.finish()
    }

    /// Writes an order that was checked.
    pub(crate) fn write_terms(&self, columns: &Columns<F>, builder: &mut Builder) {
        for (position, term) in self.terms().iter().enumerate() {
            if position > 0 {
                builder.push(", ");
            }
            term.write_column(columns, builder);
            if term.direction() == Direction::Descending {
                builder.push(" DESC");
            }
            // SQLite and MySQL have NULL below every value, as it is here; PostgreSQL above.
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
    /// Writes the term's column as `<`, `=` and `ORDER BY` see the order that memory has; of long values in MySQL and
    /// MariaDB, the beginnings that they sort by.
    pub fn write_column<F: Fields>(&self, columns: &Columns<F>, builder: &mut Builder) {
        columns.resolve(&self.path).write_sortable(self.kind(), builder);
    }

    /// Whether a row can have NULL in the term's column.
    pub(crate) fn can_be_null<F: Fields>(&self, columns: &Columns<F>) -> bool {
        self.is_nullable && !columns.is_not_null(&self.path)
    }

    /// Writes a place holder for a value of the term, to compare it with [the column](Self::write_column). A NULL has none:
    /// it is compared by `IS NULL`.
    pub fn write_value<F: Fields>(&self, value: &CursorValue, columns: &Columns<F>, builder: &mut Builder) {
        if let Some(value) = value.view() {
            columns.resolve(&self.path).write_sort_value(self.kind(), value, builder);
        }
    }
}
