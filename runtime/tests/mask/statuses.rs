//! Statuses of rejected updates: codes, and the details of `google.rpc` (AIP-193).

use prost_types::FieldMask;
use tonic_types::StatusExt as _;
use transom::mask::{Mask, ParseOptions, UpdateError, UpdateRequest as _, from_json_string, prepare_create};
use transom::violation::{Count, NamedResource, Reason, Subject, Violation, Violations};
use transom::{Code, Status};

use crate::account::{Account, Address, UpdateAccountRequest};
use crate::kinds::Kinds;

fn parse(paths: &[&str]) -> Status {
    let mask = FieldMask { paths: paths.iter().map(|&path| path.to_owned()).collect() };
    Mask::<Kinds>::parse(&mask).expect_err("paths are wrong").into()
}

#[test]
fn status_has_one_bad_request_with_every_violation() {
    let status = parse(&["text", "nope", "by_int32.x", "node."]);
    assert_eq!(status.code(), Code::InvalidArgument);
    let details = status.get_error_details();
    let violations = details.bad_request().expect("it is there").field_violations.clone();
    let found: Vec<(&str, &str, &str)> = violations
        .iter()
        .map(|violation| (violation.field.as_str(), violation.reason.as_str(), violation.description.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("update_mask.paths[1]", "UNKNOWN_FIELD", "`shapes.v1.Kinds` has no field `nope`"),
            (
                "update_mask.paths[2]",
                "INVALID_KEY",
                "a key of `by_int32` is a number of 32 bits without leading zeros, not `x`"
            ),
            ("update_mask.paths[3]", "MALFORMED_PATH", "a segment of the path is empty"),
        ]
    );
    let info = details.error_info().expect("AIP-193 asks for it");
    assert_eq!((info.reason.as_str(), info.domain.as_str()), ("INVALID_FIELD", "shapes.v1"));
    let fields = "update_mask.paths[1], update_mask.paths[2], update_mask.paths[3]";
    let metadata = [("resourceType", "shapes.v1.Kinds"), ("fields", fields)];
    assert_eq!(info.metadata, metadata.map(|(key, value)| (key.to_owned(), value.to_owned())).into());
    assert!(status.message().starts_with("update_mask.paths[1]: "), "{}", status.message());
}

#[test]
fn status_code_follows_the_update_error() {
    let stored = || Account { etag: "2".to_owned(), ..Account::default() };
    let account = |etag: &str| Some(Account { etag: etag.to_owned(), ..Account::default() });
    let request = |account, paths: &[&str]| UpdateAccountRequest {
        account,
        update_mask: Some(FieldMask { paths: paths.iter().map(|&path| path.to_owned()).collect() }),
        ..UpdateAccountRequest::default()
    };
    for (request, code, reason) in [
        (request(account(""), &["email"]), Code::InvalidArgument, "INVALID_FIELD"),
        (request(account(""), &["nope"]), Code::InvalidArgument, "INVALID_FIELD"),
        (request(None, &["email"]), Code::InvalidArgument, "INVALID_FIELD"),
        (request(account("1"), &["region"]), Code::Aborted, "ETAG_MISMATCH"),
    ] {
        let status = Status::from(request.apply_to(&mut stored()).expect_err("it is refused"));
        let details = status.get_error_details();
        let info = details.error_info().unwrap();
        assert_eq!((status.code(), info.reason.as_str(), info.domain.as_str()), (code, reason, "accounts.v1"));
        assert_eq!(info.metadata["resourceType"], "accounts.v1.Account");
    }
    let unnamed = NamedResource::new(Subject::from_full_name("accounts.v1.Account"), "");
    let status = Status::from(UpdateError::NotFound(unnamed));
    assert_eq!(status.code(), Code::NotFound);
    assert_eq!(status.message(), "the `accounts.v1.Account` does not exist, and `allow_missing` is not set");
    assert_eq!(status.get_error_details().error_info().unwrap().reason, "RESOURCE_NOT_FOUND");
}

