//! `etag`, `allow_missing` and what is found missing (AIP-134, AIP-154).

use prost_types::FieldMask;
use transom::mask::{EmptyMask, Outcome, UpdateError, UpdateOptions, UpdateRequest as _};
use transom::violation::{NamedResource, Reason, Subject};

use crate::account::{Account, Address, PatchAccountRequest, Profile, UpdateAccountRequest};
use crate::library::{Book, UpdateBookRequest};

fn stored_account(name: &str) -> NamedResource {
    NamedResource::new(Subject::from_full_name("accounts.v1.Account"), name)
}

fn mismatch(name: &str) -> UpdateError {
    UpdateError::EtagMismatch(stored_account(name))
}

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
fn update_compares_and_keeps_the_etag() {
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
                assert_eq!(result.err(), Some(mismatch("accounts/1")), "{mask} {in_resource} {in_request}");
                assert_eq!(stored, account("2"));
            }
        }
    }
    // A resource that is stored without one agrees with none.
    let mut stored = account("");
    assert_eq!(request("email", "1", "").apply_to(&mut stored).err(), Some(mismatch("accounts/1")));
    assert!(request("email", "", "").apply_to(&mut stored).is_ok());
}

#[test]
fn apply_or_create_requires_allow_missing() {
    let refused = request("email", "", "").apply_or_create(None);
    assert_eq!(refused.err(), Some(UpdateError::NotFound(stored_account("accounts/1"))));
    // The mask does not matter then; even one that names no field.
    for mask in ["email", "*", "", "nope"] {
        let mut request = UpdateAccountRequest { allow_missing: true, ..request(mask, "", "") };
        request.account.as_mut().unwrap().uid = "mine".to_owned();
        let updated = request.apply_or_create(None).unwrap();
        assert!(matches!(updated.outcome, Outcome::Created));
        assert_eq!(updated.resource, Account { email: "new".to_owned(), ..account("") });
    }
    let empty = UpdateAccountRequest {
        account: Some(Account { name: "accounts/1".to_owned(), ..Account::default() }),
        allow_missing: true,
        ..UpdateAccountRequest::default()
    };
    let Err(UpdateError::Invalid(violations)) = empty.apply_or_create(None) else { panic!("it is accepted") };
    let found: Vec<_> = violations.into_iter().map(|violation| (violation.field, violation.reason)).collect();
    let wanted = ["account.email", "account.profile", "account.required_tags"];
    assert_eq!(found, wanted.map(|field| (field.to_owned(), Reason::RequiredField)));
    // With a resource it is an update.
    let request = UpdateAccountRequest { allow_missing: true, ..request("email", "", "") };
    let updated = request.apply_or_create_with(Some(account("2")), &UpdateOptions::default()).unwrap();
    let Outcome::Changed(changed) = updated.outcome else { panic!("it was there") };
    assert_eq!((changed.paths(), updated.resource.email.as_str()), (vec!["email".to_owned()], "new"));
}

