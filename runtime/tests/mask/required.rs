//! proto2 `required` fields with behaviors (AIP-203): they are always there, so what is cleared elsewhere is set to its
//! default here.

use prost_types::FieldMask;
use transom::mask::{Mask, prepare_create, prepare_response};
use transom::violation::Reason;

use crate::legacy::{Entry, Ledger};

fn entry(text: &str) -> Entry {
    Entry { key: text.to_owned(), hash: text.to_owned(), code: text.to_owned(), note: Some(text.to_owned()) }
}

fn ledger(text: &str) -> Ledger {
    Ledger {
        name: text.to_owned(),
        region: text.to_owned(),
        title: text.to_owned(),
        serial: text.to_owned(),
        pin: text.to_owned(),
        origin: entry(text),
        audit: entry(text),
        seal: Box::new(entry(text)),
        entry: entry(text),
        older: None,
    }
}

/// The paths that changed and the ledger after it, or what is wrong.
type Applied = Result<(Vec<String>, Ledger), Vec<(String, Reason)>>;

fn apply(paths: &[&str], given: &Ledger) -> Applied {
    let mask = FieldMask { paths: paths.iter().map(|&path| path.to_owned()).collect() };
    let mut stored = ledger("a");
    match Mask::<Ledger>::parse(&mask).unwrap().apply(&mut stored, given) {
        Ok(changed) => Ok((changed.paths(), stored)),
        Err(violations) => Err(violations.into_iter().map(|one| (one.field, one.reason)).collect()),
    }
}

#[test]
fn prepare_response_clears_input_only_at_any_depth() {
    let mut given = Ledger { older: Some(Box::new(ledger("b"))), ..ledger("a") };
    prepare_response::<Ledger>(&mut given);
    let bare = |text: &str| Entry { code: String::new(), ..entry(text) };
    let wanted = |text: &str| Ledger {
        pin: String::new(),
        seal: Box::default(),
        origin: bare(text),
        audit: bare(text),
        entry: bare(text),
        ..ledger(text)
    };
    assert_eq!(given, Ledger { older: Some(Box::new(wanted("b"))), ..wanted("a") });
}

#[test]
fn prepare_create_clears_output_only_at_any_depth() {
    let mut given = ledger("a");
    prepare_create::<Ledger>(&mut given).unwrap();
    let bare = || Entry { hash: String::new(), ..entry("a") };
    let wanted = Ledger {
        name: String::new(),
        serial: String::new(),
        audit: Entry::default(),
        seal: Box::new(bare()),
        origin: bare(),
        entry: bare(),
        ..ledger("a")
    };
    assert_eq!(given, wanted);
    let refused = prepare_create::<Ledger>(&mut Ledger::default()).unwrap_err();
    let fields: Vec<&str> = refused.as_slice().iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["title", "entry"]);
}

#[test]
fn update_rejects_immutable_field_once() {
    let origin = Entry { note: Some("n".to_owned()), key: "k".to_owned(), ..entry("a") };
    let given = Ledger { origin, region: "b".to_owned(), ..ledger("a") };
    let wrong = |fields: &[&str]| Err(fields.iter().map(|&field| (field.to_owned(), Reason::ImmutableField)).collect());
    assert_eq!(apply(&["*"], &given), wrong(&["region", "origin"]));
    assert_eq!(apply(&["origin"], &given), wrong(&["origin"]));
    assert_eq!(apply(&["origin.note"], &given), wrong(&["origin.note"]));
    assert_eq!(apply(&["entry.key"], &ledger("b")), wrong(&["entry.key"]));
}

#[test]
fn update_keeps_output_only_and_replaces_the_rest() {
    let entry = Entry { key: "a".to_owned(), ..entry("b") };
    let given =
        Ledger { region: "a".to_owned(), origin: self::entry("a"), seal: Box::new(entry.clone()), ..ledger("b") };
    let given = Ledger { entry: entry.clone(), ..given };
    let (changed, stored) = apply(&["*"], &given).unwrap();
    assert_eq!(changed, ["entry.code", "entry.note", "pin", "seal.code", "seal.note", "title"]);
    let kept = Entry { hash: "a".to_owned(), ..entry };
    let wanted =
        Ledger { title: "b".to_owned(), pin: "b".to_owned(), seal: Box::new(kept.clone()), entry: kept, ..ledger("a") };
    assert_eq!(stored, wanted);
    assert_eq!(apply(&["serial", "audit", "audit.note"], &given), Ok((Vec::new(), ledger("a"))));
    let empty = Ledger { entry: Entry::default(), ..ledger("a") };
    assert_eq!(apply(&["title"], &Ledger::default()), Err(vec![("title".to_owned(), Reason::RequiredField)]));
    assert_eq!(apply(&["entry"], &empty).unwrap_err().last(), Some(&("entry.key".to_owned(), Reason::ImmutableField)));
}
