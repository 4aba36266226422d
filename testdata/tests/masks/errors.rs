//! Errors of generated requests: the fields that are required, and the service and the resource that errors name.

use tonic_types::StatusExt as _;
use transom::fields::Fields;
use transom::list::{Key, KeyRing, ListRequestExt as _, Pages};
use transom::mask::{CheckRequired as _, UpdateError, UpdateRequest as _, prepare_create};
use transom::violation::{Collector, Reason, Subject, Violations};
use transom::{Code, Status};
use transom_testdata::required_requests::press::v1::{
    Address, Author, BatchCreateAuthorsRequest, BatchUpdateBooksRequest, Book, CreateAuthorRequest, CreateBookRequest,
    Edition, GetBookRequest, ListBooksRequest, ModifyBookRequest, Reason as UpdateReason, ScanBooksRequest,
    UpdateBookRequest,
};
use transom_testdata::update_requests::fleet::v1::{PatchTruckRequest, Truck};

use crate::given::mask;

fn fields(result: Result<(), Violations>) -> Vec<String> {
    let violations = result.err().map(|violations| violations.into_iter().map(|one| one.field).collect());
    violations.unwrap_or_default()
}

/// The domain and the type of resource in the `ErrorInfo` of a status.
fn identity(status: &Status) -> (String, String) {
    let details = status.get_error_details();
    let info = details.error_info().expect("every error has one");
    (info.domain.clone(), info.metadata.get("resourceType").cloned().unwrap_or_default())
}

fn book() -> Book {
    Book { name: "books/1".into(), title: "t".into(), ..Default::default() }
}

#[test]
fn check_required_finds_all_fields_of_a_request_that_are_empty() {
    let empty = CreateBookRequest::default();
    assert_eq!(fields(empty.check_required()), ["parent", "book"]);
    let author = Author { address: Some(Address::default()), ..Default::default() };
    let request = CreateBookRequest {
        parent: String::new(),
        book: Some(Book { name: "books/1".into(), authors: vec![Author::default(), author], ..Default::default() }),
    };
    let wanted = ["parent", "book.title", "book.authors[0].given_name", "book.authors[1].given_name"];
    assert_eq!(fields(request.check_required()), wanted);
    assert_eq!(fields(GetBookRequest::default().check_required()), ["name"]);
    assert_eq!(fields(ListBooksRequest::default().check_required()), ["parent"]);
    let valid = CreateBookRequest { parent: "presses/1".into(), book: Some(book()) };
    assert_eq!(valid.check_required(), Ok(()));
    let batch = BatchCreateAuthorsRequest {
        requests: vec![CreateAuthorRequest { author: Some(Author::default()) }, CreateAuthorRequest::default()],
    };
    assert_eq!(fields(batch.check_required()), ["requests[0].author.given_name"]);
}

#[test]
fn check_required_leaves_the_resource_of_an_update_to_its_mask() {
    assert_eq!(fields(UpdateBookRequest::default().check_required()), ["book"]);
    let update = UpdateBookRequest {
        book: Some(Book::default()),
        update_mask: mask(&["etag"]),
        reason: Some(UpdateReason::default()),
    };
    assert_eq!(fields(update.check_required()), ["reason.text"]);
    let batch = BatchUpdateBooksRequest { requests: vec![UpdateBookRequest::default(), update] };
    assert_eq!(fields(batch.check_required()), ["requests[0].book", "requests[1].reason.text"]);
}

#[test]
fn resources_of_create_requests_are_described() {
    let described = [Edition::schema().name(), Author::schema().name(), Book::schema().name()];
    assert_eq!(described, ["press.v1.Edition", "press.v1.Author", "press.v1.Book"]);
    assert_eq!(fields(prepare_create::<Edition>(&mut Edition::default())), ["year"]);
}

