//! No request takes long or exhausts the stack: deep paths, long ones, and thousands of keys.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use prost_types::FieldMask;
use transom::fields::Fields as _;
use transom::mask::{
    ApplyOptions, DiffOptions, MapPaths, Mask, Names, ParseOptions, Recorder, Unknown, from_json_string, to_json_string,
};
use transom::violation::Reason;

use crate::kinds::Kinds;
use crate::node::Node;

fn reason(path: String) -> Reason {
    let violations = Mask::<Node>::parse(&FieldMask { paths: vec![path] }).expect_err("it is refused");
    violations.as_slice()[0].reason
}

/// With limits that do not save the parser.
fn unlimited() -> ParseOptions {
    ParseOptions { max_path_bytes: usize::MAX, max_paths: usize::MAX, ..ParseOptions::update() }
}

#[test]
fn parse_rejects_path_of_100_000_segments() {
    for segment in ["left", "children.*", "by_name.k", "by_name.`k`", "by_name.*", "a", "*", "", "``"] {
        let path = vec![segment; 100_000].join(".");
        assert_eq!(reason(path.clone()), Reason::LimitExceeded, "{segment}");
        let mask = FieldMask { paths: vec![path] };
        assert!(unlimited().parse::<Node>("m", &mask).is_err(), "{segment}");
        assert!(ParseOptions { unknown: Unknown::Ignore, ..unlimited() }.parse::<Node>("m", &mask).unwrap().is_empty());
    }
}

#[test]
fn operations_accept_100_levels() {
    let deep = |name: &str| {
        let mut node = Node { name: name.to_owned(), ..Node::default() };
        for level in 0..99 {
            node = match level % 3 {
                0 => Node { left: Some(Box::new(node)), ..Node::default() },
                1 => Node { children: vec![node], ..Node::default() },
                _ => Node { by_name: [("k".to_owned(), node)].into(), ..Node::default() },
            };
        }
        node
    };
    let (mut stored, given) = (deep("old"), deep("new"));
    let changed = Mask::<Node>::diff(&stored, &given).apply(&mut stored, &given).unwrap();
    assert_eq!((&stored, changed.is_empty()), (&given, false));
    let mask = Mask::<Node>::populated(&given);
    mask.project(&mut stored);
    assert_eq!(stored, given);
    mask.prune(&mut stored);
    let path = |levels: usize| vec!["left"; levels].join(".");
    assert_eq!(Mask::<Node>::parse(&FieldMask { paths: vec![path(100)] }).unwrap().paths(), [path(100)]);
    assert_eq!(reason(path(101)), Reason::LimitExceeded);
}

#[test]
fn recorder_rejects_100_000_levels() {
    let (left, _) = Node::schema().field("left").expect("it is there");
    let mut recorder = Recorder::<Node>::new();
    let opened = (0..100_000).take_while(|_| recorder.enter(left).is_ok()).count();
    assert_eq!(opened, 100);
    assert!(recorder.record(0).is_err());
    recorder.leave();
    recorder.record(0).unwrap();
    let mask = recorder.finish();
    let deepest = |name: &str| [vec!["left"; 99], vec![name]].concat().join(".");
    assert_eq!(mask.paths(), [deepest("left"), deepest("name")]);
    assert!(Mask::<Node>::parse(&(&mask).into()).is_ok());
}

/// Every operation on masks that needs no message.
fn operate(mask: &Mask<Node>, other: &Mask<Node>) {
    for mask in [mask.union(other), mask.intersect(other), mask.subtract(other), mask.clone()] {
        assert_eq!(Mask::parse_query("m", &mask.paths().join(","), &raised()), Ok(mask.clone()));
        assert!(mask.contains(&mask) && !format!("{mask:?}").is_empty());
        assert_eq!(mask.is_empty(), mask.paths().is_empty());
        let _ = (mask.is_full(), mask.includes(Node::LEFT), mask.at(Node::BY_NAME.each()));
        let (mut stored, given) = (Node::default(), node(2, "x"));
        let _ = mask.apply(&mut stored, &given);
        mask.assign(&mut stored, &given);
        mask.project(&mut stored);
        mask.prune(&mut stored);
    }
}

/// With limits that users can set.
fn raised() -> ParseOptions {
    ParseOptions { max_depth: usize::MAX, ..unlimited() }
}

#[test]
fn raised_limits_do_not_exhaust_the_stack() {
    let most = ParseOptions::MAX_DEPTH;
    let parse = |path: String| raised().parse::<Node>("m", &FieldMask { paths: vec![path] });
    for (segment, levels) in [("left", 1), ("branch", 1), ("children.*", 2), ("by_name.k", 2), ("by_name.*", 2)] {
        for count in [1_000, 5_000, 100_000] {
            let refused = parse(vec![segment; count].join(".")).unwrap_err();
            assert_eq!(refused.as_slice()[0].reason, Reason::LimitExceeded, "{segment}");
        }
        let path = |tail: &str| [vec![segment; most / levels - 1], vec![tail]].concat().join(".");
        let (mask, other) = (parse(path("name")).unwrap(), parse(path("tags")).unwrap());
        operate(&mask, &other);
        operate(&mask, &mask);
        operate(&mask, &parse(vec!["by_name.k"; most / 2 - 1].join(".")).unwrap());
    }
    // Segments that are left out count as well.
    let options = ParseOptions { max_depth: usize::MAX, struct_keys: true, ..ParseOptions::read() };
    for (path, count) in [("children", 200), ("labels.a", 120)] {
        let whole = match path {
            "children" => vec!["children"; count].join("."),
            _ => format!("labels{}", ".a".repeat(count)),
        };
        let mask = FieldMask { paths: vec![whole] };
        let is_refused = match path {
            "children" => options.parse::<Node>("m", &mask).is_err(),
            _ => options.parse::<Kinds>("m", &mask).is_err(),
        };
        assert!(is_refused, "{path}");
    }
}

