//! Etags that are made of the content of a resource, and the canonical encoding that they are a hash of.

use std::collections::{BTreeSet, HashMap};

use prost_types::Timestamp;
use transom::canonical;
use transom::mask::etag_of;

use crate::account::{Account, Address};
use crate::kinds::Kinds;
use crate::node::Node;

/// Equal messages, with hash maps that were filled in different orders.
fn equal_messages() -> Vec<Kinds> {
    let filled = |first: usize| {
        let keys = (0..20).map(|index| (index + first) % 20);
        let by_text: HashMap<String, Kinds> =
            keys.map(|key| (format!("k{key}"), Kinds { text: format!("n{key}"), ..Kinds::default() })).collect();
        let own = Box::new(Kinds { by_text: by_text.clone(), ..Kinds::default() });
        Kinds { by_text, own: Some(own), text: "t".to_owned(), ..Kinds::default() }
    };
    (0..50).map(filled).collect()
}

#[test]
fn etag_of_equal_messages_is_the_same() {
    let messages = equal_messages();
    assert!(messages.windows(2).all(|pair| pair[0] == pair[1]));
    let encodings: BTreeSet<Vec<u8>> = messages.iter().map(canonical::encode::<Kinds>).collect();
    let etags: BTreeSet<String> = messages.iter().map(etag_of::<Kinds>).collect();
    assert_eq!((encodings.len(), etags.len()), (1, 1));
}

/// The promise of [`canonical`]: these bytes are those of every process, platform and compatible release.
#[test]
fn etag_is_the_same_in_every_process() {
    let message = Kinds {
        text: "Ä".to_owned(),
        int32: -1,
        opt_double: Some(-0.0),
        time: Some(Timestamp { seconds: 1, nanos: 2 }),
        by_int64: [(2, 7.0), (-1, 8.0)].into(),
        ..Kinds::default()
    };
    let encoding: String = canonical::encode::<Kinds>(&message).iter().map(|byte| format!("{byte:02x}")).collect();
    let known = concat!(
        "11ffffffffffffffff4202c384910100000000000000808e0202",
        "01ffffffffffffffff010000000000002040010200000000000000010000000000001c40",
        "bb0201000000000000000200000000"
    );
    assert_eq!(encoding, known);
    assert_eq!(etag_of::<Kinds>(&message), r#""b075eecd9e1fa997c31f144939d7b60f""#);
    assert_eq!(etag_of::<Kinds>(&Kinds::default()), r#""6e340b9cffb37a989ca544e6bb780a2c""#);
}

#[test]
fn encoding_differs_for_every_change() {
    let base = || Kinds { opt_double: Some(0.0), by_int64: [(1, 1.0)].into(), ..Kinds::default() };
    let others = [
        base(),
        Kinds { opt_double: Some(-0.0), ..base() },
        Kinds { opt_double: Some(f64::NAN), ..base() },
        Kinds { opt_double: None, ..base() },
        Kinds { by_int64: [(1, 2.0)].into(), ..base() },
        Kinds { own: Some(Box::default()), ..base() },
        Kinds { texts: vec![String::new()], ..base() },
        Kinds { texts: vec![String::new(); 2], ..base() },
    ];
    let etags: BTreeSet<String> = others.iter().map(etag_of::<Kinds>).collect();
    assert_eq!(etags.len(), others.len());
    // A field that says nothing is as one that the proto does not have.
    assert_eq!(canonical::encode::<Kinds>(&Kinds::default()), canonical::encode::<Node>(&Node::default()));
}

#[test]
fn etag_skips_etag_and_input_only_fields() {
    let account = Account { name: "accounts/1".to_owned(), email: "a@b".to_owned(), ..Account::default() };
    let etag = etag_of::<Account>(&account);
    assert!(etag.len() == 34 && etag.starts_with('"') && etag.ends_with('"'), "{etag}");
    let hidden = Account {
        etag: etag.clone(),
        password: "secret".to_owned(),
        address: Some(Address { access_code: "1234".to_owned(), ..Address::default() }),
        ..account.clone()
    };
    let seen = Account { address: Some(Address::default()), ..account.clone() };
    assert_eq!(etag_of::<Account>(&hidden), etag_of::<Account>(&seen));
    assert_eq!(etag_of::<Account>(&Account { etag, ..account.clone() }), etag_of::<Account>(&account));
    assert_ne!(etag_of::<Account>(&seen), etag_of::<Account>(&account));
}
