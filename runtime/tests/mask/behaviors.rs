//! `google.api.field_behavior` (AIP-203): every behavior in every operation, at the top, nested, in lists and in maps.

use prost_types::{FieldMask, Timestamp};
use transom::mask::{
    ApplyOptions, Behaviors, Lists, Mask, Messages, UpdateRequest as _, prepare_create, prepare_response,
};
use transom::violation::Reason;

use crate::account::{Account, Address, Profile, UpdateAccountRequest, account::Contact};

fn address(city: &str, country: &str, geohash: &str) -> Address {
    Address { city: city.to_owned(), country: country.to_owned(), geohash: geohash.to_owned(), ..Address::default() }
}

/// A resource in which everything that is required is there.
fn stored() -> Account {
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

/// The paths that changed, and the resource after it.
type Updated = (Vec<String>, Account);

/// What an update does under a mask (`""` for none), after a change to what is stored: the paths that changed, or the
/// fields and reasons of what is wrong.
fn update(mask: &str, change: impl FnOnce(&mut Account)) -> Result<Updated, Vec<(String, Reason)>> {
    update_of(stored(), mask, change)
}

/// The same, for another resource than the stored one.
fn update_of(
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
            assert_eq!(stored, before, "a refused update changed something");
            Err(violations.into_iter().map(|violation| (violation.field, violation.reason)).collect())
        }
        Err(error) => panic!("{error}"),
    }
}

type Change = fn(&mut Account);

/// Nothing changes, and nothing is refused.
#[track_caller]
fn ignores(masks: &[&str], change: Change) {
    for mask in masks {
        let (changed, account) = update(mask, change).unwrap_or_else(|found| panic!("{mask}: {found:?}"));
        assert_eq!((changed, account), (Vec::new(), stored()), "{mask}");
    }
}

#[track_caller]
fn refuses(masks: &[&str], reason: Reason, field: &str, change: Change) {
    for mask in masks {
        assert_eq!(update(mask, change), Err(vec![(format!("account.{field}"), reason)]), "{mask}");
    }
}

#[track_caller]
fn changes(masks: &[&str], paths: &[&str], change: Change) {
    for mask in masks {
        let (changed, _) = update(mask, change).unwrap_or_else(|found| panic!("{mask}: {found:?}"));
        assert_eq!(changed, paths, "{mask}");
    }
}

