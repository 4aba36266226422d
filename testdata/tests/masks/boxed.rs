//! Requests and resources whose fields are in boxes, the mask and the conditions too.

use prost_types::FieldMask;
use transom::mask::{ReadRequest as _, UpdateError, UpdateRequest as _};
use transom::violation::{NamedResource, Subject};
use transom_testdata::field_mask_boxed::parcel::v1::parcel::Receiver;
use transom_testdata::field_mask_boxed::parcel::v1::{
    Address, GetParcelRequest, Label, Legacy, Parcel, Stamp, UpdateLabelRequest, UpdateParcelRequest, legacy,
};

use crate::given::{mask, time};

fn boxed(paths: &[&str]) -> Option<Box<FieldMask>> {
    mask(paths).map(Box::new)
}

fn address(city: &str) -> Address {
    Address { street: "Main".into(), city: city.into() }
}

fn parcel() -> Parcel {
    Parcel {
        name: "parcels/1".into(),
        label: Some(Box::new(Label { note: Some(Box::new("fragile".into())), ..Default::default() })),
        spare: Some(Box::new(Label { text: "spare".into(), ..Default::default() })),
        insured: Some(Box::new(7)),
        stops: [("a".into(), address("Rome"))].into(),
        legacy: Some(Box::new(Legacy {
            stamp: Box::new(Stamp { motif: Some("bird".into()), value: Some(1) }),
            ..Default::default()
        })),
        etag: "2".into(),
        receiver: Some(Receiver::Address(Box::new(address("Rome")))),
        ..Default::default()
    }
}

#[test]
fn an_update_goes_through_the_boxes() {
    let given = Parcel {
        label: Some(Box::new(Label { address: Some(Box::new(address("Oslo"))), ..Default::default() })),
        spare: None,
        sent: Some(Box::new(time(3))),
        inside: Some(Box::new(Parcel { insured: Some(Box::new(1)), ..Default::default() })),
        receiver: Some(Receiver::Address(Box::new(address("Oslo")))),
        legacy: Some(Box::new(Legacy {
            stamp: Box::new(Stamp { motif: None, value: Some(2) }),
            seal: Some(legacy::Seal::Wax(Box::new(legacy::Wax { color: Some("red".into()) }))),
            ..Default::default()
        })),
        ..Default::default()
    };
    let paths = [
        "label.address.city",
        "label.note",
        "spare",
        "sent",
        "inside.insured",
        "insured",
        "address.city",
        "stops.a.street",
        "legacy.stamp.value",
        "legacy.Wax.color",
    ];
    let mut stored = parcel();
    let request = UpdateParcelRequest {
        parcel: Some(Box::new(given)),
        update_mask: boxed(&paths),
        etag: Some(Box::new("2".into())),
        ..Default::default()
    };
    let changed = request.apply_to(&mut stored).unwrap();
    // What came as a whole is named as a whole, and so is a map.
    let wanted = [
        "address.city",
        "inside",
        "insured",
        "label.address",
        "label.note",
        "legacy.Wax",
        "legacy.stamp.value",
        "sent",
        "stops",
    ];
    assert_eq!(changed.paths(), wanted);
    let updated = Parcel {
        label: Some(Box::new(Label {
            address: Some(Box::new(Address { street: String::new(), city: "Oslo".into() })),
            ..Default::default()
        })),
        sent: Some(Box::new(time(3))),
        inside: Some(Box::new(Parcel { insured: Some(Box::new(1)), ..Default::default() })),
        insured: None,
        receiver: Some(Receiver::Address(Box::new(address("Oslo")))),
        stops: [("a".into(), Address { street: String::new(), city: "Rome".into() })].into(),
        legacy: Some(Box::new(Legacy {
            stamp: Box::new(Stamp { motif: Some("bird".into()), value: Some(2) }),
            seal: Some(legacy::Seal::Wax(Box::new(legacy::Wax { color: Some("red".into()) }))),
            ..Default::default()
        })),
        ..parcel()
    };
    assert_eq!(stored, updated);
}

#[test]
fn conditions_in_boxes_count() {
    let request = UpdateParcelRequest {
        parcel: Some(Box::new(Parcel { insured: Some(Box::new(9)), ..Default::default() })),
        etag: Some(Box::new("1".into())),
        ..Default::default()
    };
    let resource = NamedResource::new(Subject::from_full_name("parcel.v1.Parcel"), "");
    assert_eq!(request.etag(), "1");
    assert_eq!(request.clone().apply_to(&mut parcel()).err(), Some(UpdateError::EtagMismatch(resource.clone())));
    assert_eq!(request.clone().apply_or_create(None).err(), Some(UpdateError::NotFound(resource)));
    let request = UpdateParcelRequest { allow_missing: Some(Box::new(true)), etag: None, ..request };
    let created = request.apply_or_create(None).unwrap().resource;
    assert_eq!(created.insured.as_deref(), Some(&9));
}

#[test]
fn optional_fields_go_from_box_to_box() {
    let label = || Label { id: "l".into(), text: "t".into(), etag: "1".into(), ..Default::default() };
    let mut stored = label();
    let request = UpdateLabelRequest {
        id: "other".into(),
        address: Some(Box::new(address("Oslo"))),
        printed: Some(Box::new(time(4))),
        note: Some("n".into()),
        text: Some(Box::new(String::new())),
        copies: Some(Box::new(0)),
        etag: Some(Box::new("1".into())),
    };
    let changed = request.clone().apply_to(&mut stored).unwrap();
    assert_eq!(changed.paths(), ["address", "copies", "note", "printed", "text"]);
    let updated = Label {
        address: Some(Box::new(address("Oslo"))),
        printed: Some(Box::new(time(4))),
        note: Some(Box::new("n".into())),
        text: String::new(),
        copies: Some(0),
        ..label()
    };
    assert_eq!(stored, updated);
    let label = NamedResource::new(Subject::from_full_name("parcel.v1.Label"), "");
    let stale = UpdateLabelRequest { etag: Some(Box::new("0".into())), ..request };
    assert_eq!(stale.apply_to(&mut stored).err(), Some(UpdateError::EtagMismatch(label)));
}

#[test]
fn a_read_mask_in_a_box_is_read() {
    let request = GetParcelRequest { read_mask: boxed(&["label.note", "receiver"]) };
    assert_eq!(request.read_mask().unwrap_err().as_slice()[0].field, "read_mask.paths[1]");
    let mut answer = parcel();
    let request = GetParcelRequest { read_mask: boxed(&["label.note", "address.city"]) };
    request.read_mask().unwrap().project(&mut answer);
    let left = Parcel {
        label: parcel().label,
        receiver: Some(Receiver::Address(Box::new(Address { street: String::new(), city: "Rome".into() }))),
        ..Default::default()
    };
    assert_eq!(answer, left);
}
