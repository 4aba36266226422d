//! Paths that are accepted and rejected, one line per case. The message is [`Kinds`] if a case names no other.

use prost_types::FieldMask;
use transom::fields::Fields;
use transom::mask::{Mask, Names, ParseOptions, Star, Unknown};
use transom::violation::Reason;

use crate::kinds::Kinds;
use crate::legacy::Legacy;
use crate::node::Node;

/// Parses paths. Returns the canonical paths, or the reasons of the violations.
fn parse<F: Fields>(options: &ParseOptions, paths: &[&str]) -> Result<Vec<String>, Vec<Reason>> {
    let mask = FieldMask { paths: paths.iter().map(|&path| path.to_owned()).collect() };
    match options.parse::<F>("update_mask", &mask) {
        Ok(mask) => Ok(mask.paths()),
        Err(violations) => Err(violations.as_slice().iter().map(|violation| violation.reason).collect()),
    }
}

#[track_caller]
fn accepts<F: Fields>(options: &ParseOptions, path: &str, canonical: &str) {
    assert_eq!(parse::<F>(options, &[path]), Ok(vec![canonical.to_owned()]), "{path}");
}

#[track_caller]
fn refuses<F: Fields>(options: &ParseOptions, path: &str, reason: Reason) {
    assert_eq!(parse::<F>(options, &[path]), Err(vec![reason]), "{path}");
}

const UPDATE: ParseOptions = ParseOptions::update();
const READ: ParseOptions = ParseOptions::read();
const UTIL: ParseOptions = ParseOptions { unknown: Unknown::Reject, ..ParseOptions::protobuf_util() };
const LENIENT: ParseOptions = ParseOptions { names: Names::ProtoOrJson, ..ParseOptions::update() };
const GATEWAY: ParseOptions = ParseOptions { struct_keys: true, ..ParseOptions::update() };

#[test]
fn parse_accepts_fields() {
    for (path, canonical) in [
        ("text", "text"),
        ("opt_double", "opt_double"),
        ("wrapped_text", "wrapped_text"),
        ("time", "time"),
        ("node", "node"),
        ("node.name", "node.name"),
        ("node.left.left.left.name", "node.left.left.left.name"),
        ("own.own.own.text", "own.own.own.text"),
        ("words", "words"),
        ("held.name", "held.name"),
        ("boxed.held.left", "boxed.held.left"),
        ("node.*", "node"),
        ("own.node.*", "own.node"),
    ] {
        accepts::<Kinds>(&UPDATE, path, canonical);
        accepts::<Kinds>(&READ, path, canonical);
    }
}

#[test]
fn parse_rejects_malformed_paths() {
    for (path, reason) in [
        ("", Reason::MalformedPath),
        (".", Reason::MalformedPath),
        (".text", Reason::MalformedPath),
        ("node.", Reason::MalformedPath),
        ("node..name", Reason::MalformedPath),
        ("node.name.", Reason::MalformedPath),
        (" text", Reason::UnknownField),
        ("text ", Reason::UnknownField),
        ("node .name", Reason::UnknownField),
        ("node. name", Reason::UnknownField),
        ("te xt", Reason::UnknownField),
        ("text\n", Reason::UnknownField),
        ("\u{a0}text", Reason::UnknownField),
        ("text,flag", Reason::UnknownField),
        ("TEXT", Reason::UnknownField),
        ("`text`", Reason::UnknownField),
        ("node.`name`", Reason::UnknownField),
        ("by_text.`a", Reason::MalformedPath),
        ("by_text.`", Reason::MalformedPath),
        ("by_text.`a``", Reason::MalformedPath),
        ("by_text.`a`b", Reason::MalformedPath),
        ("by_text.`a`.", Reason::MalformedPath),
        ("by_text.a`b", Reason::InvalidKey),
    ] {
        refuses::<Kinds>(&UPDATE, path, reason);
        refuses::<Kinds>(&READ, path, reason);
    }
}

