//! Repair of a malformed status in headers or trailers, before tonic reads it.
//!
//! tonic panics on details that are not base64, and drops the code of a message that is not UTF-8. gRPC's specification
//! requires that a status with an invalid message keeps its code.

use http::{HeaderMap, HeaderValue};
use tonic::Status;
use tonic::metadata::MetadataMap;

const DETAILS: &str = "grpc-status-details-bin";

/// Removes malformed details, and replaces what is not UTF-8 in the message by `U+FFFD`.
pub(crate) fn repair(headers: &mut HeaderMap) {
    if headers.contains_key(DETAILS) {
        // tonic's own decoder, so that both agree.
        let metadata = MetadataMap::from_headers(std::mem::take(headers));
        let is_valid = metadata.get_bin(DETAILS).is_some_and(|details| details.to_bytes().is_ok());
        *headers = metadata.into_headers();
        if !is_valid {
            headers.remove(DETAILS);
        }
    }
    if let Some(message) = headers.get_mut(Status::GRPC_MESSAGE)
        && let Some(repaired) = to_utf8(message.as_bytes())
    {
        *message = repaired;
    }
}

/// Returns a replacement of `message` that decodes as UTF-8, or `None` if `message` does.
fn to_utf8(message: &[u8]) -> Option<HeaderValue> {
    if message.iter().all(|&byte| byte.is_ascii() && byte != b'%') {
        return None;
    }
    let decoded = percent_decode(message);
    if std::str::from_utf8(&decoded).is_ok() {
        return None;
    }
    Some(percent_encode(&String::from_utf8_lossy(&decoded)))
}

/// Decodes each `%` with two hexadecimal digits. Copies all other bytes.
fn percent_decode(message: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(message.len());
    let mut rest = message;
    while let Some((&byte, tail)) = rest.split_first() {
        let escaped = tail.split_first_chunk().filter(|_| byte == b'%');
        match escaped.and_then(|(&[high, low], after)| Some((digit(high)? << 4 | digit(low)?, after))) {
            Some((byte, after)) => {
                decoded.push(byte);
                rest = after;
            }
            None => {
                decoded.push(byte);
                rest = tail;
            }
        }
    }
    decoded
}

fn digit(byte: u8) -> Option<u8> {
    let digit = char::from(byte).to_digit(16)?;
    u8::try_from(digit).ok()
}

fn percent_encode(message: &str) -> HeaderValue {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = Vec::with_capacity(message.len() * 3);
    for byte in message.bytes() {
        if matches!(byte, b' '..=b'~') && byte != b'%' {
            encoded.push(byte);
        } else {
            let [high, low] = [byte >> 4, byte & 0xf].map(|digit| DIGITS.get(usize::from(digit)).copied());
            encoded.extend([Some(b'%'), high, low].into_iter().flatten());
        }
    }
    HeaderValue::from_maybe_shared(bytes::Bytes::from(encoded)).unwrap_or_else(|_| HeaderValue::from_static(""))
}
