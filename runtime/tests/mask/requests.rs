//! `etag`, `allow_missing` and what is found missing (AIP-134, AIP-154).

use prost_types::FieldMask;
use transom::mask::{Outcome, Reason, UpdateError, UpdateOptions, UpdateRequest as _};

use crate::account::{Account, Profile, UpdateAccountRequest};
use crate::library::{Book, UpdateBookRequest};

fn account(etag: &str) -> Account {
    Account {
        name: "accounts/1".to_owned(),
        email: "a@b".to_owned(),
        profile: Some(Profile { nick: "n".to_owned(), age: None }),
        required_tags: vec!["t".to_owned()],
        etag: etag.to_owned(),
        ..Account::default()
    }
}

fn request(mask: &str, in_resource: &str, in_request: &str) -> UpdateAccountRequest {
    UpdateAccountRequest {
        account: Some(Account { email: "new".to_owned(), ..account(in_resource) }),
        update_mask: (!mask.is_empty()).then(|| FieldMask { paths: vec![mask.to_owned()] }),
        allow_missing: false,
        etag: in_request.to_owned(),
    }
}

#[test]
fn an_etag_is_compared_and_never_updated() {
    // In the resource, in the request, and whether that agrees with what is stored, `2`.
    for (in_resource, in_request, agrees) in [
        ("", "", true),
        ("2", "", true),
        ("", "2", true),
        ("1", "", false),
        ("", "1", false),
        ("1", "2", true),
        ("2", "1", false),
    ] {
        for mask in ["email", "*", "", "etag"] {
            let mut stored = account("2");
            let result = request(mask, in_resource, in_request).apply_to(&mut stored);
            assert_eq!(stored.etag, "2", "{mask} {in_resource} {in_request}");
            if agrees {
                let changed = result.unwrap().paths();
                assert_eq!(changed.is_empty(), mask == "etag", "{mask} {changed:?}");
            } else {
                assert_eq!(result.err(), Some(UpdateError::EtagMismatch), "{mask} {in_resource} {in_request}");
                assert_eq!(stored, account("2"));
            }
        }
    }
    // A resource that is stored without one agrees with none.
    let mut stored = account("");
    assert_eq!(request("email", "1", "").apply_to(&mut stored).err(), Some(UpdateError::EtagMismatch));
    assert!(request("email", "", "").apply_to(&mut stored).is_ok());
}

#[test]
fn a_missing_resource_is_made_only_if_the_request_allows_it() {
    let options = UpdateOptions::default();
    let refused = request("email", "", "").apply_or_create(None, &options);
    assert_eq!(refused.err(), Some(UpdateError::NotFound));
    // The mask does not matter then; even one that names no field.
    for mask in ["email", "*", "", "nope"] {
        let mut request = UpdateAccountRequest { allow_missing: true, ..request(mask, "", "") };
        request.account.as_mut().unwrap().uid = "mine".to_owned();
        let updated = request.apply_or_create(None, &options).unwrap();
        assert!(matches!(updated.outcome, Outcome::Created));
        assert_eq!(updated.resource, Account { email: "new".to_owned(), ..account("") });
    }
    let empty = UpdateAccountRequest {
        account: Some(Account { name: "accounts/1".to_owned(), ..Account::default() }),
        allow_missing: true,
        ..UpdateAccountRequest::default()
    };
    let Err(UpdateError::Invalid(violations)) = empty.apply_or_create(None, &options) else { panic!("it is accepted") };
    let found: Vec<_> = violations.into_iter().map(|violation| (violation.field, violation.reason)).collect();
    let wanted = ["account.email", "account.profile", "account.required_tags"];
    assert_eq!(found, wanted.map(|field| (field.to_owned(), Reason::RequiredField)));
    // With a resource it is an update.
    let request = UpdateAccountRequest { allow_missing: true, ..request("email", "", "") };
    let updated = request.apply_or_create(Some(account("2")), &options).unwrap();
    let Outcome::Changed(changed) = updated.outcome else { panic!("it was there") };
    assert_eq!((changed.paths(), updated.resource.email.as_str()), (vec!["email".to_owned()], "new"));
}

#[test]
fn an_optional_etag_and_a_resource_without_one() {
    // The book has no etag to compare with.
    let mut book = Book::default();
    let request = UpdateBookRequest {
        book: Some(Book { title: "n".to_owned(), ..Book::default() }),
        etag: Some("1".to_owned()),
        ..UpdateBookRequest::default()
    };
    assert_eq!(request.apply_to(&mut book).unwrap().paths(), ["title"]);
}
