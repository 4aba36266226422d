//! Field table of items without fields.

use std::marker::PhantomData;
use std::ops::ControlFlow;

use crate::fields::{Behavior, Fields, Schema, Visitor};

/// Empty field table for items that are not messages, such as the strings of a list of names. Such lists have nothing to
/// order or to filter by.
#[derive(Debug)]
pub struct Plain<T>(PhantomData<T>);

impl<T: Clone + Default + 'static> Fields for Plain<T> {
    type Message = T;

    const REACHES: Behavior = Behavior::NONE;

    fn schema() -> &'static Schema {
        static SCHEMA: Schema = Schema::new("item", &[]);
        &SCHEMA
    }

    fn visit<V: Visitor<T>>(_: &mut V) -> ControlFlow<V::Break> {
        ControlFlow::Continue(())
    }
}
