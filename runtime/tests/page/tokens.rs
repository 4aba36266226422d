//! Tokens that were tampered with, or are for something else, are refused, all with one and the same error.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use transom::list::{Key, KeyRing, ListRequestExt as _, Pages, Refusal};
use transom::violation::Violations;

use crate::library::{Book, ListBooksRequest, books};

const TIME: Duration = Duration::from_secs(1_700_000_000);

fn at(time: Duration, ring: &KeyRing) -> Pages<ListBooksRequest> {
    Pages::keyset(ring.clone(), Book::NAME).clock(move || SystemTime::UNIX_EPOCH + time)
}

fn key(byte: u8) -> Key {
    Key::new([byte; 32])
}

fn request() -> ListBooksRequest {
    ListBooksRequest {
        parent: "shelves/1".to_owned(),
        page_size: 2,
        order_by: "title".to_owned(),
        ..Default::default()
    }
}

/// The request for the second page, with a token of these settings.
fn second(pages: &Pages<ListBooksRequest>, principal: Option<&[u8]>) -> ListBooksRequest {
    let request = request();
    let page = match principal {
        Some(principal) => request.page_for(pages, principal),
        None => request.page(pages),
    };
    let page_token = page.unwrap().paginate(&books(10)).unwrap().next_page_token;
    assert_ne!(page_token, "");
    ListBooksRequest { page_token, ..request }
}

/// The one error, to compare others with.
fn refused() -> Violations {
    let request = ListBooksRequest { page_token: "?".to_owned(), ..request() };
    request.page(&at(TIME, &KeyRing::new(key(1)))).unwrap_err()
}

/// Asserts that the token is refused with the one error, and returns the cause that the server is told.
fn cause<K>(request: &ListBooksRequest, pages: Pages<ListBooksRequest, K>, principal: Option<&[u8]>) -> Refusal {
    let told = Arc::new(Mutex::new(Vec::new()));
    let pages = pages.on_refusal({
        let told = Arc::clone(&told);
        move |refusal| told.lock().unwrap().push(refusal)
    });
    let page = match principal {
        Some(principal) => request.page_for(&pages, principal),
        None => request.page(&pages),
    };
    assert_eq!(page.map(|page| page.limit()), Err(refused()));
    let told = told.lock().unwrap();
    assert_eq!(told.len(), 1);
    told[0]
}

#[test]
fn no_bit_can_be_changed() {
    let pages = at(TIME, &KeyRing::new(key(1)));
    let request = second(&pages, None);
    assert!(request.page(&pages).is_ok());
    for position in 0..request.page_token.len() {
        for bit in 0..8 {
            let mut bytes = request.page_token.clone().into_bytes();
            bytes[position] ^= 1 << bit;
            let Ok(page_token) = String::from_utf8(bytes) else { continue };
            cause(&ListBooksRequest { page_token, ..request.clone() }, at(TIME, &KeyRing::new(key(1))), None);
        }
    }
}

#[test]
fn no_character_can_be_taken_away_or_added() {
    let request = second(&at(TIME, &KeyRing::new(key(1))), None);
    let token = &request.page_token;
    let mut others: Vec<String> = (1..token.len()).map(|length| token[..length].to_owned()).collect();
    others.extend((1..token.len()).map(|start| token[start..].to_owned()));
    others.extend(
        ["A", "=", "==", " ", "\n", "AAAA"]
            .iter()
            .flat_map(|more| [format!("{token}{more}"), format!("{more}{token}")]),
    );
    others.push(format!("{token}{token}"));
    for page_token in others {
        cause(&ListBooksRequest { page_token, ..request.clone() }, at(TIME, &KeyRing::new(key(1))), None);
    }
}

#[test]
fn what_is_no_token() {
    let long = "A".repeat(4097);
    for (token, expected) in [
        ("A", Refusal::Malformed),
        ("é", Refusal::Malformed),
        ("a+b/", Refusal::Malformed),
        ("AAAA", Refusal::UnknownVersion),
        ("AQ", Refusal::Malformed),
        (&"AQAA".repeat(10), Refusal::Malformed),
        (&"AQAA".repeat(15), Refusal::UnknownKey),
        (&long[..4096], Refusal::UnknownVersion),
        (&long, Refusal::TooLong),
    ] {
        let request = ListBooksRequest { page_token: token.to_owned(), ..request() };
        assert_eq!(cause(&request, at(TIME, &KeyRing::new(key(1))), None), expected, "{token:.20}");
    }
}

