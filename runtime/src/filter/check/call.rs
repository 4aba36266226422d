//! Checks of function calls.

use super::checker::Checker;
use crate::fields::{Fields, Kind};
use crate::filter::expression::{self, CallArgument, Expression, Target};
use crate::filter::functions::{FunctionBody, Parameter};
use crate::filter::literal::{Literal, LiteralSource};
use crate::filter::syntax::{Argument, Call, Member, Part, quote_whole_value};
use crate::violation::{Problem, Reason, quoted};

impl<F: Fields> Checker<'_, F> {
    /// Checks a call without a comparator, which must be of a predicate.
    pub(super) fn predicate_call(&mut self, call: &Call<'_>) -> Result<Expression, Problem> {
        let function = match self.function(call)? {
            FunctionBody::Predicate(function) => function.clone(),
            FunctionBody::Constant(_) => {
                let description = format!("`{}` returns a value: write a field and a comparator before it", call.name);
                return Err(Problem::new(call.at, Reason::InvalidArguments, description));
            }
        };
        check_count(call, function.parameters.len())?;
        let arguments = function.parameters.iter().zip(&call.arguments).map(|(parameter, argument)| match parameter {
            Parameter::Field(kind) => self.field_argument(*kind, argument).map(CallArgument::Field),
            Parameter::Constant(kind) => self.constant_argument(*kind, argument).map(CallArgument::Constant),
        });
        let arguments = arguments.collect::<Result<Vec<_>, _>>()?;
        Ok(Expression::Call(expression::Call { name: call.name.into(), function, arguments }))
    }

    /// Checks a call of a constant function, and returns its value.
    pub(super) fn constant(&self, call: &Call<'_>) -> Result<Literal, Problem> {
        let function = match self.function(call)? {
            FunctionBody::Constant(function) => function,
            FunctionBody::Predicate(_) => {
                let description = format!("`{}` returns no value: write it without a comparator", call.name);
                return Err(Problem::new(call.at, Reason::InvalidArguments, description));
            }
        };
        check_count(call, function.parameters.len())?;
        let arguments = function.parameters.iter().zip(&call.arguments);
        let values: Vec<_> =
            arguments.map(|(kind, argument)| self.constant_argument(*kind, argument)).collect::<Result<_, _>>()?;
        (function.create)(&values).map_err(|why| Problem::new(call.at, Reason::InvalidArguments, why))
    }

    /// Returns the function with the name of the call.
    fn function(&self, call: &Call<'_>) -> Result<&FunctionBody, Problem> {
        if matches!(call.name, "AND" | "OR" | "NOT") {
            let description = format!("`{}` is an operator if a space follows it", call.name);
            return Err(Problem::new(call.at, Reason::UnknownFunction, description));
        }
        self.options.functions.get(call.name).ok_or_else(|| {
            Problem::new(call.at, Reason::UnknownFunction, format!("there is no function {}", quoted(call.name)))
        })
    }

    /// Checks an argument that is a constant.
    fn constant_argument(&self, kind: Kind, argument: &Argument<'_>) -> Result<Literal, Problem> {
        let at = argument.at();
        let source = match argument {
            Argument::Plain { text, .. } => LiteralSource { text, is_quoted: false },
            Argument::Quoted { text, .. } => LiteralSource { text, is_quoted: true },
            Argument::Call(call) => {
                return self.constant(call)?.convert(kind).ok_or_else(|| {
                    Problem::new(
                        at,
                        Reason::InvalidArguments,
                        "the value of the function has another type than the parameter",
                    )
                });
            }
            Argument::Path(member) => return Err(quote_whole_value(member.quoted_at())),
            Argument::Composite { .. } => {
                return Err(Problem::new(at, Reason::InvalidArguments, "a value here must not be in parentheses"));
            }
        };
        Literal::parse(kind, source).map_err(|why| Problem::new(at, Reason::InvalidArguments, why))
    }

    /// Checks an argument that is a singular field, or the map value of a key.
    fn field_argument(&self, kind: Kind, argument: &Argument<'_>) -> Result<Target, Problem> {
        let at = argument.at();
        let member = match argument {
            Argument::Plain { text, .. } => {
                let mut part_at = at;
                let parts = text.split('.').map(|text| {
                    let part = Part { at: part_at, text, is_quoted: false };
                    part_at += text.len() + 1;
                    part
                });
                Member { parts: parts.collect(), source: text }
            }
            Argument::Path(member) => Member::clone(member),
            _ => return Err(Problem::new(at, Reason::InvalidArguments, "the argument must be the name of a field")),
        };
        let target = self.target(&member)?;
        let is_single = !target.is_collection() && !target.has_each() && target.json_kind().is_none();
        if is_single && is_same_kind(target.field.kind, kind) {
            return Ok(target);
        }
        let description = format!("{} has another type than the parameter, which is {kind:?}", quoted(member.source));
        Err(Problem::new(at, Reason::InvalidArguments, description))
    }
}

/// Checks the number of arguments.
fn check_count(call: &Call<'_>, wanted: usize) -> Result<(), Problem> {
    if call.arguments.len() == wanted {
        return Ok(());
    }
    let description = format!("`{}` takes {wanted} arguments, not {}", call.name, call.arguments.len());
    Err(Problem::new(call.at, Reason::InvalidArguments, description))
}

/// Returns `true` if a field has the kind of a parameter. Enums must be the same; wrappers count as the wrapped kind.
fn is_same_kind(field: Kind, parameter: Kind) -> bool {
    match (field, parameter) {
        (Kind::Wrapper(field), parameter) => is_same_kind(*field, parameter),
        (field, Kind::Wrapper(parameter)) => is_same_kind(field, *parameter),
        (Kind::Enum(field), Kind::Enum(parameter)) => field == parameter,
        (field, parameter) => std::mem::discriminant(&field) == std::mem::discriminant(&parameter),
    }
}
