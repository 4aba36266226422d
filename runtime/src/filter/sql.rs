//! Filters as SQL: conditions for `WHERE`, with the same three truth values, NULL being the unknown one.

mod comparison;
mod elements;
mod text;

use super::expression::{Call, CallArgument, Check, Expression, Step, Target, Test};
use super::typed::Filter;
use crate::fields::{Fields, Kind, Shape};
use crate::sql::{Builder, Columns, Dialect, Sql, SqlValue};
use crate::violation::{Reason, Violation, Violations};

impl<F: Fields> Filter<F> {
    /// The condition of a `WHERE` clause; `TRUE` for the filter that everything matches.
    ///
    /// # Errors
    ///
    /// What has no column: messages, lists and maps that [`Columns`] does not mention, and what lies inside of lists and
    /// maps of messages. As the request is what asks for it, this is a mistake of the request.
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
        let mut writer = Writer { columns, builder, problems: Vec::new() };
        writer.expression(expression);
        Violations::check(F::schema().name(), writer.problems)
    }
}

struct Writer<'w, F> {
    columns: &'w Columns<F>,
    builder: &'w mut Builder,
    problems: Vec<Violation>,
}

impl<F: Fields> Writer<'_, F> {
    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::All(list) => self.joined(list, " AND "),
            Expression::Any(list) => self.joined(list, " OR "),
            Expression::Not(inner) => {
                self.builder.push("NOT (");
                self.expression(inner);
                self.builder.push(")");
            }
            Expression::Test(test) => self.test(test),
            Expression::Call(call) => self.call(call),
        }
    }

    fn joined(&mut self, list: &[Expression], operator: &str) {
        self.builder.push("(");
        for (position, expression) in list.iter().enumerate() {
            if position > 0 {
                self.builder.push(operator);
            }
            self.expression(expression);
        }
        self.builder.push(")");
    }

    fn test(&mut self, test: &Test) {
        let Test { target, check } = test;
        match target.steps.iter().position(|step| !matches!(step, Step::Field(_))) {
            // Elements of messages would need to know how they are encoded.
            Some(position) if position + 1 < target.steps.len() => {
                self.unsupported(target, "is inside of a list or map of messages, which SQL cannot look into");
            }
            Some(_) => self.element(target, check),
            None if target.is_collection() => self.whole_collection(target),
            None => self.single(target, check),
        }
    }

    /// A field of which there is one.
    fn single(&mut self, target: &Target, check: &Check) {
        let path = target.fields();
        if matches!(target.kind(), Kind::Message(_) | Kind::Opaque(_)) && self.columns.given(&path).is_none() {
            return self.unsupported(target, "is a message without a column of its own");
        }
        let columns = self.columns;
        let column = columns.resolve(&path);
        match check {
            Check::Present => self.is_set(target, &column),
            Check::Compare(relation, literal) => {
                comparison::write(&column, target.kind(), *relation, literal, self.builder);
            }
            Check::Match { pattern, is_negated } => text::write(&column, pattern, *is_negated, self.builder),
        }
    }

    /// Whether a field is set: never NULL.
    fn is_set(&mut self, target: &Target, column: &crate::sql::Column) {
        if target.field.shape != Shape::Implicit {
            column.write(self.builder);
            self.builder.push(" IS NOT NULL");
            return;
        }
        self.builder.push("(");
        column.write(self.builder);
        self.builder.push(" IS NOT NULL AND ");
        match target.kind() {
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

    /// A function, by the template that it has for the dialect.
    fn call(&mut self, call: &Call) {
        let dialect = self.builder.dialect();
        let Some((_, template)) = call.function.sql.iter().find(|(of, _)| *of == dialect) else {
            let description = format!("the function `{}` cannot be written in SQL", call.name);
            return self.refuse(description);
        };
        let mut rest = template.as_str();
        self.builder.push("(");
        while let Some((text, place, after)) = next_place(rest) {
            self.builder.push(text);
            match call.arguments.get(place) {
                Some(CallArgument::Field(path)) => self.columns.resolve(path).write(self.builder),
                Some(CallArgument::Constant(literal)) => comparison::bind(literal, self.builder),
                None => {}
            }
            rest = after;
        }
        self.builder.push(rest).push(")");
    }

    fn unsupported(&mut self, target: &Target, why: &str) {
        let name = target.fields().named(F::schema(), '.').to_string();
        self.refuse(format!("`{name}` {why}"));
    }

    fn refuse(&mut self, description: String) {
        self.problems.push(Violation { field: "filter".to_owned(), description, reason: Reason::UnsupportedField });
    }
}

/// The text before the next `{0}`, the number in it, and the text after it.
fn next_place(template: &str) -> Option<(&str, usize, &str)> {
    let (before, rest) = template.split_once('{')?;
    let (number, after) = rest.split_once('}')?;
    Some((before, number.parse().ok()?, after))
}
