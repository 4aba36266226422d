//! The comparison of `case::FILTER`, as a careful programmer writes it.

use super::case::SINCE;
use super::schema::Product;
use super::schema::product::Status;

/// Whether the product is to be listed.
#[must_use]
pub fn matches(product: &Product) -> bool {
    let is_active = product.status == Status::Active as i32;
    // Unknown where there is no time, and what is unknown is not listed.
    let is_recent = product.create_time.map(|time| (time.seconds, time.nanos) > (SINCE, 0));
    is_active && is_recent == Some(true)
}
