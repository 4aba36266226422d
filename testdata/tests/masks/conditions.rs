//! `allow_missing` and `etag`, as the request declares them: as fields, with presence, or as wrappers.

use transom::mask::{Outcome, UpdateError, UpdateRequest as _};
use transom::violation::{NamedResource, Reason, Subject};
use transom_testdata::update_requests::fleet::v1::{
    Driver, ModifyRouteRequest, PatchTruckRequest, Route, Truck, UpdateDriverRequest, UpdateTruckRequest,
};

use crate::given::{mask, refused};
use crate::updates::truck;

fn named(message: &'static str, name: &str) -> NamedResource {
    NamedResource::new(Subject::from_full_name(message), name)
}

#[test]
fn an_etag_of_the_request_or_of_the_resource_is_compared() {
    // Of the request, of the resource in it, and whether the stored one, `2`, agrees.
    for (of_request, of_resource, agrees) in [("", "", true), ("2", "1", true), ("", "2", true), ("1", "2", false)] {
        let mut stored = truck();
        let request = UpdateTruckRequest {
            truck: Some(Truck { wheels: 8, etag: of_resource.into(), ..Default::default() }),
            update_mask: mask(&["wheels"]),
            etag: of_request.into(),
            ..Default::default()
        };
        let result = request.apply_to(&mut stored);
        if agrees {
            assert_eq!(result.unwrap().paths(), ["wheels"]);
            assert_eq!(stored, Truck { wheels: 8, ..truck() });
        } else {
            assert_eq!(result.err(), Some(UpdateError::EtagMismatch(named("fleet.v1.Truck", ""))));
            assert_eq!(stored, truck());
        }
    }
}

#[test]
fn an_etag_is_compared_by_requests_with_optional_fields_too() {
    let mut stored = truck();
    let request = PatchTruckRequest { title: Some("new".into()), etag: "1".into(), ..Default::default() };
    assert_eq!(request.etag(), "1");
    let mismatch = UpdateError::EtagMismatch(named("fleet.v1.Truck", ""));
    assert_eq!(request.clone().apply_to(&mut stored).err(), Some(mismatch));
    assert_eq!(stored, truck());
    PatchTruckRequest { etag: "2".into(), ..request }.apply_to(&mut stored).unwrap();
    assert_eq!(stored.title, "new");
}

#[test]
fn an_etag_is_refused_for_a_resource_that_has_none() {
    let route = || Some(Route { length: 7, ..Default::default() });
    let request = ModifyRouteRequest { new_state: route(), etag: Some("1".into()), ..Default::default() };
    assert_eq!(request.etag(), "1");
    let mut stored = Route::default();
    assert_eq!(refused(request.apply_to(&mut stored)), [("etag".into(), Reason::UnsupportedField)]);
    assert_eq!(stored, Route::default());
    let request = ModifyRouteRequest { new_state: route(), etag: Some(String::new()), ..Default::default() };
    assert_eq!(request.apply_to(&mut stored).unwrap().paths(), ["length"]);
}

#[test]
#[expect(deprecated, reason = "a deprecated field is updated too")]
fn a_missing_resource_is_created_where_the_request_allows_it() {
    for allow_missing in [false, true] {
        let request = UpdateTruckRequest {
            truck: Some(Truck { etag: String::new(), ..truck() }),
            update_mask: mask(&["title"]),
            allow_missing,
            ..Default::default()
        };
        match request.apply_or_create(None) {
            Ok(updated) => {
                assert!(allow_missing && matches!(updated.outcome, Outcome::Created));
                assert_eq!(updated.resource, Truck { etag: String::new(), ..truck() });
            }
            Err(error) => {
                assert!(
                    !allow_missing && error == UpdateError::NotFound(named("fleet.v1.Truck", "trucks/1")),
                    "{error}"
                )
            }
        }
    }
    for allow_missing in [None, Some(false), Some(true)] {
        let route = Route { length: 7, ..Default::default() };
        let request = ModifyRouteRequest { new_state: Some(route.clone()), allow_missing, ..Default::default() };
        let created = request.apply_or_create(None).map(|updated| updated.resource);
        assert_eq!(
            created,
            if allow_missing == Some(true) {
                Ok(route)
            } else {
                Err(UpdateError::NotFound(named("fleet.v1.Route", "")))
            }
        );

        let request = UpdateDriverRequest { phone: Some("1".into()), allow_missing, ..Default::default() };
        let created = request.apply_or_create(None).map(|updated| updated.resource);
        let driver = Driver { phone: Some("1".into()), ..Default::default() };
        assert_eq!(
            created,
            if allow_missing == Some(true) {
                Ok(driver)
            } else {
                Err(UpdateError::NotFound(named("fleet.v1.Driver", "")))
            }
        );
    }
}

#[test]
fn a_resource_that_is_there_is_updated() {
    let request = UpdateTruckRequest {
        truck: Some(Truck { title: "new".into(), ..Default::default() }),
        update_mask: mask(&["title", "wheels"]),
        allow_missing: true,
        ..Default::default()
    };
    let updated = request.apply_or_create(Some(truck())).unwrap();
    let Outcome::Changed(changed) = updated.outcome else { panic!("it was there") };
    assert_eq!(changed.paths(), ["title", "wheels"]);
    assert_eq!(updated.resource, Truck { title: "new".into(), wheels: 0, ..truck() });
}
