//! Masks as strings: in JSON, where what would not come back is an error, and in queries, where the message is known.

use proptest::prelude::*;
use prost_types::FieldMask;
use transom::fields::Fields;
use transom::mask::{Mask, ParseOptions, from_json_string, to_json_string};
use transom::violation::Reason;

use crate::kinds::Kinds;
use crate::library::Book;
use crate::node::Node;
use crate::random::{self, Choices};

fn mask(paths: &[&str]) -> FieldMask {
    FieldMask { paths: paths.iter().map(|&path| path.to_owned()).collect() }
}

#[test]
fn json_form_round_trips() {
    for (paths, json) in [
        (&[][..], ""),
        (&["foo"], "foo"),
        (&["foo_bar"], "fooBar"),
        (&["foo_bar.baz_qux"], "fooBar.bazQux"),
        (&["a", "b_c", "a"], "a,bC,a"),
        (&["_foo"], "Foo"),
        (&["foo._bar"], "foo.Bar"),
        (&["foo3_bar"], "foo3Bar"),
        (&["foo3"], "foo3"),
        (&["*"], "*"),
        (&["authors.*.given_name"], "authors.*.givenName"),
        (&["m.`a.b`"], "m.`a.b`"),
        (&["m.-3"], "m.-3"),
        (&["é"], "é"),
        (&["É"], "É"),
    ] {
        assert_eq!(to_json_string(&mask(paths)).as_deref(), Ok(json));
        assert_eq!(from_json_string(json), Ok(mask(paths)), "{json}");
    }
}

#[test]
fn to_json_string_rejects_paths_without_json_form() {
    for path in [
        "foo_3_bar",
        "foo__bar",
        "foo_",
        "_",
        "fooBar",
        "Foo",
        "foo_Bar",
        "foo_.bar",
        "foo_é",
        "",
        "a,b",
        "a b",
        " a",
        "a\t",
    ] {
        assert!(to_json_string(&mask(&[path])).is_err(), "{path}");
        assert!(to_json_string(&mask(&["ok", path])).is_err(), "{path}");
    }
}

#[test]
fn from_json_string_rejects_invalid_text() {
    for json in ["foo_bar", "_", "foo,bar_", ",", "a,,b", "a,", ",a", " ", " a", "a ", "a, b", "a\n", "\u{a0}"] {
        assert!(from_json_string(json).is_err(), "{json:?}");
    }
    let error = from_json_string("a,given_name").expect_err("it has a `_`");
    assert_eq!(error.to_string(), "path `given_name` has a `_`: JSON writes `givenName`, not `given_name`");
}

#[test]
fn parse_query_splits_at_commas_outside_back_ticks() {
    let query = ParseOptions::query();
    for (text, paths) in [
        ("", &["*"][..]),
        ("text", &["text"]),
        ("optInt32,opt_int64", &["opt_int32", "opt_int64"]),
        ("byText.`a,b`.optText,flag", &["by_text.`a,b`.opt_text", "flag"]),
        ("byText.`a``,b`", &["by_text.`a``,b`"]),
        ("node.byName.byName", &["node.by_name.byName"]),
        ("*", &["*"]),
        ("*,text", &["*"]),
        ("nodes.name", &["nodes.*.name"]),
    ] {
        assert_eq!(Mask::<Kinds>::parse_query("fields", text, &query).expect(text).paths(), paths, "{text}");
    }
    for (text, reason) in [
        ("8", Reason::UnknownField),
        ("text,", Reason::MalformedPath),
        (",text", Reason::MalformedPath),
        ("text,,flag", Reason::MalformedPath),
        ("text, flag", Reason::UnknownField),
        ("byText.`a,text", Reason::MalformedPath),
    ] {
        let violations = Mask::<Kinds>::parse_query("fields", text, &query).expect_err(text);
        assert_eq!(violations.as_slice()[0].reason, reason, "{text}");
    }
    // Other options count as they are: an update takes no `*` beside other paths, and the names of the proto alone.
    assert!(Mask::<Kinds>::parse_query("update_mask", "*,text", &ParseOptions::update()).is_err());
    assert!(Mask::<Kinds>::parse_query("update_mask", "nodes.name", &ParseOptions::update()).is_err());
    assert!(Mask::<Kinds>::parse_query("update_mask", "optInt32", &ParseOptions::update()).is_err());
}

/// P7: a mask comes back from JSON as it was, or does not go there.
fn comes_back<F: Fields>(bytes: &[u8]) {
    let mask = FieldMask { paths: random::paths(F::schema(), &mut Choices::new(bytes), 3) };
    if let Ok(json) = to_json_string(&mask) {
        assert_eq!(from_json_string(&json), Ok(mask), "{json}");
    }
}

proptest! {
    #[test]
    fn json_form_of_any_mask_round_trips(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        comes_back::<Kinds>(&bytes);
        comes_back::<Node>(&bytes);
        comes_back::<Book>(&bytes);
    }

    #[test]
    fn json_form_of_any_text_round_trips(text in "[a-cA-C_,.`* 0-9é]{0,12}") {
        if let Ok(mask) = from_json_string(&text) {
            prop_assert_eq!(to_json_string(&mask), Ok(text));
        }
    }

    #[test]
    fn json_form_of_any_paths_round_trips(paths in prop::collection::vec("[a-cA-C_.`* 0-9é]{0,8}", 0..4)) {
        let mask = FieldMask { paths };
        if let Ok(json) = to_json_string(&mask) {
            prop_assert_eq!(from_json_string(&json), Ok(mask));
        }
    }
}