#[test]
fn output_only_is_ignored_however_it_is_selected() {
    ignores(&["create_time", "*", ""], |account| account.create_time = Some(Timestamp { seconds: 9, nanos: 9 }));
    ignores(&["create_time", "*", ""], |account| account.create_time = None);
    // Also where it is IMMUTABLE or REQUIRED besides.
    ignores(&["uid", "*", ""], |account| account.uid = "other".to_owned());
    ignores(&["token", "*", ""], |account| account.token.clear());
    // A message, and what is in it.
    ignores(&["status", "status.city", "*", ""], |account| account.status = Some(address("", "DE", "x")));
    ignores(&["status", "status.city", "*", ""], |account| account.status = None);
    // Inside of a message that is replaced, it is carried over.
    ignores(&["address", "address.geohash", "*", ""], |account| account.address = Some(address("Rome", "IT", "mine")));
    let (_, account) = update("address", |account| account.address = Some(address("Bari", "IT", ""))).unwrap();
    assert_eq!(account.address, Some(address("Bari", "IT", "sr2y")));
    // A new message, a new element and a new value have none to carry over.
    let (_, account) = update_of(Account { contact: None, ..stored() }, "place", |account| {
        account.contact = Some(Contact::Place(address("Bari", "IT", "mine")));
    })
    .unwrap();
    assert_eq!(account.contact, Some(Contact::Place(address("Bari", "IT", ""))));
    for mask in ["addresses", "*", ""] {
        let (_, account) = update(mask, |account| account.addresses = vec![address("Bari", "IT", "mine"); 2]).unwrap();
        assert_eq!(account.addresses, vec![address("Bari", "IT", ""); 2], "{mask}");
    }
    let (_, account) =
        update("by_kind", |account| account.by_kind = [("work".to_owned(), address("Bari", "IT", "mine"))].into())
            .unwrap();
    assert_eq!(account.by_kind, [("work".to_owned(), address("Bari", "IT", ""))].into());
    let (_, account) = update("by_kind.work", |account| {
        account.by_kind.insert("work".to_owned(), address("Bari", "IT", "mine"));
    })
    .unwrap();
    assert_eq!(account.by_kind["work"], address("Bari", "IT", ""));
    // A value that replaces one is compared with it.
    for mask in ["by_kind", "by_kind.home", "by_kind.*", "by_kind.home,by_kind.*.note", "*", ""] {
        for mine in ["", "mine"] {
            let (changed, account) = update(mask, |account| {
                account.by_kind.insert("home".to_owned(), address("Bari", "IT", mine));
            })
            .unwrap();
            assert_eq!(account.by_kind["home"], address("Bari", "IT", "sr2y"), "{mask}");
            assert_eq!(changed, ["by_kind"], "{mask}");
        }
    }
    ignores(&["by_kind", "by_kind.home", "*", ""], |account| {
        account.by_kind.insert("home".to_owned(), address("Rome", "IT", "mine"));
    });
    // What is sent back as it is stored changes nothing.
    ignores(&["addresses", "by_kind", "by_kind.home", "addresses.*.geohash", "by_kind.*.geohash", "*", ""], |_| {});
    // A list that differs in nothing else is no change either, once the server's part is gone.
    let mut stored = Account { addresses: vec![address("Rome", "IT", "")], ..stored() };
    let given = Account { addresses: vec![address("Rome", "IT", "mine")], ..stored.clone() };
    assert!(Mask::of([Account::ADDRESSES.any()]).apply(&mut stored, &given).unwrap().is_empty());
    // Selected in part, elements keep it.
    let (_, account) = update("addresses.*.city,addresses.*.geohash", |account| {
        account.addresses = vec![address("Bari", "IT", "mine")];
    })
    .unwrap();
    assert_eq!(account.addresses, [address("Bari", "IT", "sr2y")]);
}

#[test]
fn identifier_names_the_resource() {
    ignores(&["name"], |_| {});
    refuses(&["name", "email,name"], Reason::ImmutableField, "name", |account| account.name = "accounts/2".to_owned());
    ignores(&["*", "", "email"], |account| account.name = "accounts/2".to_owned());
    ignores(&["*", "", "email"], |account| account.name.clear());
    // That of a message inside: with what is stored it is compared, a new one has it.
    let parent = |name: &str| Some(Box::new(Account { name: name.to_owned(), ..stored() }));
    let base = Account { parent: parent("accounts/7"), ..stored() };
    let given = Account { parent: parent("accounts/8"), ..stored() };
    for (path, is_refused) in [("parent.name", true), ("parent", false), ("*", false)] {
        let mask = Mask::<Account>::parse(&FieldMask { paths: vec![path.to_owned()] }).unwrap();
        let mut account = base.clone();
        assert_eq!(mask.apply(&mut account, &given).is_err(), is_refused, "{path}");
        assert_eq!(account, base, "{path}");
    }
    for path in ["parent", "parent.name,parent.email,parent.profile,parent.required_tags"] {
        let mask = Mask::<Account>::parse(&FieldMask { paths: path.split(',').map(str::to_owned).collect() }).unwrap();
        let mut account = stored();
        mask.apply(&mut account, &given).unwrap();
        assert_eq!(account.parent.unwrap().name, "accounts/8", "{path}");
    }
    let paths = ["name", "email", "profile", "required_tags"].map(|field| format!("accounts.*.{field}")).into();
    let mask = Mask::<Account>::parse(&FieldMask { paths }).unwrap();
    let mut account = stored();
    mask.apply(&mut account, &Account { accounts: vec![*parent("accounts/9").unwrap()], ..stored() }).unwrap();
    assert_eq!(account.accounts[0].name, "accounts/9");
}