#[test]
fn a_token_is_for_one_principal() {
    let ring = KeyRing::new(key(1));
    let pages = || at(TIME, &ring);
    for (sealed, opened) in [
        (Some("alice"), Some("bob")),
        (Some("alice"), None),
        (None, Some("alice")),
        (None, Some("")),
        (Some(""), None),
        (Some("alice"), Some("alice2")),
    ] {
        let request = second(&pages(), sealed.map(str::as_bytes));
        assert_eq!(cause(&request, pages(), opened.map(str::as_bytes)), Refusal::NotAuthentic);
    }
    let request = second(&pages(), Some(b"alice"));
    assert!(request.page_for(&pages(), b"alice").is_ok());
}

#[test]
fn a_token_is_for_one_method() {
    let ring = KeyRing::new(key(1));
    let keys = ring.for_method("/library.v1.LibraryService/SearchBooks");
    let search = Pages::keyset(keys, Book::NAME).clock(|| SystemTime::UNIX_EPOCH + TIME);
    let request = second(&search, None);
    assert_eq!(cause(&request, at(TIME, &ring), None), Refusal::NotAuthentic);
}

#[test]
fn a_token_is_for_one_order_of_the_server() {
    // The request says no order; the server's own is another one after a release.
    use transom::order::OrderBy;
    let ring = KeyRing::new(key(1));
    let request = ListBooksRequest { order_by: String::new(), ..request() };
    let before = at(TIME, &ring).default_order(OrderBy::new().asc(Book::TITLE));
    let page_token = request.page(&before).unwrap().paginate(&books(10)).unwrap().next_page_token;
    let request = ListBooksRequest { page_token, ..request };
    for after in [
        at(TIME, &ring),
        at(TIME, &ring).default_order(OrderBy::new().desc(Book::TITLE)),
        at(TIME, &ring).default_order(OrderBy::new().asc(Book::RATING)),
        at(TIME, &ring).default_order(OrderBy::new().asc(Book::TITLE)).tie_breaker(Book::COPIES),
    ] {
        assert_eq!(cause(&request, after, None), Refusal::NotAuthentic);
    }
    assert!(request.page(&at(TIME, &ring).default_order(OrderBy::new().asc(Book::TITLE))).is_ok());
}

#[test]
fn a_token_is_for_one_kind_of_cursors() {
    let ring = KeyRing::new(key(1));
    let kinds: [fn(KeyRing) -> Pages<ListBooksRequest>; 2] =
        [|ring| Pages::keyset(ring, Book::NAME), |ring| Pages::offset(ring, Book::NAME)];
    for (sealed, seal) in kinds.into_iter().enumerate() {
        let request = request();
        let settings = seal(ring.clone());
        let page_token = request.page(&settings).unwrap().finish(books(3)).unwrap().next_page_token;
        let next = ListBooksRequest { page_token, ..request };
        for (opened, open) in kinds.into_iter().enumerate() {
            if sealed == opened {
                assert!(next.page(&open(ring.clone())).is_ok());
            } else {
                assert_eq!(cause(&next, open(ring.clone()), None), Refusal::OtherCursor);
            }
        }
    }
    // Of two kinds whose pages have the same order: none.
    let request = ListBooksRequest { order_by: String::new(), ..request() };
    let (opaque, offset) = (Pages::custom_cursor(ring.clone()), Pages::offset_in_own_order(ring));
    let token = request.page(&opaque).unwrap().finish_at(books(2), Some(b"x")).unwrap().next_page_token;
    let next = ListBooksRequest { page_token: token, ..request.clone() };
    assert!(next.page(&opaque).is_ok());
    assert_eq!(cause(&next, offset, None), Refusal::OtherCursor);
    let offset = Pages::offset_in_own_order(KeyRing::new(key(1)));
    let token = request.page(&offset).unwrap().finish(books(3)).unwrap().next_page_token;
    let next = ListBooksRequest { page_token: token, ..request };
    assert!(next.page(&offset).is_ok());
    assert_eq!(cause(&next, opaque, None), Refusal::OtherCursor);
}