fn found<T: std::fmt::Debug>(result: Result<T, UpdateError>) -> Vec<(String, Reason)> {
    match result {
        Err(UpdateError::Invalid(violations)) => violations.into_iter().map(|one| (one.field, one.reason)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn create_rejects_any_etag() {
    for (in_resource, in_request) in [("1", ""), ("", "1"), ("1", "1")] {
        let request = UpdateAccountRequest { allow_missing: true, ..request("email", in_resource, in_request) };
        let result = request.apply_or_create(None);
        assert!(matches!(result, Err(UpdateError::EtagMismatch { .. })), "{result:?}");
    }
}

/// A book has no etag to compare with.
fn book(etag: Option<&str>) -> UpdateBookRequest {
    UpdateBookRequest {
        book: Some(Book { title: "n".to_owned(), ..Book::default() }),
        etag: etag.map(str::to_owned),
        ..UpdateBookRequest::default()
    }
}

#[test]
fn update_rejects_etag_for_resource_without_etag_field() {
    for etag in [None, Some("")] {
        assert_eq!(book(etag).apply_to(&mut Book::default()).unwrap().paths(), ["title"]);
    }
    let mut stored = Book::default();
    let refused = vec![("etag".to_owned(), Reason::UnsupportedField)];
    assert_eq!(found(book(Some("1")).apply_to(&mut stored)), refused);
    assert_eq!(stored, Book::default());
    let missing = UpdateBookRequest { allow_missing: true, ..book(Some("1")) };
    assert_eq!(found(missing.apply_or_create(None)), refused);
    // Who keeps etags elsewhere compares them, and takes them out.
    let request = book(Some("1"));
    assert_eq!((request.etag(), book(None).etag(), self::request("", "", "2").etag()), ("1", "", "2"));
    let mut parts = request.into_parts();
    parts.etag.clear();
    assert_eq!(parts.apply_to(&mut stored, &UpdateOptions::default()).unwrap().paths(), ["title"]);
}

#[test]
fn update_request_returns_all_violations() {
    let resource = Account { email: String::new(), region: "us".to_owned(), ..account("") };
    let request = |paths: &[&str]| UpdateAccountRequest {
        account: Some(resource.clone()),
        update_mask: Some(FieldMask { paths: paths.iter().map(|&path| path.to_owned()).collect() }),
        ..UpdateAccountRequest::default()
    };
    let wrong = |fields: &[(&str, Reason)]| -> Vec<(String, Reason)> {
        fields.iter().map(|&(field, reason)| (field.to_owned(), reason)).collect()
    };
    let mut stored = account("");
    let result = request(&["profile.nope", "email", "nope", "region", "by_kind.a.b.c", "*"]).apply_to(&mut stored);
    assert_eq!(
        found(result),
        wrong(&[
            ("update_mask.paths[0]", Reason::UnknownField),
            ("update_mask.paths[2]", Reason::UnknownField),
            ("update_mask.paths[4]", Reason::UnknownField),
            ("update_mask.paths[5]", Reason::InvalidWildcard),
            ("account.region", Reason::ImmutableField),
            ("account.email", Reason::RequiredField),
        ])
    );
    // Without a resource nothing can be said about its fields.
    let absent = UpdateAccountRequest { account: None, ..request(&["nope", "email"]) };
    let both = wrong(&[("account", Reason::MissingResource), ("update_mask.paths[0]", Reason::UnknownField)]);
    assert_eq!(found(absent.apply_to(&mut stored)), both);
    let mut options = UpdateOptions::default();
    options.apply.empty = EmptyMask::Reject;
    let absent = UpdateAccountRequest::default().apply_to_with(&mut stored, &options);
    assert_eq!(found(absent), wrong(&[("account", Reason::MissingResource), ("update_mask", Reason::EmptyMask)]));
    let unequal = UpdateBookRequest { update_mask: Some(FieldMask { paths: vec!["x".to_owned()] }), ..book(Some("1")) };
    let both = wrong(&[("etag", Reason::UnsupportedField), ("update_mask.paths[0]", Reason::UnknownField)]);
    assert_eq!(found(unequal.apply_to(&mut Book::default())), both);
    // What another version of the resource would say is nobody's concern.
    let mut other = request(&["nope", "region"]);
    other.etag = "1".to_owned();
    assert_eq!(found(other.apply_to(&mut stored)), wrong(&[("update_mask.paths[0]", Reason::UnknownField)]));
    assert_eq!(stored, account(""));
}

#[test]
fn violations_have_the_field_names_of_the_request() {
    let address = Some(Address { country: "IT".to_owned(), ..Address::default() });
    let request = PatchAccountRequest {
        account_name: "accounts/1".to_owned(),
        contact_email: Some(String::new()),
        home_region: Some("us".to_owned()),
        kinds: [("home".to_owned(), Address::default())].into(),
        place: address.clone(),
        etag: None,
    };
    let mut stored = Account { address, ..account("2") };
    let names = [
        ("home_region", Reason::ImmutableField),
        ("contact_email", Reason::RequiredField),
        ("place.city", Reason::RequiredField),
        ("kinds[\"home\"].city", Reason::RequiredField),
    ];
    assert_eq!(found(request.clone().apply_to(&mut stored)), names.map(|(name, reason)| (name.to_owned(), reason)));
    let account_name = "accounts/1".to_owned();
    let request = PatchAccountRequest { account_name, etag: Some("1".to_owned()), ..PatchAccountRequest::default() };
    assert_eq!(request.etag(), "1");
    assert_eq!(request.apply_to(&mut stored).err(), Some(mismatch("accounts/1")));
}