#[test]
fn parse_rejects_unknown_fields() {
    for (path, reason) in [
        ("nope", Reason::UnknownField),
        ("node.nope", Reason::UnknownField),
        // The names of oneofs.
        ("choice", Reason::UnknownField),
        ("choice.words", Reason::UnknownField),
        // JSON names, numbers, extensions.
        ("optInt32", Reason::UnknownField),
        ("8", Reason::UnknownField),
        ("[shapes.v1.extension]", Reason::UnknownField),
        ("text.length", Reason::NoSubfields),
        ("text.*", Reason::NoSubfields),
        ("color.COLOR_RED", Reason::NoSubfields),
        // One value each.
        ("time.seconds", Reason::NoSubfields),
        ("duration.nanos", Reason::NoSubfields),
        ("wrapped_text.value", Reason::NoSubfields),
        ("any.type_url", Reason::NoSubfields),
        ("packed.value", Reason::NoSubfields),
        ("moment.seconds", Reason::NoSubfields),
        ("by_uint64.0.type_url", Reason::NoSubfields),
    ] {
        refuses::<Kinds>(&UPDATE, path, reason);
        refuses::<Kinds>(&READ, path, reason);
    }
}

#[test]
fn parse_accepts_stars_in_lists() {
    for (path, canonical) in [
        ("texts", "texts"),
        ("texts.*", "texts"),
        ("nodes", "nodes"),
        ("nodes.*", "nodes"),
        ("nodes.*.*", "nodes"),
        ("nodes.*.name", "nodes.*.name"),
        ("nodes.*.children.*.left.tags", "nodes.*.children.*.left.tags"),
        ("nodes.*.children.*", "nodes.*.children"),
        ("list.values.*.string_value", "list.values.*.string_value"),
    ] {
        accepts::<Kinds>(&UPDATE, path, canonical);
        accepts::<Kinds>(&READ, path, canonical);
    }
    for path in ["texts.0", "texts.*.*", "nodes.0", "nodes.0.name", "nodes.-1", "nodes.`0`", "times.*.seconds"] {
        refuses::<Kinds>(&UPDATE, path, Reason::NoSubfields);
    }
    refuses::<Kinds>(&READ, "nodes.0.name", Reason::UnknownField);
    // Without a `*` only to read.
    refuses::<Kinds>(&UPDATE, "nodes.name", Reason::NoSubfields);
    accepts::<Kinds>(&READ, "nodes.name", "nodes.*.name");
    accepts::<Kinds>(&READ, "nodes.children.left.name", "nodes.*.children.*.left.name");
    refuses::<Kinds>(&READ, "by_text.*.nodes.nope", Reason::UnknownField);
}

#[test]
fn parse_accepts_map_keys() {
    for (path, canonical) in [
        ("by_text", "by_text"),
        ("by_text.*", "by_text"),
        ("by_text.*.*", "by_text"),
        ("by_text.*.text", "by_text.*.text"),
        ("by_text.a", "by_text.a"),
        ("by_text.`a`", "by_text.a"),
        ("by_text._a1", "by_text._a1"),
        ("by_text.true", "by_text.true"),
        ("by_text.a.*", "by_text.a"),
        ("by_text.a.text", "by_text.a.text"),
        ("by_text.``", "by_text.``"),
        ("by_text.`*`", "by_text.`*`"),
        ("by_text.`7`", "by_text.`7`"),
        ("by_text.`a.b`.text", "by_text.`a.b`.text"),
        ("by_text.`a``b`", "by_text.`a``b`"),
        ("by_text.````", "by_text.````"),
        ("by_text.`é`", "by_text.`é`"),
        ("by_text.`a`.by_text.`b c`.text", "by_text.a.by_text.`b c`.text"),
        ("by_flag.true", "by_flag.true"),
        ("by_flag.false", "by_flag.false"),
        ("by_flag.*", "by_flag"),
        ("by_int32.0", "by_int32.0"),
        ("by_int32.-2147483648.name", "by_int32.-2147483648.name"),
        ("by_int64.9223372036854775807", "by_int64.9223372036854775807"),
        ("by_int64.-9223372036854775808", "by_int64.-9223372036854775808"),
        ("by_uint32.4294967295.left.name", "by_uint32.4294967295.left.name"),
        ("by_uint64.18446744073709551615", "by_uint64.18446744073709551615"),
        ("labels.fields.env.string_value", "labels.fields.env.string_value"),
    ] {
        accepts::<Kinds>(&UPDATE, path, canonical);
        accepts::<Kinds>(&READ, path, canonical);
    }
    refuses::<Kinds>(&UPDATE, "by_text.`` ``", Reason::MalformedPath);
    for path in [
        "by_text.7",
        "by_text.a-b",
        "by_text.a b",
        "by_text.é",
        "by_flag.True",
        "by_flag.1",
        "by_flag.`true`",
        "by_int32.-0",
        "by_int32.00",
        "by_int32.01",
        "by_int32.+1",
        "by_int32.0x1",
        "by_int32.-",
        "by_int32.1e3",
        "by_int32.`1`",
        "by_int32.a",
        "by_int32.٣",
        "by_int32.2147483648",
        "by_int32.-2147483649",
        "by_int64.9223372036854775808",
        "by_uint32.-1",
        "by_uint32.4294967296",
        "by_uint64.18446744073709551616",
        "by_uint64.99999999999999999999999999999999",
    ] {
        refuses::<Kinds>(&UPDATE, path, Reason::InvalidKey);
        refuses::<Kinds>(&READ, path, Reason::InvalidKey);
    }
    refuses::<Kinds>(&UPDATE, "by_flag.true.length", Reason::NoSubfields);
    refuses::<Kinds>(&UPDATE, "by_flag.*.length", Reason::NoSubfields);
    // A key is never left out.
    refuses::<Kinds>(&READ, "by_int32.name", Reason::InvalidKey);
    let no_keys = ParseOptions { map_keys: false, ..UPDATE };
    refuses::<Kinds>(&no_keys, "by_text.a", Reason::NoSubfields);
    accepts::<Kinds>(&no_keys, "by_text.*.text", "by_text.*.text");
}

