//! Parser and formatter of timestamps in RFC 3339, and of durations in ProtoJSON.

use prost_types::{Duration, Timestamp};

use crate::text::calendar::{NANOS_PER_SECOND, TIMESTAMP_SECONDS, days_from_date, days_in_month, format_timestamp};

/// Maximum length of a `google.protobuf.Duration`, in seconds.
const MAX_SECONDS: i64 = 315_576_000_000;

/// Parses a timestamp such as `2024-01-01T00:00:00.5+01:00`. The letters `T` and `Z` may be in either case.
pub(super) fn parse_timestamp(source: &str) -> Option<Timestamp> {
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
    let is_date = year >= 1 && (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
    // A timestamp of protobuf cannot represent leap seconds.
    if !is_date || hour > 23 || minute > 59 || second > 59 || !reader.0.is_empty() {
        return None;
    }
    let seconds = days_from_date(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset;
    TIMESTAMP_SECONDS.contains(&seconds).then_some(Timestamp { seconds, nanos })
}

/// Parses a duration such as `20s` or `-1.5s`.
pub(super) fn parse_duration(text: &str) -> Option<Duration> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let digits = digits.strip_suffix('s')?;
    let (whole, _) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut reader = Reader(digits.as_bytes().get(whole.len()..)?);
    let nanos = reader.fraction()?;
    let seconds: i64 = whole.parse().ok()?;
    let is_short = seconds < MAX_SECONDS || (seconds == MAX_SECONDS && nanos == 0);
    (is_short && reader.0.is_empty()).then_some(Duration { seconds: sign * seconds, nanos: sign as i32 * nanos })
}

/// Returns `true` if the timestamp is in the range of protobuf.
pub(super) fn is_valid_timestamp(time: &Timestamp) -> bool {
    TIMESTAMP_SECONDS.contains(&time.seconds) && (0..1_000_000_000).contains(&time.nanos)
}

/// Returns `true` if the duration is in the range of protobuf.
pub(super) fn is_valid_duration(span: &Duration) -> bool {
    let (seconds, nanos) = (span.seconds, span.nanos);
    let is_short = seconds.unsigned_abs() < MAX_SECONDS.unsigned_abs()
        || (seconds.unsigned_abs() == MAX_SECONDS.unsigned_abs() && nanos == 0);
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

    /// Parses a fraction such as `.5` and returns its nanoseconds. Without a fraction, they are 0. At most nine digits.
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

    /// Parses an offset, `Z` or `+01:00`, and returns its seconds.
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

/// Writes a duration as in ProtoJSON, without trailing zeros.
pub(in crate::filter) fn write_duration(duration: &Duration, to: &mut dyn std::fmt::Write) -> std::fmt::Result {
    let sign = if duration.seconds < 0 || duration.nanos < 0 { "-" } else { "" };
    let fraction = format!("{:09}", duration.nanos.unsigned_abs());
    match fraction.trim_end_matches('0') {
        "" => write!(to, "{sign}{}s", duration.seconds.unsigned_abs()),
        digits => write!(to, "{sign}{}.{digits}s", duration.seconds.unsigned_abs()),
    }
}

/// Writes a quoted timestamp in UTC, without trailing zeros.
pub(in crate::filter) fn write_timestamp(time: &Timestamp, to: &mut dyn std::fmt::Write) -> std::fmt::Result {
    let text = format_timestamp(i128::from(time.seconds) * NANOS_PER_SECOND + i128::from(time.nanos), 9, 'T', "");
    write!(to, "\"{}Z\"", text.trim_end_matches('0').trim_end_matches('.'))
}