#[test]
fn immutable_is_refused_if_it_differs() {
    ignores(&["region", "fixed_address", "fixed_address.city", "*", ""], |_| {});
    refuses(&["region", "*", ""], Reason::ImmutableField, "region", |account| account.region = "us".to_owned());
    refuses(&["region", "*"], Reason::ImmutableField, "region", |account| account.region.clear());
    // An implied mask clears nothing.
    ignores(&["", "email"], |account| account.region.clear());
    refuses(&["address", "address.country", "*", ""], Reason::ImmutableField, "address.country", |account| {
        account.address = Some(address("Rome", "DE", ""));
    });
    refuses(&["address.country"], Reason::ImmutableField, "address.country", |account| account.address = None);
    // Of a message that is IMMUTABLE itself, no part can change, be made or go.
    refuses(&["fixed_address", "*"], Reason::ImmutableField, "fixed_address", |account| {
        account.fixed_address = Some(address("Bari", "IT", ""));
    });
    refuses(&["fixed_address.city", ""], Reason::ImmutableField, "fixed_address.city", |account| {
        account.fixed_address = Some(address("Bari", "IT", ""));
    });
    refuses(&["fixed_address", "*"], Reason::ImmutableField, "fixed_address", |account| account.fixed_address = None);
    refuses(&["fixed_address.note"], Reason::ImmutableField, "fixed_address.note", |account| {
        account.fixed_address.as_mut().unwrap().note = "n".to_owned();
    });
    let mut bare = Account { fixed_address: None, ..stored() };
    let made = Mask::of([Account::FIXED_ADDRESS.join(Address::NOTE).any()]).apply(&mut bare, &stored());
    assert_eq!(made.unwrap_err().as_slice()[0].field, "fixed_address");
    // Members of a oneof.
    refuses(&["phone", "*"], Reason::ImmutableField, "phone", |account| account.contact = None);
    refuses(&["phone"], Reason::ImmutableField, "phone", |account| {
        account.contact = Some(Contact::Phone("2".to_owned()))
    });
    // Another member would take its place, whichever of them the mask names.
    refuses(&["phone", "place", "place.note,place.city", "*", ""], Reason::ImmutableField, "phone", |account| {
        account.contact = Some(Contact::Place(address("Bari", "IT", "")));
    });
}

#[test]
fn immutable_lists_and_maps_are_fixed_in_every_part() {
    refuses(&["fixed_tags", "*", ""], Reason::ImmutableField, "fixed_tags", |account| {
        account.fixed_tags.push("b".to_owned())
    });
    refuses(&["fixed_counts", "*", ""], Reason::ImmutableField, "fixed_counts", |account| {
        account.fixed_counts.insert(1, 2);
    });
    refuses(&["fixed_counts.1"], Reason::ImmutableField, "fixed_counts[1]", |account| {
        account.fixed_counts.insert(1, 2);
    });
    refuses(&["fixed_counts.1"], Reason::ImmutableField, "fixed_counts[1]", |account| account.fixed_counts.clear());
    refuses(&["fixed_counts.2"], Reason::ImmutableField, "fixed_counts[2]", |account| {
        account.fixed_counts.insert(2, 2);
    });
    ignores(&["fixed_counts.2", "fixed_counts.1", "fixed_tags", "fixed_list.*.city", "fixed_map.home"], |_| {});
    refuses(&["fixed_list", "*"], Reason::ImmutableField, "fixed_list", |account| account.fixed_list.clear());
    refuses(&["fixed_list.*.note"], Reason::ImmutableField, "fixed_list", |account| account.fixed_list.clear());
    refuses(&["fixed_list.*.note"], Reason::ImmutableField, "fixed_list[0].note", |account| {
        account.fixed_list[0].note = "n".to_owned();
    });
    ignores(&["fixed_list.*.note"], |account| account.fixed_list[0].city = "Bari".to_owned());
    refuses(
        &["fixed_map.home", "fixed_map.home.note", "fixed_map.*.note"],
        Reason::ImmutableField,
        "fixed_map[\"home\"].note",
        |account| {
            account.fixed_map.get_mut("home").unwrap().note = "n".to_owned();
        },
    );
    refuses(&["fixed_map.home", "fixed_map.*.note"], Reason::ImmutableField, "fixed_map[\"home\"]", |account| {
        account.fixed_map.clear();
    });
    refuses(
        &["fixed_map.work.note", "fixed_map.work", "fixed_map.*.note"],
        Reason::ImmutableField,
        "fixed_map[\"work\"]",
        |account| {
            account.fixed_map.insert("work".to_owned(), address("Bari", "IT", ""));
        },
    );
}

