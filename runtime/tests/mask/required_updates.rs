//! `REQUIRED` and `IMMUTABLE` fields after an update: whatever it writes has them.

use prost_types::FieldMask;
use transom::mask::{
    ApplyOptions, Lists, Mask, UpdateError, UpdateRequest as _, check_required_fields, prepare_create,
};
use transom::violation::Reason;

use crate::account::{Account, Profile};
use crate::catalog::{Part, Res, UpdateResRequest, res::Pick};
use crate::legacy::{Entry, Ledger};

fn part(label: &str, must: &str) -> Part {
    Part { label: label.to_owned(), must: must.to_owned(), ..Part::default() }
}

/// A resource with all its required fields.
fn complete() -> Res {
    Res {
        title: "t".to_owned(),
        main: Some(part("a", "m")),
        needed: vec![part("a", "m")],
        labels: [("k".to_owned(), "v".to_owned())].into(),
        code: "c".to_owned(),
        ..Res::default()
    }
}

/// Returns the violations of an update, by field and reason; `""` stands for no mask.
fn update(mask: &str, stored: &Res, given: Res) -> Result<Res, Vec<(String, Reason)>> {
    let update_mask = (!mask.is_empty()).then(|| FieldMask { paths: mask.split(',').map(str::to_owned).collect() });
    let mut resource = stored.clone();
    match (UpdateResRequest { res: Some(given), update_mask, allow_missing: false }).apply_to(&mut resource) {
        Ok(_) => Ok(resource),
        Err(UpdateError::Invalid(violations)) => {
            assert_eq!(&resource, stored, "a refused update changed something");
            let strip = |field: String| field.strip_prefix("res.").map_or(field.clone(), str::to_owned);
            Err(violations.into_iter().map(|one| (strip(one.field), one.reason)).collect())
        }
        Err(error) => panic!("{error}"),
    }
}

#[track_caller]
fn lacks(masks: &[&str], fields: &[&str], stored: &Res, given: &Res) {
    for mask in masks {
        let wanted = fields.iter().map(|&field| (field.to_owned(), Reason::RequiredField)).collect();
        assert_eq!(update(mask, stored, given.clone()), Err(wanted), "{mask}");
    }
}

#[track_caller]
fn accepts(masks: &[&str], stored: &Res, given: &Res) -> Res {
    let results: Vec<Res> = masks
        .iter()
        .map(|mask| update(mask, stored, given.clone()).unwrap_or_else(|e| panic!("{mask}: {e:?}")))
        .collect();
    results.into_iter().next().expect("there is a mask")
}

#[test]
fn update_rejects_new_message_without_required_field() {
    let stored = complete();
    let given = Res { part: Some(part("x", "")), ..Res::default() };
    lacks(&["part.label", "part.label,part.note", "part", ""], &["part.must"], &stored, &given);
    // What the mask leaves out of the request is not there.
    let full = Res { part: Some(part("x", "m")), ..Res::default() };
    lacks(&["part.label", "part.note"], &["part.must"], &stored, &full);
    assert_eq!(accepts(&["part.label,part.must", "part", ""], &stored, &full).part, full.part);
    // At any depth, in a box, in a oneof.
    let deep = Res { part: Some(Part { sub: Some(Box::new(part("x", ""))), ..part("", "m") }), ..Res::default() };
    lacks(&["part.sub.label,part.must", "part.must,part.sub", ""], &["part.sub.must"], &stored, &deep);
    lacks(&["part.sub.label"], &["part.must", "part.sub.must"], &stored, &deep);
    let there = Res { part: Some(part("a", "m")), ..complete() };
    lacks(&["part.sub.label", "part.sub", ""], &["part.sub.must"], &there, &deep);
    let boxed = Res { boxed: Some(Box::new(part("x", ""))), ..Res::default() };
    lacks(&["boxed.label", "boxed", ""], &["boxed.must"], &stored, &boxed);
    let three = Res { pick: Some(Pick::Three(part("x", ""))), ..Res::default() };
    let two = Res { pick: Some(Pick::Two("precious".to_owned())), ..complete() };
    lacks(&["three.label", "three", ""], &["three.must"], &stored, &three);
    lacks(&["three.label", "three", ""], &["three.must"], &two, &three);
    let nested = Res { res: Some(Box::new(Res { title: "x".to_owned(), ..Res::default() })), ..Res::default() };
    lacks(&["res.title", "res", ""], &["res.main", "res.needed", "res.labels", "res.code"], &stored, &nested);
}

