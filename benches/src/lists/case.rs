//! The requests and the products of every measurement.

use prost_types::Timestamp;
use transom::list::{Key, KeyRing, Pages};

use super::schema::product::Status;
use super::schema::{ListProductsRequest, Product};

/// Filter of the products.
pub const FILTER: &str = "status = ACTIVE AND create_time > \"2024-01-01T00:00:00Z\"";

/// Order of the products.
pub const ORDER_BY: &str = "create_time desc, title, name";

/// The time of [`FILTER`], in seconds since 1970.
pub const SINCE: i64 = 1_704_067_200;

/// The secret of the server.
pub const SECRET: [u8; 32] = *b"a key for measurements, not else";

/// The settings of the method.
#[must_use]
pub fn pages() -> Pages<ListProductsRequest> {
    Pages::keyset(KeyRing::new(Key::new(SECRET)), Product::NAME)
}

/// A request for the first page of 100 products, with a filter and an order.
#[must_use]
pub fn request() -> ListProductsRequest {
    ListProductsRequest {
        parent: "catalogs/summer-2024".into(),
        page_size: 100,
        filter: FILTER.into(),
        order_by: ORDER_BY.into(),
        ..ListProductsRequest::default()
    }
}

/// A request with as much to say, none of which has to be parsed: what its page costs is what it is bound to.
#[must_use]
pub fn plain_request() -> ListProductsRequest {
    ListProductsRequest {
        parent: "catalogs/summer-2024".into(),
        page_size: 100,
        show_deleted: true,
        min_price: 1_250,
        regions: ["europe-north1", "europe-west4", "us-central1"].map(str::to_owned).to_vec(),
        ..ListProductsRequest::default()
    }
}

/// The product with this number: of every status, from before [`SINCE`] and after it, some without a time.
#[must_use]
pub fn product(index: u32) -> Product {
    // Spread over the numbers without a pattern that a processor would learn.
    let mixed = index.wrapping_mul(0x9e37_79b1) >> 16;
    let status = [Status::Active, Status::Active, Status::Archived, Status::Unspecified][mixed as usize % 4];
    let seconds = SINCE + (i64::from(mixed % 4_000) - 1_000) * 3_600;
    Product {
        name: format!("catalogs/summer-2024/products/{index:05}"),
        title: format!("Garden chair {:02}", mixed % 40),
        status: status.into(),
        create_time: (!mixed.is_multiple_of(10)).then_some(Timestamp { seconds, nanos: 0 }),
        price: i64::from(mixed % 500) * 10,
        description: format!("What {index} is good for: sitting in the sun, and in the shade"),
    }
}

/// Creates `count` products.
#[must_use]
pub fn products(count: u32) -> Vec<Product> {
    (0..count).map(product).collect()
}
