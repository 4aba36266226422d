//! Filters as SQL: conditions for `WHERE`, with the same three truth values, NULL being the unknown one.

mod comparison;
mod dynamic;
mod elements;
mod json;
mod text;

use std::cmp::Reverse;

use super::expression::{Call, CallArgument, Check, Expression, Step, Target, Test};
use super::functions::Piece;
use super::literal::Literal;
use super::typed::Filter;
use crate::field_path::FieldPath;
use crate::fields::{Fields, Kind, Shape};
#[cfg(feature = "page")]
use crate::sql::SharedColumn;
use crate::sql::{Builder, Column, Columns, Dialect, Sql, SqlValue};
use crate::violation::{Collector, Reason, Subject, Violations};

impl<F: Fields> Filter<F> {
    /// The condition of a `WHERE` clause; `TRUE` for the filter that everything matches.
    ///
    /// # Errors
    ///
    /// All are mistakes of the request. Of the table, an error shows the client only that a field cannot be used:
    ///
    /// - messages, lists and maps that have no column, and other fields too if [`Columns::only_given`] says so;
    /// - lists and maps whose column has no [`Elements`](crate::sql::Elements), or an array outside of PostgreSQL;
    /// - what is inside of lists and maps of messages, and bytes and times in lists and maps;
    /// - `= null` inside of a message that has no column of its own;
    /// - functions without a template for the dialect;
    /// - fields that share a column by their names ([`Columns::verify`]);
    /// - more than 10,000 comparisons in SQLite, and more than there are place holders: 32,766 in SQLite, 65,535 in the
    ///   others. 256 of these are left for what else the statement binds.
    pub fn to_sql(&self, columns: &Columns<F>, dialect: Dialect) -> Result<Sql, Violations> {
        let mut builder = Builder::new(dialect);
        self.write_sql(columns, &mut builder)?;
        Ok(builder.finish())
    }

    /// Adds the condition to a query, in parentheses if it needs any.
    ///
    /// # Errors
    ///
    /// As [`Self::to_sql`]; the builder then holds part of a condition.
    pub fn write_sql(&self, columns: &Columns<F>, builder: &mut Builder) -> Result<(), Violations> {
        let Some(expression) = &self.expression else {
            builder.push("TRUE");
            return Ok(());
        };
        let problems = Collector::new(Subject::from_fields::<F>());
        let mut writer = Writer { columns, builder, field: &self.field, problems };
        writer.expression(expression, true, Around::Anything);
        let is_long = expression.cost() > writer.builder.dialect().max_conditions();
        if writer.problems.is_empty() && (is_long || writer.builder.is_full()) {
            writer.refuse(
                Reason::LimitExceeded,
                "there are more comparisons than can be made at once: use fewer".to_owned(),
            );
        }
        writer.problems.finish()
    }
}

#[cfg(feature = "page")]
impl<F: Fields> Filter<F> {
    /// A field of the filter that shares a column with another one.
    pub(crate) fn shared_column(&self, columns: &Columns<F>, dialect: Dialect) -> Option<SharedColumn> {
        let expression = self.expression.as_ref().filter(|_| columns.can_share())?;
        expression.find_target(&mut |target| columns.shared(&target.fields(), dialect))
    }
}

struct Writer<'w, F> {
    columns: &'w Columns<F>,
    builder: &'w mut Builder,
    /// What the filter is called in the request.
    field: &'w str,
    problems: Collector,
}

/// What a condition is an operand of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    Anything,
    And,
    Or,
}

/// So many operands stand in a row at most. In a row they are as deep as they are many, and SQLite takes no expression that
/// is deeper than 1000.
const ROW: usize = 32;

