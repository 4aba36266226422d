//! Random messages of any described type and random paths into them, both made of a string of bytes, so that proptest
//! and libFuzzer drive them alike and a shorter string makes a simpler case.

use std::any::Any as Dynamic;
use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use bytes::Bytes;
use prost_types::{Any, Duration, Timestamp};
use transom::fields::{
    FieldInfo, FieldSchema, Fields, Key, KeyKind, KeyRef, Leaf, Lens, Map, OptionalLens, Schema, Shape, Visitor,
};

/// Choices made by a string of bytes; when it ends, every choice is the first one.
pub struct Choices<'b> {
    bytes: &'b [u8],
}

impl<'b> Choices<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    /// A number below `count`, which is at most 256.
    pub fn below(&mut self, count: usize) -> usize {
        let Some((&first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        usize::from(first) % count.max(1)
    }

    pub fn flag(&mut self) -> bool {
        self.below(2) == 1
    }

    fn of<T: Clone>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())].clone()
    }
}

/// A message; how deep it goes is limited by `depth`.
pub fn message<F: Fields>(choices: &mut Choices<'_>, depth: usize) -> F::Message {
    let mut message = F::Message::default();
    let _ = F::visit(&mut Fill { message: &mut message, choices, depth });
    message
}

/// Another message that has much in common with the first.
pub fn variation<F: Fields>(message: &F::Message, choices: &mut Choices<'_>, depth: usize) -> F::Message {
    let mut message = message.clone();
    let _ = F::visit(&mut Fill { message: &mut message, choices, depth });
    message
}

/// Keys of maps in messages, and in masks, are taken from few, so that they meet.
const TEXT_KEYS: [&str; 5] = ["", "a", "b", "a.b`c,*", "é"];

fn key(kind: KeyKind, choices: &mut Choices<'_>) -> KeyRef<'static> {
    match kind {
        KeyKind::String => KeyRef::Text(choices.of(&TEXT_KEYS)),
        KeyKind::Bool => KeyRef::Bool(choices.flag()),
        KeyKind::Int32 => KeyRef::Int(choices.of(&[0, -1, i32::MIN.into(), i32::MAX.into()])),
        KeyKind::Int64 => KeyRef::Int(choices.of(&[0, -1, i64::MIN, i64::MAX])),
        KeyKind::Uint32 => KeyRef::Uint(choices.of(&[0, 1, u32::MAX.into()])),
        KeyKind::Uint64 => KeyRef::Uint(choices.of(&[0, 1, u64::MAX])),
    }
}

/// A key of one of those few.
pub fn some_key<K: Key>(choices: &mut Choices<'_>) -> K {
    let kinds = [KeyKind::String, KeyKind::Bool, KeyKind::Int32, KeyKind::Uint32];
    let fits = |&kind: &KeyKind| K::of(key(kind, &mut Choices::new(&[]))).is_some();
    let kind = kinds.into_iter().find(|kind| fits(kind)).expect("a key is of one of these kinds");
    K::of(key(kind, choices)).expect("the wider kinds hold what the narrower ones do")
}

/// A value of any leaf's type.
pub fn value<T: Default + 'static>(choices: &mut Choices<'_>) -> T {
    let mut value = T::default();
    let any: &mut dyn Dynamic = &mut value;
    if let Some(value) = any.downcast_mut::<bool>() {
        *value = choices.flag();
    } else if let Some(value) = any.downcast_mut::<i32>() {
        *value = choices.of(&[0, 1, -1, i32::MAX]);
    } else if let Some(value) = any.downcast_mut::<i64>() {
        *value = choices.of(&[0, 1, i64::MIN]);
    } else if let Some(value) = any.downcast_mut::<u32>() {
        *value = choices.of(&[0, 1, u32::MAX]);
    } else if let Some(value) = any.downcast_mut::<u64>() {
        *value = choices.of(&[0, 1, u64::MAX]);
    } else if let Some(value) = any.downcast_mut::<f32>() {
        *value = choices.of(&[0.0, -0.0, 1.5, f32::NAN, -f32::NAN]);
    } else if let Some(value) = any.downcast_mut::<f64>() {
        *value = choices.of(&[0.0, -0.0, 1.5, f64::NAN, -f64::NAN, f64::NEG_INFINITY]);
    } else if let Some(value) = any.downcast_mut::<String>() {
        *value = choices.of(&["", "x", "long enough for an allocation"]).to_owned();
    } else if let Some(value) = any.downcast_mut::<Vec<u8>>() {
        *value = choices.of(&[Vec::new(), vec![0], vec![1, 2]]);
    } else if let Some(value) = any.downcast_mut::<Bytes>() {
        *value = choices.of(&[Bytes::new(), Bytes::from_static(b"\0"), Bytes::from_static(b"ab")]);
    } else if let Some(value) = any.downcast_mut::<Timestamp>() {
        *value = Timestamp { seconds: choices.of(&[0, 1]), nanos: choices.of(&[0, 1]) };
    } else if let Some(value) = any.downcast_mut::<Duration>() {
        *value = Duration { seconds: choices.of(&[0, 1]), nanos: choices.of(&[0, 1]) };
    } else if let Some(value) = any.downcast_mut::<Any>() {
        value.type_url = choices.of(&["", "type.example/a.B"]).to_owned();
    } else {
        panic!("no values are known of a type that a table names");
    }
    value
}

/// Change of a field.
enum Fate {
    Stays,
    Goes,
    Set,
}

