//! Header `grpc-timeout`, as the gRPC over HTTP/2 specification defines it:
//!
//! ```text
//! Timeout      → "grpc-timeout" TimeoutValue TimeoutUnit
//! TimeoutValue → {positive integer as ASCII string of at most 8 digits}
//! TimeoutUnit  → Hour / Minute / Second / Millisecond / Microsecond / Nanosecond
//! Hour → "H"   Minute → "M"   Second → "S"   Millisecond → "m"   Microsecond → "u"   Nanosecond → "n"
//! ```
//!
//! Zero is not a positive integer, but is accepted. gRPC for Java sends zero for a call that is already late, and gRPC for
//! Go accepts it.

use std::time::Duration;

use http::{HeaderName, HeaderValue};
use tonic::Status;

use crate::excerpt::Excerpt;

/// Name of the header.
pub(crate) static HEADER: HeaderName = HeaderName::from_static("grpc-timeout");

/// Shortest timeout that a call can meet. Below it, the clock may not have advanced when the handler would start.
#[cfg(feature = "server")]
pub(crate) const SHORTEST_TIMEOUT: Duration = Duration::from_micros(1);

const MAX_DIGITS: usize = 8;

/// Largest count of [`MAX_DIGITS`] digits.
#[cfg(feature = "client")]
const MAX_COUNT: u64 = 99_999_999;

/// Parses a header value.
///
/// # Errors
///
/// `INTERNAL` if the value is malformed, as gRPC for Go answers.
pub(crate) fn parse(value: &HeaderValue) -> Result<Duration, Status> {
    parse_bytes(value.as_bytes()).ok_or_else(|| {
        Status::internal(format!(
            "malformed grpc-timeout `{}`: write 1 to 8 digits and one of the units H, M, S, m, u, n",
            Excerpt(value.as_bytes())
        ))
    })
}

fn parse_bytes(value: &[u8]) -> Option<Duration> {
    let (unit, digits) = value.split_last()?;
    if digits.is_empty() || digits.len() > MAX_DIGITS || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // No overflow: eight digits of hours are less than 2^39 seconds.
    let count = digits.iter().fold(0u64, |count, digit| count * 10 + u64::from(digit - b'0'));
    Some(match unit {
        b'H' => Duration::from_secs(count * 60 * 60),
        b'M' => Duration::from_secs(count * 60),
        b'S' => Duration::from_secs(count),
        b'm' => Duration::from_millis(count),
        b'u' => Duration::from_micros(count),
        b'n' => Duration::from_nanos(count),
        _ => return None,
    })
}

/// Formats a header value in the finest unit that can represent `timeout`, rounded down.
///
/// A timeout of more than 99,999,999 hours becomes that many hours.
#[cfg(feature = "client")]
pub(crate) fn format(timeout: Duration) -> String {
    let seconds = timeout.as_secs();
    let units = [
        (timeout.as_nanos(), 'n'),
        (timeout.as_micros(), 'u'),
        (timeout.as_millis(), 'm'),
        (seconds.into(), 'S'),
        ((seconds / 60).into(), 'M'),
        ((seconds / 3600).into(), 'H'),
    ];
    let (count, unit) =
        units.into_iter().find(|(count, _)| *count <= MAX_COUNT.into()).unwrap_or((MAX_COUNT.into(), 'H'));
    format!("{count}{unit}")
}