#[test]
fn resource_info_names_a_resource_that_is_missing_or_has_another_etag() {
    let request = |etag: &str| UpdateAccountRequest {
        account: Some(Account { name: "accounts/7".to_owned(), etag: etag.to_owned(), ..Account::default() }),
        ..UpdateAccountRequest::default()
    };
    let missing = request("").apply_or_create(None).map(|_| ()).unwrap_err();
    let mut stored = Account { etag: "2".to_owned(), ..Account::default() };
    let stale = request("1").apply_to(&mut stored).map(|_| ()).unwrap_err();
    for (error, code) in [(missing, Code::NotFound), (stale, Code::Aborted)] {
        let status = Status::from(error);
        assert_eq!(status.code(), code);
        let details = status.get_error_details();
        let resource = details.resource_info().expect("it names the resource");
        let named = (resource.resource_type.as_str(), resource.resource_name.as_str());
        assert_eq!(named, ("accounts.v1.Account", "accounts/7"));
        assert_eq!(resource.description, status.message());
        // Text of the message that depends on the request is in the metadata too.
        assert!(status.message().contains("`accounts/7`"), "{}", status.message());
        assert_eq!(details.error_info().unwrap().metadata["resourceName"], "accounts/7");
    }
}

#[test]
fn resource_info_shows_no_more_than_the_beginning_of_a_long_name() {
    let name = "n".repeat(100_000);
    for subject in [Subject::from_full_name("accounts.v1.Account"), Subject::new("d", "accounts.example.com/Account")] {
        let status = Status::from(UpdateError::NotFound(NamedResource::new(subject, name.clone())));
        let bytes = header_bytes(status.clone());
        assert!(bytes < 3000, "{bytes} bytes");
        let details = status.get_error_details();
        let shown = details.resource_info().unwrap().resource_name.clone();
        assert!(shown.starts_with("nnnn") && shown.len() < 300, "{shown}");
    }
}

#[test]
fn error_info_has_bounded_names() {
    let long: &'static str = "d".repeat(100_000).leak();
    let violation = Violation::new("title", Reason::RequiredField, "is empty");
    let status = Status::from(Violations::new(Subject::new(long, long), violation));
    assert!(header_bytes(status.clone()) < 3000);
    let details = status.get_error_details();
    assert_eq!(details.bad_request().unwrap().field_violations.len(), 1);
    let info = details.error_info().unwrap();
    assert!(info.reason.len() <= 63);
    assert!(info.metadata.keys().all(|key| key.len() <= 64));
}

#[test]
fn violations_beyond_the_limit_are_counted() {
    // Ten thousand wrong paths.
    let paths: Vec<String> = (0..10_000).map(|index| format!("nope{index}")).collect();
    let violations = Mask::<Kinds>::parse(&FieldMask { paths }).map(|_| ()).unwrap_err();
    assert_eq!((violations.as_slice().len(), violations.count()), (Violations::MAX, Count::Exact(10_000)));
    assert!(violations.to_string().ends_with("; and 9900 more"));
    let status = Status::from(violations);
    let details = status.get_error_details();
    let metadata = &details.error_info().unwrap().metadata;
    assert_eq!(metadata["violationCount"], "10000");
    assert!(!metadata.contains_key("violationCountIsLowerBound"));
    // Ten thousand numbers without a field.
    let violations = Mask::<Kinds>::from_numbers(1000..11_000).map(|_| ()).unwrap_err();
    assert_eq!((violations.as_slice().len(), violations.count()), (Violations::MAX, Count::Exact(10_000)));
    // A list of values without a required field, by an update and by a new resource.
    let account = Account { addresses: vec![Address::default(); 10_000], ..Account::default() };
    let mask = Mask::from_paths([Account::ADDRESSES.any()]);
    let violations = mask.apply(&mut Account::default(), &account).map(|_| ()).unwrap_err();
    assert_eq!((violations.as_slice().len(), violations.count()), (Violations::MAX, Count::Exact(10_000)));
    assert_eq!(violations.as_slice()[99].field, "addresses[99].city");
    let violations = prepare_create::<Account>(&mut account.clone()).unwrap_err();
    // The email, the profile and the tags are missing as well.
    assert_eq!((violations.as_slice().len(), violations.count()), (Violations::MAX, Count::Exact(10_003)));
    // Both in one request: wrong paths and wrong values.
    let mut paths: Vec<String> = (0..50).map(|index| format!("nope{index}")).collect();
    paths.push("addresses".to_owned());
    let update_mask = Some(FieldMask { paths });
    let request = UpdateAccountRequest { account: Some(account), update_mask, ..UpdateAccountRequest::default() };
    let Err(UpdateError::Invalid(violations)) = request.apply_to(&mut Account::default()) else {
        panic!("it is accepted")
    };
    assert_eq!((violations.as_slice().len(), violations.count()), (Violations::MAX, Count::Exact(10_050)));
    assert_eq!(violations.as_slice()[50].field, "account.addresses[0].city");
}

