//! Updates that go through several kinds of fields at once: oneofs, circles, keys of every type, many fields.

use prost_types::Struct;
use prost_types::value::Kind;
use transom::mask::{Mask, UpdateRequest as _};
use transom::violation::Reason;
use transom_testdata::field_masks::library::v1::choices::{Choice, ShapeOneOf};
use transom_testdata::field_masks::library::v1::{
    Book, Choices, Circles, Maps, Names, UpdateBookRequest, WellKnown, Wide, choices, circles, names,
};

use crate::given::{mask, refused};

fn update(stored: &mut Book, given: Book, paths: &[&str]) -> Vec<String> {
    UpdateBookRequest { book: Some(given), update_mask: mask(paths) }.apply_to(stored).unwrap().paths()
}

#[test]
fn a_member_replaces_another_and_is_cleared_only_if_it_is_set() {
    let of = |choice, shape| Book {
        choices: Some(Box::new(Choices { choice, shape, ..Default::default() })),
        ..Default::default()
    };
    let mut stored = of(Some(Choice::Text("t".into())), Some(ShapeOneOf::Round(true)));
    let given = of(Some(Choice::Wrapped(0)), Some(ShapeOneOf::Given(choices::Shape { name: "n".into() })));
    let changed = update(&mut stored, given.clone(), &["choices.wrapped", "choices.given.name", "choices.time"]);
    assert!(changed.contains(&"choices.wrapped".to_owned()), "{changed:?}");
    assert_eq!(stored, given);
    assert!(update(&mut stored, Book::default(), &["choices.text", "choices.round"]).is_empty());
    assert_eq!(stored, given);
    assert_eq!(update(&mut stored, Book::default(), &["choices.wrapped"]), ["choices.wrapped"]);
    assert_eq!(stored.choices.unwrap().choice, None);
}

#[test]
fn a_oneof_has_no_path() {
    let request = UpdateBookRequest { book: Some(Book::default()), update_mask: mask(&["choices.choice"]) };
    let wrong = refused(request.apply_to(&mut Book::default()));
    assert_eq!(wrong, [("update_mask.paths[0]".into(), Reason::UnknownField)]);
}

#[test]
fn messages_that_hold_themselves_are_reached_at_any_depth() {
    let secret = |text: &str| Circles {
        r#loop: Some(Box::new(circles::Loop { back: None, secret: text.into() })),
        ..Default::default()
    };
    let of = |text: &str| Book {
        circles: Some(Circles {
            self_: Some(Box::new(Circles { optional_self: Some(Box::new(secret(text))), ..Default::default() })),
            list: vec![secret(text), secret(text)],
            map: [("key.with.dots".into(), secret(text))].into(),
            ..Default::default()
        }),
        ..Default::default()
    };
    let paths = [
        "circles.list.*.loop.secret",
        "circles.map.`key.with.dots`.loop.secret",
        "circles.self.optional_self.loop.secret",
    ];
    let mut stored = of("old");
    let changed = update(&mut stored, of("new"), &paths);
    assert_eq!(changed, ["circles.list", "circles.map", "circles.self.optional_self.loop.secret"]);
    assert_eq!(stored, of("new"));
}

#[test]
fn keys_of_every_type_are_reached() {
    let mut given = Maps::default();
    given.by_int32.insert(-1, "a".into());
    given.by_int64.insert(i64::MIN, "b".into());
    given.by_uint32.insert(u32::MAX, "c".into());
    given.by_uint64.insert(u64::MAX, "d".into());
    given.by_sint32.insert(i32::MIN, "e".into());
    given.by_sint64.insert(-2, "f".into());
    given.by_fixed32.insert(3, "g".into());
    given.by_fixed64.insert(0, "h".into());
    given.by_sfixed32.insert(-4, "i".into());
    given.by_sfixed64.insert(i64::MAX, "j".into());
    given.by_bool.insert(true, "k".into());
    given.by_string.insert("*".into(), "l".into());
    given.to_empty.insert("x y".into(), ());
    let other = given.clone();
    given.by_int32.insert(5, "not".into());
    given.by_bool.insert(false, "not".into());
    given.by_string.insert("other".into(), "not".into());
    let paths = [
        "maps.by_int32.-1",
        "maps.by_int64.-9223372036854775808",
        "maps.by_uint32.4294967295",
        "maps.by_uint64.18446744073709551615",
        "maps.by_sint32.-2147483648",
        "maps.by_sint64.-2",
        "maps.by_fixed32.3",
        "maps.by_fixed64.0",
        "maps.by_sfixed32.-4",
        "maps.by_sfixed64.9223372036854775807",
        "maps.by_bool.true",
        "maps.by_string.`*`",
        "maps.to_empty.`x y`",
    ];
    let mut stored = Book::default();
    update(&mut stored, Book { maps: Some(given), ..Default::default() }, &paths);
    assert_eq!(stored.maps, Some(other));
    // Without them in the request, the keys are removed.
    update(&mut stored, Book::default(), &paths);
    assert_eq!(stored.maps, Some(Maps::default()));
}

