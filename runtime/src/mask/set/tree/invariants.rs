//! Tests that the invariants of [`Tree`] hold, whichever operation made the tree.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use prost_types::value::Kind as Json;
use prost_types::{ListValue, Value};

use super::{BITS, Label, NodeId, ROOT, Tree};
use crate::fields::{Behavior, FieldSchema, Fields as _, KeyKind, Kind, Schema, Shape, StructValue};
use crate::mask::options::ParseOptions;
use crate::mask::set::{intersect, subtract, union};
use crate::mask::text::{canonical_paths, parse, parse_valid};
use crate::mask::{Mask, Recorder};
use crate::violation::{Collector, Subject};

impl Tree {
    /// Panics at the first invariant that does not hold.
    fn check(&self) {
        assert!(matches!(self.node(ROOT).label, Label::Root | Label::Everything), "{self:?}");
        if self.is_everything() {
            assert!(self.node(ROOT).has_no_field() && self.children(ROOT).next().is_none(), "{self:?}");
        }
        let mut seen = BTreeSet::new();
        self.check_node(ROOT, 0, &mut seen);
    }

    /// `chunk` is the number of the 64 fields that the bits of the node cover.
    fn check_node(&self, id: NodeId, chunk: u16, seen: &mut BTreeSet<NodeId>) {
        assert!(seen.insert(id), "node {id} is reached twice: {self:?}");
        let node = self.node(id);
        assert_eq!(node.whole & node.partial, 0, "{self:?}");
        let (mut fields, mut chunks, mut keys) = (0, BTreeSet::new(), 0);
        for (place, (child, label)) in self.children(id).enumerate() {
            match label {
                Label::Root | Label::Everything => panic!("a root is a child: {self:?}"),
                Label::Field(index) => {
                    assert_eq!(index / BITS, chunk, "{self:?}");
                    let bit = 1 << (index % BITS);
                    assert!(fields & bit == 0 && node.partial & bit != 0, "{self:?}");
                    fields |= bit;
                    self.check_part(child, seen);
                }
                Label::Chunk(other) => {
                    assert!(chunk == 0 && other > 0 && chunks.insert(other), "{self:?}");
                    self.check_node(child, other, seen);
                }
                Label::Entry => {
                    assert_eq!(place, 0, "{self:?}");
                    self.check_part(child, seen);
                }
                Label::Key(_) => {
                    keys += 1;
                    self.check_part(child, seen);
                }
                Label::WholeKey(_) => {
                    keys += 1;
                    assert!(self.node(child).has_no_field() && self.children(child).next().is_none(), "{self:?}");
                }
            }
        }
        assert_eq!(fields, node.partial, "{self:?}");
        let named: Vec<_> = self.keys(id).collect();
        assert_eq!(named.len(), keys, "{self:?}");
        assert!(named.is_sorted_by(|(left, _), (right, _)| left < right), "{self:?}");
        assert!(named.iter().all(|(key, node)| self.find_key(id, *key) == Some(*node)), "{self:?}");
        let is_map = keys > 0 || self.entry(id).is_some();
        assert!(!is_map || (node.has_no_field() && chunks.is_empty()), "{self:?}");
    }

    fn check_part(&self, id: NodeId, seen: &mut BTreeSet<NodeId>) {
        assert!(!self.is_empty_node(id), "a node is empty: {self:?}");
        self.check_node(id, 0, seen);
    }
}

/// Schema of a message with 150 fields, whose fields, list elements and map values are the same message.
fn wide() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let field = |number: u32| FieldSchema {
            name: String::leak(format!("f{number}")),
            json_name: "",
            number,
            shape: match number % 4 {
                0 => Shape::Map(KeyKind::String),
                1 => Shape::Repeated,
                _ => Shape::Optional,
            },
            kind: if number.is_multiple_of(5) { Kind::Bool } else { Kind::Message(wide) },
            behavior: Behavior::NONE,
        };
        Schema::new("t.Wide", (0..150).map(field).collect::<Vec<_>>().leak())
    })
}

