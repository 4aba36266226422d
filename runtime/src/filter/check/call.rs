//! Functions and their arguments.

use super::super::expression::{Call as Called, CallArgument, Expression, Target};
use super::super::functions::{Body, Parameter};
use super::super::literal::{Literal, Source};
use super::super::parse::whole_value_in_quotes;
use super::super::syntax::{Argument, Call, Member, Part};
use super::Checker;
use crate::fields::{Fields, Kind};
use crate::violation::{Problem, Reason, quoted};

impl<F: Fields> Checker<'_, F> {
    /// A function that stands where a restriction can.
    pub(super) fn predicate(&mut self, call: &Call<'_>) -> Result<Expression, Problem> {
        let function = match self.function(call)? {
            Body::Predicate(function) => function.clone(),
            Body::Constant(_) => {
                let description = format!("`{}` makes a value: it stands after a comparator", call.name);
                return Err(Problem::new(call.at, Reason::InvalidArguments, description));
            }
        };
        count(call, function.parameters.len())?;
        let arguments = function.parameters.iter().zip(&call.arguments).map(|(parameter, argument)| match parameter {
            Parameter::Field(kind) => self.field_argument(*kind, argument).map(CallArgument::Field),
            Parameter::Constant(kind) => self.constant_argument(*kind, argument).map(CallArgument::Constant),
        });
        let arguments = arguments.collect::<Result<Vec<_>, _>>()?;
        Ok(Expression::Call(Called { name: call.name.into(), function, arguments }))
    }

    /// The value that a function makes.
    pub(super) fn constant(&self, call: &Call<'_>) -> Result<Literal, Problem> {
        let function = match self.function(call)? {
            Body::Constant(function) => function,
            Body::Predicate(_) => {
                let description = format!("`{}` makes no value: it stands without a comparator", call.name);
                return Err(Problem::new(call.at, Reason::InvalidArguments, description));
            }
        };
        count(call, function.parameters.len())?;
        let arguments = function.parameters.iter().zip(&call.arguments);
        let values: Vec<_> =
            arguments.map(|(kind, argument)| self.constant_argument(*kind, argument)).collect::<Result<_, _>>()?;
        (function.make)(&values).map_err(|why| Problem::new(call.at, Reason::InvalidArguments, why))
    }

    fn function(&self, call: &Call<'_>) -> Result<&Body, Problem> {
        if matches!(call.name, "AND" | "OR" | "NOT") {
            let description = format!("`{}` is an operator where a space follows it", call.name);
            return Err(Problem::new(call.at, Reason::UnknownFunction, description));
        }
        self.options.functions.get(call.name).ok_or_else(|| {
            Problem::new(call.at, Reason::UnknownFunction, format!("there is no function {}", quoted(call.name)))
        })
    }

    fn constant_argument(&self, kind: Kind, argument: &Argument<'_>) -> Result<Literal, Problem> {
        let at = argument.at();
        let source = match argument {
            Argument::Plain { text, .. } => Source { text, is_quoted: false },
            Argument::Quoted { text, .. } => Source { text, is_quoted: true },
            Argument::Call(call) => {
                return self.constant(call)?.fitted(kind).ok_or_else(|| {
                    Problem::new(
                        at,
                        Reason::InvalidArguments,
                        "the function's value is not of the type that is taken here",
                    )
                });
            }
            Argument::Path(member) => return Err(whole_value_in_quotes(member.quoted_at())),
            Argument::Composite { .. } => {
                return Err(Problem::new(at, Reason::InvalidArguments, "a value stands here without parentheses"));
            }
        };
        Literal::read(kind, source).map_err(|why| Problem::new(at, Reason::InvalidArguments, why))
    }

    /// A field of which there is one, or the value of a key.
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
            _ => return Err(Problem::new(at, Reason::InvalidArguments, "the name of a field is taken here")),
        };
        let target = self.target(&member)?;
        let is_single = !target.is_collection() && !target.has_each() && target.json().is_none();
        if is_single && is_same(target.field.kind, kind) {
            return Ok(target);
        }
        let description = format!("{} is not of the type that is taken here, {kind:?}", quoted(member.source));
        Err(Problem::new(at, Reason::InvalidArguments, description))
    }
}

fn count(call: &Call<'_>, wanted: usize) -> Result<(), Problem> {
    if call.arguments.len() == wanted {
        return Ok(());
    }
    let description = format!("`{}` takes {wanted} arguments, not {}", call.name, call.arguments.len());
    Err(Problem::new(call.at, Reason::InvalidArguments, description))
}

/// Whether values of a field are what is taken: of enums, those of this one; of wrappers, what they wrap.
fn is_same(field: Kind, taken: Kind) -> bool {
    match (field, taken) {
        (Kind::Wrapper(field), taken) => is_same(*field, taken),
        (field, Kind::Wrapper(taken)) => is_same(field, *taken),
        (Kind::Enum(field), Kind::Enum(taken)) => field == taken,
        (field, taken) => std::mem::discriminant(&field) == std::mem::discriminant(&taken),
    }
}