#[test]
fn a_struct_is_reached_by_its_keys() {
    let of = |env: &str| {
        let value = |text: &str| prost_types::Value { kind: Some(Kind::StringValue(text.into())) };
        let fields = [("env".into(), value(env)), ("zone".into(), value("north"))].into();
        Book {
            well_known: Some(WellKnown { one_struct: Some(Struct { fields }), ..Default::default() }),
            ..Default::default()
        }
    };
    let mut stored = of("test");
    let given = Book {
        well_known: Some(WellKnown {
            one_struct: Some(Struct {
                fields: [("env".into(), prost_types::Value { kind: Some(Kind::StringValue("live".into())) })].into(),
            }),
            ..Default::default()
        }),
        ..Default::default()
    };
    assert_eq!(update(&mut stored, given, &["well_known.one_struct.fields.env"]).len(), 1);
    assert_eq!(stored, of("live"));
}

#[test]
fn names_that_rust_has_taken_go_by_those_of_the_proto() {
    let of = |text: &str| Names {
        r#type: text.into(),
        self_: text.into(),
        crate_: text.into(),
        r#match: Some(1),
        _1: text.into(),
        http_url2: text.into(),
        double_underscore: text.into(),
        trailing: text.into(),
        the_self: Some(names::Self_ { some: text.into() }),
        awaited: Some(names::r#async::Await { r: text.into() }),
        r#loop: Some(names::Loop::Super(text.into())),
        index: text.into(),
        ..Default::default()
    };
    let paths = [
        "names.HTTPUrl2",
        "names._1",
        "names.awaited.r",
        "names.crate",
        "names.double__underscore",
        "names.index",
        "names.self",
        "names.super",
        "names.the_self.some",
        "names.trailing_",
        "names.type",
    ];
    let mut stored = Book { names: Some(of("old")), ..Default::default() };
    assert_eq!(update(&mut stored, Book { names: Some(of("new")), ..Default::default() }, &paths), paths);
    assert_eq!(stored.names, Some(of("new")));
}

#[test]
fn fields_beyond_the_sixty_fourth_are_like_the_others() {
    let of = |number: i32| {
        let maybe = Some(number == 1);
        let text = || number.to_string();
        Wide {
            field_1: number,
            field_62: maybe,
            field_63: vec![f64::from(number)],
            field_64: text(),
            field_65: number,
            field_66: maybe,
            field_67: vec![f64::from(number)],
            field_68: text(),
            field_70: maybe,
            ..Default::default()
        }
    };
    let mut stored = Book { wide: Some(of(1)), ..Default::default() };
    let given = Book { wide: Some(of(2)), ..Default::default() };
    let paths = ["wide.field_1", "wide.field_64", "wide.field_65", "wide.field_67", "wide.field_70"];
    assert_eq!(update(&mut stored, given, &paths), paths);
    let Wide { field_62, field_63, field_66, field_68, .. } = of(1);
    assert_eq!(stored.wide, Some(Wide { field_62, field_63, field_66, field_68, ..of(2) }));

    let all = Mask::<Wide>::from_numbers(1..=70).unwrap();
    assert!(all.is_full());
    let most = Mask::<Wide>::from_numbers(1..=69).unwrap();
    assert!(!most.is_full());
    assert_eq!(all.subtract(&most), Mask::from_paths([Wide::FIELD_70.any()]));
    assert_eq!(most.union(&Mask::from_paths([Wide::FIELD_70.any()])), all);
    assert_eq!(Mask::<Wide>::from_numbers([70, 71]).unwrap_err().as_slice()[0].field, "71");
}
