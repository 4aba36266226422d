//! Features of editions 2023 and 2024: presence, packing, delimited messages, closed enums.

use std::collections::HashMap;

use transom_testdata::edition_2023::editions::implicit::Inherits;
use transom_testdata::edition_2023::editions::v2023::{Closed, Encoding, Inner, Level, Presence, encoding, presence};
use transom_testdata::edition_2024::editions::v2024::{Hidden, Inside, Mode, UsesInside, Visible, visible};

use crate::golden::Golden;

fn inner(value: i32) -> Inner {
    Inner { value: Some(value) }
}

#[test]
fn edition_2023_is_lowered_field_by_field() {
    let mut golden = Golden::open("edition_2023");
    golden.check(
        "editions.v2023.Presence zeroes",
        &Presence {
            explicit: Some(String::new()),
            with_default: Some(0),
            level: Some(Level::Unspecified.into()),
            level_with_default: Some(Level::Unspecified.into()),
            inner: Some(inner(0)),
            ..Presence::default()
        },
    );
    golden.check(
        "editions.v2023.Presence values",
        &Presence {
            explicit: Some("e".into()),
            implicit: "i".into(),
            required: "r".into(),
            with_default: Some(42),
            level: Some(9),
            level_with_default: None,
            inner: None,
            choice: Some(presence::Choice::Message(Inner { value: None })),
        },
    );
    golden.check(
        "editions.v2023.Encoding all",
        &Encoding {
            prefixed: Some(inner(1)),
            delimited: Some(inner(2)),
            delimited_list: vec![inner(3), Inner::default()],
            packed: vec![1, 2],
            expanded: vec![3, 4],
            map: HashMap::from([("k".into(), inner(5))]),
            closed: Some(Closed::Second.into()),
            closed_list: vec![Closed::First.into(), Closed::Second.into()],
            unverified: Some("u".into()),
            group: Some(encoding::Group { inner: Some(inner(6)) }),
        },
    );
    golden.check(
        "editions.implicit.Inherits all",
        &Inherits {
            implicit: 0,
            explicit: Some(0),
            expanded: vec![1, 2],
            packed: vec![3, 4],
            delimited: Some(Box::new(Inherits { explicit: Some(5), ..Inherits::default() })),
            prefixed: Some(Box::new(Inherits { implicit: 6, ..Inherits::default() })),
            map: HashMap::from([("k".into(), Inherits { explicit: Some(7), ..Inherits::default() })]),
            level: Level::High.into(),
        },
    );
    golden.finish();
    assert_eq!(Presence::default().with_default(), 42);
    assert_eq!(Presence::default().level_with_default(), Level::High);
    assert_eq!(Encoding::default().closed(), Closed::First);
}

#[test]
fn edition_2024_is_lowered_field_by_field() {
    let mut golden = Golden::open("edition_2024");
    golden.check(
        "editions.v2024.Visible all",
        &Visible {
            explicit: Some(String::new()),
            implicit: String::new(),
            with_default: Some(0),
            packed: vec![1, -1],
            hidden: Some(Hidden { secret: Some(String::new()) }),
            nested: Some(visible::Nested { flag: Some(true) }),
            mode: Some(Mode::Unspecified.into()),
        },
    );
    let one = Inside::One.into();
    golden.check("editions.v2024.UsesInside all", &UsesInside { inside: Some(one), insides: vec![one, one] });
    golden.finish();
    assert_eq!(Visible::default().with_default(), -7);
}
