//! Union, intersection, difference and inclusion of masks, and the order of paths. `set_operations` tests the same for random masks.

use prost_types::FieldMask;
use transom::fields::Fields;
use transom::mask::{EmptySelection, Mask, ParseOptions};

use crate::kinds::Kinds;
use crate::node::Node;
use crate::wide::Wide;

fn mask<F: Fields>(paths: &[&str]) -> Mask<F> {
    let mask = FieldMask { paths: paths.iter().map(|&path| path.to_owned()).collect() };
    let options = ParseOptions { empty: EmptySelection::Nothing, ..ParseOptions::read() };
    options.parse("mask", &mask).expect("the paths are right")
}

type Paths = &'static [&'static str];

#[test]
fn union_has_the_paths_of_both_masks() {
    let cases: [(Paths, Paths, Paths); 9] = [
        (&["name"], &[], &["name"]),
        (&["name"], &["tags"], &["name", "tags"]),
        (&["left"], &["left.name"], &["left"]),
        (&["left.name"], &["left.tags"], &["left.name", "left.tags"]),
        (&["by_name.a"], &["by_name.b", "by_name.a.name"], &["by_name.a", "by_name.b"]),
        (&["by_name.*.name"], &["by_name.a.name"], &["by_name.*.name"]),
        (&["by_name.*.name"], &["by_name.a"], &["by_name.*.name", "by_name.a"]),
        (&["by_name"], &["by_name.a"], &["by_name"]),
        (&["*"], &["name"], &["*"]),
    ];
    for (left, right, wanted) in cases {
        assert_eq!(mask::<Node>(left).union(&mask(right)).paths(), wanted, "{left:?} {right:?}");
        assert_eq!(mask::<Node>(right).union(&mask(left)).paths(), wanted, "{right:?} {left:?}");
    }
}

#[test]
fn intersect_has_the_common_paths() {
    let cases: [(Paths, Paths, Paths); 12] = [
        (&["name"], &[], &[]),
        (&["name"], &["tags"], &[]),
        (&["left"], &["left.name"], &["left.name"]),
        (&["left.name"], &["left.tags"], &[]),
        (&["left.left", "name"], &["left", "tags"], &["left.left"]),
        (&["children.*.name", "tags"], &["children"], &["children.*.name"]),
        (&["by_name.a"], &["by_name.b"], &[]),
        (&["by_name.a"], &["by_name.*.name"], &["by_name.a.name"]),
        (&["by_name.*.name", "by_name.a.tags"], &["by_name.a"], &["by_name.a.name", "by_name.a.tags"]),
        (&["by_name"], &["by_name.a"], &["by_name.a"]),
        (&["counts.1", "counts.2"], &["counts.2", "counts.3"], &["counts.2"]),
        (&["*"], &["name"], &["name"]),
    ];
    for (left, right, wanted) in cases {
        assert_eq!(mask::<Node>(left).intersect(&mask(right)).paths(), wanted, "{left:?} {right:?}");
        assert_eq!(mask::<Node>(right).intersect(&mask(left)).paths(), wanted, "{right:?} {left:?}");
    }
}

#[test]
fn subtract_removes_paths() {
    let cases: [(Paths, Paths, Paths); 16] = [
        (&["name", "tags"], &["name"], &["tags"]),
        (&["left"], &["left"], &[]),
        (&["left.name"], &["left"], &[]),
        // The siblings along the path are named.
        (
            &["left"],
            &["left.name"],
            &["left.branch", "left.by_name", "left.children", "left.counts", "left.leaf", "left.left", "left.tags"],
        ),
        (&["*"], &["branch", "by_name", "children", "counts", "leaf", "left"], &["name", "tags"]),
        (&["left.name", "left.tags"], &["left.name"], &["left.tags"]),
        (&["children.*.name", "children.*.tags"], &["children.*.name"], &["children.*.tags"]),
        (&["by_name.a", "by_name.b"], &["by_name.a"], &["by_name.b"]),
        (&["by_name.a.name", "by_name.a.tags"], &["by_name.*.name"], &["by_name.a.tags"]),
        (&["by_name.*.name"], &["by_name.*.name"], &[]),
        // A mask cannot say "all but this key".
        (&["by_name"], &["by_name.a"], &[]),
        (&["counts"], &["counts.1"], &[]),
        (&["by_name.*.name", "by_name.*.tags"], &["by_name.a.name"], &["by_name.*.tags"]),
        (&["counts.1", "counts.2"], &["counts.1"], &["counts.2"]),
        (&["name"], &["*"], &[]),
        (&["*"], &[], &["*"]),
    ];
    for (left, right, wanted) in cases {
        assert_eq!(mask::<Node>(left).subtract(&mask(right)).paths(), wanted, "{left:?} {right:?}");
    }
}