#[test]
fn parse_accepts_star_alone() {
    accepts::<Kinds>(&UPDATE, "*", "*");
    accepts::<Kinds>(&READ, "*", "*");
    for path in ["*.text", "*.*", "*.", "node.*.name"] {
        assert!(parse::<Kinds>(&UPDATE, &[path]).is_err(), "{path}");
    }
    refuses::<Kinds>(&UPDATE, "node.*.name", Reason::InvalidWildcard);
    refuses::<Kinds>(&UPDATE, "`*`", Reason::UnknownField);
    // Beside others it contradicts them in an update, and holds them in a read.
    let alone = Err(vec![Reason::InvalidWildcard]);
    assert_eq!(parse::<Kinds>(&UPDATE, &["text", "*"]), alone);
    assert_eq!(parse::<Kinds>(&UPDATE, &["*", "text"]), alone);
    assert_eq!(parse::<Kinds>(&UPDATE, &["*", "*"]), Ok(vec!["*".to_owned()]));
    for paths in [["text", "*"], ["*", "text"], ["*", "node.name"], ["by_text.a.text", "*"], ["*", "*"]] {
        assert_eq!(parse::<Kinds>(&READ, &paths), Ok(vec!["*".to_owned()]), "{paths:?}");
    }
    assert_eq!(parse::<Kinds>(&READ, &["*", "nope"]), Err(vec![Reason::UnknownField]));
    let unknown = ParseOptions { star: Star::Unknown, ..UPDATE };
    refuses::<Kinds>(&unknown, "*", Reason::InvalidWildcard);
}

#[test]
fn parse_accepts_json_names_if_allowed() {
    for (path, canonical) in [
        ("optInt32", "opt_int32"),
        ("opt_int32", "opt_int32"),
        ("byText.a.wrappedText", "by_text.a.wrapped_text"),
        ("nodes.*.byName.byName", "nodes.*.by_name.byName"),
    ] {
        accepts::<Kinds>(&LENIENT, path, canonical);
    }
    refuses::<Kinds>(&LENIENT, "OptInt32", Reason::UnknownField);
    refuses::<Kinds>(&UPDATE, "byText", Reason::UnknownField);
}

#[test]
fn parse_accepts_struct_keys_if_allowed() {
    for (path, gateway) in [
        ("labels.fields.env", "labels.env"),
        ("labels.fields.a.struct_value.fields.b", "labels.a.b"),
        ("labels.fields.fields", "labels.fields"),
        ("labels.fields.`a b`", "labels.`a b`"),
        ("value.struct_value.fields.a", "value.a"),
        ("by_text.k.labels.fields.a", "by_text.k.labels.a"),
    ] {
        accepts::<Kinds>(&UPDATE, path, path);
        accepts::<Kinds>(&GATEWAY, gateway, path);
    }
    accepts::<Kinds>(&GATEWAY, "labels", "labels");
    accepts::<Kinds>(&GATEWAY, "labels.*", "labels");
    refuses::<Kinds>(&UPDATE, "labels.env", Reason::UnknownField);
    refuses::<Kinds>(&GATEWAY, "labels.*.a", Reason::InvalidWildcard);
}