#[test]
fn a_token_expires() {
    let ring = KeyRing::new(key(1));
    let request = second(&at(TIME, &ring), None);
    let days = |days: u64| Duration::from_secs(days * 24 * 60 * 60);
    let second = Duration::from_secs(1);
    assert!(request.page(&at(TIME + days(3), &ring)).is_ok());
    assert_eq!(cause(&request, at(TIME + days(3) + second, &ring), None), Refusal::Expired);
    assert!(request.page(&at(TIME + days(9), &ring).validity(days(9))).is_ok());
    assert_eq!(cause(&request, at(TIME + 2 * second, &ring).validity(second), None), Refusal::Expired);
    // A replica whose clock is behind takes the tokens of one whose clock is ahead, but not for ever.
    assert!(request.page(&at(TIME - days(3), &ring)).is_ok());
    assert_eq!(cause(&request, at(TIME - days(3) - second, &ring), None), Refusal::Expired);
    assert_eq!(cause(&request, at(Duration::ZERO, &ring), None), Refusal::Expired);
}

#[test]
fn one_replica_opens_what_another_sealed() {
    let request = second(&at(TIME, &KeyRing::new(key(1)).with(key(2))), None);
    assert!(request.page(&at(TIME, &KeyRing::new(key(2)).with(key(1)))).is_ok());
}

#[test]
fn keys_rotate() {
    let ring = KeyRing::new(key(1));
    let pages = at(TIME, &ring);
    let old = second(&pages, None);

    let new = ring.accept(key(2));
    let still_old = second(&pages, None);
    assert!(still_old.page(&at(TIME, &KeyRing::new(key(1)))).is_ok(), "an accepted key seals nothing yet");

    assert!(ring.promote(new));
    let by_new = second(&pages, None);
    assert!(by_new.page(&at(TIME, &KeyRing::new(key(2)))).is_ok());
    assert!(old.page(&pages).is_ok(), "the old key still opens");

    assert!(ring.remove(key(1).id()));
    assert!(by_new.page(&pages).is_ok());
    assert_eq!(cause(&old, at(TIME, &ring), None), Refusal::UnknownKey);

    assert!(!ring.remove(new), "the key that seals stays");
    assert!(!ring.remove(key(9).id()) && !ring.promote(key(9).id()));
    assert!(ring.promote(new), "it is promoted already");
    assert_eq!(ring.accept(key(2)), new);
    assert!(!ring.remove(new), "a key is on the ring once");
}

#[test]
fn the_first_key_of_a_text_seals_and_all_open() {
    let [one, two] = ["AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=", "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI"];
    let ring: KeyRing = format!("{one}, {two}").parse().unwrap();
    let (pages, token) = (at(TIME, &ring), second(&at(TIME, &ring), None));
    assert!(token.page(&at(TIME, &KeyRing::new(key(1)))).is_ok());
    assert_eq!(cause(&token, at(TIME, &KeyRing::new(key(2))), None), Refusal::UnknownKey);
    assert!(second(&at(TIME, &KeyRing::new(key(2))), None).page(&pages).is_ok());
    for wrong in ["", ",", one.split_at(8).0, &format!("{one},"), &format!(",{one}"), &format!("{one},{one}x")] {
        assert!(wrong.parse::<KeyRing>().is_err(), "{wrong}");
    }
}