#[test]
fn errors_have_the_domain_of_the_service_and_the_type_of_the_resource() {
    let press = || ("press.example.com".to_owned(), "press.example.com/Book".to_owned());
    let archive = || ("archive.example.com".to_owned(), "press.example.com/Book".to_owned());
    let ring = || KeyRing::new(Key::new([7; 32]));

    let update = UpdateBookRequest { book: Some(book()), update_mask: mask(&["nope"]), ..Default::default() };
    assert_eq!(identity(&update.apply_to(&mut book()).map(|_| ()).unwrap_err().into()), press());
    let stale = Book { etag: "1".into(), ..book() };
    let update = UpdateBookRequest { book: Some(stale), ..Default::default() };
    let status: Status = update.apply_to(&mut book()).map(|_| ()).unwrap_err().into();
    assert_eq!((status.code(), identity(&status)), (Code::Aborted, press()));
    let resource = status.get_error_details().resource_info().cloned().expect("it names the resource");
    assert_eq!(
        (resource.resource_type.as_str(), resource.resource_name.as_str()),
        ("press.example.com/Book", "books/1")
    );

    let pages = Pages::<ListBooksRequest>::keyset(ring(), Book::NAME);
    for request in [
        ListBooksRequest { page_size: -1, ..Default::default() },
        ListBooksRequest { filter: "nope = 1".into(), ..Default::default() },
        ListBooksRequest { order_by: "nope".into(), ..Default::default() },
        ListBooksRequest { page_token: "nope".into(), ..Default::default() },
    ] {
        assert_eq!(identity(&request.page(&pages).map(|_| ()).unwrap_err().into()), press());
    }
    let created = prepare_create::<Book>(&mut Book::default()).unwrap_err();
    assert_eq!(identity(&created.into()), press());
    let request = CreateBookRequest::default().check_required().unwrap_err();
    assert_eq!(identity(&request.into()).0, "press.example.com");

    // Another service of the package, with a host of its own and the same resource.
    let modify = ModifyBookRequest { book: Some(book()), update_mask: mask(&["nope"]), ..Default::default() };
    assert_eq!(identity(&modify.clone().apply_to(&mut book()).map(|_| ()).unwrap_err().into()), archive());
    let missing = modify.apply_or_create(None).map(|_| ()).unwrap_err();
    assert!(matches!(missing, UpdateError::NotFound(_)));
    assert_eq!(identity(&missing.into()), archive());
    let pages = Pages::<ScanBooksRequest>::keyset(ring(), Book::NAME);
    let scan = ScanBooksRequest { order_by: "nope".into(), ..Default::default() };
    assert_eq!(identity(&scan.page(&pages).map(|_| ()).unwrap_err().into()), archive());
}

#[test]
fn internal_errors_of_pages_have_an_error_info() {
    let ring = KeyRing::new(Key::new([7; 32]));
    let pages = Pages::<ScanBooksRequest>::keyset(ring.clone(), Book::NAME);
    let columns = transom::sql::Columns::new().only_given();
    let page = ScanBooksRequest::default().page(&pages).unwrap();
    let query = page.query(&transom::list::Select::from("books"), &columns, transom::sql::Dialect::Sqlite);
    let status: Status = query.map(|_| ()).unwrap_err().into();
    assert_eq!(status.code(), Code::Internal);
    assert_eq!(identity(&status).0, "archive.example.com");
    assert_eq!(status.get_error_details().error_info().unwrap().reason, "COLUMN_MISSING");
    let pages = Pages::<ScanBooksRequest>::custom_cursor(ring);
    let page = ScanBooksRequest::default().page(&pages).unwrap();
    let status: Status = page.finish_at(Vec::<Book>::new(), Some(&[0; 10_000])).map(|_| ()).unwrap_err().into();
    assert_eq!((status.code(), identity(&status).0.as_str()), (Code::Internal, "archive.example.com"));
    assert_eq!(status.get_error_details().error_info().unwrap().reason, "PAGE_TOKEN_TOO_LONG");
}

#[test]
fn resource_info_has_the_name_in_a_request_without_the_resource() {
    let patch = PatchTruckRequest { name: "trucks/1".into(), title: Some("t".into()), ..Default::default() };
    let Err(UpdateError::NotFound(resource)) = patch.clone().apply_or_create(None).map(|_| ()) else {
        panic!("it exists")
    };
    assert_eq!(resource.name, "trucks/1");
    let patch = PatchTruckRequest { etag: "1".into(), ..patch };
    let stored = &mut Truck { etag: "2".into(), ..Default::default() };
    let Err(UpdateError::EtagMismatch(resource)) = patch.apply_to(stored).map(|_| ()) else { panic!("it agrees") };
    assert_eq!(resource.name, "trucks/1");
}

#[test]
fn violations_of_a_service_join_those_of_a_page() {
    const UNKNOWN: Reason = Reason::from_static("PARENT_NOT_FOUND");
    let pages = Pages::<ListBooksRequest>::keyset(KeyRing::new(Key::new([7; 32])), Book::NAME);
    let request = ListBooksRequest { parent: "presses/9".into(), page_size: -1, ..Default::default() };
    let mut violations = Collector::new(Subject::from_fields::<ListBooksRequest>());
    violations.keep(request.check_required());
    violations.add("parent", UNKNOWN, "there is no such press");
    let refused = violations.join(request.page(&pages)).map(|_| ()).unwrap_err();
    assert_eq!(fields(Err(refused)), ["parent", "page_size"]);
}
