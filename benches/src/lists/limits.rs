//! Limits of the benchmark, as ratios of times.

use crate::measure::limits::{Bound, Limit};

/// All ratios, in the order of the report.
#[must_use]
pub fn all() -> Vec<Limit> {
    let limit = |figure, of, to, bound| Limit { figure, of, to, bound };
    vec![
        limit(
            "sealing a token: of the bare cipher and base64",
            "transom/token/seal",
            "bare/token/seal",
            Bound::AtMost(1.3),
        ),
        limit(
            "opening a token, and all else of its page: of the bare cipher and base64",
            "transom/token/open",
            "bare/token/open",
            Bound::AtMost(1.3),
        ),
        limit("fingerprint of a request: of encoding it", "transom/fingerprint", "prost/encode", Bound::AtMost(1.0)),
        limit(
            "fingerprint of a request: of encoding it where there is room",
            "transom/fingerprint",
            "prost/encode/again",
            Bound::Shown,
        ),
        limit(
            "fingerprint, and all else of a first page: of encoding the request",
            "transom/first-page",
            "prost/encode",
            Bound::Shown,
        ),
        limit(
            "filter, parsed and checked: faster than aip-go",
            "aip-go/filter/parse",
            "transom/filter/parse",
            Bound::AtLeast(5.0),
        ),
        limit(
            "filter, evaluated: of the comparison by hand",
            "transom/filter/matches",
            "by-hand/filter/matches",
            Bound::AtMost(1.5),
        ),
        limit(
            "order_by, parsed and checked: faster than aip-go",
            "aip-go/order/parse",
            "transom/order/parse",
            Bound::AtLeast(5.0),
        ),
        limit("first page of 100 rows: of by hand", "transom/page/first", "by-hand/page/first", Bound::AtMost(1.05)),
        limit("next page of 100 rows: of by hand", "transom/page/next", "by-hand/page/next", Bound::AtMost(1.05)),
    ]
}
