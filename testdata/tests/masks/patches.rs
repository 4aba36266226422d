//! Requests with optional fields and wrappers in place of a mask.

use transom::mask::UpdateRequest as _;
use transom_testdata::update_requests::fleet::v1::{
    Color, Driver, PatchTruckRequest, Route, Truck, UpdateDriverRequest, UpdateRouteRequest,
};

use crate::given::time;
use crate::updates::truck;

#[test]
fn what_is_set_is_updated_even_to_zero() {
    let mut stored = truck();
    let request = PatchTruckRequest {
        name: "trucks/2".into(),
        title: Some(String::new()),
        wheels: Some(0),
        parked: Some(false),
        color: Some(Color::Unspecified.into()),
        note: Some(String::new()),
        height: Some(0),
        ..Default::default()
    };
    let changed = request.apply_to(&mut stored).unwrap();
    assert_eq!(changed.paths(), ["color", "height", "note", "parked", "title", "wheels"]);
    let updated = Truck {
        title: String::new(),
        wheels: 0,
        parked: Some(false),
        color: 0,
        note: Some(String::new()),
        height: 0,
        ..truck()
    };
    // The name, which has no presence, stays.
    assert_eq!(stored, updated);
}

#[test]
fn messages_lists_and_maps_that_are_given_replace_the_stored() {
    let mut stored = truck();
    let request = PatchTruckRequest {
        driver: Some(Driver { phone: Some("9".into()), ..Default::default() }),
        tags: vec!["c".into()],
        labels: [("fuel".into(), "sun".into())].into(),
        bought: Some(time(2)),
        ..Default::default()
    };
    request.apply_to(&mut stored).unwrap();
    let updated = Truck {
        driver: Some(Driver { phone: Some("9".into()), ..Default::default() }),
        tags: vec!["c".into()],
        labels: [("fuel".into(), "sun".into())].into(),
        bought: Some(time(2)),
        ..truck()
    };
    assert_eq!(stored, updated);
}

#[test]
fn what_is_not_set_or_not_the_resources_changes_nothing() {
    let mut stored = truck();
    let request = PatchTruckRequest {
        name: "trucks/2".into(),
        unknown: Some("x".into()),
        allow_missing: true,
        ..Default::default()
    };
    assert!(request.apply_to(&mut stored).unwrap().is_empty());
    assert_eq!(stored, truck());
}

#[test]
#[expect(deprecated, reason = "a deprecated field is updated too")]
fn the_resource_is_found_by_the_methods_name_or_in_the_response() {
    let mut route = Route { length: 1, ..Default::default() };
    assert!(UpdateRouteRequest { length: None }.apply_to(&mut route).unwrap().is_empty());
    assert_eq!(UpdateRouteRequest { length: Some(0) }.apply_to(&mut route).unwrap().paths(), ["length"]);
    assert_eq!(route.length, 0);

    let mut driver = Driver { name: "Ann".into(), phone: None };
    let request = UpdateDriverRequest { name: "Bob".into(), phone: Some("1".into()), ..Default::default() };
    assert_eq!(request.apply_to(&mut driver).unwrap().paths(), ["phone"]);
    assert_eq!(driver, Driver { name: "Ann".into(), phone: Some("1".into()) });
}
