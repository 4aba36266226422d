//! proto2 and editions: groups go by the names of their messages, and what is required stays.

use prost_types::FieldMask;
use transom::mask::Mask;
use transom::violation::Reason;
use transom_testdata::field_masks::library::v1::delimited::Choice as DelimitedChoice;
use transom_testdata::field_masks::library::v1::legacy::{
    Choice, GroupInOneof, OptionalGroup, RepeatedGroup, RequiredGroup, optional_group::InnerGroup,
};
use transom_testdata::field_masks::library::v1::{Age, Delimited, Legacy};

fn parse<F: transom::fields::Fields>(paths: &[&str]) -> Result<Mask<F>, transom::violation::Violations> {
    Mask::parse(&FieldMask { paths: paths.iter().copied().map(str::to_owned).collect() })
}

fn legacy() -> Legacy {
    Legacy {
        name: "old".into(),
        age: Age::Old.into(),
        optionalgroup: Some(Box::new(OptionalGroup { text: Some("text".into()), innergroup: None })),
        repeatedgroup: vec![RepeatedGroup { url: "a".into() }, RepeatedGroup { url: "b".into() }],
        requiredgroup: RequiredGroup { number: Some(1) },
        choice: Some(Choice::Groupinoneof(Box::new(GroupInOneof { host: Some("host".into()), back: None }))),
        ..Default::default()
    }
}

#[test]
fn groups_go_by_the_names_of_their_messages() {
    let again = Legacy { name: "again".into(), ..Default::default() };
    let given = Legacy {
        optionalgroup: Some(Box::new(OptionalGroup {
            text: None,
            innergroup: Some(Box::new(InnerGroup { again: Some(again.clone()) })),
        })),
        repeatedgroup: vec![RepeatedGroup { url: "c".into() }],
        requiredgroup: RequiredGroup { number: Some(2) },
        choice: Some(Choice::Groupinoneof(Box::new(GroupInOneof { host: None, back: Some(again.clone()) }))),
        ..Default::default()
    };
    let paths =
        ["GroupInOneof.back", "OptionalGroup.InnerGroup.again.name", "RepeatedGroup.*.url", "RequiredGroup.number"];
    let mask = parse::<Legacy>(&paths).unwrap();
    assert_eq!(mask.paths(), paths);
    let mut stored = legacy();
    mask.apply(&mut stored, &given).unwrap();
    let updated = Legacy {
        optionalgroup: Some(Box::new(OptionalGroup {
            text: Some("text".into()),
            innergroup: Some(Box::new(InnerGroup { again: Some(again.clone()) })),
        })),
        repeatedgroup: given.repeatedgroup.clone(),
        requiredgroup: given.requiredgroup,
        choice: Some(Choice::Groupinoneof(Box::new(GroupInOneof { host: Some("host".into()), back: Some(again) }))),
        ..legacy()
    };
    assert_eq!(stored, updated);
}

#[test]
fn groups_do_not_go_by_the_names_of_their_fields() {
    let violations = parse::<Legacy>(&["optionalgroup", "OptionalGroup.innergroup", "optional_group"]).unwrap_err();
    assert_eq!(violations.as_slice().len(), 3);
    assert!(violations.into_iter().all(|violation| violation.reason == Reason::UnknownField));
}

#[test]
fn what_is_required_stays_in_a_projection() {
    let mut stored = legacy();
    parse::<Legacy>(&["RepeatedGroup"]).unwrap().project(&mut stored);
    let left = Legacy { optionalgroup: None, choice: None, ..legacy() };
    assert_eq!((stored.name, stored.age, stored.repeatedgroup), (left.name, left.age, left.repeatedgroup));
    assert_eq!((stored.optionalgroup, stored.choice), (None, None));
}

#[test]
fn delimited_fields_keep_their_own_names() {
    let given = Delimited {
        delimited: Some(Box::new(Delimited { explicit: Some(String::new()), ..Default::default() })),
        many: vec![Delimited { implicit: "i".into(), ..Default::default() }],
        by_number: [(-7, Delimited { required: "r".into(), ..Default::default() })].into(),
        choice: Some(DelimitedChoice::One(Box::new(Delimited { required: "r".into(), ..Default::default() }))),
        ..Default::default()
    };
    let paths = ["by_number.-7.required", "delimited.explicit", "many.*.implicit", "one.required"];
    let mask = parse::<Delimited>(&paths).unwrap();
    assert_eq!(mask.paths(), paths);
    let mut stored = Delimited { implicit: "stays".into(), ..Default::default() };
    mask.apply(&mut stored, &given).unwrap();
    assert_eq!(stored, Delimited { implicit: "stays".into(), ..given });
    assert_eq!(parse::<Delimited>(&["Delimited"]).unwrap_err().as_slice()[0].reason, Reason::UnknownField);
}
