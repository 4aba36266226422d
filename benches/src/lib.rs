//! Measurements of Transom against its peers: what is measured, and how. The programs in `src/bin` print it.

pub mod field_mask;
pub mod lists;
pub mod measure;
pub mod server_call;