#[test]
fn tokens_differ_and_hide_what_they_hold() {
    let pages = at(TIME, &KeyRing::new(key(1)));
    let (one, other) = (second(&pages, None).page_token, second(&pages, None).page_token);
    assert_ne!(one, other, "a nonce is used once");
    assert!(one.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'), "{one}");
}

#[test]
fn keys_are_not_shown() {
    let shown = format!("{:?} {:?}", key(0xab), KeyRing::new(key(0xab)).with(key(0xcd)));
    for secret in ["ab, ab", "abab", "171", "cdcd", "205, 205"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert_eq!(key(1).id(), key(1).id());
    assert_ne!(key(1).id(), key(2).id());
}

#[test]
fn keys_are_read_from_base64() {
    let standard = "q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=";
    let both = ["//8A/////////////////////////////////////wA=", "__8A_____________________________________wA"];
    assert_eq!(standard.parse::<Key>().unwrap().id(), key(0xab).id());
    assert_eq!(format!(" {standard}\n").parse::<Key>().unwrap().id(), key(0xab).id());
    assert_eq!(both[0].parse::<Key>().unwrap().id(), both[1].parse::<Key>().unwrap().id());
    for wrong in ["", "abc", "q6ur", "password", &format!("{standard}{standard}"), &"A".repeat(44), &"A".repeat(1000)] {
        let error = wrong.parse::<Key>().unwrap_err().to_string();
        assert_eq!(error, "a key is the base64 of 32 bytes: create one with `openssl rand -base64 32`");
    }
    assert_ne!(Key::generate().unwrap().id(), Key::generate().unwrap().id());
}

/// Books after a release that changed the type of `pages`, and took the presence from `rating`.
mod later {
    use crate::library::ListBooksRequest as Earlier;

    #[derive(Clone, PartialEq, Default, Debug)]
    pub(super) struct Book {
        pub(super) name: String,
        pub(super) rating: f64,
        pub(super) pages: String,
    }

    transom::__private::fields! {
        impl Book = "library.v1.Book", reaches [];
        0 NAME = 1, "name", "name", [] string: implicit(name);
        1 RATING = 3, "rating", "rating", [] double: implicit(rating);
        2 PAGES = 4, "pages", "pages", [] string: implicit(pages);
    }

    #[derive(Clone, PartialEq, Default, Debug)]
    pub(super) struct ListBooksRequest {
        page_size: i32,
        page_token: String,
        order_by: String,
    }

    transom::__private::fields! {
        impl ListBooksRequest = "library.v1.ListBooksRequest", reaches [];
        0 PAGE_SIZE = 2, "page_size", "pageSize", [] int32: implicit(page_size);
        1 PAGE_TOKEN = 3, "page_token", "pageToken", [] string: implicit(page_token);
        2 ORDER_BY = 6, "order_by", "orderBy", [] string: implicit(order_by);
    }

    transom::__private::list_request! {
        impl ListBooksRequest for Book, method "/library.v1.LibraryService/ListBooks";
        page_size = page_size: PAGE_SIZE, page_token = page_token: PAGE_TOKEN, order_by = order_by: ORDER_BY;
    }

    impl From<Earlier> for ListBooksRequest {
        fn from(Earlier { page_size, page_token, order_by, .. }: Earlier) -> Self {
            Self { page_size, page_token, order_by }
        }
    }
}

#[test]
fn a_token_is_for_one_type_of_the_fields_of_the_order() {
    let ring = KeyRing::new(key(1));
    let (told, pages) = (Arc::new(Mutex::new(Vec::new())), at(TIME, &ring));
    let after = Pages::<later::ListBooksRequest>::keyset(ring, later::Book::NAME)
        .clock(|| SystemTime::UNIX_EPOCH + TIME)
        .on_refusal({
            let told = Arc::clone(&told);
            move |refusal| told.lock().unwrap().push(refusal)
        });
    let token = |order_by: &str, last: Book| {
        let request = ListBooksRequest { page_size: 1, order_by: order_by.to_owned(), ..Default::default() };
        let page_token = request.page(&pages).unwrap().finish(vec![last, Book::default()]).unwrap().next_page_token;
        later::ListBooksRequest::from(ListBooksRequest { page_token, ..request }).page(&after).map(drop)
    };
    let rated = |rating| Book { rating, ..Book::default() };
    assert!(token("rating desc", rated(Some(1.5))).is_ok());
    assert!(token("pages", Book { pages: Some(3), ..Book::default() }).is_err(), "an int32 is no string");
    assert!(token("rating", rated(None)).is_err(), "it is never unset now");
    assert_eq!(*told.lock().unwrap(), [Refusal::NotAuthentic, Refusal::OtherCursor]);
}
