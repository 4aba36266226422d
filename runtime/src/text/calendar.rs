//! Gregorian calendar: conversion of dates to days since 1970 and back, and formatting of timestamps.
//!
//! The parser for timestamps is in the module `filter`.

/// Nanoseconds per second.
pub(crate) const NANOS_PER_SECOND: i128 = 1_000_000_000;

/// Range of the seconds of a valid `google.protobuf.Timestamp`: the years 1 to 9999.
pub(crate) const TIMESTAMP_SECONDS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// Nanoseconds per day.
const NANOS_PER_DAY: i128 = 86_400 * NANOS_PER_SECOND;

/// First and last nanosecond of a valid timestamp.
const FIRST: i128 = *TIMESTAMP_SECONDS.start() as i128 * NANOS_PER_SECOND;
const LAST: i128 = *TIMESTAMP_SECONDS.end() as i128 * NANOS_PER_SECOND + NANOS_PER_SECOND - 1;

/// Returns the number of days of a month.
pub(crate) fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Returns the number of days from 1970-01-01 to a date; Howard Hinnant's `days_from_civil`.
pub(crate) fn days_from_date(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Returns the year, month and day for a number of days since 1970-01-01; Howard Hinnant's `civil_from_days`.
fn date_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Formats a number of nanoseconds since 1970 as date and time in UTC, with `digits` decimals of the second, at most nine.
///
/// A time before year 1 or after year 9999 becomes the first or the last nanosecond of these years.
///
/// Example: `format_timestamp(1, 9, 'T', "Z")` is `1970-01-01T00:00:00.000000001Z`.
pub(crate) fn format_timestamp(nanos: i128, digits: usize, separator: char, zone: &str) -> String {
    let nanos = nanos.clamp(FIRST, LAST);
    let nanos_of_day = nanos.rem_euclid(NANOS_PER_DAY);
    let (year, month, day) = date_from_days(i64::try_from(nanos.div_euclid(NANOS_PER_DAY)).unwrap_or_default());
    let (seconds, fraction) = (nanos_of_day / NANOS_PER_SECOND, nanos_of_day % NANOS_PER_SECOND);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut text = format!("{year:04}-{month:02}-{day:02}{separator}{hour:02}:{minute:02}:{second:02}.{fraction:09}");
    text.truncate(text.len().saturating_sub(9_usize.saturating_sub(digits)));
    text.push_str(zone);
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_of_twenty_five_centuries_are_consecutive() {
        let (mut year, mut month, mut day) = (0, 1, 1);
        for count in days_from_date(0, 1, 1)..=days_from_date(2500, 12, 31) {
            assert_eq!(date_from_days(count), (year, month, day));
            assert_eq!(days_from_date(year, month, day), count);
            day += 1;
            if day > days_in_month(year, month) {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
        assert_eq!(days_from_date(1970, 1, 1), 0);
    }

    proptest! {
        #[test]
        fn date_from_days_is_inverse_of_days_from_date(count in -1_000_000_000..1_000_000_000_i64) {
            let (year, month, day) = date_from_days(count);
            prop_assert_eq!(days_from_date(year, month, day), count);
            prop_assert!((1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month));
        }
    }

    #[test]
    fn format_timestamp_has_requested_digits() {
        assert_eq!(format_timestamp(1, 9, 'T', "Z"), "1970-01-01T00:00:00.000000001Z");
        assert_eq!(format_timestamp(-1, 6, ' ', ""), "1969-12-31 23:59:59.999999");
        assert_eq!(format_timestamp(i128::MIN, 9, 'T', "Z"), "0001-01-01T00:00:00.000000000Z");
        assert_eq!(format_timestamp(i128::MAX, 9, 'T', "Z"), "9999-12-31T23:59:59.999999999Z");
    }
}