#[test]
fn contains_compares_masks() {
    let cases: [(Paths, Paths, bool); 17] = [
        (&["left"], &["left.name"], true),
        (&["left.name"], &["left"], false),
        (&["name"], &[], true),
        (&[], &["name"], false),
        (&["*"], &["name"], true),
        (&["*"], &["*"], true),
        (&["name"], &["*"], false),
        // A whole message is more than all its fields, and everything more than all fields.
        (&["branch", "by_name", "children", "counts", "leaf", "left", "name", "tags"], &["*"], false),
        (
            &[
                "left.branch",
                "left.by_name",
                "left.children",
                "left.counts",
                "left.leaf",
                "left.left",
                "left.name",
                "left.tags",
            ],
            &["left"],
            false,
        ),
        (&["by_name.a"], &["by_name"], false),
        (&["by_name"], &["by_name.a"], true),
        (&["by_name.*.name"], &["by_name.a.name"], true),
        (&["by_name.a.name"], &["by_name.*.name"], false),
        (&["by_name.*.name", "by_name.a.tags"], &["by_name.a.name", "by_name.a.tags"], true),
        (&["counts.1"], &["counts"], false),
        (&["counts.1", "counts.2"], &["counts.2"], true),
        (&["children.*.name"], &["children.*.name", "children.*.tags"], false),
    ];
    for (left, right, wanted) in cases {
        assert_eq!(mask::<Node>(left).contains(&mask(right)), wanted, "{left:?} {right:?}");
    }
    assert!(mask::<Node>(&["branch", "by_name", "children", "counts", "leaf", "left", "name", "tags"]).is_full());
    assert!(!mask::<Node>(&["name"]).is_full() && Mask::<Node>::everything().is_full());
}

#[test]
fn paths_are_ordered_by_segments() {
    let cases: [(Paths, Paths); 6] = [
        // A dot sorts before a `_` only as characters do; segments are compared whole.
        (&["opt_text", "opt_int32", "own.text", "own.flag"], &["opt_int32", "opt_text", "own.flag", "own.text"]),
        (&["by_text.b", "by_text.a.text", "by_text.*.flag"], &["by_text.*.flag", "by_text.a.text", "by_text.b"]),
        // Keys by value: text by its bytes, whether it is quoted or not; numbers as numbers.
        (
            &["by_text.a", "by_text.`a.b`", "by_text.``", "by_text.B", "by_text.`é`", "by_text.`1`"],
            &["by_text.``", "by_text.`1`", "by_text.B", "by_text.a", "by_text.`a.b`", "by_text.`é`"],
        ),
        (&["by_int32.10", "by_int32.9", "by_int32.-1"], &["by_int32.-1", "by_int32.9", "by_int32.10"]),
        (&["by_uint64.18446744073709551615", "by_uint64.2"], &["by_uint64.2", "by_uint64.18446744073709551615"]),
        (&["by_flag.true", "by_flag.false"], &["by_flag.false", "by_flag.true"]),
    ];
    for (paths, wanted) in cases {
        assert_eq!(mask::<Kinds>(paths).paths(), wanted);
    }
}

#[test]
fn set_operations_cover_more_than_64_fields() {
    let all: Vec<String> = Wide::schema().fields().iter().map(|field| field.name.to_owned()).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    assert!(mask::<Wide>(&all).is_full());
    let (left, right) =
        (mask::<Wide>(&["f0", "f63", "f64.name", "f149"]), mask::<Wide>(&["f64", "f149", "f128.left.name"]));
    assert_eq!(left.union(&right).paths(), ["f0", "f128.left.name", "f149", "f63", "f64"]);
    assert_eq!(left.intersect(&right).paths(), ["f149", "f64.name"]);
    assert_eq!(left.subtract(&right).paths(), ["f0", "f63"]);
    assert_eq!(mask::<Wide>(&all).subtract(&mask(&all[1..])).paths(), ["f0"]);
    let inside = mask::<Wide>(&["f65"]).subtract(&mask(&["f65.f149"]));
    assert_eq!(inside.paths().len(), 149);
    assert!(mask::<Wide>(&["f65"]).contains(&inside) && !inside.contains(&mask(&["f65.f149"])));
}
