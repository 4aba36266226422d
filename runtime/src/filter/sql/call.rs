//! Calls of predicate functions.

use super::comparison;
use super::writer::Writer;
use crate::fields::Fields;
use crate::filter::expression::{Call, CallArgument, Target, TargetStep};
use crate::filter::functions::SqlFragment;
use crate::filter::literal::Literal;
use crate::violation::Reason;

impl<F: Fields> Writer<'_, F> {
    /// Writes the template of a function for the dialect.
    pub(super) fn call(&mut self, call: &Call, truth: bool) {
        let dialect = self.builder.dialect();
        let Some((_, template)) = call.function.sql.iter().find(|(of, _)| *of == dialect) else {
            let description = format!("the function `{}` cannot be used", call.name);
            return self.reject(Reason::UnsupportedField, description);
        };
        for argument in &call.arguments {
            if let CallArgument::Field(target) = argument
                && !self.can_be_argument(target)
            {
                return self.unsupported(target);
            }
        }
        self.builder.push(if truth { "(" } else { "NOT (" });
        for fragment in template {
            match fragment {
                SqlFragment::Text(text) => {
                    self.builder.push(text);
                }
                SqlFragment::Argument(index) => match call.arguments.get(*index) {
                    Some(CallArgument::Field(target)) if target.is_element() => self.entry(target),
                    Some(CallArgument::Field(target)) => self.columns.resolve(&target.field_path()).write(self.builder),
                    Some(CallArgument::Constant(literal)) => self.constant(call, literal),
                    // A template has no other arguments.
                    None => {}
                },
            }
        }
        self.builder.push(")");
    }

    /// Returns `true` if a field, or a map value, can be an argument.
    fn can_be_argument(&self, target: &Target) -> bool {
        match target.steps.iter().position(|step| !matches!(step, TargetStep::Field(_))) {
            None => self.columns.is_usable(&target.field_path()),
            Some(position) => position + 1 == target.steps.len() && self.can_be_entry(target),
        }
    }

    /// Writes a constant argument. A timestamp or a duration has the form of the first column of its kind in the call.
    fn constant(&mut self, call: &Call, literal: &Literal) {
        let columns = self.columns;
        let column = call.arguments.iter().find_map(|argument| match argument {
            CallArgument::Field(target) if literal.is_time_of(target.field.kind) && !target.is_element() => {
                Some(columns.resolve(&target.field_path()))
            }
            _ => None,
        });
        match column {
            Some(column) => column.write_value(literal.view(), self.builder),
            None => comparison::bind(literal, self.builder),
        }
    }
}
