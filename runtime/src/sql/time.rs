//! Timestamps and durations as columns hold them.

use prost_types::{Duration, Timestamp};

use super::{Builder, Column, Dialect, SqlValue, TimeStorage};
use crate::calendar::{NANOS, text};

/// What rows of integers hold, read and written as pages and filters compare it. [`TimeStorage::Native`] are the
/// microseconds of those columns that have no type for it, and [`TimeStorage::Text`] the nanoseconds of durations.
///
/// ```
/// use prost_types::{Duration, Timestamp};
/// use transom::sql::TimeStorage;
///
/// let time = Timestamp { seconds: -1, nanos: 500_000_000 };
/// assert_eq!(TimeStorage::Millis.of_timestamp(&time), -500);
/// assert_eq!(TimeStorage::Millis.timestamp(-500), time);
///
/// let span = Duration { seconds: 90, nanos: 0 };
/// assert_eq!(TimeStorage::Seconds.of_duration(&span), 90);
/// assert_eq!(TimeStorage::Seconds.duration(90), span);
/// ```
impl TimeStorage {
    /// The time that so many units after 1970 are.
    #[must_use]
    pub fn timestamp(self, units: i64) -> Timestamp {
        let nanos = i128::from(units) * self.unit();
        let (seconds, nanos) = (nanos.div_euclid(NANOS), nanos.rem_euclid(NANOS));
        Timestamp { seconds: narrowed(seconds), nanos: i32::try_from(nanos).unwrap_or_default() }
    }

    /// The whole units from 1970 to a time: what lies between two of them is the earlier one. What 64 bits do not hold is
    /// the first or the last that they do.
    #[must_use]
    pub fn of_timestamp(self, time: &Timestamp) -> i64 {
        units(Time::of_timestamp(time).nanos(), self.unit())
    }

    /// The duration of so many units.
    #[must_use]
    pub fn duration(self, units: i64) -> Duration {
        let nanos = i128::from(units) * self.unit();
        // Both have the sign of the whole.
        let (seconds, nanos) = (nanos / NANOS, nanos % NANOS);
        Duration { seconds: narrowed(seconds), nanos: i32::try_from(nanos).unwrap_or_default() }
    }

    /// The whole units of a duration: what lies between two of them is the lower one. What 64 bits do not hold is the
    /// least or the most that they do.
    #[must_use]
    pub fn of_duration(self, span: &Duration) -> i64 {
        units(Time::of_duration(span).nanos(), self.unit())
    }

    /// The nanoseconds of a unit, where an integer is stored.
    fn unit(self) -> i128 {
        match self {
            Self::Seconds => NANOS,
            Self::Millis => 1_000_000,
            Self::Native | Self::Micros => 1000,
            Self::Nanos | Self::Text => 1,
        }
    }
}

/// The whole units of so many nanoseconds. What no column of integers can hold lies beyond all that it holds.
fn units(nanos: i128, unit: i128) -> i64 {
    narrowed(nanos.div_euclid(unit))
}

/// The nearest integer of 64 bits.
fn narrowed(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

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
            (TimeStorage::Text, Self::Point(_), _) => Form::Text,
            (storage, ..) => Form::Integer(storage.unit()),
        }
    }

    /// Writes the value as the column holds it; what lies between two such values is the lower of them.
    pub(crate) fn write(self, form: Form, builder: &mut Builder) {
        let nanos = self.nanos();
        match form {
            Form::Integer(unit) => {
                builder.value(SqlValue::Int(units(nanos, unit)));
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

#[cfg(test)]
mod tests {
    use super::*;

    const STORAGES: [TimeStorage; 6] = [
        TimeStorage::Native,
        TimeStorage::Seconds,
        TimeStorage::Millis,
        TimeStorage::Micros,
        TimeStorage::Nanos,
        TimeStorage::Text,
    ];

    #[test]
    fn what_a_row_holds_is_written_as_it_was_read() {
        for storage in STORAGES {
            for units in [i64::MIN, -1_500_000_000, -1500, -1, 0, 1, 999, 1_704_067_200_123_456_789, i64::MAX] {
                let time = storage.timestamp(units);
                assert!((0..1_000_000_000).contains(&time.nanos), "{storage:?} {units}: {time:?}");
                assert_eq!(storage.of_timestamp(&time), units, "{storage:?}");
                let span = storage.duration(units);
                assert!(span.seconds.signum() * i64::from(span.nanos).signum() >= 0, "{storage:?} {units}: {span:?}");
                assert_eq!(storage.of_duration(&span), units, "{storage:?}");
            }
        }
    }

    #[test]
    fn what_a_row_cannot_hold_is_the_nearest_that_it_can() {
        let time = |seconds, nanos| Timestamp { seconds, nanos };
        assert_eq!(TimeStorage::Seconds.of_timestamp(&time(-1, 999_999_999)), -1);
        assert_eq!(TimeStorage::Millis.of_timestamp(&time(1, 1_999_999)), 1001);
        assert_eq!(TimeStorage::Nanos.of_timestamp(&time(253_402_300_799, 0)), i64::MAX);
        assert_eq!(TimeStorage::Nanos.of_timestamp(&time(-62_135_596_800, 0)), i64::MIN);
        assert_eq!(TimeStorage::Millis.of_duration(&Duration { seconds: 0, nanos: -1 }), -1);
    }
}
