//! Whatever is given as a page token: it is refused with the one error, unless the server made it for this request. What
//! the server puts into a token comes out again.

#![no_main]
#![allow(missing_docs, dead_code, reason = "the messages are those of the runtime's tests")]

#[path = "../../runtime/tests/page/library.rs"]
mod library;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use prost_types::Timestamp;
use transom::list::{Cursor, CustomCursor, Key, KeyRing, ListRequestExt as _, Pages};
use transom::order::CursorValue;

use library::{Book, ListBooksRequest};

static RING: LazyLock<KeyRing> = LazyLock::new(|| KeyRing::new(Key::new([1; 32])).with(Key::new([2; 32])));
static KEYSET: LazyLock<Pages<ListBooksRequest>> = LazyLock::new(|| Pages::keyset(RING.clone(), Book::NAME));
static CUSTOM: LazyLock<Pages<ListBooksRequest, CustomCursor>> = LazyLock::new(|| Pages::custom_cursor(RING.clone()));

const ORDER: &str = "title, rating desc, pages, copies desc, create_time";

fuzz_target!(|data: &[u8]| {
    let Some((mode, data)) = data.split_first() else { return };
    match mode % 4 {
        0 => from_outside(data),
        1 => tampered(data),
        2 => custom(data),
        _ => keyset(data),
    }
});

fn request(page_token: String) -> ListBooksRequest {
    ListBooksRequest { order_by: ORDER.to_owned(), page_size: 1, page_token, ..Default::default() }
}

fn assert_refused(page_token: String) {
    let refused = request("?".to_owned()).page(&KEYSET).map(drop);
    assert!(refused.is_err());
    assert_eq!(request(page_token).page(&KEYSET).map(drop), refused);
}

/// Nobody but the server makes a token.
fn from_outside(data: &[u8]) {
    if let Ok(token) = std::str::from_utf8(data)
        && !token.is_empty()
    {
        assert_refused(token.to_owned());
    }
}

/// A token of the server with some bytes changed.
fn tampered(data: &[u8]) {
    let token = request(String::new()).page(&KEYSET).unwrap().finish(vec![library::book(1), library::book(2)]);
    let token = token.unwrap().next_page_token;
    let mut bytes = token.clone().into_bytes();
    for change in data.chunks_exact(2) {
        let position = usize::from(change[0]) % bytes.len();
        bytes[position] = change[1];
    }
    if let Ok(changed) = String::from_utf8(bytes)
        && changed != token
        && !changed.is_empty()
    {
        assert_refused(changed);
    }
}

/// Bytes of the server's own.
fn custom(data: &[u8]) {
    let Ok(contents) = request(String::new()).page(&CUSTOM).unwrap().finish_at(Vec::<Book>::new(), Some(data)) else {
        assert!(data.len() > 2900, "a token of {} bytes is too long", data.len());
        return;
    };
    let request = request(contents.next_page_token);
    assert_eq!(request.page(&CUSTOM).unwrap().custom_cursor(), Some(data));
    assert!(request.page(&KEYSET).is_err());
}

/// Values of all kinds.
fn keyset(data: &[u8]) {
    let mut numbers = data.chunks(8).map(|chunk| {
        let mut bytes = [0; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        u64::from_le_bytes(bytes)
    });
    let mut next = || numbers.next().unwrap_or_default();
    let last = Book {
        rating: (next() % 2 == 1).then(|| f64::from_bits(next())),
        pages: (next() % 2 == 1).then(|| next() as i32),
        copies: next(),
        create_time: (next() % 2 == 1).then(|| Timestamp { seconds: next() as i64, nanos: next() as i32 }),
        title: String::from_utf8_lossy(data).into_owned(),
        ..Book::default()
    };
    let first = request(String::new());
    let page = first.page(&KEYSET).unwrap();
    let expected = page.order().values(&last);
    let Ok(contents) = page.finish(vec![&last, &last]) else {
        assert!(last.title.len() > 2800);
        return;
    };
    let second = request(contents.next_page_token);
    let page = second.page(&KEYSET).unwrap();
    let Some(Cursor::Keyset(values)) = page.cursor() else { panic!("{:?}", page.cursor()) };
    assert_eq!(values.len(), expected.len());
    for (value, expected) in values.iter().zip(&expected) {
        match (value, expected) {
            (CursorValue::Float(value), CursorValue::Float(expected)) => {
                assert_eq!(value.to_bits(), expected.to_bits());
            }
            _ => assert_eq!(value, expected),
        }
    }
    // The item itself, and what is before it, does not come again.
    assert!(page.select([&last]).rows.is_empty());
}
