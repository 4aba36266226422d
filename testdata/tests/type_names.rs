//! Type URLs of generated messages, and their use with `Any`.

use prost::Name;
use prost_types::Any;
use transom_testdata::type_names::names::v1::{Custom, Outer, custom, outer};

#[test]
fn full_name_of_nested_message_has_outer_names() {
    assert_eq!(Outer::full_name(), "names.v1.Outer");
    assert_eq!(outer::inner::Leaf::full_name(), "names.v1.Outer.Inner.Leaf");
    assert_eq!(outer::inner::Leaf::NAME, "Leaf");
    assert_eq!(outer::inner::Leaf::PACKAGE, "names.v1");
}

#[test]
fn type_url_has_domain_of_longest_path() {
    assert_eq!(Outer::type_url(), "type.googleapis.com/names.v1.Outer");
    assert_eq!(Custom::type_url(), "types.example.com/v1/names.v1.Custom");
    assert_eq!(custom::Part::type_url(), "types.example.com/v1/names.v1.Custom.Part");
}

#[test]
fn any_round_trip_keeps_message() {
    let message = Outer { inners: [("a".to_owned(), outer::Inner {})].into() };
    let any = Any::from_msg(&message).unwrap();
    assert_eq!(any.type_url, "type.googleapis.com/names.v1.Outer");
    assert_eq!(any.to_msg::<Outer>().unwrap(), message);
    assert!(any.to_msg::<Custom>().is_err());
}
