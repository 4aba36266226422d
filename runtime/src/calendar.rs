//! The Gregorian calendar: dates as days since 1970 and back, and moments as text. It reads no text: what a filter may
//! write is decided there.

/// Nanoseconds of a second.
pub(crate) const NANOS: i128 = 1_000_000_000;

/// The first and the last second that a `google.protobuf.Timestamp` may have: years 1 to 9999.
pub(crate) const SECONDS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

const FIRST: i128 = *SECONDS.start() as i128 * NANOS;
const LAST: i128 = *SECONDS.end() as i128 * NANOS + NANOS - 1;

/// How many days the month has.
pub(crate) fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// How many days after 1970-01-01 the date is; Howard Hinnant's `days_from_civil`.
pub(crate) fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a number of days since 1970; Howard Hinnant's `civil_from_days`.
pub(crate) fn date(days: i64) -> (i64, i64, i64) {
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

/// Date and time of day in UTC of a number of nanoseconds since 1970, with so many digits of the second, at most nine.
/// Years before 1 and after 9999 are not of this form, and stand for the first and the last moment that is.
pub(crate) fn text(nanos: i128, digits: usize, separator: char, zone: &str) -> String {
    let nanos = nanos.clamp(FIRST, LAST);
    let of_day = nanos.rem_euclid(86_400 * NANOS);
    let (year, month, day) = date(i64::try_from(nanos.div_euclid(86_400 * NANOS)).unwrap_or_default());
    let (seconds, fraction) = (of_day / NANOS, of_day % NANOS);
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
    fn the_days_of_twenty_five_centuries_follow_one_another() {
        let (mut year, mut month, mut day) = (0, 1, 1);
        for count in days(0, 1, 1)..=days(2500, 12, 31) {
            assert_eq!(date(count), (year, month, day));
            assert_eq!(days(year, month, day), count);
            day += 1;
            if day > days_of_month(year, month) {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
        assert_eq!(days(1970, 1, 1), 0);
    }

    proptest! {
        #[test]
        fn dates_are_what_days_they_are_of(count in -1_000_000_000..1_000_000_000_i64) {
            let (year, month, day) = date(count);
            prop_assert_eq!(days(year, month, day), count);
            prop_assert!((1..=12).contains(&month) && day >= 1 && day <= days_of_month(year, month));
        }
    }

    #[test]
    fn text_has_the_digits_that_are_asked_for() {
        assert_eq!(text(1, 9, 'T', "Z"), "1970-01-01T00:00:00.000000001Z");
        assert_eq!(text(-1, 6, ' ', ""), "1969-12-31 23:59:59.999999");
        assert_eq!(text(i128::MIN, 9, 'T', "Z"), "0001-01-01T00:00:00.000000000Z");
        assert_eq!(text(i128::MAX, 9, 'T', "Z"), "9999-12-31T23:59:59.999999999Z");
    }
}