#[test]
fn immutable_and_required_in_values_of_maps() {
    let masks = ["by_kind", "by_kind.home", "by_kind.home.country", "by_kind.*.country", "*", ""];
    refuses(&masks, Reason::ImmutableField, "by_kind[\"home\"].country", |account| {
        account.by_kind.get_mut("home").unwrap().country = "DE".to_owned();
    });
    refuses(&["by_kind.home.country"], Reason::ImmutableField, "by_kind[\"home\"].country", |account| {
        account.by_kind.clear()
    });
    refuses(&["by_kind.home.city"], Reason::RequiredField, "by_kind[\"home\"].city", |account| account.by_kind.clear());
    // The whole value goes, and with it what it requires.
    changes(&["by_kind.home", "by_kind", "*", "by_kind.*.city"], &["by_kind"], |account| account.by_kind.clear());
}

#[test]
fn required_must_hold_something_where_the_mask_covers_it() {
    refuses(&["email", "*"], Reason::RequiredField, "email", |account| account.email.clear());
    ignores(&["", "region"], |account| account.email.clear());
    // Through a parent, at any depth.
    refuses(&["address", "address.city", "*"], Reason::RequiredField, "address.city", |account| {
        account.address.as_mut().unwrap().city.clear();
    });
    refuses(&["address.city"], Reason::RequiredField, "address.city", |account| account.address = None);
    // Inside a message that is not there it is not required.
    changes(&["address", "*"], &["address"], |account| account.address = None);
    // A message holds something if a field of it does.
    refuses(&["profile", "*"], Reason::RequiredField, "profile", |account| account.profile = None);
    refuses(&["profile", "*"], Reason::RequiredField, "profile", |account| account.profile = Some(Profile::default()));
    refuses(&["profile", "*"], Reason::RequiredField, "profile", |account| {
        account.profile = Some(Profile { nick: String::new(), age: Some(0) });
    });
    changes(&["profile", "*"], &["profile.age", "profile.nick"], |account| {
        account.profile = Some(Profile { nick: String::new(), age: Some(7) });
    });
    // A part of it can be cleared as long as it holds something else.
    refuses(&["profile.nick"], Reason::RequiredField, "profile", |account| account.profile = None);
    changes(&["profile.nick,profile.age"], &["profile.age", "profile.nick"], |account| {
        account.profile = Some(Profile { nick: String::new(), age: Some(7) });
    });
    refuses(&["required_tags", "*"], Reason::RequiredField, "required_tags", |account| account.required_tags.clear());
    // In elements of lists.
    refuses(&["addresses", "addresses.*.city", "*", ""], Reason::RequiredField, "addresses[1].city", |account| {
        account.addresses = vec![address("Rome", "IT", ""), address("", "IT", "")];
    });
    // In members of a oneof.
    let found = update_of(Account { contact: None, ..stored() }, "place", |account| {
        account.contact = Some(Contact::Place(address("", "IT", "")));
    });
    assert_eq!(found, Err(vec![("account.place.city".to_owned(), Reason::RequiredField)]));
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let found = update("*", |account| {
        account.region = "us".to_owned();
        account.email.clear();
        account.address = Some(address("", "DE", ""));
    });
    let fields: Vec<String> = found.unwrap_err().into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["account.region", "account.email", "account.address.city", "account.address.country"]);
}

