//! Well-known types as fields, wrappers among them.

use prost_types::value::Kind;
use prost_types::{
    Any, Api, Duration, FieldMask, FileDescriptorProto, FileDescriptorSet, ListValue, SourceContext, Struct, Syntax,
    Timestamp, Type, Value, field,
};
use transom_testdata::well_known_types::known::{Chosen, Repeated, Singular, chosen};

use crate::golden::Golden;

fn value(kind: Kind) -> Value {
    Value { kind: Some(kind) }
}

#[test]
fn well_known_types_are_those_of_prost_types() {
    let mut golden = Golden::open("well_known_types");
    golden.check(
        "known.Singular all",
        &Singular {
            any: Some(Any { type_url: "t".into(), value: b"v".to_vec() }),
            api: Some(Api { name: "a".into(), ..Api::default() }),
            duration: Some(Duration { seconds: 1, nanos: -1 }),
            empty: Some(()),
            field_mask: Some(FieldMask { paths: vec!["a.b".into(), "c".into()] }),
            source_context: Some(SourceContext { file_name: "f".into() }),
            r#struct: Some(Struct { fields: [("k".into(), value(Kind::NullValue(0)))].into() }),
            value: Some(value(Kind::ListValue(ListValue {
                values: vec![value(Kind::BoolValue(false)), value(Kind::StringValue("s".into()))],
            }))),
            list_value: Some(ListValue { values: vec![value(Kind::NumberValue(0.0))] }),
            null_value: 0,
            timestamp: Some(Timestamp { seconds: -1, nanos: 999_999_999 }),
            r#type: Some(Type { name: "t".into(), syntax: Syntax::Proto3.into(), ..Type::default() }),
            double: Some(0.0),
            float: Some(1.0),
            int64: Some(-1),
            uint64: Some(1),
            int32: Some(0),
            uint32: Some(2),
            bool: Some(true),
            string: Some(String::new()),
            bytes: Some(b"b".to_vec()),
            files: Some(FileDescriptorSet {
                file: vec![FileDescriptorProto {
                    name: Some("n".into()),
                    dependency: vec!["d".into()],
                    ..FileDescriptorProto::default()
                }],
            }),
            field_kind: field::Kind::TypeDouble.into(),
        },
    );
    golden.check("known.Chosen null", &Chosen { choice: Some(chosen::Choice::NullValue(0)) });
    golden.check("known.Chosen string", &Chosen { choice: Some(chosen::Choice::String(String::new())) });
    golden.check(
        "known.Repeated all",
        &Repeated {
            value: vec![value(Kind::NullValue(0))],
            timestamp: vec![Timestamp::default()],
            string: vec![String::new(), "s".into()],
            empty: vec![()],
            null_value: vec![0],
            ..Repeated::default()
        },
    );
    golden.finish();
}
