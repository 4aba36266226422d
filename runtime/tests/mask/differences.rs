//! Masks of the fields in which two messages differ.

use prost_types::{Any, Timestamp};
use transom::mask::{Behaviors, DiffOptions, MapPaths, Mask};

use crate::account::{Account, Address};
use crate::kinds::{Kinds, kinds};
use crate::legacy::{Legacy, Part};
use crate::node::Node;
use crate::wide::{Wide, wide};

fn node(name: &str) -> Node {
    Node { name: name.to_owned(), ..Node::default() }
}

type Change = fn(&mut Kinds);

/// The difference between a message and itself after a change; and back.
#[track_caller]
fn differ(change: Change, there: &[&str], back: &[&str]) {
    differ_from(|_| {}, change, there, back);
}

#[track_caller]
fn differ_from(base: Change, change: Change, there: &[&str], back: &[&str]) {
    let mut from = Kinds::default();
    base(&mut from);
    let mut to = from.clone();
    change(&mut to);
    assert_eq!(Mask::<Kinds>::diff(&from, &to).paths(), there);
    assert_eq!(Mask::<Kinds>::diff(&to, &from).paths(), back);
}

#[test]
fn diff_compares_values_and_presence() {
    differ(|_| {}, &[], &[]);
    differ(|kinds| kinds.flag = true, &["flag"], &["flag"]);
    differ(|kinds| kinds.opt_flag = Some(false), &["opt_flag"], &["opt_flag"]);
    differ(|kinds| kinds.opt_text = Some(String::new()), &["opt_text"], &["opt_text"]);
    differ(|kinds| kinds.wrapped_int = Some(0), &["wrapped_int"], &["wrapped_int"]);
    differ(|kinds| kinds.time = Some(Timestamp::default()), &["time"], &["time"]);
    differ(|kinds| kinds.any = Some(Any::default()), &["any"], &["any"]);
    differ(|kinds| kinds.texts.push(String::new()), &["texts"], &["texts"]);
}

#[test]
fn diff_compares_floats_by_bits() {
    differ(|kinds| kinds.double = -0.0, &["double"], &["double"]);
    differ(|kinds| kinds.opt_float = Some(-0.0), &["opt_float"], &["opt_float"]);
    differ_from(|kinds| kinds.double = f64::NAN, |_| {}, &[], &[]);
    differ_from(|kinds| kinds.doubles = vec![f64::NAN], |_| {}, &[], &[]);
    differ_from(|kinds| kinds.by_int64 = [(1, f64::NAN)].into(), |_| {}, &[], &[]);
    differ_from(|kinds| kinds.double = f64::NAN, |kinds| kinds.double = -f64::NAN, &["double"], &["double"]);
    let number = |kinds: &mut Kinds| kinds.choice = Some(kinds::Choice::Number(f64::NAN));
    differ_from(number, |_| {}, &[], &[]);
}

#[test]
fn diff_names_fields_of_messages() {
    differ(|kinds| kinds.node = Some(Node::default()), &["node"], &["node"]);
    differ(|kinds| kinds.node = Some(node("x")), &["node"], &["node"]);
    differ_from(
        |kinds| kinds.node = Some(Node::default()),
        |kinds| kinds.node = Some(Node { left: Some(Box::default()), ..node("x") }),
        &["node.left", "node.name"],
        &["node.left", "node.name"],
    );
    differ_from(
        |kinds| kinds.own = Some(Box::new(Kinds { node: Some(node("x")), ..Kinds::default() })),
        |kinds| kinds.own.as_mut().unwrap().node.as_mut().unwrap().tags.push("t".to_owned()),
        &["own.node.tags"],
        &["own.node.tags"],
    );
    differ_from(
        |kinds| kinds.nodes = vec![node("x"), node("y")],
        |kinds| kinds.nodes[1].name = "z".to_owned(),
        &["nodes"],
        &["nodes"],
    );
}