/// Sets, clears or leaves each field.
struct Fill<'a, 'c, M> {
    message: &'a mut M,
    choices: &'a mut Choices<'c>,
    depth: usize,
}

impl<M> Fill<'_, '_, M> {
    fn fate(&mut self) -> Fate {
        match self.choices.below(4) {
            0 | 1 => Fate::Stays,
            2 => Fate::Goes,
            _ => Fate::Set,
        }
    }

    /// A message inside, if it may be there.
    fn inner<F: Fields>(&mut self, before: Option<&F::Message>) -> Option<F::Message> {
        let depth = self.depth.checked_sub(1)?;
        Some(match before {
            Some(before) => variation::<F>(before, self.choices, depth),
            None => message::<F>(self.choices, depth),
        })
    }

    fn list<T: Clone>(&mut self, lens: impl Lens<M, Vec<T>>, mut item: impl FnMut(&mut Self, Option<&T>) -> Option<T>) {
        match self.fate() {
            Fate::Stays => {}
            Fate::Goes => lens.get_mut(self.message).clear(),
            Fate::Set => {
                let before = lens.get(self.message).clone();
                let count = self.choices.below(4);
                let items = (0..count).map_while(|index| item(self, before.get(index))).collect();
                *lens.get_mut(self.message) = items;
            }
        }
    }

    fn entries<K: Key, V: Clone, C: Map<K, V>>(
        &mut self,
        lens: impl Lens<M, C>,
        mut item: impl FnMut(&mut Self, Option<&V>) -> Option<V>,
    ) {
        match self.fate() {
            Fate::Stays => {}
            Fate::Goes => *lens.get_mut(self.message) = C::default(),
            Fate::Set => {
                for _ in 0..self.choices.below(4) {
                    let key = some_key::<K>(self.choices);
                    let before = lens.get(self.message).get(&key).cloned();
                    if before.is_some() && self.choices.flag() {
                        lens.get_mut(self.message).remove(&key);
                    } else if let Some(value) = item(self, before.as_ref()) {
                        lens.get_mut(self.message).insert(key, value);
                    }
                }
            }
        }
    }
}

impl<M> Visitor<M> for Fill<'_, '_, M> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, _: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        match self.fate() {
            Fate::Stays => {}
            Fate::Goes => *lens.get_mut(self.message) = L::Value::default(),
            Fate::Set => *lens.get_mut(self.message) = value(self.choices),
        }
        Continue(())
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.implicit::<L>(field, lens)
    }

    fn optional<L: Leaf>(&mut self, _: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        match self.fate() {
            Fate::Stays => {}
            Fate::Goes => drop(lens.take(self.message)),
            Fate::Set => lens.put(self.message, value(self.choices)),
        }
        Continue(())
    }

    fn message<F: Fields>(&mut self, _: FieldInfo, lens: impl OptionalLens<M, F::Message>) -> ControlFlow<Infallible> {
        match self.fate() {
            Fate::Stays => {}
            Fate::Goes => drop(lens.take(self.message)),
            Fate::Set => {
                let before = lens.get(self.message).cloned();
                if let Some(inner) = self.inner::<F>(before.as_ref()) {
                    lens.put(self.message, inner);
                }
            }
        }
        Continue(())
    }

    fn required_message<F: Fields>(&mut self, _: FieldInfo, lens: impl Lens<M, F::Message>) -> ControlFlow<Infallible> {
        let before = lens.get(self.message).clone();
        if let (Fate::Set, Some(inner)) = (self.fate(), self.inner::<F>(Some(&before))) {
            *lens.get_mut(self.message) = inner;
        }
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, _: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        self.list(lens, |fill, _| Some(value(fill.choices)));
        Continue(())
    }

    fn repeated_message<F: Fields>(
        &mut self,
        _: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        self.list(lens, |fill, before| fill.inner::<F>(before));
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        _: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        self.entries(lens, |fill, _| Some(value(fill.choices)));
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        _: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        self.entries(lens, |fill, before| fill.inner::<F>(before));
        Continue(())
    }
}

/// A path that a message has, of at most `depth` fields.
pub fn path(schema: &'static Schema, choices: &mut Choices<'_>, depth: usize) -> String {
    let mut segments = Vec::new();
    let mut schema = schema;
    for left in (0..depth).rev() {
        let field: &FieldSchema = &schema.fields()[choices.below(schema.fields().len())];
        segments.push(field.name.to_owned());
        let goes_on = choices.below(4) > 0;
        match field.shape {
            Shape::Repeated if goes_on => segments.push("*".to_owned()),
            Shape::Map(keys) if goes_on => {
                segments.push(if choices.below(3) == 0 { "*".to_owned() } else { key_text(key(keys, choices)) });
            }
            _ => {}
        }
        match field.message() {
            Some(inner) if goes_on && left > 0 => schema = inner,
            _ => break,
        }
    }
    segments.join(".")
}

/// A few paths that a message has.
pub fn paths(schema: &'static Schema, choices: &mut Choices<'_>, depth: usize) -> Vec<String> {
    let count = choices.below(6);
    (0..count).map(|_| path(schema, choices, depth)).collect()
}

/// A key as a segment, always between back-ticks if it is text: parsers take both forms.
fn key_text(key: KeyRef<'_>) -> String {
    match key {
        KeyRef::Bool(key) => key.to_string(),
        KeyRef::Int(key) => key.to_string(),
        KeyRef::Uint(key) => key.to_string(),
        KeyRef::Text(key) => format!("`{}`", key.replace('`', "``")),
    }
}
