//! Maps of every key and value type; one entry each, because prost's maps have no order.

use std::collections::HashMap;

use prost::Message;
use transom_testdata::maps::maps::values::nested;
use transom_testdata::maps::maps::{Color, Item, Keys, Values};

use crate::golden::Golden;

fn one<K: Eq + std::hash::Hash, V>(key: K, value: impl Into<V>) -> HashMap<K, V> {
    HashMap::from([(key, value.into())])
}

fn named<V>(key: &str, value: V) -> HashMap<String, V> {
    one(key.to_owned(), value)
}

#[test]
fn maps_encode_their_entries_by_type() {
    let mut golden = Golden::open("maps");
    golden.check(
        "maps.Keys one_each",
        &Keys {
            int32: one(-1, "a"),
            int64: one(-2, "b"),
            uint32: one(u32::MAX, "c"),
            uint64: one(u64::MAX, "d"),
            sint32: one(-3, "e"),
            sint64: one(-4, "f"),
            fixed32: one(1, "g"),
            fixed64: one(2, "h"),
            sfixed32: one(-5, "i"),
            sfixed64: one(-6, "j"),
            bool: one(true, "k"),
            string: named("l", "m".into()),
        },
    );
    golden.check(
        "maps.Values one_each",
        &Values {
            double: named("a", -0.5),
            float: named("b", 0.25),
            int32: named("c", -1),
            uint64: named("d", u64::MAX),
            bool: named("e", true),
            bytes: named("f", vec![255]),
            color: named("g", Color::Red.into()),
            item: named("h", Item { name: "n".into() }),
            values: named("i", Values { int32: named("j", 1), ..Values::default() }),
            timestamp: named("k", prost_types::Timestamp { seconds: -1, nanos: 1 }),
            shade: named("l", nested::Shade::Dark.into()),
            ..Values::default()
        },
    );
    // prost leaves a value that is empty out of its entry, which decodes to the same.
    let bytes = golden.take("maps.Values empty_value");
    let inner = nested::Inner { inner: one(true, nested::Inner::default()) };
    let values = Values { inner: one(9, inner), ..Values::default() };
    assert_eq!(Values::decode(bytes.as_slice()).unwrap(), values);
    assert_eq!(Values::decode(values.encode_to_vec().as_slice()).unwrap(), values);
    golden.finish();
}
