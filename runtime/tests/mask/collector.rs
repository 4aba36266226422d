//! Violations that a service finds itself, together with those of its request.

use prost_types::FieldMask;
use tonic_types::StatusExt as _;
use transom::mask::{Mask, UpdateError, UpdateRequest as _};
use transom::violation::{Collector, Count, NamedResource, Reason, Subject, Violation, Violations};
use transom::{Code, Status};

use crate::account::{Account, UpdateAccountRequest};
use crate::kinds::Kinds;

const PARENT_NOT_FOUND: Reason = Reason::from_static("PARENT_NOT_FOUND");

fn request(path: &str) -> UpdateAccountRequest {
    UpdateAccountRequest {
        account: Some(Account { name: "accounts/1".to_owned(), email: "a@b".to_owned(), ..Account::default() }),
        update_mask: Some(FieldMask { paths: vec![path.to_owned()] }),
        ..UpdateAccountRequest::default()
    }
}

fn collector() -> Collector {
    let mut violations = Collector::new(Subject::from_fields::<Account>());
    violations.add("account.name", PARENT_NOT_FOUND, "there is no such group");
    violations
}

#[test]
fn join_returns_the_violations_of_the_service_and_of_the_request() {
    let error = collector().join(request("nope").apply_to(&mut Account::default())).map(|_| ()).unwrap_err();
    let status = Status::from(error);
    assert_eq!(status.code(), Code::InvalidArgument);
    let details = status.get_error_details();
    let violations = &details.bad_request().unwrap().field_violations;
    let found: Vec<(&str, &str)> = violations.iter().map(|one| (one.field.as_str(), one.reason.as_str())).collect();
    assert_eq!(found, [("account.name", "PARENT_NOT_FOUND"), ("update_mask.paths[0]", "UNKNOWN_FIELD")]);
    let info = details.error_info().unwrap();
    assert_eq!((info.reason.as_str(), info.domain.as_str()), ("INVALID_FIELD", "accounts.v1"));
    assert_eq!(info.metadata["fields"], "account.name, update_mask.paths[0]");
}

#[test]
fn join_returns_the_value_only_if_there_is_no_violation() {
    let empty = || Collector::new(Subject::from_fields::<Account>());
    let mut stored = Account::default();
    assert_eq!(empty().join(request("email").apply_to(&mut stored)).unwrap().paths(), ["email"]);
    let refused = collector().join(request("email").apply_to(&mut stored)).map(|_| ()).unwrap_err();
    assert_eq!(refused.to_string(), "account.name: there is no such group");
    // A request that is wrong is wrong whatever is stored.
    let missing = || request("email").apply_or_create(None).map(|_| ());
    assert!(matches!(empty().join(missing()), Err(UpdateError::NotFound(_))));
    assert!(matches!(collector().join(missing()), Err(UpdateError::Invalid(_))));
}

#[test]
fn collector_keeps_the_limit_and_counts_the_rest() {
    let mut violations = collector();
    let wrong = |count: usize| {
        let paths = (0..count).map(|index| format!("nope{index}")).collect();
        Mask::<Kinds>::parse(&FieldMask { paths })
    };
    assert!(violations.keep(wrong(0)).is_some());
    assert!(violations.keep(wrong(60)).is_none());
    assert!(violations.keep(wrong(500)).is_none());
    assert!(violations.is_full());
    let mut built = 0;
    violations.add_with(|| {
        built += 1;
        Violation::new("title", PARENT_NOT_FOUND, "text")
    });
    assert_eq!(built, 0);
    assert_eq!((violations.as_slice().len(), violations.count()), (Violations::MAX, Count::Exact(562)));
    violations.stop();
    violations.add("x", PARENT_NOT_FOUND, "text");
    let violations = violations.finish().unwrap_err();
    assert_eq!(violations.count(), Count::AtLeast(563));
    let status = Status::from(violations);
    let details = status.get_error_details();
    let metadata = &details.error_info().unwrap().metadata;
    assert_eq!((metadata["violationCount"].as_str(), metadata["violationCountIsLowerBound"].as_str()), ("563", "true"));
}

#[test]
fn within_adds_the_position_in_a_batch() {
    let mut violations = Collector::new(Subject::from_fields::<Account>());
    assert_eq!(violations.clone().finish(), Ok(()));
    for (position, item) in [request("nope"), request("email")].into_iter().enumerate() {
        if let Err(UpdateError::Invalid(found)) = item.apply_to(&mut Account::default()) {
            violations.merge(found.within(&format!("requests[{position}].")));
        }
    }
    assert_eq!(violations.as_slice()[0].field, "requests[0].update_mask.paths[0]");
    violations.add("parent", PARENT_NOT_FOUND, "there is no such group");
    let error = UpdateError::from(violations.finish().unwrap_err());
    assert_eq!(Status::from(error).get_error_details().bad_request().unwrap().field_violations.len(), 2);
}

#[test]
fn reason_rejects_text_that_is_not_upper_snake_case() {
    assert_eq!(Reason::try_from("REQUIRED_FIELD"), Ok(Reason::RequiredField));
    assert_eq!(Reason::try_from("A1B").map(Reason::as_str), Ok("A1B"));
    let longest: &'static str = "A".repeat(63).leak();
    assert!(Reason::try_from(longest).is_ok());
    let too_long: &'static str = "A".repeat(64).leak();
    for text in ["", "A", "AB", "not_found", "NOT FOUND", "_NOT_FOUND", "NOT_FOUND_", "1NOT", "ÄÖÜ", too_long] {
        let error = Reason::try_from(text).unwrap_err().to_string();
        assert!(error.ends_with("is not a reason: it must be UPPER_SNAKE_CASE text of 3 to 63 characters"), "{error}");
    }
}

#[test]
fn subject_is_domain_and_type_of_the_status() {
    let subject = Subject::new("library.example.com", "library.example.com/Book");
    let status = Status::from(Violations::new(subject, Violation::new("parent", PARENT_NOT_FOUND, "is unknown")));
    let details = status.get_error_details();
    let info = details.error_info().unwrap();
    let found = (info.domain.as_str(), info.metadata["resourceType"].as_str());
    assert_eq!(found, ("library.example.com", "library.example.com/Book"));
    let status = Status::from(UpdateError::NotFound(NamedResource::new(subject, "books/1")));
    let details = status.get_error_details();
    assert_eq!(details.resource_info().unwrap().resource_type, "library.example.com/Book");
    assert_eq!(details.error_info().unwrap().domain, "library.example.com");
}
