//! The query of a page, and the query of its total.

use super::keyset;
use super::select::Select;
use crate::list::request::ListRequest;
use crate::list::server::{Page, subject};
use crate::list::token::Cursor;
use crate::sql::{Builder, Columns, Dialect, QueryError, Sql, SqlValue};
use crate::violation::Collector;

impl<R: ListRequest> Page<'_, R> {
    /// Returns the whole query of the page.
    ///
    /// ```ignore
    /// let books = Select::from("books").filtered(|condition| condition.push("shelf = ").value(shelf));
    /// let sql = page.query(&books, &columns, Dialect::Sqlite)?;
    /// ```
    ///
    /// # Errors
    ///
    /// When the request uses a field that has no column, or the server sorts by one; see [`QueryError`].
    pub fn query(&self, select: &Select, columns: &Columns<R::Resource>, dialect: Dialect) -> Result<Sql, QueryError> {
        let mut builder = Builder::new(dialect);
        select.write(&mut builder);
        self.write_condition(columns, &mut builder)?;
        self.write_rest(columns, &mut builder);
        Ok(builder.finish())
    }

    /// Returns the query for the number of rows of the whole list that match the filter. Pass the `select` of the page.
    ///
    /// # Errors
    ///
    /// When the filter uses a field that has no column; see [`QueryError`].
    pub fn count_query(
        &self,
        select: &Select,
        columns: &Columns<R::Resource>,
        dialect: Dialect,
    ) -> Result<Sql, QueryError> {
        self.check_filter_columns(columns, dialect)?;
        let mut builder = Builder::new(dialect);
        select.write_count(&mut builder);
        let mut violations = Collector::new(subject::<R>());
        violations.keep(self.filter().write_condition(columns, &mut builder));
        violations.finish()?;
        Ok(builder.finish())
    }

    /// Writes the condition for the rows of the page: the filter, and that the row comes after the cursor. `AND` may
    /// stand before and after it.
    ///
    /// # Errors
    ///
    /// When the request uses a field that has no column, or the server sorts by one; see [`QueryError`].
    pub fn write_condition(&self, columns: &Columns<R::Resource>, builder: &mut Builder) -> Result<(), QueryError> {
        let dialect = builder.dialect();
        self.check_filter_columns(columns, dialect)?;
        if let Some(shared) = self.order().shared_column(columns, dialect) {
            return Err(QueryError::SharedColumn { shared, subject: subject::<R>() });
        }
        let (requested, added) = self.requested_and_added_terms();
        if let Some(term) = added.iter().find(|term| !columns.is_usable(&term.path)) {
            return Err(QueryError::NoColumn { field: term.name(), subject: subject::<R>() });
        }
        let mut violations = Collector::new(subject::<R>());
        violations.keep(self.order().check_columns(requested, columns));
        violations.keep(self.filter().write_condition(columns, builder));
        violations.finish()?;
        if let Some(Cursor::Keyset(values)) = self.cursor() {
            builder.push(" AND ");
            keyset::write(self.order(), values, columns, builder);
        }
        Ok(())
    }

    /// Checks that no field of the filter shares a column.
    fn check_filter_columns(&self, columns: &Columns<R::Resource>, dialect: Dialect) -> Result<(), QueryError> {
        match self.filter().shared_column(columns, dialect) {
            Some(shared) => Err(QueryError::SharedColumn { shared, subject: subject::<R>() }),
            None => Ok(()),
        }
    }

    /// Writes the query after the condition: `ORDER BY`, `LIMIT` and `OFFSET`, with a space before each.
    ///
    /// [`write_condition`](Self::write_condition) has checked the columns.
    pub fn write_rest(&self, columns: &Columns<R::Resource>, builder: &mut Builder) {
        builder.push(" ORDER BY ");
        self.order().write_terms(columns, builder);
        builder.push(" LIMIT ").bind(row_count(self.limit()));
        if self.offset() > 0 {
            builder.push(" OFFSET ").bind(row_count(self.offset()));
        }
    }
}

/// Converts a number of rows. A number above `i64::MAX` is beyond the end of every table.
fn row_count(count: u64) -> SqlValue {
    SqlValue::Int(i64::try_from(count).unwrap_or(i64::MAX))
}
