//! Updates under a field mask: Transom's against assignment by hand, prost-reflect, and two Go libraries.

pub mod annotated;
pub mod by_hand;
pub mod case;
pub mod contestants;
pub mod go;
pub mod limits;
pub mod reflect;
pub mod schema;
