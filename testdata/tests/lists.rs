//! Generated list requests on the runtime: on the server they are asked for pages and answered with them, on the client
//! they go from page to page.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use transom::list::PagedRequest;
use transom::list::{Key, KeyRing, ListRequest, ListRequestExt as _, PageSizes, Pages};
use transom_testdata::list_boxed::cargo::v1 as boxed;
use transom_testdata::list_options::library::v1 as options;
use transom_testdata::list_packages::shop;
use transom_testdata::list_requests::library::v1::{
    Book, BrowseBooksRequest, Color, ListBooksRequest, ListColorsRequest, QueryBooksRequest, ScanBooksRequest,
    SearchRequest, Shelf, StreamBooksRequest, outer,
};
use transom_testdata::request_syntaxes::archive::v1 as archive;
use transom_testdata::user_orders::user as orders;

fn ring() -> KeyRing {
    KeyRing::new(Key::new([7; 32]))
}

fn books() -> Vec<Book> {
    ["a", "b", "c", "d", "e"].map(|name| Book { name: name.to_owned(), ..Default::default() }).into()
}

/// The names on all pages of a list, as a server makes them in memory and a client follows them.
fn names<R>(pages: &Pages<R>, mut request: R, books: &[Book]) -> Vec<String>
where
    R: transom::list::UnaryListRequest<Resource = Book>
        + PagedRequest<Response = <R as transom::list::UnaryListRequest>::Response, Item = Book>,
{
    let mut names = Vec::new();
    loop {
        let mut response = request.page(pages).unwrap().paginate(books).unwrap();
        names.extend(R::take_items(&mut response).into_iter().map(|book| book.name));
        let next = R::next_page_token(&response).to_owned();
        if next.is_empty() {
            return names;
        }
        request.replace_page_token(next);
    }
}

#[test]
fn pages_joined_are_the_list() {
    let pages = Pages::keyset(ring(), Book::NAME);
    let request = ListBooksRequest { page_size: 2, ..Default::default() };
    assert_eq!(names(&pages, request.clone(), &books()), ["a", "b", "c", "d", "e"]);
    let filtered = ListBooksRequest { filter: "name > \"b\"".to_owned(), order_by: "name desc".to_owned(), ..request };
    assert_eq!(names(&pages, filtered.clone(), &books()), ["e", "d", "c"]);
    let response = filtered.page(&pages).unwrap().paginate(&books()).unwrap();
    assert_eq!((response.books.len(), response.total_size), (2, 3));
}

#[test]
fn wrappers_and_presence_are_read_and_written() {
    let pages = Pages::keyset(ring(), Book::NAME);
    let request = SearchRequest { max_results: Some(2), skip: Some(1), ..Default::default() };
    assert_eq!(names(&pages, SearchRequest { skip: None, ..request.clone() }, &books()).len(), 5);
    let response = request.page(&pages).unwrap().paginate(&books()).unwrap();
    assert_eq!(response.hits[0].name, "b");
    assert!(response.next_page_token.is_some() && response.total_count == Some(5));
    let bad = SearchRequest { filter: Some("nothing = 1".to_owned()), ..request };
    assert!(bad.page(&pages).is_err());
}

#[test]
fn wrappers_in_boxes_are_read_and_written() {
    let crates = ["a", "b", "c"].map(|name| boxed::Crate { name: Some(Box::new(name.into())), ..Default::default() });
    let pages = Pages::keyset(ring(), boxed::Crate::NAME);
    let request = boxed::ListCratesRequest {
        page_size: Some(Box::new(1)),
        skip: Some(Box::new(1)),
        filter: Some(Box::new("name > a OR name = a".into())),
        order_by: Some(Box::new("name desc".into())),
        ..Default::default()
    };
    let response = request.page(&pages).unwrap().paginate(&crates).unwrap();
    assert_eq!((&response.crates[..], response.total_size.as_deref()), (&crates[1..2], Some(&3)));
    let mut next = boxed::ListCratesRequest { skip: None, ..request };
    next.replace_page_token(boxed::ListCratesRequest::next_page_token(&response).to_owned());
    let response = next.page(&pages).unwrap().paginate(&crates).unwrap();
    assert_eq!((&response.crates[..], response.next_page_token), (&crates[..1], None));
    let request = boxed::BrowseCratesRequest {
        limit: Some(Box::new(1)),
        offset: Some(Box::new(2)),
        filter: Some(Box::new("name:*".into())),
    };
    let response = request.page(&Pages::new(boxed::Crate::NAME)).unwrap().paginate(&crates).unwrap();
    assert_eq!((&response.crates[..], response.total_count), (&crates[2..], Some(Box::new(3))));
}

