//! Conversion of a filter to SQL: conditions for `WHERE` with three truth values, in which NULL is unknown.

mod call;
mod comparison;
mod dynamic;
mod elements;
mod field;
mod json;
mod text;
mod writer;

use self::writer::{Operand, Writer};
use super::filter::Filter;
use crate::fields::Fields;
use crate::sql::{Builder, Columns, Dialect, QueryError, SharedColumn, Sql};
use crate::violation::{Reason, Subject, Violations};

impl<F: Fields> Filter<F> {
    /// Returns the condition of a `WHERE` clause; `TRUE` for the filter that matches everything.
    ///
    /// # Errors
    ///
    /// [`QueryError::SharedColumn`] if a field shares its column with another field ([`Columns::verify`]).
    ///
    /// [`QueryError::Request`] if the request uses what the table cannot answer. The client learns only that the field
    /// cannot be used. The causes are:
    ///
    /// - a message, a list or a map without a column, or any field without a column after [`Columns::only_given`];
    /// - a list or a map whose column has no [`Elements`](crate::sql::Elements), or an array outside of PostgreSQL;
    /// - a field of messages in a list or a map, or `bytes`, timestamps and durations in a list or a map;
    /// - `= null` inside of a message without a column;
    /// - a function without a template for the dialect;
    /// - more than 10,000 comparisons in SQLite, or more placeholders than the database accepts: 32,766 in SQLite, 65,535
    ///   in the others. 256 of these are reserved for other parts of the statement.
    pub fn to_sql(&self, columns: &Columns<F>, dialect: Dialect) -> Result<Sql, QueryError> {
        let mut builder = Builder::new(dialect);
        self.write_sql(columns, &mut builder)?;
        Ok(builder.finish())
    }

    /// Writes the condition, in parentheses if it needs them.
    ///
    /// # Errors
    ///
    /// See [`to_sql`](Self::to_sql). The builder can then contain a part of the condition.
    pub fn write_sql(&self, columns: &Columns<F>, builder: &mut Builder) -> Result<(), QueryError> {
        if let Some(shared) = self.shared_column(columns, builder.dialect()) {
            return Err(QueryError::SharedColumn { shared, subject: Subject::from_fields::<F>() });
        }
        Ok(self.write_condition(columns, builder)?)
    }

    /// Writes the condition. The shared columns were checked.
    pub(crate) fn write_condition(&self, columns: &Columns<F>, builder: &mut Builder) -> Result<(), Violations> {
        let Some(expression) = &self.expression else {
            builder.push("TRUE");
            return Ok(());
        };
        let mut writer = Writer::new(columns, builder, &self.field);
        writer.expression(expression, true, Operand::Root);
        let is_long = expression.cost() > writer.builder.dialect().max_conditions();
        if writer.violations.is_empty() && (is_long || writer.builder.is_full()) {
            writer.reject(
                Reason::LimitExceeded,
                "there are more comparisons than the database accepts: use fewer".to_owned(),
            );
        }
        writer.violations.finish()
    }

    /// Returns a field of the filter that shares its column with another field.
    pub(crate) fn shared_column(&self, columns: &Columns<F>, dialect: Dialect) -> Option<SharedColumn> {
        let expression = self.expression.as_ref().filter(|_| columns.can_share())?;
        expression.find_target(&mut |target| columns.shared(&target.field_path(), dialect))
    }
}
