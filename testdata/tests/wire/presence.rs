//! Fields with and without presence: proto2 required, optional and defaults, and proto3 optional.

use prost::Message;
use transom_testdata::proto2_defaults::defaults::{self, Defaults};
use transom_testdata::proto2_required::required::{Inner, Level, Required};
use transom_testdata::proto3_optional::presence::{self, Explicit, Implicit, Mixed, mixed};

use crate::golden::Golden;

#[test]
fn required_fields_are_written_even_when_they_are_zero() {
    let mut golden = Golden::open("proto2_required");
    golden.check(
        "required.Required extremes",
        &Required {
            double: -1.5,
            float: 3.25,
            int32: -1,
            int64: i64::MIN,
            uint32: u32::MAX,
            uint64: u64::MAX,
            sint32: i32::MIN,
            sint64: i64::MIN,
            fixed32: u32::MAX,
            fixed64: u64::MAX,
            sfixed32: -2,
            sfixed64: -3,
            bool: true,
            string: "é🦀".into(),
            bytes: vec![0, 255],
            level: Level::Negative.into(),
            inner: Inner { name: "i".into(), note: None, notes: vec![String::new(), "n".into()] },
        },
    );
    golden.check("required.Required zeroes", &Required { level: Level::Low.into(), ..Required::default() });
    golden.check("required.Inner optional", &Inner { name: "n".into(), note: Some(String::new()), notes: vec![] });
    golden.finish();
}

#[test]
fn a_required_enum_starts_at_its_first_value() {
    assert_eq!(Required::default().level(), Level::Low);
    assert_eq!(Required::default().level, 3);
}

#[test]
fn declared_defaults_are_written_only_when_set() {
    let mut golden = Golden::open("proto2_defaults");
    golden.check("defaults.Defaults required", &Defaults::default());
    golden.check(
        "defaults.Defaults explicit",
        &Defaults {
            int32: Some(i32::MIN),
            bool: Some(true),
            string: Some(String::new()),
            level: Some(defaults::Level::High.into()),
            mood: Some(defaults::defaults::nested::Mood::Bad.into()),
            double: Some(f64::INFINITY),
            empty: Some(String::new()),
            required: 0,
            required_string: String::new(),
            required_level: defaults::Level::High.into(),
            choice: Some(defaults::defaults::Choice::Chosen(5)),
            ..Defaults::default()
        },
    );
    golden.finish();
}

#[test]
fn getters_answer_the_declared_defaults() {
    let unset = Defaults::default();
    assert_eq!(unset.double().to_bits(), "3.14159265358979".parse::<f64>().unwrap().to_bits());
    assert_eq!(unset.float().to_bits(), "2.71828".parse::<f32>().unwrap().to_bits());
    assert_eq!(unset.int32(), i32::MIN);
    assert_eq!(unset.int64(), i64::MIN);
    assert_eq!(unset.uint32(), u32::MAX);
    assert_eq!(unset.uint64(), u64::MAX);
    assert_eq!(unset.sint32(), i32::MAX);
    assert_eq!(unset.sint64(), i64::MAX);
    assert_eq!(unset.fixed32(), 0xff);
    assert_eq!(unset.fixed64(), 0o777);
    assert_eq!(unset.sfixed32(), -1);
    assert_eq!(unset.sfixed64(), 0);
    assert!(unset.bool());
    assert_eq!(unset.string(), "quote \" slash \\ tab \t newline \n unicode é 😀 {} null \0");
    assert_eq!(unset.bytes(), b"\0\x01\x7f\xff\"\\'\r\n{}");
    assert_eq!(unset.level(), defaults::Level::High);
    assert_eq!(unset.mood(), defaults::defaults::nested::Mood::Bad);
    assert_eq!(unset.infinity(), f64::INFINITY);
    assert_eq!(unset.negative_infinity(), f64::NEG_INFINITY);
    assert!(unset.not_a_number().is_nan());
    assert_eq!(unset.float_infinity(), f32::INFINITY);
    assert_eq!(unset.float_negative_infinity(), f32::NEG_INFINITY);
    assert!(unset.float_not_a_number().is_nan());
    assert_eq!(unset.exponent(), 1e100);
    assert_eq!(unset.tiny(), -1.5e-300);
    assert_eq!(unset.whole(), 4.0);
    assert!(unset.negative_zero().is_sign_negative());
    assert_eq!(unset.empty(), "");
    assert_eq!(unset.raw(), "r#\"raw\"# */ //");
    assert_eq!(unset.required, 42);
    assert_eq!(unset.required_string, "required");
    assert_eq!(unset.required_level(), defaults::Level::Negative);
}

fn extremes() -> Implicit {
    Implicit {
        double: -1.5,
        float: 3.25,
        int32: -1,
        int64: i64::MIN,
        uint32: u32::MAX,
        uint64: u64::MAX,
        sint32: i32::MIN,
        sint64: i64::MIN,
        fixed32: u32::MAX,
        fixed64: u64::MAX,
        sfixed32: -2,
        sfixed64: -3,
        bool: true,
        string: "é🦀".into(),
        bytes: vec![0, 255],
        level: 17,
    }
}

/// Every field of `values`, present.
fn present(values: Implicit, level: presence::Level, implicit: Implicit) -> Explicit {
    Explicit {
        double: Some(values.double),
        float: Some(values.float),
        int32: Some(values.int32),
        int64: Some(values.int64),
        uint32: Some(values.uint32),
        uint64: Some(values.uint64),
        sint32: Some(values.sint32),
        sint64: Some(values.sint64),
        fixed32: Some(values.fixed32),
        fixed64: Some(values.fixed64),
        sfixed32: Some(values.sfixed32),
        sfixed64: Some(values.sfixed64),
        bool: Some(values.bool),
        string: Some(values.string),
        bytes: Some(values.bytes),
        level: Some(level.into()),
        implicit: Some(implicit),
    }
}

#[test]
fn proto3_writes_zeroes_only_of_optional_fields() {
    let mut golden = Golden::open("proto3_optional");
    golden.check("presence.Explicit unset", &Explicit::default());
    golden.check(
        "presence.Explicit zeroes",
        &present(Implicit::default(), presence::Level::Unspecified, Implicit::default()),
    );
    golden.check(
        "presence.Explicit extremes",
        &present(extremes(), presence::Level::High, Implicit { int32: 7, ..Implicit::default() }),
    );
    golden.check("presence.Implicit zeroes", &Implicit::default());
    // 17 is not a value of the enum: an open enum keeps it.
    golden.check("presence.Implicit extremes", &extremes());
    golden.check(
        "presence.Mixed all",
        &Mixed { before: Some(String::new()), choice: Some(mixed::Choice::Number(0)), after: Some("a".into()) },
    );
    golden.finish();
}

#[test]
fn a_message_without_its_required_fields_still_decodes() {
    // prost does not enforce `required`; the field has its default then.
    let decoded = Inner::decode(&b""[..]).unwrap();
    assert_eq!(decoded, Inner::default());
}
