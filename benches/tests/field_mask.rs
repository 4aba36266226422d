//! Everyone who takes part in the benchmark of field masks does the same: nothing is measured here.

use std::path::Path;

use transom_benches::field_mask::case::{Case, Lengths, PATHS, mask};
use transom_benches::field_mask::go::PROGRAM;
use transom_benches::field_mask::schema::{Author, Book, BookMask};
use transom_benches::field_mask::{annotated, by_hand, reflect};
use transom_benches::measure::go::Peers;

/// A way to update a message.
type Update = fn(&mut Book, &Book) -> Result<(), String>;

const CONTESTANTS: [(&str, Update); 7] = [
    ("assign", |stored, source| {
        parsed()?.assign(stored, source);
        Ok(())
    }),
    ("assign_owned", |stored, source| {
        parsed()?.assign_owned(stored, source.clone());
        Ok(())
    }),
    ("apply", |stored, source| parsed()?.apply(stored, source).map(drop).map_err(|error| error.to_string())),
    ("apply_owned", |stored, source| {
        parsed()?.apply_owned(stored, source.clone()).map(drop).map_err(|error| error.to_string())
    }),
    ("by hand, by value", |stored, source| {
        by_hand::apply_owned(stored, source.clone());
        Ok(())
    }),
    ("prost-reflect, dynamic", |stored, source| {
        let descriptor = reflect::descriptor()?;
        let parsed = reflect::parse(&descriptor, &mask().paths)?;
        let mut dynamic = reflect::dynamic(&descriptor, stored);
        reflect::apply(&mut dynamic, &reflect::dynamic(&descriptor, source), &parsed);
        *stored = dynamic.transcode_to().map_err(|error| error.to_string())?;
        Ok(())
    }),
    ("prost-reflect, structs", |stored, source| {
        reflect::transcode_and_apply(&reflect::descriptor()?, stored, source, &mask().paths)
    }),
];

fn parsed() -> Result<BookMask, String> {
    BookMask::parse(&mask()).map_err(|violations| violations.to_string())
}

#[test]
fn all_contestants_update_alike() {
    for lengths in [Lengths::Same, Lengths::Different] {
        let Case { stored, sources: [first, second] } = Case::new(lengths);
        // What is measured, and the corners that must not make a difference either: parents that are missing.
        let orphan = Book { author: None, ..first.clone() };
        let homeless = Book { author: Some(Author { address: None, ..Author::default() }), ..second.clone() };
        let all = [stored, first, second, orphan, homeless];
        for stored in &all {
            for source in &all {
                let mut expected = stored.clone();
                by_hand::apply(&mut expected, source);
                for (name, update) in CONTESTANTS {
                    let mut updated = stored.clone();
                    update(&mut updated, source).unwrap();
                    assert_eq!(updated, expected, "{name}");
                }
            }
        }
    }
}

#[test]
fn every_update_changes_every_path_of_the_mask() {
    for lengths in [Lengths::Same, Lengths::Different] {
        let Case { mut stored, sources } = Case::new(lengths);
        for source in sources {
            let before = leaves(&stored);
            by_hand::apply(&mut stored, &source);
            for ((path, before), after) in PATHS.iter().zip(before).zip(leaves(&stored)) {
                assert_ne!(before, after, "{path}");
            }
        }
    }
}

#[test]
fn strings_of_the_case_with_the_same_lengths_have_them() {
    let Case { sources: [first, second], .. } = Case::new(Lengths::Same);
    assert_eq!(first.title.len(), second.title.len());
    assert_eq!(first.description.len(), second.description.len());
    let Case { sources: [first, second], .. } = Case::new(Lengths::Different);
    assert_ne!(first.title.len(), second.title.len());
}

#[test]
fn all_projections_keep_the_same() {
    let book = Case::new(Lengths::Same).stored;
    let expected = by_hand::copy(&book);
    assert_eq!(leaves(&expected), leaves(&book));
    assert_eq!(expected.name, "");
    assert_eq!(parsed().unwrap().copy(&book), expected);
    let mut projected = book.clone();
    parsed().unwrap().project(&mut projected);
    assert_eq!(projected, expected);
    projected = book;
    by_hand::project(&mut projected);
    assert_eq!(projected, expected);
}

#[test]
fn differences_are_the_paths_that_were_updated() {
    let Case { stored, sources: [source, _] } = Case::new(Lengths::Same);
    let mut updated = stored.clone();
    by_hand::apply(&mut updated, &source);
    let mut paths = PATHS.map(str::to_owned).to_vec();
    paths.sort_unstable();
    assert_eq!(BookMask::diff(&stored, &updated).paths(), paths);
    assert!(BookMask::diff(&stored, &stored.clone()).is_empty());
}

/// The Go program compares its results with those of assignment by hand before it says that it is ready.
#[test]
#[ignore = "needs `go`: run it with `-- --ignored`, as CI does"]
fn go_peers_update_alike() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("field-mask-peers");
    assert!(Peers::start(&PROGRAM, &folder).unwrap().is_some(), "`go` is not on PATH");
}

#[test]
fn updates_with_rules_are_the_same_and_check_them() {
    let mask = annotated::BookMask::parse(&mask()).unwrap();
    for lengths in [Lengths::Same, Lengths::Different] {
        let Case { mut stored, sources } = Case::new(lengths);
        for source in sources {
            let mut with_rules = annotated::book(&stored).unwrap();
            by_hand::apply(&mut stored, &source);
            let given = annotated::book(&source).unwrap();
            assert_eq!(mask.apply(&mut with_rules, &given).as_ref(), Ok(&mask));
            assert_eq!(with_rules, annotated::book(&stored).unwrap());
            let emptied = annotated::Book { title: String::new(), tags: Vec::new(), author: None, ..given };
            let violations = mask.apply(&mut with_rules, &emptied).unwrap_err();
            assert!(violations.as_slice().len() >= 4, "{violations}");
        }
    }
}

/// Returns the values at the paths of the mask.
fn leaves(book: &Book) -> [String; 8] {
    let author = book.author.clone().unwrap_or_default();
    [
        book.title.clone(),
        format!("{:?}", book.rating),
        author.given_name,
        author.address.unwrap_or_default().city,
        book.tags.join(","),
        book.pages.to_string(),
        book.price.to_string(),
        book.description.clone(),
    ]
}