/// Pseudo-random numbers with a fixed seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % count
    }

    /// Returns a path of few fields, so that paths overlap.
    fn path(&mut self) -> String {
        const FIELDS: [u64; 8] = [2, 4, 8, 9, 66, 68, 131, 132];
        let mut path = String::new();
        loop {
            let field = FIELDS[usize::try_from(self.below(8)).unwrap_or_default()];
            path.push_str(&format!("f{field}"));
            let goes_on = self.below(3) > 0;
            match field % 4 {
                0 if goes_on => path.push_str([".*", ".a", ".b"][usize::try_from(self.below(3)).unwrap_or_default()]),
                1 if goes_on => path.push_str(".*"),
                _ => {}
            }
            if !goes_on || path.len() > 12 {
                return path;
            }
            path.push('.');
        }
    }

    fn tree(&mut self) -> Tree {
        let mut tree = Tree::empty();
        let paths: Vec<String> = (0..self.below(8)).map(|_| self.path()).collect();
        assert!(parse(wide(), &paths, "m", &ParseOptions::update(), &mut tree).is_ok(), "{paths:?}");
        tree
    }
}

#[test]
fn invariants_hold_for_parsed_and_combined_trees() {
    let mut numbers = Numbers(1);
    for _ in 0..3000 {
        let (left, right) = (numbers.tree(), numbers.tree());
        left.check();
        let mut both = left.clone();
        union(&mut both, &right, wide());
        both.check();
        intersect(&left, &right, wide()).check();
        subtract(&left, &right, wide()).check();
        subtract(&Tree::everything(), &right, wide()).check();
    }
    let mut everything = numbers.tree();
    union(&mut everything, &Tree::everything(), wide());
    everything.check();
}

#[test]
fn invariants_hold_for_valid_paths_beside_invalid_ones() {
    let mut numbers = Numbers(2);
    for _ in 0..500 {
        let mut paths: Vec<String> = (0..6).map(|_| numbers.path()).collect();
        paths[1].push_str(".nope.nope");
        paths[4].insert_str(0, "f2.f4.a.f66.");
        let (mut tree, mut wanted) = (Tree::empty(), Tree::empty());
        let mut violations = Collector::new(Subject::from_schema(wide()));
        parse_valid(wide(), &paths, ("m", "wide"), &ParseOptions::update(), &mut tree, &mut violations);
        assert_eq!(violations.as_slice().first().map(|violation| violation.field.as_str()), Some("m.paths[1]"));
        tree.check();
        paths.remove(1);
        assert!(parse(wide(), &paths, "m", &ParseOptions::update(), &mut wanted).is_ok(), "{paths:?}");
        assert_eq!(canonical_paths(&tree, wide()), canonical_paths(&wanted, wide()));
    }
}

#[test]
fn invariants_hold_for_recorded_trees() {
    let position = |name| StructValue::schema().field(name).map_or(0, |(position, _)| position);
    let mut numbers = Numbers(3);
    for _ in 0..500 {
        let mut recorder = Recorder::<StructValue>::new();
        for _ in 0..numbers.below(20) {
            let index = u16::try_from(numbers.below(6)).unwrap_or_default();
            match numbers.below(3) {
                0 => drop(recorder.record(index)),
                1 => drop(recorder.enter(position("struct_value"))),
                _ => recorder.leave(),
            }
        }
        recorder.finish().into_tree().check();
    }
    let text = |text: &str| Value { kind: Some(Json::StringValue(text.to_owned())) };
    let list = |values: Vec<Value>| Value { kind: Some(Json::ListValue(ListValue { values })) };
    let empty_list = Value { kind: Some(Json::ListValue(ListValue::default())) };
    let values = [Value::default(), text("a"), text("b"), list(vec![text("a")]), list(vec![]), empty_list];
    for from in &values {
        Mask::<StructValue>::populated(from).into_tree().check();
        for to in &values {
            let difference = Mask::<StructValue>::diff(from, to);
            difference.clone().into_tree().check();
            let changed = difference.apply(&mut from.clone(), to);
            assert!(changed.map(|changed| changed.into_tree().check()).is_ok());
        }
    }
}