#[test]
fn required_wrappers_in_boxes_are_read_and_written() {
    let pallets = ["a", "b"].map(|name| boxed::Pallet { name: Box::new(name.into()), etag: None });
    let request = boxed::ListPalletsRequest {
        page_size: Box::new(1),
        order_by: Box::new("name desc".into()),
        ..Default::default()
    };
    let pages = Pages::keyset(ring(), boxed::Pallet::NAME);
    let response = request.page(&pages).unwrap().paginate(&pallets).unwrap();
    assert!(response.pallets == pallets[1..] && !response.next_page_token.is_empty() && *response.total_size == 2);
    let update = boxed::UpdatePalletRequest {
        pallet: Box::new(boxed::Pallet { name: Box::new("c".into()), etag: None }),
        update_mask: Box::new(prost_types::FieldMask { paths: vec!["name".into()] }),
        allow_missing: Box::new(false),
        etag: Box::new("7".into()),
    };
    let mut stored = boxed::Pallet { name: Box::new("a".into()), etag: Some(Box::new("7".into())) };
    transom::mask::UpdateRequest::apply_to(update, &mut stored).unwrap();
    assert_eq!(*stored.name, "c");
}

#[test]
fn offsets_need_no_token() {
    let pages = Pages::new(Book::NAME);
    let request = BrowseBooksRequest { limit: 2, offset: 3, ..Default::default() };
    let response = request.page(&pages).unwrap().paginate(&books()).unwrap();
    assert_eq!((response.books.len(), response.total_count), (2, 5));
    assert!(BrowseBooksRequest { limit: -1, ..request }.page(&pages).is_err());
}

#[test]
fn a_limit_alone_asks_for_the_front_of_the_list() {
    let (pages, books) = (Pages::new(Book::NAME), books());
    let request = QueryBooksRequest { limit: 2, filter: "name > b".to_owned() };
    let found: Vec<&str> =
        request.page(&pages).unwrap().select(&books).rows.into_iter().map(|book| &*book.name).collect();
    assert_eq!(found[..2], ["c", "d"]);
    assert!(QueryBooksRequest { limit: -1, ..request }.page(&pages).is_err());
    let request = ScanBooksRequest { page_size: Some(1), order_by: "name desc".to_owned() };
    let pages = Pages::new(Book::NAME);
    let page = request.page(&pages).unwrap();
    assert_eq!((page.page_size(), page.offset(), page.select(&books).rows[0].name.as_str()), (1, 0, "e"));
    // A request without anything to order or to filter by.
    let pages = Pages::<orders::StreamUsersRequest>::new_in_own_order().sizes(PageSizes::new(10, 100));
    let sizes = [(0, 10), (7, 7), (1000, 100)];
    for (limit, size) in sizes {
        let request = orders::StreamUsersRequest { limit, ..Default::default() };
        assert_eq!(request.page(&pages).unwrap().page_size(), size);
    }
}

