//! Oneofs with a member of the server beside one that is set once.

use transom::mask::{ApplyOptions, Mask};

#[derive(Clone, PartialEq, Default, Debug)]
pub struct Org {
    pub unit: Option<Unit>,
}

#[derive(Clone, PartialEq, Default, Debug)]
pub struct Unit {
    pub label: String,
    pub choice: Option<unit::Choice>,
}

pub mod unit {
    #[derive(Clone, PartialEq, Debug)]
    pub enum Choice {
        Once(String),
        Server(String),
    }
}

transom::__private::fields! {
    impl Org = "org.v1.Org", reaches [OUTPUT_ONLY IMMUTABLE];
    0 UNIT = 1, "unit", "unit", [] message(Unit): optional(unit);
}

transom::__private::fields! {
    impl Unit = "org.v1.Unit", reaches [OUTPUT_ONLY IMMUTABLE];
    0 LABEL = 1, "label", "label", [] string: implicit(label);
    1 ONCE = 2, "once", "once", [IMMUTABLE] string: oneof(0, choice, unit::Choice::Once);
    2 SERVER = 3, "server", "server", [OUTPUT_ONLY] string: oneof(0, choice, unit::Choice::Server);
}

fn org(label: &str, choice: unit::Choice) -> Org {
    Org { unit: Some(Unit { label: label.into(), choice: Some(choice) }) }
}

#[test]
fn merge_accepts_an_output_only_member_beside_an_immutable_one() {
    let mut stored = org("", unit::Choice::Once("kept".into()));
    let given = org("new", unit::Choice::Server("of the client".into()));
    let mask = Mask::<Org>::parse(&prost_types::FieldMask { paths: vec!["unit".into()] }).unwrap();
    let changed = mask.apply_with(&mut stored, &given, ApplyOptions::protobuf_util()).unwrap();
    assert_eq!(changed.paths(), ["unit.label"]);
    assert_eq!(stored, org("new", unit::Choice::Once("kept".into())));
}
