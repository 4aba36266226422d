//! Resources and parts of them that live in other packages: requests describe them with stand-ins.

use prost_types::FieldMask;
use transom::mask::{ConstMask, Mask, ParseOptions, ReadRequest as _, UpdateRequest as _, prepare_response};
use transom::violation::Reason;
use transom_testdata::field_mask_packages::shop::base::v1::order::line::{Card, card::Network};
use transom_testdata::field_mask_packages::shop::base::v1::order::{Line, Payment};
use transom_testdata::field_mask_packages::shop::base::v1::{Customer, Order, UpdateCustomerRequest};
use transom_testdata::field_mask_packages::shop::r#type::Place;
use transom_testdata::field_mask_packages::shop::r#type::place::{Kind, Point, point::Extra};
use transom_testdata::field_mask_packages::shop::v1::cart::Content;
use transom_testdata::field_mask_packages::shop::v1::foreign_fields::shop::{base::v1 as base_fields, r#type as types};
use transom_testdata::field_mask_packages::shop::v1::{
    Cart, Item, ListOrdersRequest, ListOrdersResponse, UpdateCartRequest, UpdateOrderRequest, UpdatePlaceRequest,
};

use crate::given::{mask, refused, time};

fn item(sku: &str) -> Item {
    Item { sku: sku.into(), part: None }
}

fn card(network: &str) -> Card {
    Card { number: vec![4, 2], network: Some(Network::Visa(network.into())) }
}

fn order() -> Order {
    Order {
        name: "orders/1".into(),
        items: vec![item("a"), item("b")],
        ship_to: Some(Place { id: "p".into(), city: "Rome".into(), ..Default::default() }),
        lines: [("x".into(), Line { item: Some(item("c")), count: 1 })].into(),
        create_time: Some(time(1)),
        payment: Some(Payment::Card(card("old"))),
        ..Default::default()
    }
}

#[test]
fn a_resource_of_another_package_is_updated() {
    let mut stored = order();
    let given = Order {
        items: vec![item("A"), item("B"), item("C")],
        ship_to: Some(Place {
            city: "Oslo".into(),
            point: Some(Box::new(Point {
                extra: Some(Extra::Place(Box::new(Place { city: "inner".into(), ..Default::default() }))),
                ..Default::default()
            })),
            ..Default::default()
        }),
        lines: [("x".into(), Line { item: Some(item("D")), count: 9 })].into(),
        create_time: Some(time(2)),
        payment: Some(Payment::Card(card("new"))),
        ..Default::default()
    };
    let paths =
        ["items.*.sku", "ship_to.point.place.city", "lines.x.item.sku", "card.visa", "create_time", "first.count"];
    let request = UpdateOrderRequest { order: Some(given), update_mask: mask(&paths) };
    let changed = request.apply_to(&mut stored).unwrap();
    assert!(!changed.includes(base_fields::Order::CREATE_TIME) && !changed.includes(base_fields::Order::FIRST));
    let updated = Order {
        items: vec![item("A"), item("B"), item("C")],
        ship_to: Some(Place {
            point: Some(Box::new(Point {
                extra: Some(Extra::Place(Box::new(Place { city: "inner".into(), ..Default::default() }))),
                ..Default::default()
            })),
            ..order().ship_to.unwrap()
        }),
        lines: [("x".into(), Line { item: Some(item("D")), count: 1 })].into(),
        payment: Some(Payment::Card(card("new"))),
        ..order()
    };
    assert_eq!(stored, updated);
}

#[test]
fn mistakes_are_found_in_other_packages_too() {
    let paths = ["ship_to.nope", "lines.x.nope", "of.of.items.*.part.nope", "payment", "ship_to.digests.a.b"];
    let request = UpdateOrderRequest { order: Some(order()), update_mask: mask(&paths) };
    let wrong = refused(request.apply_to(&mut order()));
    assert_eq!(wrong.len(), paths.len(), "{wrong:?}");
    assert_eq!(wrong[4], ("update_mask.paths[4]".into(), Reason::NoSubfields));
    let renamed = Order { name: "orders/2".into(), ..order() };
    let request = UpdateOrderRequest { order: Some(renamed), update_mask: mask(&["name"]) };
    assert_eq!(refused(request.apply_to(&mut order())), [("order.name".into(), Reason::ImmutableField)]);
}

#[test]
fn parts_of_another_package_are_updated() {
    let mut stored = Cart { place: Some(Place { city: "Rome".into(), ..Default::default() }), ..Default::default() };
    let given = Cart {
        place: Some(Place { way: vec![Point { latitude: 1.0, longitude: 2.0, extra: None }], ..Default::default() }),
        kind: Kind::Home.into(),
        content: Some(Content::Point(Point { extra: Some(Extra::Raw(vec![7])), ..Default::default() })),
    };
    let paths = ["place.way.*.latitude", "kind", "point.raw"];
    UpdateCartRequest { cart: Some(given.clone()), update_mask: mask(&paths) }.apply_to(&mut stored).unwrap();
    let way = vec![Point { latitude: 1.0, ..Default::default() }];
    let place = Some(Place { city: "Rome".into(), way, ..Default::default() });
    assert_eq!(stored, Cart { place, ..given });
}

#[test]
fn optional_fields_update_a_resource_of_another_package() {
    let mut stored = Place { id: "p".into(), city: "Rome".into(), ..Default::default() };
    let point = Point { latitude: 3.0, ..Default::default() };
    let request = UpdatePlaceRequest {
        id: "other".into(),
        city: None,
        kind: Some(Kind::Home.into()),
        point: Some(point.clone()),
    };
    assert_eq!(request.apply_to(&mut stored).unwrap().paths(), ["kind", "point"]);
    let updated = Place {
        id: "p".into(),
        city: "Rome".into(),
        kind: Kind::Home.into(),
        point: Some(Box::new(point)),
        ..Default::default()
    };
    assert_eq!(stored, updated);
}

#[test]
fn a_request_of_another_package_is_applied_by_hand() {
    let request = UpdateCustomerRequest {
        customer: Some(Customer { name: "c".into(), last: Some(order()) }),
        update_mask: mask(&["last.ship_to.city", "last.lines.x"]),
    };
    let mask = Mask::<base_fields::Customer>::parse(&request.update_mask.unwrap()).unwrap();
    let mut stored = Customer::default();
    mask.apply_owned(&mut stored, request.customer.unwrap()).unwrap();
    let last = Order {
        ship_to: Some(Place { city: "Rome".into(), ..Default::default() }),
        lines: order().lines,
        ..Default::default()
    };
    assert_eq!(stored, Customer { name: String::new(), last: Some(last) });
}

#[test]
fn a_list_of_another_packages_messages_is_read() {
    const CITIES: ConstMask<base_fields::Order, 2> = ConstMask::new([
        base_fields::Order::SHIP_TO.join(types::Place::CITY).any(),
        base_fields::Order::ITEMS.each().join(Item::SKU).any(),
    ]);
    let request = ListOrdersRequest { read_mask: mask(&["ship_to.city", "items.sku"]) };
    let mask = request.read_mask().unwrap();
    assert_eq!(mask, CITIES.to_mask());
    let mut response = ListOrdersResponse { orders: vec![order(), order()], next_page_token: "next".into() };
    for order in &mut response.orders {
        mask.project(order);
    }
    let left = Order {
        items: order().items,
        ship_to: Some(Place { city: "Rome".into(), ..Default::default() }),
        ..Default::default()
    };
    assert_eq!(response.orders, [left.clone(), left.clone()]);

    // The same, as a header says it of the response.
    let query = "nextPageToken,orders.shipTo.city,orders.items.sku";
    let mask = Mask::<ListOrdersResponse>::parse_query("x-goog-fieldmask", query, &ParseOptions::query()).unwrap();
    let mut response = ListOrdersResponse { orders: vec![order()], next_page_token: "next".into() };
    mask.project(&mut response);
    assert_eq!(response, ListOrdersResponse { orders: vec![left], next_page_token: "next".into() });
}

#[test]
fn annotations_of_another_package_count() {
    let mut answer = Customer { last: Some(order()), ..Default::default() };
    prepare_response::<base_fields::Customer>(&mut answer);
    let payment = Payment::Card(Card { number: Vec::new(), ..card("old") });
    assert_eq!(answer.last, Some(Order { payment: Some(payment), ..order() }));
}

#[test]
fn a_mask_goes_to_the_wire_and_back() {
    let mask = Mask::<base_fields::Order>::from_paths([
        base_fields::Order::LINES.key("J. Smith").join(base_fields::order::Line::COUNT).any(),
        base_fields::Order::OF.join(base_fields::Order::NAME).any(),
    ]);
    let wire: FieldMask = (&mask).into();
    assert_eq!(wire.paths, ["lines.`J. Smith`.count", "of.name"]);
    assert_eq!(Mask::parse(&wire).as_ref(), Ok(&mask));
}
