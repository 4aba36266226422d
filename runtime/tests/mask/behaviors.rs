//! `google.api.field_behavior` (AIP-203) in every operation, at the top, nested, in lists and in maps.

use prost_types::{FieldMask, Timestamp};
use transom::mask::{ApplyOptions, Behaviors, Lists, Mask, Messages, prepare_create, prepare_response};
use transom::violation::Reason;

use crate::account::{Account, Address, Profile, account::Contact};
use crate::account_updates::{address, changes, ignores, rejects, stored, update, update_of};

#[test]
fn update_keeps_output_only_fields() {
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
    assert!(Mask::from_paths([Account::ADDRESSES.any()]).apply(&mut stored, &given).unwrap().is_empty());
    // Selected in part, elements keep it.
    let (_, account) = update("addresses.*.city,addresses.*.geohash", |account| {
        account.addresses = vec![address("Bari", "IT", "mine")];
    })
    .unwrap();
    assert_eq!(account.addresses, [address("Bari", "IT", "sr2y")]);
}

#[test]
fn update_rejects_changed_identifier_only_by_its_path() {
    ignores(&["name"], |_| {});
    rejects(&["name", "email,name"], Reason::ImmutableField, "name", |account| account.name = "accounts/2".to_owned());
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
fn update_rejects_empty_required_field() {
    rejects(&["email", "*"], Reason::RequiredField, "email", |account| account.email.clear());
    ignores(&["", "region"], |account| account.email.clear());
    // Through a parent, at any depth.
    rejects(&["address", "address.city", "*"], Reason::RequiredField, "address.city", |account| {
        account.address.as_mut().unwrap().city.clear();
    });
    rejects(&["address.city"], Reason::RequiredField, "address.city", |account| account.address = None);
    // Inside a message that is not there it is not required.
    changes(&["address", "*"], &["address"], |account| account.address = None);
    // A message holds something if a field of it does.
    rejects(&["profile", "*"], Reason::RequiredField, "profile", |account| account.profile = None);
    rejects(&["profile", "*"], Reason::RequiredField, "profile", |account| account.profile = Some(Profile::default()));
    rejects(&["profile", "*"], Reason::RequiredField, "profile", |account| {
        account.profile = Some(Profile { nick: String::new(), age: Some(0) });
    });
    changes(&["profile", "*"], &["profile.age", "profile.nick"], |account| {
        account.profile = Some(Profile { nick: String::new(), age: Some(7) });
    });
    // A part of it can be cleared as long as it holds something else.
    rejects(&["profile.nick"], Reason::RequiredField, "profile", |account| account.profile = None);
    changes(&["profile.nick,profile.age"], &["profile.age", "profile.nick"], |account| {
        account.profile = Some(Profile { nick: String::new(), age: Some(7) });
    });
    rejects(&["required_tags", "*"], Reason::RequiredField, "required_tags", |account| account.required_tags.clear());
    // In elements of lists.
    rejects(&["addresses", "addresses.*.city", "*", ""], Reason::RequiredField, "addresses[1].city", |account| {
        account.addresses = vec![address("Rome", "IT", ""), address("", "IT", "")];
    });
    // In members of a oneof.
    let found = update_of(Account { contact: None, ..stored() }, "place", |account| {
        account.contact = Some(Contact::Place(address("", "IT", "")));
    });
    assert_eq!(found, Err(vec![("account.place.city".to_owned(), Reason::RequiredField)]));
}

#[test]
fn update_returns_all_violations() {
    let found = update("*", |account| {
        account.region = "us".to_owned();
        account.email.clear();
        account.address = Some(address("", "DE", ""));
    });
    let fields: Vec<String> = found.unwrap_err().into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["account.region", "account.email", "account.address.city", "account.address.country"]);
}

#[test]
fn prepare_response_clears_input_only_fields() {
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
fn prepare_create_clears_server_fields_and_checks_required() {
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
fn apply_without_behaviors_replaces_every_field() {
    let options = ApplyOptions { behaviors: Behaviors::Ignore, ..ApplyOptions::aip() };
    let mut account = stored();
    Mask::<Account>::everything().apply_with(&mut account, &Account::default(), options).unwrap();
    assert_eq!(account, Account::default());
}

#[test]
fn apply_with_merge_and_append_honors_behaviors() {
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
    let refused = Mask::from_paths([Account::FIXED_TAGS.any()]).apply_with(&mut account, &given, options).unwrap_err();
    assert_eq!(refused.as_slice()[0].field, "fixed_tags");
    assert!(
        Mask::from_paths([Account::FIXED_TAGS.any()]).apply_with(&mut account, &Account::default(), options).is_ok()
    );
}
