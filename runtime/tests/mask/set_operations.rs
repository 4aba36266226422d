//! P3: what masks combine to, against the set of atoms that each selects. A whole message is more than all its fields:
//! that it is there, and what it may gain, is an atom of its own.

use proptest::prelude::*;
use transom::fields::Fields as _;
use transom::mask::Mask;

use crate::laws::parse;
use crate::model::{ITSELF, Segments, any_covers, atoms, segments};
use crate::node::Node;
use crate::random::{self, Choices};

/// Paths, and the atoms that they select, as a list of booleans.
struct Set {
    mask: Mask<Node>,
    paths: Vec<Segments>,
}

impl Set {
    fn new(paths: &[String]) -> Self {
        Self::of(parse(paths), paths)
    }

    fn of(mask: Mask<Node>, paths: &[String]) -> Self {
        Self { mask, paths: paths.iter().map(|path| segments(Node::schema(), path)).collect() }
    }

    fn has(&self, atom: &[String]) -> bool {
        any_covers(&self.paths, atom)
    }
}

/// Whether an atom is a value, and not that something is there.
fn is_leaf(atom: &[String]) -> bool {
    atom.last().is_some_and(|last| last != ITSELF)
}

/// Whether an atom is in a map.
fn is_in_map(atom: &[String]) -> bool {
    atom.iter().any(|segment| segment == "by_name" || segment == "counts")
}

fn check(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let left_paths = match choices.below(8) {
        0 => vec!["*".to_owned()],
        _ => random::paths(Node::schema(), &mut choices, 3),
    };
    let right_paths = match choices.below(8) {
        0 => vec!["*".to_owned()],
        _ => random::paths(Node::schema(), &mut choices, 3),
    };
    let (left, right) = (Set::new(&left_paths), Set::new(&right_paths));
    let all = atoms(Node::schema(), 4, &[left.paths.clone(), right.paths.clone()].concat());
    let both = format!("{left_paths:?} and {right_paths:?}");
    let combined = |mask: Mask<Node>| {
        let paths = mask.paths();
        assert_eq!(parse::<Node>(&paths), mask, "{both}");
        Set::of(mask, &paths)
    };
    let canonical = combined(left.mask.clone());
    let union = combined(left.mask.union(&right.mask));
    let intersection = combined(left.mask.intersect(&right.mask));
    let difference = combined(left.mask.subtract(&right.mask));
    let is_apart = !right.paths.iter().any(|path| is_in_map(path));
    for atom in &all {
        let (in_left, in_right) = (left.has(atom), right.has(atom));
        assert_eq!(canonical.has(atom), in_left, "canonical form of {left_paths:?}: {atom:?}");
        assert_eq!(union.has(atom), in_left || in_right, "union of {both}: {atom:?}");
        assert_eq!(intersection.has(atom), in_left && in_right, "intersection of {both}: {atom:?}");
        if is_leaf(atom) && (is_apart || !is_in_map(atom)) {
            assert_eq!(difference.has(atom), in_left && !in_right, "difference of {both}: {atom:?}");
        } else {
            // Of a map, a mask cannot say "all but this key"; of a message, not "all but this field that it has today".
            assert!(!difference.has(atom) || (in_left && !in_right), "difference of {both}: {atom:?}");
        }
    }
    let holds = all.iter().all(|atom| left.has(atom) || !right.has(atom));
    assert_eq!(left.mask.contains(&right.mask), holds, "{left_paths:?} contain {right_paths:?}");
    assert!(left.mask.contains(&intersection.mask) && right.mask.contains(&intersection.mask), "{both}");
    assert!(union.mask.contains(&left.mask) && union.mask.contains(&right.mask), "{both}");
    assert!(left.mask.contains(&difference.mask) && difference.mask.intersect(&right.mask).is_empty(), "{both}");
    assert_eq!(left.mask.union(&right.mask), right.mask.union(&left.mask), "{both}");
    assert_eq!(left.mask.intersect(&right.mask), right.mask.intersect(&left.mask), "{both}");
    assert_eq!(left.mask.union(&left.mask), left.mask);
    assert_eq!(left.mask.intersect(&left.mask), left.mask);
    assert!(left.mask.subtract(&left.mask).is_empty());
    assert_eq!(left.mask.is_empty(), left_paths.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn set_operations_agree_with_sets_of_atoms(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        check(&bytes);
    }
}
