//! A message with as many fields as a position can count.

use std::ops::{ControlFlow, RangeInclusive};
use std::sync::OnceLock;

use prost_types::FieldMask;
use transom::fields::{Behavior, FieldSchema, Fields, Kind, Schema, Shape, Visitor};
use transom::mask::{Mask, ParseOptions};

#[derive(Debug)]
enum Huge {}

/// Number of fields.
const COUNT: u32 = 65_536;

impl Fields for Huge {
    type Message = ();

    const REACHES: Behavior = Behavior::NONE;

    fn schema() -> &'static Schema {
        static SCHEMA: OnceLock<Schema> = OnceLock::new();
        SCHEMA.get_or_init(|| {
            let field = |number: u32| FieldSchema {
                name: String::leak(format!("f{number}")),
                json_name: String::leak(format!("j{number}")),
                number,
                shape: Shape::Implicit,
                kind: Kind::Bool,
                behavior: Behavior::NONE,
            };
            Schema::new("shapes.v1.Huge", (1..=COUNT).map(field).collect::<Vec<_>>().leak())
        })
    }

    fn visit<V: Visitor<()>>(_: &mut V) -> ControlFlow<V::Break> {
        ControlFlow::Continue(())
    }
}

#[test]
fn mask_covers_the_last_of_65_536_fields() {
    let schema = Huge::schema();
    let last = |found: Option<(u16, &FieldSchema)>| found.map(|(position, field)| (position, field.number));
    assert_eq!(last(schema.field("f65536")), Some((u16::MAX, COUNT)));
    assert_eq!(last(schema.field_by_json_name("j65536")), Some((u16::MAX, COUNT)));
    assert_eq!(last(schema.field_by_number(COUNT)), Some((u16::MAX, COUNT)));
    assert_eq!(last(schema.field_by_json_name("nope")), None);
    let parse = |numbers: RangeInclusive<u32>| {
        let paths = numbers.map(|number| format!("f{number}")).collect();
        let options = ParseOptions { max_paths: usize::MAX, ..ParseOptions::update() };
        options.parse::<Huge>("m", &FieldMask { paths }).unwrap()
    };
    let one = parse(COUNT..=COUNT);
    assert_eq!(one.paths(), ["f65536"]);
    assert!(!one.is_full());
    let all = parse(1..=COUNT);
    assert!(all.is_full());
    let rest = parse(1..=COUNT - 1);
    assert!(!rest.is_full(), "the last field is missing");
    assert!(rest.intersect(&one).is_empty());
    assert_eq!(Mask::<Huge>::everything().intersect(&one), one);
}
