//! Types that options choose: shared bytes, ordered maps, boxes, and structs of another crate.

use transom::mask::{ConstMask, Mask, ReadRequest as _, UpdateRequest as _};
use transom_testdata::field_mask_options::vault::v1::foreign_fields::shop::geo::v1 as geo_fields;
use transom_testdata::field_mask_options::vault::v1::safe::Content;
use transom_testdata::field_mask_options::vault::v1::{
    Door, GetSafeRequest, Safe, UpdateDoorRequest, UpdateSafeRequest,
};
use transom_testdata::field_mask_packages::shop::geo::v1::Spot;
use transom_testdata::field_mask_packages::shop::geo::v1::spot::{Kind, Point, point::Extra};

use crate::given::mask;

fn spot() -> Spot {
    Spot {
        id: "s".into(),
        kind: Kind::Home.into(),
        way: vec![Point { latitude: 1.0, longitude: 2.0, extra: None }],
        ..Default::default()
    }
}

fn door(id: &str) -> Door {
    Door { id: id.into(), key: "key".into(), ..Default::default() }
}

fn safe() -> Safe {
    Safe {
        code: "code".into(),
        spare_code: Some("spare".into()),
        codes: vec!["1".into(), "2".into()],
        by_name: [("a".into(), "A".into()), ("b".into(), "B".into())].into(),
        doors: [("front".into(), door("f"))].into(),
        door: Some(Box::new(door("d"))),
        content: Some(Content::OtherDoor(Box::new(door("o")))),
        place: Some(Box::new(spot())),
        ..Default::default()
    }
}

fn update(stored: &mut Safe, given: Safe, paths: &[&str]) -> Vec<String> {
    UpdateSafeRequest { safe: Some(given), update_mask: mask(paths) }.apply_to(stored).unwrap().paths()
}

#[test]
fn shared_bytes_are_shared_and_not_copied() {
    let given = Safe { code: vec![7; 100].into(), content: Some(Content::Raw("raw".into())), ..Default::default() };
    let mask = Mask::<Safe>::from_paths([Safe::CODE.any(), Safe::RAW.any()]);
    let mut stored = safe();
    mask.apply(&mut stored, &given).unwrap();
    assert_eq!(stored.code.as_ptr(), given.code.as_ptr());
    assert_eq!(stored, Safe { code: given.code.clone(), content: given.content.clone(), ..safe() });

    let mut stored = safe();
    assert_eq!(update(&mut stored, given, &["spare_code", "codes", "wrapped"]), ["codes", "spare_code"]);
    assert_eq!(stored, Safe { spare_code: None, codes: Vec::new(), ..safe() });
}

#[test]
fn ordered_maps_are_reached_by_key() {
    let given = Safe {
        by_name: [("a".into(), "new".into()), ("c".into(), "C".into())].into(),
        doors: [("front".into(), Door { key: "new".into(), ..door("other") })].into(),
        ..Default::default()
    };
    let mut stored = safe();
    let changed = update(&mut stored, given, &["by_name.a", "by_name.b", "doors.front.key", "doors.back"]);
    assert_eq!(changed, ["by_name", "doors"]);
    let updated = Safe {
        by_name: [("a".into(), "new".into())].into(),
        doors: [("front".into(), Door { key: "new".into(), ..door("f") })].into(),
        ..safe()
    };
    assert_eq!(stored, updated);
}

#[test]
fn boxed_members_of_oneofs_are_updated_in_place() {
    let given = Safe { content: Some(Content::OtherDoor(Box::new(door("new")))), ..Default::default() };
    let mut stored = safe();
    assert_eq!(update(&mut stored, given, &["other_door.id", "door.key"]), ["door.key", "other_door.id"]);
    let left = Door { key: Default::default(), ..door("d") };
    let content = Content::OtherDoor(Box::new(Door { id: "new".into(), ..door("o") }));
    assert_eq!(stored, Safe { door: Some(Box::new(left)), content: Some(content), ..safe() });
}

#[test]
fn structs_of_another_crate_are_reached_field_by_field() {
    let point = Point {
        latitude: 9.0,
        longitude: 9.0,
        extra: Some(Extra::Spot(Box::new(Spot { id: "in".into(), ..Default::default() }))),
    };
    let given = Safe {
        place: Some(Box::new(Spot {
            id: "new".into(),
            point: Some(Box::new(point.clone())),
            way: vec![point.clone()],
            ..Default::default()
        })),
        content: Some(Content::Point(Box::new(point))),
        ..Default::default()
    };
    let mut stored = safe();
    let paths = ["place.kind", "place.point.spot.id", "place.way.*.latitude", "point.longitude"];
    assert_eq!(update(&mut stored, given, &paths), ["place.kind", "place.point", "place.way", "point"]);
    let updated = Safe {
        place: Some(Box::new(Spot {
            kind: 0,
            point: Some(Box::new(Point {
                extra: Some(Extra::Spot(Box::new(Spot { id: "in".into(), ..Default::default() }))),
                ..Default::default()
            })),
            way: vec![Point { latitude: 9.0, longitude: 2.0, extra: None }],
            ..spot()
        })),
        content: Some(Content::Point(Box::new(Point { longitude: 9.0, ..Default::default() }))),
        ..safe()
    };
    assert_eq!(stored, updated);
}

#[test]
fn optional_fields_of_these_types_are_updated() {
    let mut stored = Door { keys: [("a".into(), "A".into())].into(), ..door("d") };
    let request = UpdateDoorRequest {
        id: "other".into(),
        key: Some("new".into()),
        keys: [("b".into(), "B".into())].into(),
        place: Some(spot()),
        delay: None,
    };
    assert_eq!(request.apply_to(&mut stored).unwrap().paths(), ["key", "keys", "place"]);
    let keys = [("b".into(), "B".into())].into();
    assert_eq!(stored, Door { key: "new".into(), keys, place: Some(spot()), ..door("d") });
}

#[test]
fn a_read_keeps_what_is_asked_for() {
    const ASKED: ConstMask<Safe, 2> = ConstMask::new([
        Safe::DOORS.key("front").join(Door::ID).any(),
        Safe::PLACE.join(geo_fields::Spot::WAY).each().join(geo_fields::spot::Point::LATITUDE).any(),
    ]);
    let request = GetSafeRequest { field_mask: mask(&["doors.front.id", "place.way.latitude"]) };
    let mask = request.read_mask().unwrap();
    assert_eq!(mask, ASKED.to_mask());
    let mut answer = safe();
    mask.project(&mut answer);
    let way = vec![Point { latitude: 1.0, ..Default::default() }];
    let left = Safe {
        doors: [("front".into(), Door { id: "f".into(), ..Default::default() })].into(),
        place: Some(Box::new(Spot { way, ..Default::default() })),
        ..Default::default()
    };
    assert_eq!(answer, left);
}
