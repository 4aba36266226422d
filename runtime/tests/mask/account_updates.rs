//! Updates of an [`Account`], for the tests of field behaviors.

use prost_types::{FieldMask, Timestamp};
use transom::mask::UpdateRequest as _;
use transom::violation::Reason;

use crate::account::{Account, Address, Profile, UpdateAccountRequest, account::Contact};

pub fn address(city: &str, country: &str, geohash: &str) -> Address {
    Address { city: city.to_owned(), country: country.to_owned(), geohash: geohash.to_owned(), ..Address::default() }
}

/// Returns a resource with every `REQUIRED` field.
pub fn stored() -> Account {
    Account {
        name: "accounts/1".to_owned(),
        uid: "u".to_owned(),
        create_time: Some(Timestamp { seconds: 1, nanos: 0 }),
        region: "eu".to_owned(),
        email: "a@b".to_owned(),
        password: "p".to_owned(),
        profile: Some(Profile { nick: "n".to_owned(), age: None }),
        address: Some(address("Rome", "IT", "sr2y")),
        addresses: vec![address("Rome", "IT", "sr2y")],
        by_kind: [("home".to_owned(), address("Rome", "IT", "sr2y"))].into(),
        fixed_address: Some(address("Rome", "IT", "")),
        fixed_tags: vec!["a".to_owned()],
        fixed_counts: [(1, 1)].into(),
        fixed_list: vec![address("Rome", "IT", "")],
        fixed_map: [("home".to_owned(), address("Rome", "IT", ""))].into(),
        required_tags: vec!["t".to_owned()],
        status: Some(address("Rome", "IT", "s")),
        contact: Some(Contact::Phone("1".to_owned())),
        token: "t".to_owned(),
        ..Account::default()
    }
}

/// Paths that changed, and the updated resource.
pub type Updated = (Vec<String>, Account);

/// Updates the stored resource under a mask (`""` for none), with a changed copy of it in the request. Returns the fields and
/// reasons of the violations.
pub fn update(mask: &str, change: impl FnOnce(&mut Account)) -> Result<Updated, Vec<(String, Reason)>> {
    update_of(stored(), mask, change)
}

/// Same as [`update`], for another stored resource.
pub fn update_of(
    mut stored: Account,
    mask: &str,
    change: impl FnOnce(&mut Account),
) -> Result<Updated, Vec<(String, Reason)>> {
    let mut account = stored.clone();
    change(&mut account);
    let update_mask = (!mask.is_empty()).then(|| FieldMask { paths: mask.split(',').map(str::to_owned).collect() });
    let before = stored.clone();
    let request = UpdateAccountRequest { account: Some(account), update_mask, ..UpdateAccountRequest::default() };
    match request.apply_to(&mut stored) {
        Ok(changed) => Ok((changed.paths(), stored)),
        Err(transom::mask::UpdateError::Invalid(violations)) => {
            assert_eq!(stored, before, "a rejected update changed something");
            Err(violations.into_iter().map(|violation| (violation.field, violation.reason)).collect())
        }
        Err(error) => panic!("{error}"),
    }
}

pub type Change = fn(&mut Account);

/// Asserts that the update is accepted and changes nothing.
#[track_caller]
pub fn ignores(masks: &[&str], change: Change) {
    for mask in masks {
        let (changed, account) = update(mask, change).unwrap_or_else(|found| panic!("{mask}: {found:?}"));
        assert_eq!((changed, account), (Vec::new(), stored()), "{mask}");
    }
}

/// Asserts that the update has this violation alone.
#[track_caller]
pub fn rejects(masks: &[&str], reason: Reason, field: &str, change: Change) {
    for mask in masks {
        assert_eq!(update(mask, change), Err(vec![(format!("account.{field}"), reason)]), "{mask}");
    }
}

/// Asserts that the update changes these paths.
#[track_caller]
pub fn changes(masks: &[&str], paths: &[&str], change: Change) {
    for mask in masks {
        let (changed, _) = update(mask, change).unwrap_or_else(|found| panic!("{mask}: {found:?}"));
        assert_eq!(changed, paths, "{mask}");
    }
}
