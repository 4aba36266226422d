//! Conversion of timestamps and durations to the forms of columns.

use prost_types::{Duration, Timestamp};

use super::{Builder, Column, Dialect, SqlValue, TimeStorage};
use crate::text::calendar::{NANOS_PER_SECOND, format_timestamp};

/// Conversion from and to the integers in columns, in the form that pages and filters compare.
///
/// [`TimeStorage::Native`] converts to microseconds, for databases without a timestamp type. [`TimeStorage::Text`] converts
/// to nanoseconds, for durations.
///
/// ```
/// use prost_types::{Duration, Timestamp};
/// use transom::sql::TimeStorage;
///
/// let time = Timestamp { seconds: -1, nanos: 500_000_000 };
/// assert_eq!(TimeStorage::Millis.from_timestamp(&time), -500);
/// assert_eq!(TimeStorage::Millis.timestamp(-500), time);
///
/// let span = Duration { seconds: 90, nanos: 0 };
/// assert_eq!(TimeStorage::Seconds.from_duration(&span), 90);
/// assert_eq!(TimeStorage::Seconds.duration(90), span);
/// ```
impl TimeStorage {
    /// Returns the timestamp for a number of units since 1970.
    #[must_use]
    pub fn timestamp(self, units: i64) -> Timestamp {
        let nanos = i128::from(units) * self.unit_nanos();
        let (seconds, nanos) = (nanos.div_euclid(NANOS_PER_SECOND), nanos.rem_euclid(NANOS_PER_SECOND));
        Timestamp { seconds: saturate(seconds), nanos: i32::try_from(nanos).unwrap_or_default() }
    }

    /// Returns the number of whole units from 1970 to a timestamp, rounded down. Saturates at the bounds of `i64`.
    #[must_use]
    pub fn from_timestamp(self, time: &Timestamp) -> i64 {
        whole_units(Time::from_timestamp(time).nanos(), self.unit_nanos())
    }

    /// Returns the duration of a number of units.
    #[must_use]
    pub fn duration(self, units: i64) -> Duration {
        let nanos = i128::from(units) * self.unit_nanos();
        // Seconds and nanoseconds have the same sign.
        let (seconds, nanos) = (nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
        Duration { seconds: saturate(seconds), nanos: i32::try_from(nanos).unwrap_or_default() }
    }

    /// Returns the number of whole units of a duration, rounded down. Saturates at the bounds of `i64`.
    #[must_use]
    pub fn from_duration(self, span: &Duration) -> i64 {
        whole_units(Time::from_duration(span).nanos(), self.unit_nanos())
    }

    /// Returns the number of nanoseconds per unit.
    fn unit_nanos(self) -> i128 {
        match self {
            Self::Seconds => NANOS_PER_SECOND,
            Self::Millis => 1_000_000,
            Self::Native | Self::Micros => 1000,
            Self::Nanos | Self::Text => 1,
        }
    }
}

/// Converts nanoseconds to whole units, rounded down. Saturates at the bounds of `i64`.
fn whole_units(nanos: i128, unit: i128) -> i64 {
    saturate(nanos.div_euclid(unit))
}

/// Converts to `i64`, and saturates at its bounds.
fn saturate(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

/// Timestamp or duration, in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Time {
    /// Timestamp: nanoseconds since 1970.
    Timestamp(i128),
    /// Duration.
    Duration(i128),
}

/// Form of the values of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Integer in units of this many nanoseconds.
    Integer(i128),
    /// `timestamptz`
    Timestamptz,
    /// `DATETIME(6)`
    Datetime,
    /// Text with nine decimals.
    Text,
}

impl Form {
    /// Returns the number of nanoseconds between two representable values.
    fn step(self) -> i128 {
        match self {
            Self::Integer(nanos) => nanos,
            Self::Timestamptz | Self::Datetime => 1000,
            Self::Text => 1,
        }
    }

