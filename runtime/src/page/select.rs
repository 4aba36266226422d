//! What a list is a part of: a table, or a join of some, and the rows of it that this caller's list has.

use crate::sql::{Builder, SqlValue};

/// The rows that a list is taken from, whatever the request filters by: the shelf that it names, the tenant of the caller,
/// what is not deleted.
///
/// A page and the count of the whole list are both taken from it, so neither can have a condition that the other lacks.
///
/// ```
/// use transom::page::Select;
///
/// let shelf = "shelves/7";
/// let books = Select::from("books")
///     .filtered(|condition| condition.push("shelf = ").value(shelf))
///     .filtered(|condition| condition.push("deleted_at IS NULL"));
/// ```
///
/// The text is the program's own; what comes from elsewhere is a value, which is bound. A query of another shape, with
/// `DISTINCT` or `GROUP BY`, is written with [`Page::write_condition`](super::Page::write_condition) and
/// [`Page::write_rest`](super::Page::write_rest).
#[derive(Debug, Clone, PartialEq)]
pub struct Select {
    list: &'static str,
    from: &'static str,
    conditions: Vec<Condition>,
}

/// A condition while it is written.
///
/// PostgreSQL takes no text with NUL, and fails: what comes from a request is checked before it is bound.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Condition(Vec<Piece>);

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Text(&'static str),
    Value(SqlValue),
}

impl Select {
    /// All columns of a table or of a join: what stands after `FROM`, such as `books b JOIN authors a ON a.id = b.author`.
    #[must_use]
    pub const fn from(table: &'static str) -> Self {
        Self { list: "*", from: table, conditions: Vec::new() }
    }

    /// What stands after `SELECT`, where it is not `*`: `name, title, length(text) AS pages`.
    #[must_use]
    pub const fn list(mut self, list: &'static str) -> Self {
        self.list = list;
        self
    }

    /// Leaves out the rows that this does not hold for. Every condition that is said has to hold.
    #[must_use]
    pub fn filtered(mut self, write: impl FnOnce(&mut Condition) -> &mut Condition) -> Self {
        let mut condition = Condition::default();
        write(&mut condition);
        if !condition.0.is_empty() {
            self.conditions.push(condition);
        }
        self
    }

    /// Writes everything before what the request filters by; `AND` stands at the end.
    pub(super) fn write(&self, builder: &mut Builder) {
        self.write_from(self.list, builder);
    }

    /// As [`write`](Self::write), to count the rows.
    pub(super) fn write_count(&self, builder: &mut Builder) {
        self.write_from("COUNT(*)", builder);
    }

    fn write_from(&self, list: &str, builder: &mut Builder) {
        builder.push("SELECT ").push(list).push(" FROM ").push(self.from).push(" WHERE ");
        for Condition(pieces) in &self.conditions {
            builder.push("(");
            for piece in pieces {
                match piece {
                    Piece::Text(text) => builder.push(text),
                    Piece::Value(value) => builder.bind(value.clone()),
                };
            }
            builder.push(") AND ");
        }
    }
}

impl Condition {
    /// Adds text as it is: the name of a column, and what is done with it.
    pub fn push(&mut self, text: &'static str) -> &mut Self {
        self.0.push(Piece::Text(text));
        self
    }

    /// Adds a place holder for a value.
    pub fn value(&mut self, value: impl Into<SqlValue>) -> &mut Self {
        self.0.push(Piece::Value(value.into()));
        self
    }
}
