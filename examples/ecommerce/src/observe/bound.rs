//! Bound on the size of a status, for statuses of services that repeat what a client sent.

use http::{HeaderMap, HeaderName, HeaderValue};
use transom::Status;

use crate::error::excerpt;

const DETAILS: HeaderName = HeaderName::from_static("grpc-status-details-bin");
/// Number of bytes of the details in their header. gRPC in Java and C accepts 8 KiB of headers in all.
const MOST_DETAILS: usize = 6 * 1024;
/// Number of bytes of the message in its header.
const MOST_MESSAGE: usize = 2 * 1024;
/// Number of bytes that a longer message keeps. In the header, a byte can become three.
const MOST_TEXT: usize = 512;

/// Shortens a message and removes details that are too large. Details contain the message, so they go with it.
pub(super) fn bound(trailers: &mut HeaderMap) {
    let size = |name| trailers.get(name).map_or(0, HeaderValue::len);
    let message = size(Status::GRPC_MESSAGE);
    if message > MOST_MESSAGE || size(DETAILS) > MOST_DETAILS {
        trailers.remove(DETAILS);
    }
    if message <= MOST_MESSAGE {
        return;
    }
    let Some(status) = Status::from_header_map(trailers) else {
        return;
    };
    let shorter = Status::new(status.code(), excerpt(status.message(), MOST_TEXT));
    if shorter.add_header(trailers).is_err() {
        // Percent-encoded text is valid in a header.
        trailers.remove(Status::GRPC_MESSAGE);
    }
}

#[cfg(test)]
mod tests {
    use transom::Code;

    use super::*;

    fn bounded(message: &str, details: usize) -> (Status, HeaderMap) {
        let status = Status::with_details(Code::NotFound, message, vec![0; details].into());
        let mut trailers = HeaderMap::new();
        status.add_header(&mut trailers).unwrap();
        trailers.insert("x-other", HeaderValue::from_static("kept"));
        bound(&mut trailers);
        (Status::from_header_map(&trailers).unwrap(), trailers)
    }

    #[test]
    fn bound_keeps_a_small_status() {
        let (status, _) = bounded("no such user", 1000);
        assert_eq!((status.message(), status.details().len()), ("no such user", 1000));
    }

    #[test]
    fn bound_removes_large_details() {
        let (status, trailers) = bounded("no such user", 10_000);
        assert_eq!((status.code(), status.message(), status.details().len()), (Code::NotFound, "no such user", 0));
        assert_eq!(trailers["x-other"], "kept");
    }

    #[test]
    fn bound_shortens_a_large_message_to_whole_characters() {
        for message in ["x".repeat(10_000), "é".repeat(3_000)] {
            let (status, trailers) = bounded(&message, 100);
            assert_eq!((status.code(), status.details().len()), (Code::NotFound, 0));
            assert!(message.starts_with(status.message().strip_suffix('…').unwrap()));
            assert!(trailers[Status::GRPC_MESSAGE].len() < MOST_MESSAGE);
        }
    }
}
