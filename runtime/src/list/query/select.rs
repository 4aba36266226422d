//! `FROM` and base `WHERE` of a list query, shared by the page and its total.

use crate::sql::{Builder, SqlValue};

/// Columns, table and base conditions of a list query: the parent in the request, the tenant of the caller, rows that are
/// not deleted. The filter of the request comes in addition.
///
/// The query of a page and the query of its total both use it, so their conditions cannot differ.
///
/// ```
/// use transom::list::Select;
///
/// let shelf = "shelves/7";
/// let books = Select::from("books")
///     .filtered(|condition| condition.push("shelf = ").value(shelf))
///     .filtered(|condition| condition.push("deleted_at IS NULL"));
/// ```
///
/// The text is written in the program, and values are bound. For a query of another shape, with `DISTINCT` or `GROUP BY`,
/// use [`Page::write_condition`](crate::list::Page::write_condition) and
/// [`Page::write_rest`](crate::list::Page::write_rest).
#[derive(Debug, Clone, PartialEq)]
pub struct Select {
    list: &'static str,
    from: &'static str,
    conditions: Vec<Condition>,
}

/// Condition of a [`Select`], as text and bound values.
///
/// PostgreSQL rejects text with NUL: check values from a request before binding them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Condition(Vec<Fragment>);

#[derive(Debug, Clone, PartialEq)]
enum Fragment {
    Text(&'static str),
    Value(SqlValue),
}

impl Select {
    /// Selects all columns of a table or of a join. `table` is the text after `FROM`, for example
    /// `books b JOIN authors a ON a.id = b.author`.
    #[must_use]
    pub const fn from(table: &'static str) -> Self {
        Self { list: "*", from: table, conditions: Vec::new() }
    }

    /// Sets the text after `SELECT`, which is `*` by default: `name, title, length(text) AS pages`.
    #[must_use]
    pub const fn list(mut self, list: &'static str) -> Self {
        self.list = list;
        self
    }

    /// Adds a condition. All conditions must hold.
    #[must_use]
    pub fn filtered(mut self, write: impl FnOnce(&mut Condition) -> &mut Condition) -> Self {
        let mut condition = Condition::default();
        write(&mut condition);
        if !condition.0.is_empty() {
            self.conditions.push(condition);
        }
        self
    }

    /// Writes the query up to the condition of the request, with `WHERE` or `AND` at the end.
    pub(super) fn write(&self, builder: &mut Builder) {
        self.write_with_list(self.list, builder);
    }

    /// Writes the query as [`write`](Self::write), for the number of rows.
    pub(super) fn write_count(&self, builder: &mut Builder) {
        self.write_with_list("COUNT(*)", builder);
    }

    fn write_with_list(&self, list: &str, builder: &mut Builder) {
        builder.push("SELECT ").push(list).push(" FROM ").push(self.from).push(" WHERE ");
        for Condition(fragments) in &self.conditions {
            builder.push("(");
            for fragment in fragments {
                match fragment {
                    Fragment::Text(text) => builder.push(text),
                    Fragment::Value(value) => builder.bind(value.clone()),
                };
            }
            builder.push(") AND ");
        }
    }
}

impl Condition {
    /// Adds SQL text, for example the name of a column and an operator.
    pub fn push(&mut self, text: &'static str) -> &mut Self {
        self.0.push(Fragment::Text(text));
        self
    }

    /// Adds a placeholder for a value.
    pub fn value(&mut self, value: impl Into<SqlValue>) -> &mut Self {
        self.0.push(Fragment::Value(value.into()));
        self
    }
}
