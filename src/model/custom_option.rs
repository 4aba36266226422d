//! Custom options: what annotations such as `google.api.http` leave on an element.

use bytes::Bytes;

/// One option extension, uninterpreted. Passes that know its type decode it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CustomOption {
    /// The extension's number.
    pub(crate) number: u32,
    /// Its full name, for example `google.api.http`, if a file of the request declares it.
    pub(crate) name: Option<String>,
    /// The field's wire bytes, tag included; an option that is written twice is two of these.
    pub(crate) encoded: Bytes,
}