/// The time that this thread has worked, so that what the machine does besides does not count; where the system does
/// not say, the time that has passed.
fn clock(start: Instant) -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split_whitespace().next().and_then(|text| text.parse().ok());
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// Returns the duration of a call.
fn time(run: impl Fn()) -> Duration {
    let start = Instant::now();
    let before = clock(start);
    run();
    clock(start) - before
}

/// 5,000 keys take about the time of ten times 500, and not ten times as much. What happens to the machine meanwhile
/// does not happen three times.
fn grows_in_proportion(what: &str, run: impl Fn(usize)) {
    let measured = || (time(|| (0..10).for_each(|_| run(500))), time(|| run(5000)));
    let is_right = |(parts, whole): (Duration, Duration)| whole < parts * 5 + Duration::from_millis(20);
    assert!((0..3).any(|_| is_right(measured())), "{what}: {:?} in parts and at once", measured());
}

/// A mask with so many keys, in an order that is neither that of their text nor its reverse.
fn keys(count: usize, tail: &str) -> FieldMask {
    let key = |index: usize| format!("by_name.`key {}`{tail}", index * 7919 % count);
    FieldMask { paths: (0..count).map(key).collect() }
}

fn node(count: usize, name: &str) -> Node {
    let value = || Node { name: name.to_owned(), ..Node::default() };
    Node { by_name: (0..count).map(|index| (format!("key {index}"), value())).collect(), ..Node::default() }
}

#[test]
fn thousands_of_keys_take_linear_time() {
    let parse = |mask: &FieldMask| Mask::<Node>::parse(mask).expect("10,000 paths are accepted");
    for tail in ["", ".name"] {
        grows_in_proportion("parse", |count| assert!(!parse(&keys(count * 2, tail)).is_empty()));
        let mask = |count| parse(&keys(count, tail));
        grows_in_proportion("paths", |count| assert_eq!(mask(count).paths().len(), count));
        grows_in_proportion("apply", |count| {
            let mut stored = node(count, "old");
            mask(count).apply(&mut stored, &node(count, "new")).expect("nothing is refused");
            assert_eq!(stored, node(count, "new"));
        });
        grows_in_proportion("project", |count| mask(count).project(&mut node(count, "x")));
        grows_in_proportion("prune", |count| mask(count).prune(&mut node(count, "x")));
        grows_in_proportion("union", |count| assert_eq!(mask(count).union(&mask(count)), mask(count)));
        grows_in_proportion("intersect", |count| assert_eq!(mask(count).intersect(&mask(count)), mask(count)));
        grows_in_proportion("subtract", |count| assert!(mask(count).subtract(&mask(count)).is_empty()));
        grows_in_proportion("contains", |count| assert!(mask(count).contains(&mask(count))));
    }
    // Each key of one mask meets every value of the other, which says much about it.
    let parse_all = |paths: Vec<String>| parse(&FieldMask { paths });
    let inner = |count: usize| parse_all((0..count).map(|key| format!("by_name.*.by_name.k{key}.name")).collect());
    let outer = |count: usize| parse_all((0..count).map(|key| format!("by_name.k{key}.by_name.k1.name")).collect());
    grows_in_proportion("intersect of keys with every value", |count| {
        assert_eq!(outer(count).intersect(&inner(count)), outer(count));
        assert_eq!(inner(count).intersect(&outer(count)), outer(count));
    });
    grows_in_proportion("subtract every value from keys", |count| {
        assert!(outer(count).subtract(&inner(count)).is_empty());
    });
    grows_in_proportion("keys in elements", |count| {
        let paths = (0..count).map(|key| format!("children.*.by_name.k{key}.name"));
        let mask = parse(&FieldMask { paths: paths.collect() });
        let child = |name| Node { by_name: node(1, name).by_name, ..Node::default() };
        let mut stored = Node { children: vec![child("old"); count], ..Node::default() };
        let given = Node { children: vec![child("new"); count], ..Node::default() };
        assert!(mask.apply(&mut stored, &given).expect("nothing is refused").is_empty());
    });
    grows_in_proportion("every value beside keys", |count| {
        let mut paths = keys(count - 1, ".tags").paths;
        paths.push("by_name.*.name".to_owned());
        let mask = parse(&FieldMask { paths });
        assert_eq!(mask.paths().len(), count);
        let mut stored = node(count, "old");
        mask.apply(&mut stored, &node(count, "new")).expect("nothing is refused");
        mask.project(&mut stored);
    });
    grows_in_proportion("one key in turns with every value", |count| {
        let paths = (0..count).map(|index| format!("by_name.{}.name", if index % 2 == 0 { "*" } else { "k" }));
        assert_eq!(parse(&FieldMask { paths: paths.collect() }).paths(), ["by_name.*.name"]);
    });
    grows_in_proportion("differences", |count| {
        let options = DiffOptions { maps: MapPaths::Keys, ..DiffOptions::default() };
        let mask = Mask::<Node>::diff_with(&node(count, "old"), &node(count, "new"), options);
        assert_eq!(mask.paths().len(), count);
    });
    grows_in_proportion("numbers as keys", |count| {
        let paths = (0..count).map(|index| format!("counts.{}", index * 7919 % count)).collect();
        assert_eq!(parse(&FieldMask { paths }).paths().len(), count);
    });
}

