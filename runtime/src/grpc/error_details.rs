//! Messages of `google.rpc` in the details of a status, as the crate tonic-types defines them.

pub(crate) use tonic_types::{BadRequest, ErrorDetails, FieldViolation, StatusExt};