#[test]
fn diff_names_the_new_oneof_member() {
    let words: Change = |kinds| kinds.choice = Some(kinds::Choice::Words("w".to_owned()));
    let held: Change = |kinds| kinds.choice = Some(kinds::Choice::Held(node("x")));
    differ(words, &["words"], &["words"]);
    differ(held, &["held"], &["held"]);
    differ_from(words, held, &["held"], &["words"]);
    differ_from(words, |kinds| kinds.choice = Some(kinds::Choice::Words(String::new())), &["words"], &["words"]);
    differ_from(held, |kinds| kinds.choice = Some(kinds::Choice::Held(node("y"))), &["held.name"], &["held.name"]);
    differ_from(
        words,
        |kinds| {
            kinds.choice = Some(kinds::Choice::Number(0.0));
            kinds.other = Some(kinds::Other::Yes(false));
        },
        &["number", "yes"],
        &["words", "yes"],
    );
}

#[test]
fn diff_names_maps_whole_or_by_keys() {
    let with = |entries: &[(&str, &str)]| Kinds {
        by_text: entries
            .iter()
            .map(|&(key, text)| (key.to_owned(), Kinds { text: text.to_owned(), ..Kinds::default() }))
            .collect(),
        ..Kinds::default()
    };
    let (from, to) = (with(&[("a", "x"), ("b.c", "y"), ("d", "z")]), with(&[("a", "x"), ("b.c", "n"), ("", "m")]));
    let keys = DiffOptions { maps: MapPaths::Keys, ..DiffOptions::default() };
    assert_eq!(Mask::<Kinds>::diff(&from, &to).paths(), ["by_text"]);
    assert_eq!(Mask::<Kinds>::diff_with(&from, &to, keys).paths(), ["by_text.``", "by_text.`b.c`", "by_text.d"]);
    assert!(Mask::<Kinds>::diff_with(&from, &from, keys).is_empty());
    let (from, to) = (Kinds::default(), Kinds { by_flag: [(true, String::new())].into(), ..Kinds::default() });
    assert_eq!(Mask::<Kinds>::diff_with(&from, &to, keys).paths(), ["by_flag.true"]);
}

#[test]
fn diff_can_skip_output_only_fields() {
    let address = |geohash: &str| Some(Address { geohash: geohash.to_owned(), ..Address::default() });
    let from = Account { uid: "1".to_owned(), address: address("a"), ..Account::default() };
    let to = Account {
        uid: "2".to_owned(),
        address: address("b"),
        status: address("c"),
        region: "eu".to_owned(),
        ..from.clone()
    };
    let options = DiffOptions { behaviors: Behaviors::Honor, ..DiffOptions::default() };
    assert_eq!(Mask::<Account>::diff(&from, &to).paths(), ["address.geohash", "region", "status", "uid"]);
    assert_eq!(Mask::<Account>::diff_with(&from, &to, options).paths(), ["region"]);
}

#[test]
fn diff_covers_proto2_required_fields_and_groups() {
    let from = Legacy { id: "1".to_owned(), ..Legacy::default() };
    let group = Some(Part { key: String::new(), value: Some(0) });
    let to = Legacy { head: Part { key: "k".to_owned(), value: None }, optionalgroup: group, ..Legacy::default() };
    assert_eq!(Mask::<Legacy>::diff(&from, &to).paths(), ["OptionalGroup", "head.key", "id"]);
}

#[test]
fn diff_covers_more_than_64_fields() {
    let from =
        Wide { kind: Some(wide::Kind::F69(node("x"))), f63: Some(node("x")), f64: Some(node("x")), ..Wide::default() };
    let mut to = Wide { f0: 1, f61: 1, f63: Some(node("y")), f64: Some(node("y")), f149: 1, ..Wide::default() };
    to.f128 = Some(Node::default());
    to.kind = Some(wide::Kind::F68(String::new()));
    let paths = Mask::<Wide>::diff(&from, &to).paths();
    assert_eq!(paths, ["f0", "f128", "f149", "f61", "f63.name", "f64.name", "f68"]);
    let mut message = from.clone();
    let changed = Mask::<Wide>::everything().apply(&mut message, &to).unwrap();
    assert_eq!((message, changed.paths()), (to, paths));
}