#[test]
fn nested_maps_take_linear_time() {
    let path = |steps: [&str; 2]| {
        let steps = steps.iter().cycle().take(49).map(|step| format!("by_name.{step}"));
        steps.chain(["name".to_owned()]).collect::<Vec<_>>().join(".")
    };
    let paths = [["*", "*"], ["k", "k"], ["*", "k"], ["k", "*"], ["j", "k"]].map(path).to_vec();
    let mask = Mask::<Node>::parse(&FieldMask { paths: paths.clone() }).expect("the paths are right");
    let other = Mask::<Node>::parse(&FieldMask { paths: vec![path(["k", "j"])] }).expect("the path is right");
    assert_eq!(mask.paths(), [path(["*", "*"])]);
    assert!(mask.contains(&mask) && mask.contains(&other) && !other.contains(&mask));
    assert_eq!(mask.union(&other), mask);
    assert_eq!(mask.intersect(&mask), mask);
    assert_eq!(mask.intersect(&other), other);
    assert!(mask.subtract(&mask).is_empty() && other.subtract(&mask).is_empty());
    assert!(Mask::<Node>::everything().contains(&mask));
    let mut node = Node { name: "x".to_owned(), ..Node::default() };
    for _ in 0..49 {
        node = Node { by_name: [("k".to_owned(), node)].into(), ..Node::default() };
    }
    let mut stored = node.clone();
    stored.by_name.insert("j".to_owned(), Node::default());
    mask.apply(&mut stored, &node).expect("nothing is refused");
    mask.project(&mut stored);
    assert_eq!(stored, node);
}

#[test]
fn thousands_of_violations_take_linear_time() {
    grows_in_proportion("violations", |count| {
        let paths = (0..count).map(|index| format!("nope{index}")).collect();
        let violations = Mask::<Node>::parse(&FieldMask { paths }).expect_err("none is a field");
        assert_eq!(violations.count().number(), count);
    });
}

proptest! {
    #[test]
    fn parse_never_panics_on_any_text(text in "[a-z_.,*`0-9 -]{0,40}|\\PC{0,20}", split in any::<bool>()) {
        let paths = if split { text.split(',').map(str::to_owned).collect() } else { vec![text.clone()] };
        let mask = FieldMask { paths };
        for options in [
            ParseOptions::update(),
            ParseOptions { names: Names::ProtoOrJson, struct_keys: true, ..ParseOptions::read() },
            ParseOptions::protobuf_util(),
        ] {
            if let Ok(mask) = options.parse::<Kinds>("m", &mask) {
                prop_assert_eq!(Mask::parse(&FieldMask::from(&mask)), Ok(mask));
            }
            let _ = Mask::<Kinds>::parse_query("m", &text, &options);
        }
        let _ = (from_json_string(&text), to_json_string(&mask));
    }

    #[test]
    fn parse_never_panics_on_mutated_paths(
        index in 0_usize..40,
        insert in "[.*`a_0-]{0,2}",
        path in prop::sample::select(vec![
            "by_text.`a``.b`.nodes.*.by_name.k.counts.-12",
            "own.boxed.held.left.children.*.left.name",
            "labels.fields.a.struct_value.fields.`b c`.list_value",
            "by_uint64.18446744073709551615",
        ]),
    ) {
        let (before, after) = path.split_at(index.min(path.len()));
        let path = format!("{before}{insert}{}", after.get(1..).unwrap_or_default());
        if let Ok(mask) = Mask::<Kinds>::parse(&FieldMask { paths: vec![path] }) {
            let again = Mask::parse(&FieldMask::from(&mask));
            prop_assert_eq!(again.as_ref(), Ok(&mask));
            let mut stored = Kinds::default();
            let applied = mask.apply_with(&mut stored, &Kinds::default(), ApplyOptions::protobuf_util());
            prop_assert_eq!(applied.map(|changed| changed.is_empty()), Ok(true));
        }
    }
}

#[test]
fn test_messages_have_the_documented_number_of_fields() {
    assert_eq!((Node::schema().fields().len(), Kinds::schema().fields().len()), (8, 55));
    assert_eq!(crate::wide::Wide::schema().fields().len(), 150);
}
