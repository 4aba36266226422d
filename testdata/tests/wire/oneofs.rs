//! Oneofs: one field of each type, written even when it is zero.

use transom_testdata::oneofs::oneofs::{All, Color, Large, Shadowed, Small, Two, all, shadowed, two};

use crate::golden::Golden;

#[test]
fn a_oneof_writes_the_field_that_is_set() {
    use all::Value;

    let mut golden = Golden::open("oneofs");
    golden.check("oneofs.All unset", &All::default());
    for (label, value) in [
        ("double", Value::Double(0.0)),
        ("float", Value::Float(-0.5)),
        ("int32", Value::Int32(-1)),
        ("int64", Value::Int64(-1)),
        ("uint32", Value::Uint32(0)),
        ("uint64", Value::Uint64(u64::MAX)),
        ("sint32", Value::Sint32(-1)),
        ("sint64", Value::Sint64(-1)),
        ("fixed32", Value::Fixed32(1)),
        ("fixed64", Value::Fixed64(1)),
        ("sfixed32", Value::Sfixed32(-1)),
        ("sfixed64", Value::Sfixed64(-1)),
        ("bool", Value::Bool(false)),
        ("string", Value::String(String::new())),
        ("bytes", Value::Bytes(vec![0])),
        ("color", Value::Color(Color::Red.into())),
        ("small", Value::Small(Small {})),
        ("large", Value::Large(Large { a: "a".into(), l: "l".into(), ..Large::default() })),
        ("empty", Value::Empty(())),
    ] {
        golden.check(&format!("oneofs.All {label}"), &All { value: Some(value) });
    }
    golden.check(
        "oneofs.Two both",
        &Two { first: Some(two::First::A(String::new())), between: "b".into(), second: Some(two::Second::C(0)) },
    );
    golden.check("oneofs.Shadowed message", &Shadowed { kind: Some(shadowed::KindOneOf::Message(shadowed::Kind {})) });
    golden.finish();
}
