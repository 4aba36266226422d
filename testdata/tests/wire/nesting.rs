//! Groups, recursion, mixed syntaxes, extensions and large field numbers.

use prost::Message;
use transom_testdata::extensions::extensions::Extendable;
use transom_testdata::field_numbers::numbers::Numbers;
use transom_testdata::groups::groups::{Search, search};
use transom_testdata::mixed_syntax::mixed::{Edition, Open, Three, Two};
use transom_testdata::recursion::recursion::{Direct, Expression, expression};

use crate::golden::Golden;

#[test]
fn groups_are_delimited_by_tags() {
    use search::{Filter, Page, Query, Result, Site, query::Range};

    let mut golden = Golden::open("groups");
    golden.check(
        "groups.Search all",
        &Search {
            query: Some(Query { text: Some("q".into()), range: Some(Range { from: Some(1), to: Some(-1) }) }),
            result: vec![
                Result { url: "a".into(), snippets: vec!["x".into(), String::new()] },
                Result { url: String::new(), snippets: vec![] },
            ],
            page: Page { number: Some(1) },
            filter: Some(Filter::Site(Site { host: Some("h".into()) })),
        },
    );
    golden.check("groups.Search least", &Search { filter: Some(Filter::Language(String::new())), ..Search::default() });
    golden.finish();
    assert_eq!(Page::default().number(), 1);
}

#[test]
fn recursive_messages_nest() {
    use expression::{Binary, Kind};

    let of = |kind| Expression { kind: Some(kind) };
    let boxed = |kind| Some(Box::new(of(kind)));
    let minus = Binary { left: boxed(Kind::Number(0.0)), right: None, operator: "-".into() };
    let mut golden = Golden::open("recursion");
    golden.check(
        "recursion.Expression sum",
        &of(Kind::Binary(Box::new(Binary {
            left: boxed(Kind::Number(1.0)),
            right: boxed(Kind::Negate(Box::new(of(Kind::Binary(Box::new(minus)))))),
            operator: "+".into(),
        }))),
    );
    let inner = Direct { next: Some(Box::default()), maybe: None };
    let middle = Direct { next: None, maybe: Some(Box::new(inner)) };
    golden.check("recursion.Direct chain", &Direct { next: Some(Box::new(middle)), maybe: None });
    golden.finish();
}

#[test]
fn each_file_keeps_the_rules_of_its_syntax() {
    let mut golden = Golden::open("mixed_syntax");
    golden.check(
        "mixed.Two all",
        &Two {
            three: Three {
                edition: Some(Edition { implicit: 0, explicit: Some(0), packed: vec![1, 2] }),
                packed: vec![3, 4],
                implicit: 0,
                explicit: Some(0),
            },
            edition: Some(Edition { implicit: 5, ..Edition::default() }),
            open: Some(Open::Unspecified.into()),
            unpacked: vec![6, 7],
            explicit: Some(9),
        },
    );
    golden.finish();
    assert_eq!(Two::default().explicit(), 9);
}

#[test]
fn extensions_are_skipped() {
    let mut golden = Golden::open("extensions");
    let bytes = golden.take("extensions.Extendable extended");
    golden.finish();
    let decoded = Extendable::decode(bytes.as_slice()).unwrap();
    assert_eq!(decoded, Extendable { name: Some("n".into()) });
    assert!(decoded.encoded_len() < bytes.len());
}

#[test]
fn the_last_field_number_is_kept() {
    let mut golden = Golden::open("field_numbers");
    golden.check(
        "numbers.Numbers all",
        &Numbers {
            last: "a".into(),
            one: "b".into(),
            fifteen: "c".into(),
            sixteen: "d".into(),
            two_bytes: "e".into(),
            three_bytes: "f".into(),
            before_reserved: "g".into(),
            after_reserved: "h".into(),
        },
    );
    golden.finish();
}
