//! Timestamps of RFC 3339 and durations of protobuf's JSON, from text and as text.

use prost_types::{Duration, Timestamp};

use crate::calendar::{NANOS, SECONDS, days, days_of_month, text};

/// The longest `google.protobuf.Duration`, in seconds.
const LONGEST: i64 = 315_576_000_000;

/// `2024-01-01T00:00:00.5+01:00`; the letters in either case.
pub(super) fn timestamp(source: &str) -> Option<Timestamp> {
    let mut reader = Reader(source.as_bytes());
    let year = reader.digits(4)?;
    reader.take(b"-")?;
    let month = reader.digits(2)?;
    reader.take(b"-")?;
    let day = reader.digits(2)?;
    reader.take(b"Tt")?;
    let hour = reader.digits(2)?;
    reader.take(b":")?;
    let minute = reader.digits(2)?;
    reader.take(b":")?;
    let second = reader.digits(2)?;
    let nanos = reader.fraction()?;
    let offset = reader.offset()?;
    let is_date = year >= 1 && (1..=12).contains(&month) && day >= 1 && day <= days_of_month(year, month);
    // A leap second has no place in a timestamp of protobuf.
    if !is_date || hour > 23 || minute > 59 || second > 59 || !reader.0.is_empty() {
        return None;
    }
    let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset;
    SECONDS.contains(&seconds).then_some(Timestamp { seconds, nanos })
}

/// `20s`, `-1.5s`.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let digits = digits.strip_suffix('s')?;
    let (whole, _) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut reader = Reader(digits.as_bytes().get(whole.len()..)?);
    let nanos = reader.fraction()?;
    let seconds: i64 = whole.parse().ok()?;
    let is_short = seconds < LONGEST || (seconds == LONGEST && nanos == 0);
    (is_short && reader.0.is_empty()).then_some(Duration { seconds: sign * seconds, nanos: sign as i32 * nanos })
}

/// Whether it is one that protobuf allows.
pub(super) fn is_timestamp(time: &Timestamp) -> bool {
    SECONDS.contains(&time.seconds) && (0..1_000_000_000).contains(&time.nanos)
}

/// Whether it is one that protobuf allows.
pub(super) fn is_duration(span: &Duration) -> bool {
    let (seconds, nanos) = (span.seconds, span.nanos);
    let is_short = seconds.unsigned_abs() < LONGEST.unsigned_abs()
        || (seconds.unsigned_abs() == LONGEST.unsigned_abs() && nanos == 0);
    let has_one_sign = seconds == 0 || nanos == 0 || (seconds < 0) == (nanos < 0);
    is_short && has_one_sign && nanos.unsigned_abs() < 1_000_000_000
}

struct Reader<'t>(&'t [u8]);

impl Reader<'_> {
    fn take(&mut self, wanted: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        wanted.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        digits.iter().try_fold(0, |value, digit| digit.is_ascii_digit().then(|| value * 10 + i64::from(digit - b'0')))
    }

    /// The nanoseconds of `.5`; none is zero, and more than nine digits are an error.
    fn fraction(&mut self) -> Option<i32> {
        if self.take(b".").is_none() {
            return Some(0);
        }
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if !(1..=9).contains(&count) {
            return None;
        }
        let value = self.digits(count)?;
        i32::try_from(value * 10_i64.pow(9 - u32::try_from(count).ok()?)).ok()
    }

    /// The seconds of `Z` or `+01:00`.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.take(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = self.digits(2)?;
        self.take(b":")?;
        let minutes = self.digits(2)?;
        (hours <= 23 && minutes <= 59).then_some(sign * (hours * 3600 + minutes * 60))
    }
}

/// A duration as protobuf's JSON writes it, with no more digits than it needs.
pub(super) fn write_duration(duration: &Duration, to: &mut dyn std::fmt::Write) -> std::fmt::Result {
    let sign = if duration.seconds < 0 || duration.nanos < 0 { "-" } else { "" };
    let fraction = format!("{:09}", duration.nanos.unsigned_abs());
    match fraction.trim_end_matches('0') {
        "" => write!(to, "{sign}{}s", duration.seconds.unsigned_abs()),
        digits => write!(to, "{sign}{}.{digits}s", duration.seconds.unsigned_abs()),
    }
}

/// A timestamp in UTC, with no more digits than it needs.
pub(super) fn write_timestamp(time: &Timestamp, to: &mut dyn std::fmt::Write) -> std::fmt::Result {
    let text = text(i128::from(time.seconds) * NANOS + i128::from(time.nanos), 9, 'T', "");
    write!(to, "\"{}Z\"", text.trim_end_matches('0').trim_end_matches('.'))
}
