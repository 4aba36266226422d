//! Each field of many messages, alone: that its line in the table leads to it and to nothing else.

use std::fmt::Debug;

use prost_types::FieldMask;
use transom::fields::{Fields, Shape};
use transom::mask::{ApplyOptions, Behaviors, Mask, ParseOptions};
use transom_testdata::field_mask_boxed::parcel::v1 as parcel;
use transom_testdata::field_mask_options::vault::v1 as vault;
use transom_testdata::field_mask_packages::shop::v1 as shop;
use transom_testdata::field_masks::library::v1 as library;
use transom_testdata::update_requests::fleet::v1 as fleet;

use crate::samples;

/// Behaviors are tested elsewhere.
const PLAIN: ApplyOptions = ApplyOptions { behaviors: Behaviors::Ignore, ..ApplyOptions::aip() };

fn each_field_is_reached_alone<F: Fields>()
where
    F::Message: prost::Message + PartialEq + Debug,
{
    let schema = F::schema();
    let empty = F::Message::default();
    let full = samples::full::<F>();
    let mut together = empty.clone();
    let has_required = schema.fields().iter().any(|field| field.shape == Shape::Required);
    for field in schema.fields() {
        let name = format!("{}.{}", schema.name(), field.name);
        let alone = samples::of_field::<F>(field);
        if field.shape == Shape::Required && alone == empty {
            // A required message, which is always there, and empty here.
            continue;
        }
        assert_ne!(alone, empty, "{name}");
        // Only one member of a oneof is in the full message.
        let source = if matches!(field.shape, Shape::Oneof(_)) { &alone } else { &full };
        let mask = Mask::<F>::parse(&FieldMask { paths: vec![field.name.to_owned()] }).unwrap();

        let mut updated = empty.clone();
        let changed = mask.apply_with(&mut updated, source, PLAIN).unwrap();
        assert_eq!(updated, alone, "{name} is set");
        assert!(!changed.is_empty() && mask.contains(&changed), "{name}: {:?}", changed.paths());
        assert_eq!(changed, Mask::diff(&empty, &alone), "{name}");
        let populated = Mask::<F>::populated(&alone);
        assert!(has_required || mask.contains(&populated), "{name}: {:?}", populated.paths());
        let mut moved = empty.clone();
        mask.assign_owned(&mut moved, source.clone());
        assert_eq!(moved, alone, "{name} is moved");
        mask.assign(&mut together, source);

        let mut cleared = source.clone();
        let changed = mask.apply_with(&mut cleared, &empty, PLAIN).unwrap();
        assert_ne!(cleared, *source, "{name} is cleared");
        assert!(!changed.is_empty() && mask.contains(&changed), "{name}: {:?}", changed.paths());
        let mut left = cleared.clone();
        mask.project(&mut left);
        assert_eq!(mask.copy(&cleared), left, "{name} is cleared");
        if !has_required {
            assert_eq!(left, empty, "{name} is cleared");
            let mut projected = source.clone();
            mask.project(&mut projected);
            assert_eq!(projected, alone, "{name} is kept");
            let mut pruned = source.clone();
            mask.prune(&mut pruned);
            assert_eq!(pruned, cleared, "{name} is dropped");
        }

        assert_eq!(Mask::from_numbers([field.number]).as_ref(), Ok(&mask), "{name}");
        assert_eq!(mask.paths(), [field.name], "{name}");
        let by_json_name = Mask::parse_query("fields", field.json_name, &ParseOptions::query());
        assert_eq!(by_json_name.as_ref(), Ok(&mask), "{name}: {}", field.json_name);
    }
    // Members of oneofs come in their order, so the last one stays. What is required is there anyway.
    assert_eq!(together, full, "{}", schema.name());
}

macro_rules! messages {
    ($($test:ident: $($fields:ty),+;)*) => {$(
        #[test]
        fn $test() {
            $(each_field_is_reached_alone::<$fields>();)+
        }
    )*};
}

messages! {
    scalars: library::Scalars;
    maps_with_every_key_and_value: library::Maps;
    well_known_types: library::WellKnown;
    members_of_oneofs: library::Choices, library::choices::Shape;
    messages_that_hold_themselves: library::Circles, library::circles::Loop, library::Book, library::Boxed;
    names_that_rust_has_taken: library::Names, library::names::Self_, library::names::Option,
        library::names::r#async::Await;
    annotated_fields: library::Behaviors;
    nested_types: library::Nested, library::nested::Inner, library::nested::inner::Deep;
    more_fields_than_a_word_has_bits: library::Wide;
    groups_and_required_fields: library::Legacy, library::legacy::OptionalGroup,
        library::legacy::optional_group::InnerGroup, library::legacy::RepeatedGroup, library::legacy::RequiredGroup,
        library::legacy::GroupInOneof, library::legacy::Part;
    delimited_fields: library::Delimited;
    fields_in_boxes: parcel::Parcel, parcel::Label, parcel::Address, parcel::Legacy, parcel::legacy::Weight,
        parcel::legacy::Wax, parcel::Stamp;
    types_that_options_choose: vault::Safe, vault::Door, vault::Unreached;
    stand_ins_for_another_crate: vault::foreign_fields::shop::geo::v1::Spot,
        vault::foreign_fields::shop::geo::v1::spot::Point;
    stand_ins_for_other_packages: shop::foreign_fields::shop::base::v1::Order,
        shop::foreign_fields::shop::base::v1::order::Line, shop::foreign_fields::shop::base::v1::order::line::Card,
        shop::foreign_fields::shop::base::v1::Customer, shop::foreign_fields::shop::r#type::Place,
        shop::foreign_fields::shop::r#type::place::Point;
    messages_beside_other_packages: shop::Cart, shop::Item, shop::ListOrdersResponse;
    resources: fleet::Truck, fleet::Driver, fleet::Trailer, fleet::Route, fleet::Depot, fleet::garage::EnginePart,
        fleet::ListTrucksResponse;
}