    /// Returns the greatest representable value that is not above this one. Returns `None` if the value is out of range.
    pub(crate) fn round_down(self, nanos: i128) -> Option<i128> {
        let step = self.step();
        let steps = nanos.div_euclid(step);
        (!matches!(self, Self::Integer(_)) || i64::try_from(steps).is_ok()).then_some(steps * step)
    }
}

impl Time {
    pub(crate) fn from_timestamp(time: &Timestamp) -> Self {
        Self::Timestamp(i128::from(time.seconds) * NANOS_PER_SECOND + i128::from(time.nanos))
    }

    pub(crate) fn from_duration(span: &Duration) -> Self {
        Self::Duration(i128::from(span.seconds) * NANOS_PER_SECOND + i128::from(span.nanos))
    }

    pub(crate) fn nanos(self) -> i128 {
        match self {
            Self::Timestamp(nanos) | Self::Duration(nanos) => nanos,
        }
    }

    /// Returns a time of the same kind with other nanoseconds.
    pub(crate) fn with_nanos(self, nanos: i128) -> Self {
        match self {
            Self::Timestamp(_) => Self::Timestamp(nanos),
            Self::Duration(_) => Self::Duration(nanos),
        }
    }

    /// Returns the form of the column for this time.
    pub(crate) fn form(self, column: &Column, dialect: Dialect) -> Form {
        match (column.time, self, dialect) {
            (TimeStorage::Native, Self::Timestamp(_), Dialect::Postgres) => Form::Timestamptz,
            (TimeStorage::Native, Self::Timestamp(_), Dialect::MySql) => Form::Datetime,
            (TimeStorage::Text, Self::Timestamp(_), _) => Form::Text,
            (storage, ..) => Form::Integer(storage.unit_nanos()),
        }
    }

    /// Writes the value in the form of the column, rounded down.
    pub(crate) fn write(self, form: Form, builder: &mut Builder) {
        let nanos = self.nanos();
        match form {
            Form::Integer(unit) => {
                builder.value(SqlValue::Int(whole_units(nanos, unit)));
            }
            Form::Timestamptz => {
                builder
                    .push("CAST(")
                    .value(SqlValue::Text(format_timestamp(nanos, 6, 'T', "Z")))
                    .push(" AS timestamptz)");
            }
            Form::Datetime => {
                builder
                    .push("CAST(")
                    .value(SqlValue::Text(format_timestamp(nanos, 6, ' ', "")))
                    .push(" AS DATETIME(6))");
            }
            Form::Text => {
                builder.value(SqlValue::Text(format_timestamp(nanos, 9, 'T', "Z")));
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
    fn time_storage_writes_units_as_read() {
        for storage in STORAGES {
            for units in [i64::MIN, -1_500_000_000, -1500, -1, 0, 1, 999, 1_704_067_200_123_456_789, i64::MAX] {
                let time = storage.timestamp(units);
                assert!((0..1_000_000_000).contains(&time.nanos), "{storage:?} {units}: {time:?}");
                assert_eq!(storage.from_timestamp(&time), units, "{storage:?}");
                let span = storage.duration(units);
                assert!(span.seconds.signum() * i64::from(span.nanos).signum() >= 0, "{storage:?} {units}: {span:?}");
                assert_eq!(storage.from_duration(&span), units, "{storage:?}");
            }
        }
    }

    #[test]
    fn time_storage_rounds_down_and_saturates() {
        let time = |seconds, nanos| Timestamp { seconds, nanos };
        assert_eq!(TimeStorage::Seconds.from_timestamp(&time(-1, 999_999_999)), -1);
        assert_eq!(TimeStorage::Millis.from_timestamp(&time(1, 1_999_999)), 1001);
        assert_eq!(TimeStorage::Nanos.from_timestamp(&time(253_402_300_799, 0)), i64::MAX);
        assert_eq!(TimeStorage::Nanos.from_timestamp(&time(-62_135_596_800, 0)), i64::MIN);
        assert_eq!(TimeStorage::Millis.from_duration(&Duration { seconds: 0, nanos: -1 }), -1);
    }
}
