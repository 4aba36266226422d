//! Requests that read under a mask: what is returned, and what need not be fetched.

use transom::mask::{Mask, ParseOptions, ReadRequest as _};
use transom::violation::Reason;
use transom_testdata::field_masks::library::v1::{Book, GetBookRequest, Scalars};
use transom_testdata::update_requests::fleet::v1::{
    Depot, Driver, GetDepotRequest, GetTruckRequest, ListTrucksRequest, ListTrucksResponse, Truck, WatchTrucksRequest,
};

use crate::given::mask;
use crate::updates::truck;

#[test]
fn a_resource_is_cut_to_what_was_asked_for() {
    let request = GetTruckRequest { name: "trucks/1".into(), fields: mask(&["title", "driver.phone", "labels.fuel"]) };
    let read = request.read_mask().unwrap();
    assert!(read.includes(Truck::TITLE) && read.includes(Truck::DRIVER) && !read.includes(Truck::TAGS));
    let mut answer = truck();
    read.project(&mut answer);
    let left = Truck {
        title: "old".into(),
        driver: Some(Driver { name: String::new(), phone: Some("1".into()) }),
        labels: [("fuel".into(), "gas".into())].into(),
        ..Default::default()
    };
    assert_eq!(answer, left);
    assert_eq!(read.copy(&truck()), left);
}

#[test]
fn no_mask_an_empty_one_and_a_star_ask_for_everything() {
    for fields in [None, mask(&[]), mask(&["*"]), mask(&["*", "title"])] {
        let mut answer = truck();
        GetTruckRequest { name: String::new(), fields }.read_mask().unwrap().project(&mut answer);
        assert_eq!(answer, truck());
    }
}

#[test]
fn mistakes_carry_the_name_of_the_mask() {
    let wrong = GetTruckRequest { name: String::new(), fields: mask(&["title", "nope"]) }.read_mask().unwrap_err();
    assert_eq!(
        (wrong.as_slice()[0].field.as_str(), wrong.as_slice()[0].reason),
        ("fields.paths[1]", Reason::UnknownField)
    );
    let wrong = ListTrucksRequest { field_mask: mask(&["trucks"]), sort_mask: None }.read_mask().unwrap_err();
    assert_eq!(wrong.as_slice()[0].field, "field_mask.paths[0]");
    let wrong = GetBookRequest { name: String::new(), read_mask: mask(&["x", "y"]) }.read_mask().unwrap_err();
    assert_eq!(wrong.as_slice().len(), 2);
}

#[test]
fn a_list_is_cut_element_by_element() {
    // The other mask of the request is about something else.
    let request = ListTrucksRequest { field_mask: mask(&["name"]), sort_mask: mask(&["title"]) };
    let read = request.read_mask().unwrap();
    let mut answer = truck();
    read.project(&mut answer);
    assert_eq!(answer, Truck { name: "trucks/1".into(), ..Default::default() });

    let query = "trucks.name,nextPageToken";
    let read = Mask::<ListTrucksResponse>::parse_query("x-goog-fieldmask", query, &ParseOptions::query()).unwrap();
    let mut response = ListTrucksResponse {
        warnings: vec!["late".into()],
        trucks: vec![truck(), truck()],
        next_page_token: "next".into(),
    };
    read.project(&mut response);
    assert_eq!(
        response,
        ListTrucksResponse {
            warnings: Vec::new(),
            trucks: vec![answer.clone(), answer],
            next_page_token: "next".into()
        }
    );
}

#[test]
fn elements_of_a_resource_are_reached_with_and_without_a_star() {
    for path in ["trucks.driver.name", "trucks.*.driver.name"] {
        let read = GetDepotRequest { read_mask: mask(&[path]) }.read_mask().unwrap();
        let mut depot = Depot { name: "d".into(), trucks: vec![truck()] };
        read.project(&mut depot);
        let driver = Some(Driver { name: "Ann".into(), phone: None });
        assert_eq!(depot, Depot { name: String::new(), trucks: vec![Truck { driver, ..Default::default() }] });
    }
    let read = WatchTrucksRequest { read_mask: mask(&["wheels"]) }.read_mask().unwrap();
    assert_eq!(read.copy(&truck()), Truck { wheels: 6, ..Default::default() });
}

#[test]
fn what_is_pruned_is_all_but_the_mask() {
    let mut book = Book {
        name: "b".into(),
        scalars: Some(Scalars { the_bool: true, the_string: "s".into(), ..Default::default() }),
        ..Default::default()
    };
    let read = GetBookRequest { read_mask: mask(&["scalars.the_bool"]), ..Default::default() }.read_mask().unwrap();
    read.prune(&mut book);
    let scalars = Some(Scalars { the_string: "s".into(), ..Default::default() });
    assert_eq!(book, Book { name: "b".into(), scalars, ..Default::default() });
}
