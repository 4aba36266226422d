//! A page as SQL.

mod error;

pub use self::error::QueryError;

use super::current::Page;
use super::cursor::Cursor;
use super::keyset;
use super::problems::subject;
use super::request::ListRequest;
use super::select::Select;
use crate::sql::{Builder, Columns, Dialect, Sql, SqlValue};
use crate::violation::Collector;

impl<R: ListRequest> Page<'_, R> {
    /// The whole query of a page.
    ///
    /// ```ignore
    /// let books = Select::from("books").filtered(|condition| condition.push("shelf = ").value(shelf));
    /// let sql = page.query(&books, &columns, Dialect::Sqlite)?;
    /// ```
    ///
    /// # Errors
    ///
    /// When the request, or the order that the server adds to it, asks for what the table has no column for.
    pub fn query(&self, select: &Select, columns: &Columns<R::Resource>, dialect: Dialect) -> Result<Sql, QueryError> {
        let mut builder = Builder::new(dialect);
        select.write(&mut builder);
        self.write_condition(columns, &mut builder)?;
        self.write_rest(columns, &mut builder);
        Ok(builder.finish())
    }

    /// The query that counts what the filter leaves of the whole list, with the conditions of the same `select`.
    ///
    /// # Errors
    ///
    /// When the filter asks for what the table has no column for, or for a column that two fields share.
    pub fn count_query(
        &self,
        select: &Select,
        columns: &Columns<R::Resource>,
        dialect: Dialect,
    ) -> Result<Sql, QueryError> {
        self.check_filter(columns, dialect)?;
        let mut builder = Builder::new(dialect);
        select.write_count(&mut builder);
        let mut violations = Collector::new(subject::<R>());
        violations.keep(self.filter().write_sql(columns, &mut builder));
        violations.finish()?;
        Ok(builder.finish())
    }

    /// Adds what holds for the rows of the page: the filter, and that they come after the cursor. `AND` may stand at
    /// either side of it.
    ///
    /// # Errors
    ///
    /// When the request, or the order that the server adds to it, asks for what the table has no column for.
    pub fn write_condition(&self, columns: &Columns<R::Resource>, builder: &mut Builder) -> Result<(), QueryError> {
        let dialect = builder.dialect();
        self.check_filter(columns, dialect)?;
        let terms = self.order().terms();
        if let Some(shared) = terms.iter().find_map(|term| columns.shared(&term.path, dialect)) {
            return Err(QueryError::SharedColumn { shared, subject: subject::<R>() });
        }
        let (asked, added) = terms.split_at(self.asked.min(terms.len()));
        if let Some(term) = added.iter().find(|term| !columns.is_usable(&term.path, dialect)) {
            return Err(QueryError::NoColumn { field: term.name(), subject: subject::<R>() });
        }
        let mut violations = Collector::new(subject::<R>());
        violations.keep(self.order().check(asked, columns, dialect));
        violations.keep(self.filter().write_sql(columns, builder));
        violations.finish()?;
        if let Some(Cursor::Keyset(values)) = self.cursor() {
            builder.push(" AND ");
            keyset::write(self.order(), values, columns, builder);
        }
        Ok(())
    }

    /// That no column of the filter is shared is the server's to see to.
    fn check_filter(&self, columns: &Columns<R::Resource>, dialect: Dialect) -> Result<(), QueryError> {
        match self.filter().shared_column(columns, dialect) {
            Some(shared) => Err(QueryError::SharedColumn { shared, subject: subject::<R>() }),
            None => Ok(()),
        }
    }

    /// Adds what comes after the conditions: `ORDER BY`, `LIMIT` and `OFFSET`, with a space before each. What the table has
    /// no column for was refused with the conditions.
    pub fn write_rest(&self, columns: &Columns<R::Resource>, builder: &mut Builder) {
        builder.push(" ORDER BY ");
        self.order().write_terms(columns, builder);
        builder.push(" LIMIT ").bind(int(self.limit()));
        if self.offset() > 0 {
            builder.push(" OFFSET ").bind(int(self.offset()));
        }
    }
}

/// A number of rows; no table has more than fit.
fn int(count: u64) -> SqlValue {
    SqlValue::Int(i64::try_from(count).unwrap_or(i64::MAX))
}
