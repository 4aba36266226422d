//! The header `grpc-timeout`, as the gRPC over HTTP/2 specification writes it:
//!
//! ```text
//! Timeout      → "grpc-timeout" TimeoutValue TimeoutUnit
//! TimeoutValue → {positive integer as ASCII string of at most 8 digits}
//! TimeoutUnit  → Hour / Minute / Second / Millisecond / Microsecond / Nanosecond
//! Hour → "H"   Minute → "M"   Second → "S"   Millisecond → "m"   Microsecond → "u"   Nanosecond → "n"
//! ```
//!
//! Zero is no positive integer, but peers send it for a call that is already late (gRPC for Java does,
//! and gRPC for Go reads it so): it is accepted and means just that.

use std::time::Duration;

use http::{HeaderName, HeaderValue};
use tonic::Status;

use crate::excerpt::Excerpt;

/// The header's name.
pub(crate) static HEADER: HeaderName = HeaderName::from_static("grpc-timeout");

const DIGITS: usize = 8;
/// The largest count of [`DIGITS`] digits.
#[cfg(feature = "client")]
const LARGEST: u64 = 99_999_999;

/// Reads a header value.
///
/// # Errors
///
/// `INTERNAL`, as gRPC for Go answers it, when the value is not of the form above.
pub(crate) fn parse(value: &HeaderValue) -> Result<Duration, Status> {
    parts(value.as_bytes()).ok_or_else(|| {
        Status::internal(format!(
            "malformed grpc-timeout `{}`: write 1 to 8 digits and one of the units H, M, S, m, u, n",
            Excerpt(value.as_bytes())
        ))
    })
}

fn parts(value: &[u8]) -> Option<Duration> {
    let (unit, digits) = value.split_last()?;
    if digits.is_empty() || digits.len() > DIGITS || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // Eight digits of hours are less than 2^39 seconds: nothing here can overflow.
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

/// Writes a header value in the finest unit that holds `timeout`, rounded down; what is longer than
/// 8 digits of hours becomes that.
#[cfg(feature = "client")]
pub(crate) fn format(timeout: Duration) -> String {
    let seconds = timeout.as_secs();
    let fine = [
        (timeout.as_nanos(), 'n'),
        (timeout.as_micros(), 'u'),
        (timeout.as_millis(), 'm'),
        (seconds.into(), 'S'),
        ((seconds / 60).into(), 'M'),
        ((seconds / 3600).into(), 'H'),
    ];
    let (count, unit) = fine.into_iter().find(|(count, _)| *count <= LARGEST.into()).unwrap_or((LARGEST.into(), 'H'));
    format!("{count}{unit}")
}