#[test]
fn update_rejects_new_elements_and_values_without_required_field() {
    let stored = Res { list: vec![part("a", "m")], parts: [("k".to_owned(), part("a", "m"))].into(), ..complete() };
    let longer = Res { list: vec![part("x", "m"), part("y", "")], ..Res::default() };
    lacks(&["list.*.label", "list", ""], &["list[1].must"], &stored, &longer);
    let longer = Res { list: vec![part("x", "m"), part("y", "m")], ..Res::default() };
    lacks(&["list.*.label"], &["list[1].must"], &stored, &longer);
    accepts(&["list.*.label,list.*.must", "list", ""], &stored, &longer);
    let value = Res { parts: [("new".to_owned(), part("x", ""))].into(), ..Res::default() };
    let masks = ["parts.new.label", "parts.new", "parts.*.label", "parts", ""];
    lacks(&masks, &["parts[\"new\"].must"], &stored, &value);
    let value = Res { by_number: [(7, part("x", "m"))].into(), ..Res::default() };
    lacks(&["by_number.7.label", "by_number.*.label"], &["by_number[7].must"], &stored, &value);
    // Inside of new ones.
    let inner = Part { subs: vec![part("x", "")], ..part("a", "m") };
    let value = Res { parts: [("new".to_owned(), inner)].into(), ..Res::default() };
    lacks(
        &["parts.new.must,parts.new.subs.*.label", "parts.new", "parts.*.must,parts.*.subs.*.label"],
        &["parts[\"new\"].subs[0].must"],
        &stored,
        &value,
    );
}

#[test]
fn update_rejects_cleared_required_field() {
    let stored = complete();
    let none = Res::default();
    lacks(&["needed", "needed.*.label"], &["needed"], &stored, &none);
    lacks(&["labels", "labels.k"], &["labels"], &stored, &none);
    accepts(&["labels.other"], &stored, &none);
    // The message stays, and nothing in it.
    let account = Account { profile: Some(Profile { nick: "n".to_owned(), age: None }), ..Account::default() };
    for (path, given, is_right) in [
        ("profile.nick", None, false),
        ("profile.nick", Some(Profile::default()), false),
        ("profile.nick", Some(Profile { nick: "x".to_owned(), age: None }), true),
        ("profile.nick", Some(Profile { nick: String::new(), age: Some(7) }), false),
        ("profile.nick,profile.age", Some(Profile { nick: String::new(), age: Some(7) }), true),
        ("profile.age", None, true),
    ] {
        let mask = Mask::<Account>::parse(&FieldMask { paths: path.split(',').map(str::to_owned).collect() }).unwrap();
        let mut updated = account.clone();
        let result = mask.apply(&mut updated, &Account { profile: given, ..Account::default() });
        match result {
            Ok(_) => assert!(is_right, "{path}"),
            Err(violations) => {
                assert!(!is_right, "{path}: {violations}");
                assert_eq!((violations.as_slice().len(), violations.as_slice()[0].field.as_str()), (1, "profile"));
            }
        }
    }
    // What only the server sets does not count.
    let given = Res { main: Some(Part { state: 9, ..Part::default() }), ..complete() };
    lacks(&["main"], &["main", "main.must"], &stored, &given);
}