#[test]
fn what_proto2_and_editions_require_is_read_and_written() {
    let pages = Pages::keyset(ring(), archive::Folder::NAME);
    let folders = ["a", "b", "c"].map(|name| archive::Folder { name: name.to_owned(), ..Default::default() });
    let request = archive::ListFoldersRequest { page_size: 2, filter: "name > a".to_owned(), ..Default::default() };
    let response = request.page(&pages).unwrap().paginate(&folders).unwrap();
    assert_eq!((response.folders, response.total_size), (folders[1..].to_vec(), 2));
    // A proto2 default is what a getter returns, and no size that a client asked for.
    let pages = Pages::offset_in_own_order(ring()).sizes(PageSizes::new(1, 100));
    let sheets = ["x", "y"].map(|name| archive::list_sheets_response::Sheet { name: Some(name.to_owned()) });
    let request = archive::ListSheetsRequest::default();
    let response = request.page(&pages).unwrap().paginate(&sheets).unwrap();
    assert!(response.sheet == sheets[..1] && response.next_page_token.is_some());
    let pages = Pages::keyset(ring(), archive::Box::NAME);
    let boxes = ["1", "2"].map(|name| archive::Box { name: name.to_owned(), height: Some(1) });
    let request = archive::ListBoxesRequest { page_size: Some(1), ..Default::default() };
    let response = request.page(&pages).unwrap().paginate(&boxes).unwrap();
    assert!(response.boxes == boxes[..1] && response.next_page_token.is_some() && response.total_size == Some(2));
}

#[test]
fn names_that_are_keywords_are_written_as_they_must_be() {
    use transom_testdata::list_keywords::r#type::list::{Fn, Impl, Type, r#impl::Crate};
    let items = ["a", "b"].map(|name| Type { r#ref: name.to_owned(), ..Default::default() });
    let pages = Pages::keyset(ring(), Type::REF);
    let request = Fn { filter: "super = KIND_UNSPECIFIED AND ref > a".to_owned(), ..Default::default() };
    assert_eq!(request.page(&pages).unwrap().paginate(&items).unwrap().self_, items[1..]);
    let request = Crate { limit: 1, order_by: "dyn desc".to_owned(), ..Default::default() };
    let response =
        request.page(&Pages::new_in_own_order()).unwrap().paginate(&[Impl { r#dyn: 0 }, Impl { r#dyn: 1 }]).unwrap();
    assert_eq!((response.r#impl, response.total), (vec![Impl { r#dyn: 1 }], 2));
}

#[test]
fn items_without_fields_make_pages_too() {
    let pages = Pages::offset_in_own_order(ring());
    let colors = [Color::Red as i32, Color::Unspecified as i32];
    let request = ListColorsRequest { page_size: 1, ..Default::default() };
    let response = request.page(&pages).unwrap().paginate(&colors).unwrap();
    assert!(response.colors == colors[..1] && !response.next_page_token.is_empty());
}

#[test]
fn streams_and_maps_are_told_which_rows_they_hold() {
    let streamed = StreamBooksRequest { limit: 2, offset: 1 };
    let books = books();
    assert_eq!(streamed.page(&Pages::new_in_own_order()).unwrap().select(&books).rows[0].name, "b");
    let pages = Pages::offset_in_own_order(ring());
    let by_name = options::ListByNameRequest { filter: "name = a".to_owned(), ..Default::default() };
    let items = ["a", "b"].map(|name| options::Book { name: name.to_owned() });
    assert_eq!(by_name.page(&pages).unwrap().select(&items).rows, [&items[0]]);
}

#[test]
fn items_of_another_package_are_ordered_by_its_fields() {
    use shop::v1::{ListOrdersRequest, foreign_fields::shop::base::v1::Order};
    let pages = Pages::keyset(ring(), Order::ID);
    let orders = ["2", "1"].map(|id| shop::base::v1::Order { id: id.to_owned(), ..Default::default() });
    let response = ListOrdersRequest::default().page(&pages).unwrap().paginate(&orders).unwrap();
    assert_eq!(response.orders, [orders[1].clone(), orders[0].clone()]);
}

#[test]
fn tokens_are_for_the_method_that_the_request_serves() {
    fn methods<R: ListRequest<Resource = Item>, Item>() -> &'static [&'static str] {
        R::METHODS
    }
    assert_eq!(methods::<outer::Request, outer::Type>(), ["/library.v1.Paged/ListInner"]);
    assert_eq!(
        methods::<transom_testdata::list_requests::library::v1::ListShelvesRequest, Shelf>(),
        ["/library.v1.Paged/ListShelves", "/library.v1.Paged/FindShelves", "/library.v1.Streamed/StreamShelves"]
    );
}
