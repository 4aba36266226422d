//! `IMMUTABLE` fields (AIP-203): at the top, nested, in lists and in maps.

use transom::mask::Mask;
use transom::violation::Reason;

use crate::account::{Account, Address, account::Contact};
use crate::account_updates::{address, changes, ignores, rejects, stored};

#[test]
fn update_rejects_changed_immutable_field() {
    ignores(&["region", "fixed_address", "fixed_address.city", "*", ""], |_| {});
    rejects(&["region", "*", ""], Reason::ImmutableField, "region", |account| account.region = "us".to_owned());
    rejects(&["region", "*"], Reason::ImmutableField, "region", |account| account.region.clear());
    // An implied mask clears nothing.
    ignores(&["", "email"], |account| account.region.clear());
    rejects(&["address", "address.country", "*", ""], Reason::ImmutableField, "address.country", |account| {
        account.address = Some(address("Rome", "DE", ""));
    });
    rejects(&["address.country"], Reason::ImmutableField, "address.country", |account| account.address = None);
    // Of a message that is IMMUTABLE itself, no part can change, be made or go.
    rejects(&["fixed_address", "*"], Reason::ImmutableField, "fixed_address", |account| {
        account.fixed_address = Some(address("Bari", "IT", ""));
    });
    rejects(&["fixed_address.city", ""], Reason::ImmutableField, "fixed_address.city", |account| {
        account.fixed_address = Some(address("Bari", "IT", ""));
    });
    rejects(&["fixed_address", "*"], Reason::ImmutableField, "fixed_address", |account| account.fixed_address = None);
    rejects(&["fixed_address.note"], Reason::ImmutableField, "fixed_address.note", |account| {
        account.fixed_address.as_mut().unwrap().note = "n".to_owned();
    });
    let mut bare = Account { fixed_address: None, ..stored() };
    let made = Mask::from_paths([Account::FIXED_ADDRESS.join(Address::NOTE).any()]).apply(&mut bare, &stored());
    assert_eq!(made.unwrap_err().as_slice()[0].field, "fixed_address");
    // Members of a oneof.
    rejects(&["phone", "*"], Reason::ImmutableField, "phone", |account| account.contact = None);
    rejects(&["phone"], Reason::ImmutableField, "phone", |account| {
        account.contact = Some(Contact::Phone("2".to_owned()))
    });
    // Another member would take its place, whichever of them the mask names.
    rejects(&["phone", "place", "place.note,place.city", "*", ""], Reason::ImmutableField, "phone", |account| {
        account.contact = Some(Contact::Place(address("Bari", "IT", "")));
    });
}

#[test]
fn update_rejects_changed_part_of_immutable_list_or_map() {
    rejects(&["fixed_tags", "*", ""], Reason::ImmutableField, "fixed_tags", |account| {
        account.fixed_tags.push("b".to_owned())
    });
    rejects(&["fixed_counts", "*", ""], Reason::ImmutableField, "fixed_counts", |account| {
        account.fixed_counts.insert(1, 2);
    });
    rejects(&["fixed_counts.1"], Reason::ImmutableField, "fixed_counts[1]", |account| {
        account.fixed_counts.insert(1, 2);
    });
    rejects(&["fixed_counts.1"], Reason::ImmutableField, "fixed_counts[1]", |account| account.fixed_counts.clear());
    rejects(&["fixed_counts.2"], Reason::ImmutableField, "fixed_counts[2]", |account| {
        account.fixed_counts.insert(2, 2);
    });
    ignores(&["fixed_counts.2", "fixed_counts.1", "fixed_tags", "fixed_list.*.city", "fixed_map.home"], |_| {});
    rejects(&["fixed_list", "*"], Reason::ImmutableField, "fixed_list", |account| account.fixed_list.clear());
    rejects(&["fixed_list.*.note"], Reason::ImmutableField, "fixed_list", |account| account.fixed_list.clear());
    rejects(&["fixed_list.*.note"], Reason::ImmutableField, "fixed_list[0].note", |account| {
        account.fixed_list[0].note = "n".to_owned();
    });
    ignores(&["fixed_list.*.note"], |account| account.fixed_list[0].city = "Bari".to_owned());
    rejects(
        &["fixed_map.home", "fixed_map.home.note", "fixed_map.*.note"],
        Reason::ImmutableField,
        "fixed_map[\"home\"].note",
        |account| {
            account.fixed_map.get_mut("home").unwrap().note = "n".to_owned();
        },
    );
    rejects(&["fixed_map.home", "fixed_map.*.note"], Reason::ImmutableField, "fixed_map[\"home\"]", |account| {
        account.fixed_map.clear();
    });
    rejects(
        &["fixed_map.work.note", "fixed_map.work", "fixed_map.*.note"],
        Reason::ImmutableField,
        "fixed_map[\"work\"]",
        |account| {
            account.fixed_map.insert("work".to_owned(), address("Bari", "IT", ""));
        },
    );
}

#[test]
fn update_checks_behaviors_in_map_values() {
    let masks = ["by_kind", "by_kind.home", "by_kind.home.country", "by_kind.*.country", "*", ""];
    rejects(&masks, Reason::ImmutableField, "by_kind[\"home\"].country", |account| {
        account.by_kind.get_mut("home").unwrap().country = "DE".to_owned();
    });
    rejects(&["by_kind.home.country"], Reason::ImmutableField, "by_kind[\"home\"].country", |account| {
        account.by_kind.clear()
    });
    rejects(&["by_kind.home.city"], Reason::RequiredField, "by_kind[\"home\"].city", |account| account.by_kind.clear());
    // The whole value goes, and with it what it requires.
    changes(&["by_kind.home", "by_kind", "*", "by_kind.*.city"], &["by_kind"], |account| account.by_kind.clear());
}
