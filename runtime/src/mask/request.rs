//! Requests with masks: the traits that generated code implements, and what they do to a resource.
//!
//! | file | content |
//! |---|---|
//! | `update`, `update_parts` | update requests, and the parts that they are taken apart into |
//! | `patch` | update requests with optional fields in place of a mask |
//! | `read` | read requests |
//! | `check_required` | requests with `REQUIRED` fields |
//! | `prepare` | resources before they are stored or returned |
//! | `etag`, `resource_name` | etag and name of a resource |
//! | `error`, `status` | errors of updates |
//! | `macros` | the macros that generated code calls |

mod check_required;
mod error;
mod etag;
mod macros;
mod patch;
mod prepare;
mod read;
mod resource_name;
#[cfg(feature = "_grpc")]
mod status;
mod update;
mod update_parts;

pub use check_required::{CheckRequired, check_required_fields};
pub use error::UpdateError;
pub use etag::etag_of;
#[doc(hidden)]
pub use patch::{Patch, PatchField};
pub use prepare::{prepare_create, prepare_response};
pub use read::ReadRequest;
pub use update::UpdateRequest;
pub use update_parts::{Outcome, ResourceLocation, UpdateMask, UpdateOptions, UpdateParts, Updated};
