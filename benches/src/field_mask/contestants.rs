//! All contestants of this program; those of Go are in theirs.

use std::hint::black_box;
use std::mem::forget;

use prost_types::FieldMask;

use super::case::{Case, Lengths, mask};
use super::schema::BookMask;
use super::{annotated, by_hand, reflect};
use crate::measure::contestant::Contestant;

/// All of them, in the order of the report.
///
/// # Errors
///
/// A sentence, when the mask does not fit the message.
pub fn all() -> Result<Vec<Contestant>, String> {
    let mut all = Vec::new();
    for lengths in [Lengths::Same, Lengths::Different] {
        transom_updates(&mut all, lengths)?;
        transom_updates_with_rules(&mut all, lengths)?;
        by_hand_updates(&mut all, lengths);
        reflect_updates(&mut all, lengths)?;
    }
    transom_others(&mut all)?;
    by_hand_others(&mut all);
    Ok(all)
}

/// The fresh message that some contestants are given: to be counted, and taken off their counts. It is never freed, so it
/// must not be called often.
#[must_use]
pub fn copy() -> Contestant {
    Contestant::consume("copy", Case::new(Lengths::Same).sources, forget)
}

/// The mask, parsed.
fn parsed() -> Result<BookMask, String> {
    BookMask::parse(&mask()).map_err(|violations| violations.to_string())
}

fn transom_updates(all: &mut Vec<Contestant>, lengths: Lengths) -> Result<(), String> {
    let Case { stored, sources } = Case::new(lengths);
    let name = lengths.name();
    let of = |what| format!("transom/{what}/{name}");
    let (given, parsed) = (mask(), parsed()?);
    let mask = parsed.clone();
    all.push(Contestant::alternate(of("assign"), stored.clone(), sources.clone(), move |stored, source| {
        black_box(&mask).assign(stored, source);
    }));
    let mask = parsed.clone();
    all.push(Contestant::alternate(of("apply"), stored.clone(), sources.clone(), move |stored, source| {
        drop(black_box(black_box(&mask).apply(stored, source)));
    }));
    let (mask, mut target) = (parsed.clone(), stored.clone());
    all.push(Contestant::consume(of("assign-owned"), sources.clone(), move |source| {
        black_box(&mask).assign_owned(black_box(&mut target), source);
    }));
    let (mask, mut target) = (parsed, stored.clone());
    all.push(Contestant::consume(of("apply-owned"), sources.clone(), move |source| {
        drop(black_box(black_box(&mask).apply_owned(black_box(&mut target), source)));
    }));
    let paths = given.clone();
    all.push(Contestant::alternate(of("parse-assign"), stored.clone(), sources.clone(), move |stored, source| {
        let parsed = BookMask::parse(black_box(&paths)).map(|mask| mask.assign(stored, source));
        black_box(parsed.is_ok());
    }));
    all.push(Contestant::alternate(of("update"), stored, sources, move |stored, source| {
        let changed = BookMask::parse(black_box(&given)).and_then(|mask| mask.apply(stored, source));
        drop(black_box(changed));
    }));
    Ok(())
}

/// Updates that have rules to check.
fn transom_updates_with_rules(all: &mut Vec<Contestant>, lengths: Lengths) -> Result<(), String> {
    let case = Case::new(lengths);
    let with_rules = |book| annotated::book(book).map_err(|error| error.to_string());
    let stored = with_rules(&case.stored)?;
    let [first, second] = &case.sources;
    let sources = [with_rules(first)?, with_rules(second)?];
    let name = lengths.name();
    let of = |what| format!("transom/{what}/{name}");
    let given = mask();
    let parsed = annotated::BookMask::parse(&given).map_err(|violations| violations.to_string())?;
    let mask = parsed.clone();
    all.push(Contestant::alternate(of("apply-rules"), stored.clone(), sources.clone(), move |stored, source| {
        drop(black_box(black_box(&mask).apply(stored, source)));
    }));
    let mut target = stored.clone();
    all.push(Contestant::consume(of("apply-rules-owned"), sources.clone(), move |source| {
        drop(black_box(black_box(&parsed).apply_owned(black_box(&mut target), source)));
    }));
    all.push(Contestant::alternate(of("update-rules"), stored, sources, move |stored, source| {
        let changed = annotated::BookMask::parse(black_box(&given)).and_then(|mask| mask.apply(stored, source));
        drop(black_box(changed));
    }));
    Ok(())
}

