//! Requests with a resource and a mask, in every form in which they are recognised.

use transom::mask::{ApplyOptions, UpdateOptions, UpdateRequest as _};
use transom::violation::Reason;
use transom_testdata::update_requests::fleet::v1::truck::Load;
use transom_testdata::update_requests::fleet::v1::{
    Color, ConfigureSpareDriverRequest, Depot, Driver, ModifyRouteRequest, Route, SetDriverRequest, Trailer, Truck,
    UpdateDepotRequest, UpdateTrailerRequest, UpdateTruckRequest, garage,
};

use crate::given::{mask, refused, time};

/// A truck of which every field is set.
pub(crate) fn truck() -> Truck {
    Truck {
        name: "trucks/1".into(),
        title: "old".into(),
        wheels: 6,
        parked: Some(true),
        color: Color::Red.into(),
        driver: Some(Driver { name: "Ann".into(), phone: Some("1".into()) }),
        tags: vec!["a".into(), "b".into()],
        labels: [("depot".into(), "north".into()), ("fuel".into(), "gas".into())].into(),
        note: Some("careful".into()),
        bought: Some(time(1)),
        height: -3,
        etag: "2".into(),
        load: Some(Load::Sand("fine".into())),
    }
}

fn request(truck: Truck, paths: &[&str]) -> UpdateTruckRequest {
    UpdateTruckRequest { truck: Some(truck), update_mask: mask(paths), ..Default::default() }
}

#[test]
fn a_mask_selects_what_is_updated() {
    let mut stored = truck();
    let given = Truck {
        name: "trucks/2".into(),
        title: "new".into(),
        wheels: 8,
        driver: Some(Driver { name: "Bob".into(), phone: None }),
        labels: [("fuel".into(), "diesel".into()), ("other".into(), "ignored".into())].into(),
        ..Default::default()
    };
    let changed = request(given, &["title", "driver.phone", "labels.fuel", "parked", "note", "sand", "height"])
        .apply_to(&mut stored)
        .unwrap();
    let updated = Truck {
        title: "new".into(),
        driver: Some(Driver { name: "Ann".into(), phone: None }),
        labels: [("depot".into(), "north".into()), ("fuel".into(), "diesel".into())].into(),
        parked: None,
        note: None,
        load: None,
        height: 0,
        ..truck()
    };
    assert_eq!(stored, updated);
    assert_eq!(changed.paths(), ["driver.phone", "height", "labels", "note", "parked", "sand", "title"]);
}

#[test]
fn what_did_not_change_is_not_reported() {
    let mut stored = truck();
    let changed = request(truck(), &["*"]).apply_to(&mut stored).unwrap();
    assert!(changed.is_empty(), "{:?}", changed.paths());
    assert_eq!(stored, truck());
}

#[test]
fn a_star_replaces_all_but_the_name_and_the_etag() {
    let mut stored = truck();
    let changed = request(Truck { title: "new".into(), ..Default::default() }, &["*"]).apply_to(&mut stored).unwrap();
    let left = Truck { name: "trucks/1".into(), etag: "2".into(), title: "new".into(), ..Default::default() };
    assert_eq!(stored, left);
    assert!(!changed.paths().iter().any(|path| path == "name" || path == "etag"), "{:?}", changed.paths());
}

#[test]
fn without_a_mask_what_is_set_is_updated() {
    for update_mask in [None, mask(&[])] {
        let mut stored = truck();
        let given = Truck { wheels: 8, driver: Some(Driver { name: "Bob".into(), phone: None }), ..Default::default() };
        let request = UpdateTruckRequest { truck: Some(given), update_mask, ..Default::default() };
        let changed = request.apply_to(&mut stored).unwrap();
        assert_eq!(changed.paths(), ["driver.name", "wheels"]);
        let driver = Driver { name: "Bob".into(), phone: Some("1".into()) };
        assert_eq!(stored, Truck { wheels: 8, driver: Some(driver), ..truck() });
    }
}

