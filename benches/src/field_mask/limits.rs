//! Limits of the benchmark, as ratios of times.

use crate::measure::limits::{Bound, Limit};

/// A limit for both kinds of strings.
macro_rules! both {
    ($figure:literal, $of:literal / $to:literal, $bound:expr) => {
        [
            Limit { figure: $figure, of: concat!($of, "/same"), to: concat!($to, "/same"), bound: $bound },
            Limit {
                figure: concat!($figure, ", lengths differ"),
                of: concat!($of, "/different"),
                to: concat!($to, "/different"),
                bound: $bound,
            },
        ]
    };
}

/// All ratios, in the order of the report.
#[must_use]
pub fn all() -> Vec<Limit> {
    let one = |figure, of, to, bound| [Limit { figure, of, to, bound }].into_iter();
    let pairs = [
        both!("parse, check, apply: faster than aip-go", "aip-go/update" / "transom/update", Bound::AtLeast(20.0)),
        both!("parse, check, apply: faster than fmutils", "fmutils/update" / "transom/update", Bound::AtLeast(20.0)),
        both!(
            "parse, check, apply: faster than prost-reflect, dynamic messages",
            "prost-reflect/update" / "transom/update",
            Bound::AtLeast(10.0)
        ),
        both!(
            "parse, check, apply: faster than prost-reflect, structs",
            "prost-reflect/transcode-update" / "transom/update",
            Bound::Shown
        ),
        both!(
            "parse, check, apply with rules: faster than aip-go",
            "aip-go/update" / "transom/update-rules",
            Bound::Shown
        ),
        both!("parse, check, assign: faster than aip-go", "aip-go/update" / "transom/parse-assign", Bound::Shown),
        both!("parse, check, assign: faster than fmutils", "fmutils/update" / "transom/parse-assign", Bound::Shown),
        both!(
            "parse, check, assign: faster than prost-reflect, dynamic messages",
            "prost-reflect/update" / "transom/parse-assign",
            Bound::Shown
        ),
        both!("assign, by reference: of by hand", "transom/assign" / "by-hand/apply", Bound::AtMost(1.1)),
        both!("assign, by value: of by hand", "transom/assign-owned" / "by-hand/apply-owned", Bound::AtMost(1.1)),
        both!("apply, by reference: of by hand", "transom/apply" / "by-hand/apply", Bound::Shown),
        both!("apply, by value: of by hand", "transom/apply-owned" / "by-hand/apply-owned", Bound::Shown),
        both!("apply with rules, by reference: of by hand", "transom/apply-rules" / "by-hand/apply", Bound::Shown),
        both!("apply with rules, by reference: of apply", "transom/apply-rules" / "transom/apply", Bound::Shown),
        both!(
            "apply with rules, by value: of apply",
            "transom/apply-rules-owned" / "transom/apply-owned",
            Bound::Shown
        ),
    ];
    let mut all: Vec<Limit> = pairs.into_iter().flatten().collect();
    all.extend(one("parse and check: of assign", "transom/parse", "transom/assign/same", Bound::AtMost(3.0)));
    all.extend(one("copy of what is selected: of by hand", "transom/copy", "by-hand/copy", Bound::AtMost(1.2)));
    all.extend(one("project in place: of by hand", "transom/project", "by-hand/project", Bound::AtMost(1.2)));
    all.extend(one("diff of equal messages: of `==`", "transom/diff/equal", "by-hand/equal", Bound::Shown));
    all
}
