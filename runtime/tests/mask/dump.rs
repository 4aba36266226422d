//! A message as text to the bit: floats by their bits, maps in order, absent and empty apart. It is how tests compare
//! messages without the comparison that they test.

use std::any::Any as Dynamic;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::ops::ControlFlow::{self, Continue};

use prost_types::Any;
use transom::fields::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Schema, Value, Visitor};

/// All values of a message.
pub fn dump<F: Fields>(message: &F::Message) -> String {
    let mut dump = Dump { message, schema: F::schema(), text: "{".to_owned() };
    let _ = F::visit(&mut dump);
    dump.text + "}"
}

struct Dump<'m, M> {
    message: &'m M,
    schema: &'static Schema,
    text: String,
}

fn leaf<L: Leaf>(value: &L::Value) -> String {
    match L::view(value) {
        Value::Float(float) => format!("{:#x}", float.to_bits()),
        Value::Opaque => {
            let any: &dyn Dynamic = value;
            format!("{:?}", any.downcast_ref::<Any>().expect("the only opaque message of the tests"))
        }
        other => format!("{other:?}"),
    }
}

impl<M> Dump<'_, M> {
    fn write(&mut self, field: FieldInfo, value: Option<String>) -> ControlFlow<Infallible> {
        if let Some(value) = value {
            write!(self.text, "{}: {value}, ", self.schema.fields()[usize::from(field.index)].name).unwrap();
        }
        Continue(())
    }

    fn list<T>(&mut self, field: FieldInfo, items: &[T], item: impl Fn(&T) -> String) -> ControlFlow<Infallible> {
        let items: Vec<String> = items.iter().map(item).collect();
        self.write(field, (!items.is_empty()).then(|| format!("[{}]", items.join(", "))))
    }

    fn entries<K: Key, V>(
        &mut self,
        field: FieldInfo,
        map: &impl Map<K, V>,
        item: impl Fn(&V) -> String,
    ) -> ControlFlow<Infallible> {
        let mut entries: Vec<String> =
            map.entries().map(|(key, value)| format!("{:?} => {}", key.view(), item(value))).collect();
        entries.sort();
        self.write(field, (!entries.is_empty()).then(|| format!("{{{}}}", entries.join(", "))))
    }
}

impl<M> Visitor<M> for Dump<'_, M> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.write(field, Some(leaf::<L>(lens.get(self.message))))
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.implicit::<L>(field, lens)
    }

    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        self.write(field, lens.get(self.message).map(leaf::<L>))
    }

    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        self.write(field, lens.get(self.message).map(dump::<F>))
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        self.write(field, Some(dump::<F>(lens.get(self.message))))
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        self.list(field, lens.get(self.message), leaf::<L>)
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        self.list(field, lens.get(self.message), dump::<F>)
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        self.entries(field, lens.get(self.message), leaf::<L>)
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        self.entries(field, lens.get(self.message), dump::<F>)
    }
}
