//! Inputs of tests of requests, and readers of their errors.

use prost_types::{FieldMask, Timestamp};
use transom::mask::UpdateError;
use transom::violation::Reason;

/// A mask of a request.
pub(crate) fn mask(paths: &[&str]) -> Option<FieldMask> {
    Some(FieldMask { paths: paths.iter().copied().map(str::to_owned).collect() })
}

/// Returns the time `seconds` after the epoch.
pub(crate) fn time(seconds: i64) -> Timestamp {
    Timestamp { seconds, nanos: 0 }
}

/// The fields that were refused, with the reasons.
pub(crate) fn refused<T>(result: Result<T, UpdateError>) -> Vec<(String, Reason)> {
    match result.map(drop) {
        Err(UpdateError::Invalid(violations)) => {
            violations.into_iter().map(|violation| (violation.field, violation.reason)).collect()
        }
        other => panic!("{other:?} says nothing of a field"),
    }
}
