//! An update under a parsed mask allocates nothing of its own, whatever kind of field the mask selects: what is moved is
//! moved, and what is copied goes where there is room.
#![allow(clippy::unwrap_used, reason = "tests may stop at the first surprise")]
#![allow(missing_docs, unreachable_pub, dead_code, reason = "the messages are those of the other tests")]
#![allow(clippy::module_inception, reason = "the messages are written as prost and the generator write them")]

#[path = "mask/kinds.rs"]
mod kinds;
#[path = "mask/node.rs"]
mod node;

use std::alloc::System;

use prost_types::{FieldMask, Timestamp};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use transom::mask::Mask;

use kinds::{Kinds, kinds::Choice};
use node::Node;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// A message with something in every field that is named below; `letter` makes all of it differ.
fn message(letter: char, number: i32) -> Kinds {
    let text = || String::from(letter);
    let node = || Node {
        name: text(),
        tags: vec![text(), text()],
        left: Some(Box::new(Node { name: text(), ..Node::default() })),
        ..Node::default()
    };
    Kinds {
        int32: number,
        text: text(),
        blob: vec![letter as u8],
        opt_double: Some(number.into()),
        opt_text: Some(text()),
        texts: vec![text(), text()],
        doubles: vec![number.into(); 3],
        nodes: vec![node(), node()],
        by_flag: [(true, text())].into(),
        by_int32: [(1, node()), (2, node())].into(),
        by_int64: [(1, number.into())].into(),
        wrapped_text: Some(text()),
        time: Some(Timestamp { seconds: number.into(), nanos: 0 }),
        node: Some(node()),
        own: Some(Box::new(Kinds { text: text(), ..Kinds::default() })),
        choice: Some(Choice::Held(node())),
        ..Kinds::default()
    }
}

/// Returns the number of allocations of `run`.
fn counted(run: impl FnOnce()) -> usize {
    let region = Region::new(ALLOCATOR);
    run();
    let change = region.change();
    change.allocations + change.reallocations
}

/// Runs without the test harness, whose threads allocate too: the counter counts for all threads.
fn main() {
    for (path, is_copied_in_place) in [
        ("int32", true),
        ("text", true),
        ("blob", true),
        ("opt_double", true),
        ("opt_text", true),
        ("wrapped_text", true),
        ("time", true),
        ("doubles", true),
        ("texts", true),
        ("node", true),
        ("node.name", true),
        ("node.left.name", true),
        ("own.text", true),
        ("own", true),
        ("held.tags", true),
        ("held", true),
        // New elements and keys have to be made where they are copied.
        ("nodes", false),
        ("by_flag", false),
        ("by_int32", false),
        ("by_int64", true),
    ] {
        let mask = Mask::<Kinds>::parse(&FieldMask { paths: vec![path.to_owned()] }).unwrap();
        let (mut stored, given) = (message('a', 1), message('b', 2));
        if is_copied_in_place {
            assert_eq!(counted(|| mask.assign(&mut stored, &given)), 0, "assign {path}");
            let (mut stored, given) = (message('a', 1), message('b', 2));
            let mut changed = None;
            assert_eq!(counted(|| changed = Some(mask.apply(&mut stored, &given))), 0, "apply {path}");
            assert!(!changed.unwrap().unwrap().is_empty(), "{path}");
        }
        let (mut stored, given) = (message('a', 1), message('b', 2));
        assert_eq!(counted(|| mask.assign_owned(&mut stored, given)), 0, "assign_owned {path}");
        let (mut stored, given) = (message('a', 1), message('b', 2));
        let mut changed = None;
        assert_eq!(counted(|| changed = Some(mask.apply_owned(&mut stored, given))), 0, "apply_owned {path}");
        assert!(!changed.unwrap().unwrap().is_empty(), "{path}");
        // What has not changed costs nothing either.
        let same = stored.clone();
        assert_eq!(counted(|| drop(mask.apply(&mut stored, &same))), 0, "apply {path} again");
        let mut projected = stored.clone();
        assert_eq!(counted(|| mask.project(&mut projected)), 0, "project {path}");
    }
    // A member of a oneof that takes another's place, and one that goes.
    let mask = Mask::<Kinds>::parse(&FieldMask { paths: vec!["held".to_owned(), "words".to_owned()] }).unwrap();
    let mut stored = Kinds { choice: Some(Choice::Words("w".to_owned())), ..Kinds::default() };
    let given = message('b', 2);
    assert_eq!(counted(|| drop(mask.apply_owned(&mut stored, given))), 0);
    assert_eq!(counted(|| drop(mask.apply_owned(&mut stored, Kinds::default()))), 0);
    assert_eq!(stored.choice, None);
}