#[test]
fn update_with_merge_keeps_required_fields() {
    let stored = Res { part: Some(part("a", "m")), ..complete() };
    let given = Res { part: Some(part("x", "")), list: vec![part("y", "")], ..Res::default() };
    let apply = |text: &str, stored: &Res| {
        let mut resource = stored.clone();
        let mask = Mask::<Res>::parse(&FieldMask { paths: vec![text.to_owned()] }).unwrap();
        let options = ApplyOptions::protobuf_util();
        mask.apply_with(&mut resource, &given, options)
            .map(|_| resource)
            .map_err(|found| found.as_slice()[0].field.clone())
    };
    assert_eq!(apply("part", &stored).unwrap().part, Some(part("x", "m")));
    assert_eq!(apply("part", &complete()), Err("part.must".to_owned()));
    assert_eq!(apply("part.label", &complete()), Err("part.must".to_owned()));
    assert_eq!(apply("list", &stored), Err("list[0].must".to_owned()));
    // Elements that were there before are not written.
    let old = Res { list: vec![part("old", "")], ..complete() };
    assert_eq!(apply("list", &old), Err("list[1].must".to_owned()));
    assert_eq!(apply("title", &old), Ok(Res { title: String::new(), ..old }));
    // Values of maps are replaced, with the lists in them.
    let value = |must: &str| Part { subs: vec![part("s", must)], ..part("v", "m") };
    let stored = Res { parts: [("k".to_owned(), value("m"))].into(), ..complete() };
    let given = Res { parts: [("k".to_owned(), value(""))].into(), ..Res::default() };
    for lists in [Lists::Append, Lists::Replace] {
        for path in ["parts", "parts.k"] {
            let mask = Mask::<Res>::parse(&FieldMask { paths: vec![path.to_owned()] }).unwrap();
            let options = ApplyOptions { lists, ..ApplyOptions::protobuf_util() };
            let refused = mask.apply_with(&mut stored.clone(), &given, options).unwrap_err();
            assert_eq!(refused.as_slice()[0].field, "parts[\"k\"].subs[0].must", "{path} {lists:?}");
        }
    }
}

#[test]
fn update_accepts_empty_required_field_that_it_does_not_write() {
    let gaps = Res {
        part: Some(part("a", "")),
        list: vec![part("a", "")],
        parts: [("k".to_owned(), part("a", ""))].into(),
        main: None,
        needed: Vec::new(),
        ..complete()
    };
    let given = Res {
        title: "new".to_owned(),
        part: Some(part("x", "m")),
        list: vec![part("x", "")],
        parts: [("k".to_owned(), part("x", ""))].into(),
        ..Res::default()
    };
    let result = accepts(&["title,part.label,list.*.label,parts.k.label,parts.*.note"], &gaps, &given);
    assert_eq!((result.part, result.list), (Some(part("x", "")), vec![part("x", "")]));
    accepts(&["main.label", "needed.*.label", "part.sub.label"], &gaps, &Res::default());
}

#[test]
fn required_and_immutable_field_has_both_violations() {
    let given = Res { code: String::new(), ..complete() };
    let both = [Reason::ImmutableField, Reason::RequiredField].map(|reason| ("code".to_owned(), reason)).to_vec();
    assert_eq!(update("code", &complete(), given.clone()), Err(both.clone()));
    assert_eq!(update("*", &complete(), given), Err(both));
}

