//! Every table that is generated: what it says of the behaviors below a message is what the tables below it say, and
//! what it shows to visitors is what its schema says.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::ops::ControlFlow;

use transom::fields::{Behavior, FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Shape, Visitor};

/// Content of one table.
struct Table {
    name: &'static str,
    own: Behavior,
    reaches: Behavior,
    below: Vec<TypeId>,
}

/// The tables of a case, by the types that carry them.
type Tables = BTreeMap<TypeId, Table>;

/// Reads a table, and all below it.
fn read<F: Fields>(tables: &mut Tables) {
    if tables.contains_key(&TypeId::of::<F>()) {
        return;
    }
    let schema = F::schema();
    let own = schema.fields().iter().fold(Behavior::NONE, |all, field| all | field.behavior);
    let table = Table { name: schema.name(), own, reaches: F::REACHES, below: Vec::new() };
    tables.insert(TypeId::of::<F>(), table);
    let mut reader = Reader { tables, below: Vec::new(), shown: Vec::new() };
    let ControlFlow::Continue(()) = F::visit(&mut reader);
    let Reader { below, shown, .. } = reader;

    let name = schema.name();
    assert_eq!(shown.len(), schema.fields().len(), "{name}");
    for ((info, field), index) in shown.iter().zip(schema.fields()).zip(0..) {
        assert_eq!((info.index, info.behavior), (index, field.behavior), "{name}.{}", field.name);
        assert_eq!(info.in_oneof, matches!(field.shape, Shape::Oneof(_)), "{name}.{}", field.name);
        assert_eq!(schema.field(field.name).map(|(index, _)| index), Some(index), "{name}.{}", field.name);
        assert_eq!(schema.field_by_number(field.number).map(|(index, _)| index), Some(index), "{name}.{}", field.name);
    }
    tables.entry(TypeId::of::<F>()).and_modify(|table| table.below = below);
}

/// Reads the tables of the messages that a message holds.
struct Reader<'a> {
    tables: &'a mut Tables,
    below: Vec<TypeId>,
    shown: Vec<FieldInfo>,
}

impl Reader<'_> {
    fn leaf(&mut self, field: FieldInfo) -> ControlFlow<Infallible> {
        self.shown.push(field);
        ControlFlow::Continue(())
    }

    fn holds<F: Fields>(&mut self, field: FieldInfo) -> ControlFlow<Infallible> {
        read::<F>(self.tables);
        self.below.push(TypeId::of::<F>());
        self.leaf(field)
    }
}

impl<M> Visitor<M> for Reader<'_> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, _: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.leaf(field)
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, _: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.leaf(field)
    }

    fn optional<L: Leaf>(&mut self, field: FieldInfo, _: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        self.leaf(field)
    }

    fn message<F: Fields>(&mut self, field: FieldInfo, _: impl OptionalLens<M, F::Message>) -> ControlFlow<Infallible> {
        self.holds::<F>(field)
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        _: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        self.holds::<F>(field)
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, _: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        self.leaf(field)
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        _: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        self.holds::<F>(field)
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        _: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        self.leaf(field)
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        _: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        self.holds::<F>(field)
    }
}

/// The tables of each case.
fn cases() -> BTreeMap<&'static str, Tables> {
    let mut cases: BTreeMap<&str, Tables> = BTreeMap::new();
    macro_rules! table {
        ($case:ident, $carrier:ty) => {
            read::<$carrier>(cases.entry(stringify!($case)).or_default());
        };
    }
    // A block, which is one expression.
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
    cases
}

#[test]
fn behaviors_below_a_message_are_those_of_the_tables_below_it() {
    let cases = cases();
    // Those of which the table says more than nothing.
    assert!(["annotated", "ecommerce", "field_masks", "list_requests"].iter().all(|case| cases.contains_key(case)));
    for (case, tables) in cases {
        for (&root, table) in &tables {
            let mut reached = vec![root];
            let mut position = 0;
            while let Some(next) = reached.get(position) {
                let below = tables[next].below.iter().filter(|below| !reached.contains(below)).copied();
                let mut below: Vec<TypeId> = below.collect();
                below.sort_unstable();
                below.dedup();
                reached.extend(below);
                position += 1;
            }
            let closure = reached.iter().fold(Behavior::NONE, |all, below| all | tables[below].own);
            assert_eq!(table.reaches, closure, "{case}: {}", table.name);
        }
    }
}