#[test]
fn input_only_is_taken_and_never_returned() {
    changes(&["password", "*", ""], &["password"], |account| account.password = "new".to_owned());
    let mut account = stored();
    for address in account.address.iter_mut().chain(&mut account.addresses).chain(account.by_kind.values_mut()) {
        address.access_code = "1234".to_owned();
    }
    account.accounts = vec![account.clone()];
    prepare_response::<Account>(&mut account);
    let mut wanted = Account { password: String::new(), ..stored() };
    wanted.accounts = vec![wanted.clone()];
    assert_eq!(account, wanted);
}

#[test]
fn creating() {
    let mut account = Account { accounts: vec![stored()], ..stored() };
    account.password = "secret".to_owned();
    prepare_create::<Account>(&mut account).unwrap();
    let strip = |account: Account| Account {
        name: String::new(),
        uid: String::new(),
        create_time: None,
        status: None,
        token: String::new(),
        address: Some(address("Rome", "IT", "")),
        addresses: vec![address("Rome", "IT", "")],
        by_kind: [("home".to_owned(), address("Rome", "IT", ""))].into(),
        ..account
    };
    let wanted = Account { accounts: vec![strip(stored())], password: "secret".to_owned(), ..strip(stored()) };
    assert_eq!(account, wanted);
    let mut empty =
        Account { address: Some(Address::default()), addresses: vec![Address::default()], ..Account::default() };
    let violations = prepare_create::<Account>(&mut empty).unwrap_err();
    let fields: Vec<&str> = violations.as_slice().iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["email", "profile", "address.city", "addresses[0].city", "required_tags"]);
    assert!(violations.as_slice().iter().all(|violation| violation.reason == Reason::RequiredField));
}

#[test]
fn without_behaviors_all_fields_are_alike() {
    let options = ApplyOptions { behaviors: Behaviors::Ignore, ..ApplyOptions::aip() };
    let mut account = stored();
    Mask::<Account>::everything().apply_with(&mut account, &Account::default(), options).unwrap();
    assert_eq!(account, Account::default());
}

#[test]
fn behaviors_hold_where_messages_are_merged_and_lists_appended_to() {
    let options = ApplyOptions { messages: Messages::Merge, lists: Lists::Append, ..ApplyOptions::aip() };
    let given = Account {
        name: "accounts/2".to_owned(),
        uid: "mine".to_owned(),
        address: Some(address("Bari", "", "mine")),
        addresses: vec![address("Bari", "IT", "mine")],
        by_kind: ["work", "home"].map(|key| (key.to_owned(), address("Bari", "IT", "mine"))).into(),
        ..Account::default()
    };
    let mut account = stored();
    let changed = Mask::<Account>::everything().apply_with(&mut account, &given, options);
    // Of leaves, what is not given is cleared: the merge is one of messages.
    assert!(changed.unwrap_err().as_slice().iter().any(|violation| violation.field == "email"));
    let paths = ["address", "addresses", "by_kind", "required_tags", "uid"].map(str::to_owned).into();
    let mask = Mask::<Account>::parse(&FieldMask { paths }).unwrap();
    mask.apply_with(&mut account, &given, options).unwrap();
    assert_eq!(account.address, Some(address("Bari", "IT", "sr2y")));
    assert_eq!(account.addresses, [address("Rome", "IT", "sr2y"), address("Bari", "IT", "")]);
    assert_eq!(account.by_kind["work"], address("Bari", "IT", ""));
    assert_eq!(account.by_kind["home"], address("Bari", "IT", "sr2y"));
    assert_eq!((account.by_kind.len(), account.required_tags.len(), account.uid.as_str()), (2, 1, "u"));
    // A fixed list cannot be appended to.
    let given = Account { fixed_tags: vec!["b".to_owned()], ..Account::default() };
    let refused = Mask::of([Account::FIXED_TAGS.any()]).apply_with(&mut account, &given, options).unwrap_err();
    assert_eq!(refused.as_slice()[0].field, "fixed_tags");
    assert!(Mask::of([Account::FIXED_TAGS.any()]).apply_with(&mut account, &Account::default(), options).is_ok());
}
