//! Packed and unpacked lists, by syntax and by option.

use transom_testdata::packed::packed::{Level, Packed2, Packed3, PackedEditions, Shade, packed_editions};

use crate::golden::Golden;

#[test]
#[expect(deprecated, reason = "two of the fields are, to have an option beside `packed`")]
fn lists_are_packed_as_the_syntax_and_the_options_say() {
    let mut golden = Golden::open("packed");
    let (one, two) = (Level::One.into(), Level::Two.into());
    golden.check(
        "packed.Packed2 all",
        &Packed2 {
            plain: vec![1, 2, 300],
            packed: vec![1, 2, 300],
            unpacked: vec![-1],
            levels: vec![one, two],
            packed_levels: vec![two, one],
            strings: vec![String::new(), "s".into()],
        },
    );
    let (dark, unspecified) = (Shade::Dark.into(), Shade::Unspecified.into());
    golden.check(
        "packed.Packed3 all",
        &Packed3 {
            double: vec![1.0, -1.0],
            float: vec![0.5, -0.5],
            int32: vec![1, -1],
            int64: vec![2, -2],
            uint32: vec![0, u32::MAX],
            uint64: vec![0, u64::MAX],
            sint32: vec![-1, 1],
            sint64: vec![-64, 64],
            fixed32: vec![1, 2],
            fixed64: vec![3, 4],
            sfixed32: vec![-1, 1],
            sfixed64: vec![-2, 2],
            bool: vec![true, false],
            string: vec!["a".into(), String::new()],
            bytes: vec![vec![255], vec![]],
            shade: vec![dark, unspecified],
            packed: vec![1],
            unpacked: vec![1, 2],
            unpacked_shade: vec![dark],
            options_without_packed: vec![5, 6],
            message: vec![Packed3 { int32: vec![1], ..Packed3::default() }, Packed3::default()],
        },
    );
    let (dark, unspecified) = (packed_editions::Shade::Dark.into(), packed_editions::Shade::Unspecified.into());
    golden.check(
        "packed.PackedEditions all",
        &PackedEditions {
            packed: vec![1, 2],
            expanded: vec![3, 4],
            packed_shade: vec![dark],
            expanded_shade: vec![dark, unspecified],
            strings: vec!["s".into()],
        },
    );
    golden.finish();
}
