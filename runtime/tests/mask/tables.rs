//! Tests that the field tables of these tests are those that the generator would write.

use std::collections::BTreeSet;

use transom::fields::{Behavior, Fields, Schema, Struct};

use crate::account::{Account, Address, Profile};
use crate::catalog::{Archive, Part, Res};
use crate::kinds::Kinds;
use crate::legacy::{Entry, Ledger, Legacy};
use crate::library::{Author, Book, Review};
use crate::node::Node;
use crate::wide::Wide;

/// The behaviors of all fields that a message leads to.
fn closure(schema: &'static Schema) -> Behavior {
    let (mut seen, mut open, mut reached) = (BTreeSet::new(), vec![schema], Behavior::NONE);
    while let Some(schema) = open.pop() {
        if seen.insert(schema.name()) {
            reached = schema.fields().iter().fold(reached, |reached, field| reached | field.behavior);
            open.extend(schema.fields().iter().filter_map(|field| field.message()));
        }
    }
    reached
}

fn check<F: Fields>() {
    assert_eq!(F::REACHES, closure(F::schema()), "{}", F::schema().name());
}

#[test]
fn table_reaches_the_behaviors_of_its_fields() {
    check::<Account>();
    check::<Address>();
    check::<Profile>();
    check::<Kinds>();
    check::<Legacy>();
    check::<crate::legacy::Part>();
    check::<Res>();
    check::<Part>();
    check::<Archive>();
    check::<Ledger>();
    check::<Entry>();
    check::<Book>();
    check::<Author>();
    check::<Review>();
    check::<Node>();
    check::<Wide>();
    check::<Struct>();
}
