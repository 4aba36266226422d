//! Pages as SQL, and their execution through sqlx.

#[cfg(feature = "_sqlx")]
mod fetch_error;
mod keyset;
mod page_query;
mod select;
#[cfg(feature = "_sqlx")]
pub mod sqlx;

pub use self::select::{Condition, Select};