#[test]
fn parse_accepts_names_of_groups() {
    accepts::<Legacy>(&UPDATE, "OptionalGroup.value", "OptionalGroup.value");
    accepts::<Legacy>(&UPDATE, "RepeatedGroup.*.value", "RepeatedGroup.*.value");
    refuses::<Legacy>(&UPDATE, "optionalgroup", Reason::UnknownField);
    accepts::<Legacy>(&LENIENT, "optionalgroup.value", "OptionalGroup.value");
}

#[test]
fn protobuf_util_options_reject_stars_and_keys() {
    for path in ["text", "node.name", "nodes", "by_text", "node.left.name"] {
        accepts::<Kinds>(&UTIL, path, path);
    }
    for path in ["*", "node.*", "nodes.*", "nodes.*.name", "nodes.name", "by_text.a", "by_text.*", "nope", "node.nope"]
    {
        assert!(parse::<Kinds>(&UTIL, &[path]).is_err(), "{path}");
    }
}

#[test]
fn parse_ignores_unknown_paths_without_effect() {
    let ignoring = ParseOptions { unknown: Unknown::Ignore, ..UPDATE };
    for path in
        ["nope", "node.nope", "node.left.nope", "by_text.a.nope", "nodes.*.nope", "by_int32.x.name", "node..name"]
    {
        let mask = FieldMask { paths: vec![path.to_owned()] };
        let mask: Mask<Kinds> = ignoring.parse("update_mask", &mask).expect("it is ignored");
        assert!(mask.is_empty(), "{path}");
        let mut stored = Kinds::default();
        let given = Kinds { node: Some(Node::default()), ..Kinds::default() };
        assert!(mask.apply(&mut stored, &given).expect("nothing is refused").is_empty(), "{path}");
        assert_eq!(stored, Kinds::default(), "{path}");
        assert_eq!(parse::<Kinds>(&ignoring, &[path, "text"]), Ok(vec!["text".to_owned()]));
        assert_eq!(parse::<Kinds>(&ignoring, &["node.name", path]), Ok(vec!["node.name".to_owned()]));
    }
    let long = format!("by_text.`{}`", "x".repeat(5000));
    assert_eq!(parse::<Kinds>(&ignoring, &[&long]), Ok(Vec::new()));
}

#[test]
fn parse_returns_all_violations() {
    let mask = FieldMask { paths: ["text", "a", "node.", "by_int32.x", "flag"].map(str::to_owned).into() };
    let violations = Mask::<Kinds>::parse(&mask).expect_err("three paths are wrong");
    let found: Vec<(&str, Reason)> =
        violations.as_slice().iter().map(|violation| (violation.field.as_str(), violation.reason)).collect();
    assert_eq!(
        found,
        [
            ("update_mask.paths[1]", Reason::UnknownField),
            ("update_mask.paths[2]", Reason::MalformedPath),
            ("update_mask.paths[3]", Reason::InvalidKey),
        ]
    );
    assert_eq!(violations.subject().resource_type(), "shapes.v1.Kinds");
}

#[test]
fn parse_rejects_paths_beyond_limits() {
    let key = |length: usize| format!("by_text.`{}`", "x".repeat(length - "by_text.``".len()));
    assert!(parse::<Kinds>(&UPDATE, &[&key(4096)]).is_ok());
    refuses::<Kinds>(&UPDATE, &key(4097), Reason::LimitExceeded);
    let deep = |segments: usize| vec!["left"; segments].join(".");
    accepts::<Node>(&UPDATE, &deep(100), &deep(100));
    refuses::<Node>(&UPDATE, &deep(101), Reason::LimitExceeded);
    refuses::<Node>(&UPDATE, &vec!["children.*"; 51].join("."), Reason::LimitExceeded);
    refuses::<Node>(&UPDATE, &vec!["by_name.k"; 51].join("."), Reason::LimitExceeded);
    assert_eq!(parse::<Node>(&UPDATE, &vec!["name"; 10_000]), Ok(vec!["name".to_owned()]));
    assert_eq!(parse::<Node>(&UPDATE, &vec!["name"; 10_001]), Err(vec![Reason::LimitExceeded]));
    let small = ParseOptions { max_paths: 1, max_path_bytes: 9, max_depth: 2, ..UPDATE };
    accepts::<Node>(&small, "left.name", "left.name");
    refuses::<Node>(&small, "left.left.", Reason::LimitExceeded);
    assert_eq!(parse::<Node>(&small, &["name", "tags"]), Err(vec![Reason::LimitExceeded]));
    let flat = ParseOptions { max_depth: 1, ..UPDATE };
    refuses::<Node>(&flat, "left.name", Reason::LimitExceeded);
}