#[test]
fn all_mistakes_are_named_and_nothing_changes() {
    let mut stored = truck();
    let paths = ["title", "nope", "driver.nope", "title.x", "load", "labels"];
    let wrong = refused(request(Truck::default(), &paths).apply_to(&mut stored));
    let wanted =
        [(1, Reason::UnknownField), (2, Reason::UnknownField), (3, Reason::NoSubfields), (4, Reason::UnknownField)];
    assert_eq!(wrong, wanted.map(|(index, reason)| (format!("update_mask.paths[{index}]"), reason)));
    assert_eq!(stored, truck());

    // The name cannot be changed by its own path.
    let wrong =
        refused(request(Truck { name: "trucks/2".into(), ..truck() }, &["name", "title"]).apply_to(&mut stored));
    assert_eq!(wrong, [("truck.name".into(), Reason::ImmutableField)]);
    assert_eq!(stored, truck());
}

#[test]
fn options_choose_what_an_update_means() {
    let options = UpdateOptions { apply: ApplyOptions::protobuf_util(), ..Default::default() };
    let mut stored = truck();
    let given = Truck {
        tags: vec!["c".into()],
        driver: Some(Driver { phone: Some("2".into()), ..Default::default() }),
        ..Default::default()
    };
    request(given, &["tags", "driver"]).apply_to_with(&mut stored, &options).unwrap();
    assert_eq!(stored.tags, ["a", "b", "c"]);
    assert_eq!(stored.driver, Some(Driver { name: "Ann".into(), phone: Some("2".into()) }));
}

#[test]
fn the_resource_is_found_wherever_it_stands() {
    let mut trailer = Trailer::default();
    let request = UpdateTrailerRequest {
        update_mask: mask(&["name"]),
        trailer: Some(Trailer { name: "t".into() }),
        // A number is no condition.
        etag: 7,
    };
    assert_eq!(request.apply_to(&mut trailer).unwrap().paths(), ["name"]);
    assert_eq!(trailer.name, "t");

    let mut route = Route::default();
    let request = ModifyRouteRequest {
        new_state: Some(Route { driver: Some(Driver { name: "Ann".into(), phone: None }), ..Default::default() }),
        by: Some(Driver { name: "by".into(), phone: None }),
        update_mask: mask(&["driver.name"]),
        ..Default::default()
    };
    assert_eq!(request.apply_to(&mut route).unwrap().paths(), ["driver"]);
    assert_eq!(route.driver.unwrap().name, "Ann");

    let mut driver = Driver::default();
    let request = ConfigureSpareDriverRequest {
        driver: Some(Driver { name: "not".into(), phone: None }),
        spare_driver: Some(Driver { name: "spare".into(), phone: Some("3".into()) }),
        update_mask: mask(&["*"]),
    };
    request.apply_to(&mut driver).unwrap();
    assert_eq!(driver, Driver { name: "spare".into(), phone: Some("3".into()) });

    let mut part = garage::EnginePart::default();
    let request = garage::UpdateEnginePartRequest {
        engine_part: Some(garage::EnginePart { name: "valve".into() }),
        trailer: Some(Trailer { name: "not".into() }),
        update_mask: None,
    };
    request.apply_to(&mut part).unwrap();
    assert_eq!(part.name, "valve");

    // The elements of a list are updated by their positions, under the mask for updates and not that for reads.
    let mut depot = Depot { trucks: vec![truck()], ..Default::default() };
    let request = UpdateDepotRequest {
        depot: Some(Depot { trucks: vec![Truck { wheels: 2, ..Default::default() }], ..Default::default() }),
        update_mask: mask(&["trucks.*.wheels"]),
        read_mask: mask(&["name"]),
    };
    request.apply_to(&mut depot).unwrap();
    assert_eq!(depot.trucks, [Truck { wheels: 2, ..truck() }]);
}

#[test]
fn violations_carry_the_names_of_the_request() {
    let update = |whoever, mask| SetDriverRequest { mask, whoever }.apply_to(&mut Driver::default());
    assert_eq!(refused(update(None, None)), [("whoever".into(), Reason::MissingResource)]);
    let wrong = refused(update(Some(Driver::default()), mask(&["nope"])));
    assert_eq!(wrong, [("mask.paths[0]".into(), Reason::UnknownField)]);
    let wrong = refused(ModifyRouteRequest::default().apply_to(&mut Route::default()));
    assert_eq!(wrong, [("new_state".into(), Reason::MissingResource)]);
}