#[test]
fn immutable_message_is_compared_without_output_only_fields() {
    let with_state =
        |part: Part| Part { id: 1, state: 5, sub: Some(Box::new(Part { state: 6, ..part.clone() })), ..part };
    let as_sent = |part: Part| Part { id: 1, sub: Some(Box::new(part.clone())), ..part };
    let stored = Res {
        fixed: Some(with_state(part("a", "m"))),
        fixed_list: vec![with_state(part("a", "m"))],
        fixed_parts: [("k".to_owned(), with_state(part("a", "m")))].into(),
        ..complete()
    };
    let given = Res {
        fixed: Some(as_sent(part("a", "m"))),
        fixed_list: vec![as_sent(part("a", "m"))],
        fixed_parts: [("k".to_owned(), as_sent(part("a", "m")))].into(),
        ..complete()
    };
    let masks = ["*", "fixed", "fixed_list", "fixed_parts", "fixed_parts.k", "fixed.sub", "fixed_list.*.sub", ""];
    for mask in masks {
        assert_eq!(update(mask, &stored, given.clone()).as_ref(), Ok(&stored), "{mask}");
    }
    for (mask, field) in [("fixed", "fixed"), ("fixed_list", "fixed_list"), ("fixed_parts", "fixed_parts")] {
        let given = Res {
            fixed: Some(as_sent(part("b", "m"))),
            fixed_list: vec![as_sent(part("b", "m"))],
            fixed_parts: [("k".to_owned(), as_sent(part("b", "m")))].into(),
            ..complete()
        };
        assert_eq!(update(mask, &stored, given), Err(vec![(field.to_owned(), Reason::ImmutableField)]), "{mask}");
    }
}

#[test]
fn update_rejects_changed_immutable_field_of_paired_elements() {
    let numbered = |id| Part { id, ..part("a", "m") };
    let stored = Res {
        list: vec![numbered(1), numbered(2)],
        parts: [("k".to_owned(), numbered(1))].into(),
        part: Some(Part { subs: vec![numbered(1)], ..part("a", "m") }),
        ..complete()
    };
    let given = Res {
        list: vec![numbered(1), numbered(3), numbered(4)],
        parts: [("k".to_owned(), numbered(3))].into(),
        part: Some(Part { subs: vec![numbered(3)], ..part("a", "m") }),
        ..complete()
    };
    let refused = |field: &str| Err(vec![(field.to_owned(), Reason::ImmutableField)]);
    assert_eq!(update("list.*.id,list.*.must", &stored, given.clone()), refused("list[1].id"));
    assert_eq!(update("parts.*.id", &stored, given.clone()), refused("parts[\"k\"].id"));
    assert_eq!(update("part.subs.*.id", &stored, given.clone()), refused("part.subs[0].id"));
    // Elements that are gone or new have no counterpart, nor have those of a list that is replaced.
    let shorter = Res { list: vec![numbered(1)], ..given.clone() };
    assert_eq!(update("list.*.id", &stored, shorter).unwrap().list, [numbered(1)]);
    assert_eq!(update("list", &stored, given.clone()).unwrap().list, given.list);
}

#[test]
fn check_required_fields_finds_empty_fields_and_changes_nothing() {
    assert_eq!(check_required_fields::<Res>(&complete()), Ok(()));
    let gaps = Res {
        part: Some(part("a", "")),
        list: vec![part("a", "m"), part("b", "")],
        parts: [("k".to_owned(), part("a", ""))].into(),
        fixed: Some(part("a", "")),
        main: Some(Part { state: 9, ..Part::default() }),
        needed: Vec::new(),
        code: String::new(),
        ..complete()
    };
    let violations = check_required_fields::<Res>(&gaps).unwrap_err();
    let fields: Vec<&str> = violations.as_slice().iter().map(|one| one.field.as_str()).collect();
    let wanted =
        ["part.must", "list[1].must", "parts[\"k\"].must", "fixed.must", "main", "main.must", "needed", "code"];
    assert_eq!(fields, wanted);
    assert!(violations.as_slice().iter().all(|one| one.reason == Reason::RequiredField));
    assert_eq!(prepare_create::<Res>(&mut gaps.clone()), Err(violations));
    // proto2: a required message is always there.
    let entry = |text: &str| Entry { key: text.to_owned(), ..Entry::default() };
    let ledger = Ledger { title: "t".to_owned(), entry: entry("k"), ..Ledger::default() };
    assert_eq!(check_required_fields::<Ledger>(&ledger), Ok(()));
    assert!(check_required_fields::<Ledger>(&Ledger { entry: entry(""), ..ledger }).is_err());
}
