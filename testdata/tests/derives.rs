//! The traits that messages derive, where they hold types that `extern_path` names.

use std::hash::Hash;

use transom_testdata::extern_types::atlas::v1::{Frame, Pin, Shape, shape};

fn assert_copy_eq_hash<T: Copy + Eq + Hash>() {}

#[test]
fn messages_with_extern_types_derive_what_the_option_promises() {
    assert_copy_eq_hash::<Frame>();
    assert_copy_eq_hash::<Shape>();
    assert_copy_eq_hash::<shape::Outline>();
}

#[test]
fn messages_with_extern_types_derive_no_more_than_is_known() {
    let derives = |item: &str| {
        let file = include_str!(concat!(env!("OUT_DIR"), "/extern_types/atlas.v1.rs"));
        let (before, _) = file.split_once(&format!("pub {item} {{")).unwrap();
        before.lines().rev().find(|line| line.trim_start().starts_with("#[derive(")).unwrap().trim().to_owned()
    };
    for item in ["struct Pin", "struct Board", "struct Corner", "struct Marker", "struct Many", "struct Mixed"] {
        assert_eq!(derives(item), "#[derive(Clone, PartialEq, ::prost::Message)]", "{item}");
    }
    assert_eq!(derives("enum Place"), "#[derive(Clone, PartialEq, ::prost::Oneof)]");
    let pin = Pin { point: Some(transom_testdata::elsewhere::Point { x: 1, y: 2 }) };
    assert_eq!(prost::Message::encode_to_vec(&pin), [10, 4, 8, 1, 16, 2]);
}