#[test]
fn status_domain_is_the_package_or_the_given_one() {
    for (resource, package) in [
        ("accounts.v1.Account", "accounts.v1"),
        ("accounts.v1.Account.Address", "accounts.v1"),
        ("Account", "Account"),
        ("account", "account"),
        ("a.B", "a"),
    ] {
        let domain = |status: Status| status.get_error_details().error_info().unwrap().domain.clone();
        let resource = NamedResource::new(Subject::from_full_name(resource), "");
        assert_eq!(domain(UpdateError::EtagMismatch(resource.clone()).into()), package);
        assert_eq!(domain(UpdateError::NotFound(resource).into_status("a.example.com")), "a.example.com");
    }
    let violations = Mask::<Kinds>::from_numbers([0]).unwrap_err();
    let status = UpdateError::from(violations).into_status("a.example.com");
    let details = status.get_error_details();
    assert_eq!(details.error_info().unwrap().domain, "a.example.com");
    assert_eq!(details.bad_request().unwrap().field_violations.len(), 1);
}

/// Returns the largest number of marked characters that any part of a status repeats.
fn repeated(status: &Status, marks: &[&str]) -> usize {
    let details = status.get_error_details();
    let violations = &details.bad_request().expect("it is there").field_violations;
    let count = |text: &str| marks.iter().map(|mark| text.matches(mark).count() * mark.len()).sum::<usize>();
    violations.iter().flat_map(|one| [count(&one.field), count(&one.description)]).max().unwrap_or_default()
}

#[test]
fn status_repeats_at_most_128_bytes_of_the_request() {
    for mark in ["Q", "é", "\u{10ffff}", "\u{1}", "\"", "\\"] {
        let long = mark.repeat(900);
        let escaped = mark.escape_debug().to_string();
        for path in [
            long.clone(),
            format!("node.{long}"),
            format!("by_int32.{long}"),
            format!("by_int32.`{long}`"),
            format!("by_text.`a`{long}"),
            format!("by_text.{long}-"),
        ] {
            let bytes = repeated(&parse(&[&path]), &[&escaped]);
            assert!(bytes <= 128, "{bytes} bytes of {mark:?}");
            assert!(bytes > 0, "nothing is shown of {mark:?}");
        }
        // Keys in the path of a field.
        let inner = Account { by_kind: [(long.clone(), Address::default())].into(), ..Account::default() };
        let account = Account { accounts: vec![inner.clone()], ..inner };
        let status: Status = Mask::<Account>::everything().apply(&mut Account::default(), &account).unwrap_err().into();
        let bytes = repeated(&status, &[&escaped]);
        assert!(0 < bytes && bytes <= 128, "{bytes} bytes of {mark:?}");
    }
    let text = from_json_string(&format!("{}_", "Q".repeat(900))).expect_err("it has a `_`").to_string();
    assert!(text.matches('Q').count() <= 128, "{text}");
}

#[test]
fn status_has_the_fields_of_read_masks() {
    let error = Mask::<Kinds>::parse_query("fields", "text,nope", &ParseOptions::read()).unwrap_err();
    assert_eq!(error.to_string(), "fields.paths[1]: `shapes.v1.Kinds` has no field `nope`");
    let error = Mask::<Kinds>::from_numbers([8, 99, 0]).unwrap_err();
    let fields: Vec<&str> = error.as_slice().iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["99", "0"]);
    assert_eq!(Mask::<Kinds>::from_numbers([8, 1]).unwrap().paths(), ["flag", "text"]);
}

/// Returns the number of bytes that a status adds to the headers of a response.
fn header_bytes(status: Status) -> usize {
    let response: http::Response<()> = status.into_http();
    response.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 32).sum()
}

#[test]
fn status_fits_into_8_kib_of_headers() {
    let fields = |count: usize, mark: &str| {
        let paths: Vec<String> = (0..count).map(|index| format!("{}{index}", mark.repeat(100))).collect();
        parse(&paths.iter().map(String::as_str).collect::<Vec<_>>())
    };
    for count in [1, 10, 30, 100, 1000, 10_000] {
        for mark in ["", "x", "é", "\u{1}", "\u{10ffff}"] {
            let status = fields(count, mark);
            let bytes = header_bytes(status.clone());
            assert!(bytes < 7500, "{bytes} bytes for {count} violations");
            let details = status.get_error_details();
            let named = details.bad_request().unwrap().field_violations.len();
            let told = details.error_info().unwrap().metadata.get("violationCount").cloned();
            assert_eq!(told, (named < count).then(|| count.to_string()));
            assert!(named >= count.min(15), "{named} of {count} are named");
        }
    }
}
