//! Timestamps and durations as columns hold them.

use prost_types::{Duration, Timestamp};

use super::{Builder, Column, Dialect, SqlValue, TimeStorage};

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

const NANOS: i128 = 1_000_000_000;

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
                builder.push("CAST(").value(SqlValue::Text(civil(nanos, 6, 'T', "Z"))).push(" AS timestamptz)");
            }
            Form::Datetime => {
                builder.push("CAST(").value(SqlValue::Text(civil(nanos, 6, ' ', ""))).push(" AS DATETIME(6))");
            }
            Form::Text => {
                builder.value(SqlValue::Text(civil(nanos, 9, 'T', "Z")));
            }
        }
    }
}

/// Date and time of day in UTC, with so many digits of the second. Years before 1 and after 9999 are not of this form,
/// and stand for the first and the last moment that is.
pub(crate) fn civil(nanos: i128, digits: usize, separator: char, zone: &str) -> String {
    const FIRST: i128 = -62_135_596_800 * NANOS;
    const LAST: i128 = 253_402_300_799 * NANOS + 999_999_999;
    let nanos = nanos.clamp(FIRST, LAST);
    let days = nanos.div_euclid(86_400 * NANOS);
    let of_day = nanos.rem_euclid(86_400 * NANOS);
    let (year, month, day) = date(i64::try_from(days).unwrap_or_default());
    let (seconds, fraction) = (of_day / NANOS, of_day % NANOS);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut text = format!("{year:04}-{month:02}-{day:02}{separator}{hour:02}:{minute:02}:{second:02}.{fraction:09}");
    text.truncate(text.len() - 9 + digits);
    text.push_str(zone);
    text
}

/// Year, month and day of a number of days since 1970, in the Gregorian calendar; Howard Hinnant's `civil_from_days`.
fn date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}
