//! Violations of a request, and their conversion to `google.rpc.BadRequest`.
//!
//! Masks, orders, filters and pages return all that is wrong with a request as [`Violations`]: at most
//! [`Violations::MAX`] of them, and the number of all. As a gRPC status they are `INVALID_ARGUMENT` with one
//! `BadRequest` and one `ErrorInfo`.
//!
//! A service adds the violations that it finds itself with a [`Collector`], so that a caller gets all errors at once:
//!
//! ```
//! use transom::violation::{Collector, Reason, Subject, Violations};
//!
//! const PARENT_NOT_FOUND: Reason = Reason::from_static("PARENT_NOT_FOUND");
//!
//! # fn page() -> Result<u32, Violations> { Ok(1) }
//! fn list_books(parent: &str) -> Result<u32, Violations> {
//!     let mut violations = Collector::new(Subject::new("library.example.com", "library.example.com/Book"));
//!     if parent != "shelves/1" {
//!         violations.add("parent", PARENT_NOT_FOUND, "there is no such shelf");
//!     }
//!     // Returns the violations of both, or the page if there are none.
//!     violations.join(page())
//! }
//!
//! let refused = list_books("shelves/2").unwrap_err();
//! assert_eq!(refused.to_string(), "parent: there is no such shelf");
//! assert_eq!(list_books("shelves/1"), Ok(1));
//! ```

mod bounded_list;
mod collector;
mod count;
#[cfg(feature = "_lists")]
mod problem;
mod reason;
#[cfg(feature = "_grpc")]
pub(crate) mod status;
mod subject;
mod violations;

use std::fmt;

#[cfg(feature = "mask")]
pub(crate) use bounded_list::BoundedList;
pub use collector::{Collector, HasViolations};
pub use count::Count;
#[cfg(feature = "_lists")]
pub(crate) use problem::{Hints, Problem, Problems};
pub use reason::{CustomReason, InvalidReason, Reason};
pub use subject::{NamedResource, Subject};
pub use violations::Violations;

use crate::excerpt;

/// One violation of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Path of the field in the request, for example `filter`, `book.title` or `update_mask.paths[1]`. Indexes count
    /// from 0, as `google.rpc.BadRequest` does.
    pub field: String,
    /// Description of the error and of its remedy. The description of an error in a text starts with the position in
    /// bytes: `at 14: …`.
    pub description: String,
    /// Kind of error.
    pub reason: Reason,
}

impl Violation {
    /// Creates a violation of a field.
    #[must_use]
    pub fn new(field: impl Into<String>, reason: Reason, description: impl Into<String>) -> Self {
        Self { field: field.into(), description: description.into(), reason }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.field, self.description)
    }
}

/// Returns text of a request in the form in which an error may repeat it: in back-ticks, with control characters
/// escaped, and at most 96 bytes of it. AIP-193 limits what an error may repeat of a request.
///
/// ```
/// # use transom::violation::quoted;
/// assert_eq!(quoted("shelves/1\n"), r"`shelves/1\n`");
/// assert_eq!(quoted(&"x".repeat(5_000)).len(), 101);
/// ```
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("`{}`", excerpt::escaped(text, 96))
}