fn transom_others(all: &mut Vec<Contestant>) -> Result<(), String> {
    let Case { stored, sources } = Case::new(Lengths::Same);
    let (given, parsed) = (mask(), parsed()?);
    all.push(Contestant::repeat("transom/parse", move || drop(black_box(BookMask::parse(black_box(&given))))));
    let (mask, book) = (parsed.clone(), stored.clone());
    all.push(Contestant::repeat("transom/copy", move || drop(black_box(black_box(&mask).copy(black_box(&book))))));
    all.push(Contestant::consume("transom/project", sources.clone(), move |mut book| {
        black_box(&parsed).project(&mut book);
        drop(black_box(book));
    }));
    let (left, right) = (stored.clone(), stored.clone());
    all.push(Contestant::repeat("transom/diff/equal", move || {
        drop(black_box(BookMask::diff(black_box(&left), black_box(&right))));
    }));
    let [other, _] = sources;
    all.push(Contestant::repeat("transom/diff/all-different", move || {
        drop(black_box(BookMask::diff(black_box(&stored), black_box(&other))));
    }));
    Ok(())
}

fn by_hand_updates(all: &mut Vec<Contestant>, lengths: Lengths) {
    let Case { mut stored, sources } = Case::new(lengths);
    let name = lengths.name();
    let of = |what| format!("by-hand/{what}/{name}");
    all.push(Contestant::alternate(of("apply"), stored.clone(), sources.clone(), by_hand::apply));
    all.push(Contestant::consume(of("apply-owned"), sources, move |source| {
        by_hand::apply_owned(black_box(&mut stored), source);
    }));
}

fn by_hand_others(all: &mut Vec<Contestant>) {
    let Case { stored, sources } = Case::new(Lengths::Same);
    let book = stored.clone();
    all.push(Contestant::repeat("by-hand/copy", move || drop(black_box(by_hand::copy(black_box(&book))))));
    all.push(Contestant::consume("by-hand/project", sources, |mut book| {
        by_hand::project(&mut book);
        drop(black_box(book));
    }));
    let other = stored.clone();
    all.push(Contestant::repeat("by-hand/equal", move || {
        black_box(black_box(&stored) == black_box(&other));
    }));
}

fn reflect_updates(all: &mut Vec<Contestant>, lengths: Lengths) -> Result<(), String> {
    let Case { stored, sources } = Case::new(lengths);
    let name = lengths.name();
    let of = |what| format!("prost-reflect/{what}/{name}");
    let FieldMask { paths } = mask();
    let descriptor = reflect::descriptor()?;
    let parsed = reflect::parse(&descriptor, &paths)?;
    let dynamic = reflect::dynamic(&descriptor, &stored);
    let dynamic_sources = sources.each_ref().map(|source| reflect::dynamic(&descriptor, source));
    let update = move |stored: &mut _, source: &_| reflect::apply(stored, source, black_box(&parsed));
    all.push(Contestant::alternate(of("apply"), dynamic.clone(), dynamic_sources.clone(), update));
    let (own, given) = (descriptor.clone(), paths.clone());
    all.push(Contestant::alternate(of("update"), dynamic, dynamic_sources, move |stored, source| {
        if let Ok(parsed) = reflect::parse(&own, black_box(&given)) {
            reflect::apply(stored, source, &parsed);
        }
    }));
    all.push(Contestant::alternate(of("transcode-update"), stored, sources, move |stored, source| {
        let updated = reflect::transcode_and_apply(&descriptor, stored, source, black_box(&paths));
        drop(black_box(updated));
    }));
    Ok(())
}