impl<F: Fields> Writer<'_, F> {
    /// Writes that the expression is true, or that it is false. A negation stands before single tests alone, and
    /// parentheses where an operator binds too weakly: each opens a level in the stack of the database's parser.
    fn expression(&mut self, expression: &Expression, truth: bool, around: Around) {
        let list = match expression {
            Expression::Not(inner) => return self.expression(inner, !truth, around),
            Expression::Test(test) => return self.test(test, truth),
            Expression::Call(call) => return self.call(call, truth),
            Expression::All(list) | Expression::Any(list) => list,
        };
        let operator = if matches!(expression, Expression::All(_)) == truth { Around::And } else { Around::Or };
        // What is nested most deeply comes first, where the least of what is around it is on the parser's stack.
        let mut operands: Vec<&Expression> = list.iter().collect();
        operands.sort_by_cached_key(|operand| Reverse(levels(operand)));
        if around == Around::Anything || (around == Around::And && operator == Around::Or) {
            self.builder.push("(");
            self.row(&operands, truth, operator);
            self.builder.push(")");
        } else {
            self.row(&operands, truth, operator);
        }
    }

    /// Writes the operands in a row, or rows of them in parentheses.
    fn row(&mut self, operands: &[&Expression], truth: bool, operator: Around) {
        let size = operands.len().div_ceil(ROW).max(1);
        for (position, part) in operands.chunks(size).enumerate() {
            if position > 0 {
                self.builder.push(if operator == Around::And { " AND " } else { " OR " });
            }
            if let [operand] = part {
                self.expression(operand, truth, operator);
            } else {
                self.builder.push("(");
                self.row(part, truth, operator);
                self.builder.push(")");
            }
        }
    }

    fn test(&mut self, test: &Test, truth: bool) {
        let Test { target, check } = test;
        if let Check::Dynamic(dynamic) = check {
            return self.dynamic(target, dynamic, truth);
        }
        match target.steps.iter().position(|step| !matches!(step, Step::Field(_))) {
            // Elements of messages would need to know how they are encoded.
            Some(position) if position + 1 < target.steps.len() => {
                self.unsupported(target);
            }
            Some(_) => self.element(target, check, truth),
            None if target.is_collection() => self.whole_collection(target, truth),
            None => self.single(target, check, truth),
        }
    }

    /// A field of which there is one.
    fn single(&mut self, target: &Target, check: &Check, truth: bool) {
        let path = target.fields();
        if matches!(target.kind(), Kind::Message(_) | Kind::Opaque(_)) && self.columns.given(&path).is_none() {
            return self.unsupported(target);
        }
        if !self.columns.is_usable(&path, self.builder.dialect()) {
            return self.unsupported(target);
        }
        let columns = self.columns;
        let column = columns.resolve(&path);
        match check {
            Check::Present => self.is_set(target, &column, truth),
            Check::Null => self.is_null(target, &path, &column, truth),
            // Values with types of their own have columns of another form.
            Check::Dynamic(_) => {}
            Check::Compare(relation, literal) => {
                let relation = if truth { *relation } else { relation.negated() };
                comparison::write(&column, target.kind(), relation, literal, self.builder);
            }
            Check::Match { pattern, is_negated } => text::write(&column, pattern, *is_negated == truth, self.builder),
        }
    }

    /// Whether a field is set: never NULL.
    fn is_set(&mut self, target: &Target, column: &Column, truth: bool) {
        if target.field.shape != Shape::Implicit {
            if !target.fields().can_be_absent(F::schema()) {
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
            // LENGTH of SQLite counts the characters before a NUL.
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

    /// Whether a field is unset: NULL where a message on the way to it is.
    fn is_null(&mut self, target: &Target, path: &FieldPath, column: &Column, truth: bool) {
        let mut messages = Vec::new();
        let mut way = FieldPath::default();
        for (index, field) in path.as_slice().iter().zip(path.fields(F::schema())).take(path.as_slice().len() - 1) {
            way.push(*index);
            if field.shape == Shape::Required {
                continue;
            }
            let Some(message) = self.columns.given(&way) else {
                let name = target.fields().named(F::schema(), '.').to_string();
                let description = format!("`{name}` cannot be compared with `null` here");
                return self.refuse(Reason::UnsupportedField, description);
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

    /// A function, by the template that it has for the dialect.
    fn call(&mut self, call: &Call, truth: bool) {
        let dialect = self.builder.dialect();
        let Some((_, template)) = call.function.sql.iter().find(|(of, _)| *of == dialect) else {
            let description = format!("the function `{}` cannot be used here", call.name);
            return self.refuse(Reason::UnsupportedField, description);
        };
        for argument in &call.arguments {
            if let CallArgument::Field(target) = argument
                && !self.can_be_argument(target)
            {
                return self.unsupported(target);
            }
        }
        self.builder.push(if truth { "(" } else { "NOT (" });
        for piece in template {
            match piece {
                Piece::Text(text) => {
                    self.builder.push(text);
                }
                Piece::Argument(place) => match call.arguments.get(*place) {
                    Some(CallArgument::Field(target)) if target.is_element() => self.entry(target),
                    Some(CallArgument::Field(target)) => self.columns.resolve(&target.fields()).write(self.builder),
                    Some(CallArgument::Constant(literal)) => self.constant(call, literal),
                    // A template names no others.
                    None => {}
                },
            }
        }
        self.builder.push(")");
    }

    /// Whether a function's template can name the field, or the value of the key.
    fn can_be_argument(&self, target: &Target) -> bool {
        match target.steps.iter().position(|step| !matches!(step, Step::Field(_))) {
            None => self.columns.is_usable(&target.fields(), self.builder.dialect()),
            Some(position) => position + 1 == target.steps.len() && self.can_be_entry(target),
        }
    }

    /// A value that a function is given; a time as the column holds it that it is compared with.
    fn constant(&mut self, call: &Call, literal: &Literal) {
        let columns = self.columns;
        let column = call.arguments.iter().find_map(|argument| match argument {
            CallArgument::Field(target) if literal.is_time_of(target.field.kind) && !target.is_element() => {
                Some(columns.resolve(&target.fields()))
            }
            _ => None,
        });
        match column {
            Some(column) => column.write_value(literal.view(), self.builder),
            None => comparison::bind(literal, self.builder),
        }
    }

    /// Refuses a field. The cause is a column that the server has not, which is nothing for the client.
    fn unsupported(&mut self, target: &Target) {
        self.refuse(Reason::UnsupportedField, self.columns.refusal(&target.fields()));
    }

    fn refuse(&mut self, reason: Reason, description: String) {
        self.problems.add(self.field, reason, description);
    }
}

/// How much of a parser's stack an expression needs: one place for a parenthesis, and two more for what stands before it.
fn levels(expression: &Expression) -> usize {
    let list = match expression {
        Expression::Test(_) | Expression::Call(_) => return 0,
        Expression::Not(inner) => return levels(inner),
        Expression::All(list) | Expression::Any(list) => list,
    };
    let mut operands: Vec<usize> = list.iter().map(levels).collect();
    operands.sort_unstable_by_key(|levels| Reverse(*levels));
    let (first, others) = operands.split_first().map_or((0, &[][..]), |(first, others)| (*first, others));
    (first + 1).max(others.first().map_or(0, |second| second + 3))
}
