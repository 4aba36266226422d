//! Timestamps and durations as columns hold them.

use prost_types::{Duration, Timestamp};

use super::{Builder, Column, Dialect, SqlValue, TimeStorage};
use crate::calendar::{NANOS, text};

/// A timestamp or a duration, in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Time {
    /// Since 1970.
    Point(i128),
    /// A span.
    Span(i128),
}

/// What stands in the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// An integer in units of so many nanoseconds.
    Integer(i128),
    /// `timestamptz`
    Timestamptz,
    /// `DATETIME(6)`
    Datetime,
    /// Text with nine digits.
    Text,
}

impl Form {
    /// How many nanoseconds lie between two values that the column can hold.
    fn step(self) -> i128 {
        match self {
            Self::Integer(nanos) => nanos,
            Self::Timestamptz | Self::Datetime => 1000,
            Self::Text => 1,
        }
    }

    /// The value itself, or the greatest below it, that the column can hold; `None` if it can hold none around it.
    pub(crate) fn lower(self, nanos: i128) -> Option<i128> {
        let step = self.step();
        let steps = nanos.div_euclid(step);
        (!matches!(self, Self::Integer(_)) || i64::try_from(steps).is_ok()).then_some(steps * step)
    }
}

impl Time {
    pub(crate) fn of_timestamp(time: &Timestamp) -> Self {
        Self::Point(i128::from(time.seconds) * NANOS + i128::from(time.nanos))
    }

    pub(crate) fn of_duration(span: &Duration) -> Self {
        Self::Span(i128::from(span.seconds) * NANOS + i128::from(span.nanos))
    }

    pub(crate) fn nanos(self) -> i128 {
        match self {
            Self::Point(nanos) | Self::Span(nanos) => nanos,
        }
    }

    /// The same kind of time with other nanoseconds.
    pub(crate) fn with_nanos(self, nanos: i128) -> Self {
        match self {
            Self::Point(_) => Self::Point(nanos),
            Self::Span(_) => Self::Span(nanos),
        }
    }

    /// The form that the column has.
    pub(crate) fn form(self, column: &Column, dialect: Dialect) -> Form {
        match (column.time, self, dialect) {
            (TimeStorage::Native, Self::Point(_), Dialect::Postgres) => Form::Timestamptz,
            (TimeStorage::Native, Self::Point(_), Dialect::MySql) => Form::Datetime,
            (TimeStorage::Native | TimeStorage::Micros, ..) => Form::Integer(1000),
            (TimeStorage::Seconds, ..) => Form::Integer(NANOS),
            (TimeStorage::Millis, ..) => Form::Integer(1_000_000),
            (TimeStorage::Text, Self::Point(_), _) => Form::Text,
            (TimeStorage::Nanos | TimeStorage::Text, ..) => Form::Integer(1),
        }
    }

    /// Writes the value as the column holds it; what lies between two such values is the lower of them.
    pub(crate) fn write(self, form: Form, builder: &mut Builder) {
        let nanos = self.nanos();
        match form {
            Form::Integer(unit) => {
                let units = nanos.div_euclid(unit);
                // What no column of this form can hold lies beyond all that it holds.
                let value = i64::try_from(units).unwrap_or(if units < 0 { i64::MIN } else { i64::MAX });
                builder.value(SqlValue::Int(value));
            }
            Form::Timestamptz => {
                builder.push("CAST(").value(SqlValue::Text(text(nanos, 6, 'T', "Z"))).push(" AS timestamptz)");
            }
            Form::Datetime => {
                builder.push("CAST(").value(SqlValue::Text(text(nanos, 6, ' ', ""))).push(" AS DATETIME(6))");
            }
            Form::Text => {
                builder.value(SqlValue::Text(text(nanos, 9, 'T', "Z")));
            }
        }
    }
}
