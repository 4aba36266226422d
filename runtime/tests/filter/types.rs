//! Comparators and values for each type: tests for each row of the table in `transom::filter`.

use transom::filter::{Filter, FilterOptions};

use crate::library::Book;

fn canonical(text: &str) -> Result<String, String> {
    let options = FilterOptions::<Book>::new().with_bytes();
    match Filter::parse_with(text, &options) {
        Ok(filter) => Ok(filter.to_string()),
        Err(violations) => Err(violations.as_slice()[0].reason.as_str().to_owned()),
    }
}

/// Each text and its canonical form, or the reason of its refusal.
fn check(cases: &[(&str, Result<&str, &str>)]) {
    for (text, expected) in cases {
        let found = canonical(text);
        assert_eq!(found.as_deref().map_err(String::as_str), *expected, "{text:?}");
        if let Ok(shown) = &found {
            assert_eq!(canonical(shown).as_ref(), Ok(shown), "{text:?} shows itself as {shown:?}");
        }
    }
}

const OPERATOR: Result<&str, &str> = Err("INVALID_OPERATOR");
const VALUE: Result<&str, &str> = Err("INVALID_VALUE");
const FIELD: Result<&str, &str> = Err("UNKNOWN_FIELD");

#[test]
fn bools() {
    check(&[
        ("read = true", Ok("read = true")),
        ("read != false", Ok("read != false")),
        ("read:true", Ok("read = true")),
        ("read:*", Ok("read:*")),
        ("read", Ok("read = true")),
        ("NOT read", Ok("NOT read = true")),
        ("-author.verified", Ok("NOT author.verified = true")),
        ("read < true", OPERATOR),
        ("read >= true", OPERATOR),
        ("read = TRUE", VALUE),
        ("read = \"true\"", VALUE),
        ("read = 1", VALUE),
        ("read = null", VALUE),
    ]);
}

#[test]
fn enums() {
    check(&[
        ("status = BOOK_STATUS_ACTIVE", Ok("status = BOOK_STATUS_ACTIVE")),
        ("status != BOOK_STATUS_ACTIVE", Ok("status != BOOK_STATUS_ACTIVE")),
        ("status = \"BOOK_STATUS_ACTIVE\"", Ok("status = BOOK_STATUS_ACTIVE")),
        ("status:active", Ok("status = BOOK_STATUS_ACTIVE")),
        ("status = Archived", Ok("status = BOOK_STATUS_ARCHIVED")),
        ("status = book_status_archived", Ok("status = BOOK_STATUS_ARCHIVED")),
        ("status = (ACTIVE OR ARCHIVED)", Ok("status = BOOK_STATUS_ACTIVE OR status = BOOK_STATUS_ARCHIVED")),
        ("status != (ACTIVE OR ARCHIVED)", Ok("NOT (status = BOOK_STATUS_ACTIVE OR status = BOOK_STATUS_ARCHIVED)")),
        ("status != (ACTIVE)", Ok("NOT status = BOOK_STATUS_ACTIVE")),
        ("status:*", Ok("status:*")),
        ("status = STATUS_ACTIVE", VALUE),
        ("status = NOPE", VALUE),
        ("status = 1", VALUE),
        ("status = *", VALUE),
        ("status < BOOK_STATUS_ACTIVE", OPERATOR),
        // A declared name is that value; what could be two is none.
        ("genre = NOVEL", Ok("genre = NOVEL")),
        ("genre = GENRE_NOVEL", Ok("genre = GENRE_NOVEL")),
        ("genre = novel", VALUE),
        ("genre = unknown", Ok("genre = UNKNOWN")),
        ("genre = \"AND\"", Ok("genre = \"AND\"")),
    ]);
}

#[test]
fn integers() {
    check(&[
        ("pages = 3", Ok("pages = 3")),
        ("pages != 3", Ok("pages != 3")),
        ("pages < 3", Ok("pages < 3")),
        ("pages <= 3", Ok("pages <= 3")),
        ("pages > 3", Ok("pages > 3")),
        ("pages >= 3", Ok("pages >= 3")),
        ("pages:3", Ok("pages = 3")),
        ("pages:*", Ok("pages:*")),
        ("pages = -2147483648", Ok("pages = -2147483648")),
        ("pages = 1e3", Ok("pages = 1000")),
        ("pages = 2.0", Ok("pages = 2")),
        ("pages = 2147483648", VALUE),
        ("pages = 1.5", VALUE),
        ("pages = 1e-3", VALUE),
        ("pages = x", VALUE),
        ("pages = \"3\"", VALUE),
        ("pages = 0x10", VALUE),
        ("pages = +3", VALUE),
        ("pages = 3.", Err("INVALID_SYNTAX")),
        ("pages = null", VALUE),
        ("words = 9223372036854775807", Ok("words = 9223372036854775807")),
        ("words = -9223372036854775808", Ok("words = -9223372036854775808")),
        ("words = 9223372036854775808", VALUE),
        ("words = 1e18", Ok("words = 1000000000000000000")),
        ("words = 9007199254740993e0", Ok("words = 9007199254740993")),
        ("words = 9007199254740993.0", Ok("words = 9007199254740993")),
        ("words = -92233720368547758.08e2", Ok("words = -9223372036854775808")),
        ("words = 0.00000000000000000123e20", Ok("words = 123")),
        ("words = 1200000000000000000000e-20", Ok("words = 12")),
        ("words = 1.00000000000000001", VALUE),
        ("words = 92233720368547758.08e2", VALUE),
        ("words = 0e99999999999999999999999", Ok("words = 0")),
        ("words = 1e99999999999999999999999", VALUE),
        ("words = 1e-99999999999999999999999", VALUE),
        ("words = 1e", VALUE),
        ("words = 1e5e5", VALUE),
        ("words = 1.e5", VALUE),
        ("words = 1e19", VALUE),
        ("copies = 4294967295", Ok("copies = 4294967295")),
        ("copies = 4294967296", VALUE),
        ("copies = -1", VALUE),
        ("copies = -1e3", VALUE),
        ("sold = 18446744073709551615", Ok("sold = 18446744073709551615")),
        ("sold = 18446744073709551616", VALUE),
        ("sold = 1.8446744073709551615e19", Ok("sold = 18446744073709551615")),
    ]);
}

#[test]
fn floats() {
    check(&[
        ("rating = 2.5", Ok("rating = 2.5")),
        ("rating != 2", Ok("rating != 2.0")),
        ("rating < 2.997e9", Ok("rating < 2997000000.0")),
        ("rating >= -1e-300", Ok("rating >= -1e-300")),
        ("rating:2", Ok("rating = 2.0")),
        ("rating:*", Ok("rating:*")),
        ("weight = 0.1", Ok("weight = 0.10000000149011612")),
        // Half of a unit and a little: by a double it would be half, and rounded down.
        ("weight = 1.000000059604644775390626", Ok("weight = 1.0000001192092896")),
        ("weight < 1e39", VALUE),
        ("rating < 1e309", VALUE),
        ("rating < 1.e5", VALUE),
        ("rating < -1.E5", VALUE),
        ("weight < 1.e5", VALUE),
        ("rating < 1.0e5", Ok("rating < 100000.0")),
        ("rating = inf", VALUE),
        ("rating = nan", VALUE),
        ("rating = 1.2.3", VALUE),
        ("rating = 0x1p3", VALUE),
        ("rating = 1_000", VALUE),
        ("rating = \"2.5\"", VALUE),
    ]);
}

#[test]
fn strings() {
    check(&[
        ("title = x", Ok("title = \"x\"")),
        ("title = \"x\"", Ok("title = \"x\"")),
        ("title != x", Ok("title != \"x\"")),
        ("title < x", Ok("title < \"x\"")),
        ("title <= x", Ok("title <= \"x\"")),
        ("title > x", Ok("title > \"x\"")),
        ("title >= \"x*\"", Ok("title >= \"x\\*\"")),
        ("title:x", Ok("title = \"*x*\"")),
        ("title:\"x*\"", Ok("title = \"x*\"")),
        ("title:*", Ok("title:*")),
        ("title:\"*\"", Ok("title = \"*\"")),
        ("title = *", Ok("title = \"*\"")),
        ("title = **", Ok("title = \"*\"")),
        ("title = *.foo", Ok("title = \"*.foo\"")),
        ("title = \"*.foo\"", Ok("title = \"*.foo\"")),
        ("title = foo*", Ok("title = \"foo*\"")),
        ("title != \"*foo*\"", Ok("title != \"*foo*\"")),
        ("title = \"\\*.foo\"", Ok("title = \"\\*.foo\"")),
        ("title = \"foo\\*\"", Ok("title = \"foo\\*\"")),
        ("title = \"f*o\"", VALUE),
        ("title = \"***\"", VALUE),
        ("title = 42", Ok("title = \"42\"")),
        ("title = true", Ok("title = \"true\"")),
        ("title = null", Ok("title = \"null\"")),
        ("title = \"\"", Ok("title = \"\"")),
        ("title:\"\"", Ok("title = \"*\"")),
        ("title = (x OR \"y z\")", Ok("title = \"x\" OR title = \"y z\"")),
        ("title = (a.b AND NOT c)", Ok("title = \"a.b\" AND NOT title = \"c\"")),
    ]);
}

#[test]
fn bytes() {
    check(&[
        ("cover = \"aGk=\"", Ok("cover = \"aGk=\"")),
        ("cover = aGk", Ok("cover = \"aGk=\"")),
        ("cover != \"-_8\"", Ok("cover != \"+/8=\"")),
        ("cover:\"aGk=\"", Ok("cover = \"aGk=\"")),
        ("cover:*", Ok("cover:*")),
        ("cover < \"aGk=\"", OPERATOR),
        ("cover = \"a\"", VALUE),
        ("cover = \"#\"", VALUE),
    ]);
    let refused = Filter::<Book>::parse("cover = \"aGk=\"").unwrap_err();
    assert_eq!(refused.to_string(), "filter: at 6: `cover` is `bytes`, which cannot be compared");
}

#[test]
fn timestamps() {
    check(&[
        ("create_time = \"2024-02-29T23:59:59.123456789Z\"", Ok("create_time = \"2024-02-29T23:59:59.123456789Z\"")),
        ("create_time != \"0001-01-01T00:00:00Z\"", Ok("create_time != \"0001-01-01T00:00:00Z\"")),
        ("create_time < \"9999-12-31T23:59:59.999999999Z\"", Ok("create_time < \"9999-12-31T23:59:59.999999999Z\"")),
        ("create_time >= \"2024-01-01t00:00:00-08:00\"", Ok("create_time >= \"2024-01-01T08:00:00Z\"")),
        ("create_time > timestamp(\"1969-12-31T23:59:59.5Z\")", Ok("create_time > \"1969-12-31T23:59:59.5Z\"")),
        ("create_time:*", Ok("create_time:*")),
        ("create_time:\"2024-01-01T00:00:00Z\"", OPERATOR),
        ("create_time = \"2023-02-29T00:00:00Z\"", VALUE),
        ("create_time = \"2024-13-01T00:00:00Z\"", VALUE),
        ("create_time = \"2024-01-01T24:00:00Z\"", VALUE),
        ("create_time = \"2024-01-01T00:00:60Z\"", VALUE),
        ("create_time = \"2024-01-01T00:00:00\"", VALUE),
        ("create_time = \"2024-01-01 00:00:00Z\"", VALUE),
        ("create_time = \"2024-01-01T00:00:00.Z\"", VALUE),
        ("create_time = \"2024-01-01T00:00:00.1234567890Z\"", VALUE),
        ("create_time = \"2024-01-01T00:00:00+24:00\"", VALUE),
        ("create_time = \"2024-01-01T00:00:00ZZ\"", VALUE),
        ("create_time = \"0001-01-01T00:00:00+00:01\"", VALUE),
        ("create_time = \"2024-01-01\"", VALUE),
        ("create_time = 5", VALUE),
        ("create_time.seconds = 5", Err("NO_SUBFIELDS")),
    ]);
}

#[test]
fn durations() {
    check(&[
        ("loan = 20s", Ok("loan = 20s")),
        ("loan != 1.2s", Ok("loan != 1.2s")),
        ("loan < -0.000000001s", Ok("loan < -0.000000001s")),
        ("loan >= 315576000000s", Ok("loan >= 315576000000s")),
        ("loan > duration(1.5s)", Ok("loan > 1.5s")),
        ("loan:*", Ok("loan:*")),
        ("loan:20s", OPERATOR),
        ("loan = 20", VALUE),
        ("loan = 4h", VALUE),
        ("loan = \"4h0m0s\"", VALUE),
        ("loan = 1.1234567891s", VALUE),
        ("loan = \"1.s\"", VALUE),
        ("loan = 315576000001s", VALUE),
        ("loan = 315576000000.1s", VALUE),
        ("loan = \"--1s\"", VALUE),
        ("loan = \"+1s\"", VALUE),
        ("loan = \"s\"", VALUE),
    ]);
}

#[test]
fn wrappers() {
    check(&[
        ("discount = 5", Ok("discount = 5")),
        ("discount > 5", Ok("discount > 5")),
        ("discount = null", Ok("discount = null")),
        ("discount:null", Ok("discount = null")),
        ("discount != null", Ok("NOT discount = null")),
        ("discount != (null OR 5)", Ok("NOT (discount = null OR discount = 5)")),
        ("discount < null", OPERATOR),
        ("discount:*", Ok("discount:*")),
        ("discount = x", VALUE),
        ("rating = null", Ok("rating = null")),
        ("in_print != null", Ok("NOT in_print = null")),
        ("genre:null", Ok("genre = null")),
        ("create_time = null", Ok("create_time = null")),
        ("create_time > null", OPERATOR),
        ("paperback = null", Ok("paperback = null")),
        ("paperback = \"null\"", Ok("paperback = \"null\"")),
        ("author = null", Ok("author = null")),
        ("author.birth_year = null", Ok("author.birth_year = null")),
        ("authors.birth_year:null", Ok("authors.birth_year:null")),
        ("extra != null", Ok("NOT extra = null")),
        ("labels.env = null", Ok("labels.env = \"null\"")),
        ("subtitle = \"null\"", Ok("subtitle = \"null\"")),
        ("subtitle = null", Ok("subtitle = null")),
        ("author.pen_name = null", Ok("author.pen_name = null")),
        ("subtitle:x", Ok("subtitle = \"*x*\"")),
        ("discount.value = 5", Err("NO_SUBFIELDS")),
    ]);
}

#[test]
fn messages() {
    check(&[
        ("author:*", Ok("author:*")),
        ("author:given_name", Ok("author.given_name:*")),
        ("author:\"given_name\"", Ok("author.given_name:*")),
        ("author.given_name:*", Ok("author.given_name:*")),
        ("author.birth_year:42", Ok("author.birth_year = 42")),
        ("author.birth_year < 1900", Ok("author.birth_year < 1900")),
        ("sequel.sequel.title = x", Ok("sequel.sequel.title = \"x\"")),
        ("ebook.given_name = x", Ok("ebook.given_name = \"x\"")),
        ("paperback = x", Ok("paperback = \"x\"")),
        ("extra:*", Ok("extra:*")),
        ("author = x", OPERATOR),
        ("author != x", OPERATOR),
        ("author < x", OPERATOR),
        ("author:nope", FIELD),
        ("author.nope = 1", FIELD),
        ("extra = x", OPERATOR),
        ("extra:type_url", OPERATOR),
        ("extra.type_url = x", Err("NO_SUBFIELDS")),
        ("title.x = 1", Err("NO_SUBFIELDS")),
        ("format:*", FIELD),
        ("Title = x", FIELD),
        ("givenName = x", FIELD),
    ]);
}

#[test]
fn maps() {
    check(&[
        ("labels:*", Ok("labels:*")),
        ("labels:env", Ok("labels.env:*")),
        ("labels:\"my env\"", Ok("labels.\"my env\":*")),
        ("labels.env:*", Ok("labels.env:*")),
        ("labels.env:prod", Ok("labels.env = \"prod\"")),
        ("labels.env = prod", Ok("labels.env = \"prod\"")),
        ("labels.env != prod", Ok("labels.env != \"prod\"")),
        ("labels.\"a.b \\\"c\\\"\" = prod", Ok("labels.\"a.b \\\"c\\\"\" = \"prod\"")),
        ("counts.3 = 5", Ok("counts.3 = 5")),
        ("counts.3 > 5", Ok("counts.3 > 5")),
        ("counts.\"-3\" = 5", Ok("counts.\"-3\" = 5")),
        ("counts:3", Ok("counts.3:*")),
        ("counts:-3", Ok("counts.\"-3\":*")),
        ("reviews.smith.stars > 3", Ok("reviews.smith.stars > 3")),
        ("reviews.smith:stars", Ok("reviews.smith.stars:*")),
        ("labels = x", OPERATOR),
        ("labels < x", OPERATOR),
        ("counts.x = 5", Err("INVALID_KEY")),
        ("counts.03 = 5", Err("INVALID_KEY")),
        ("counts:x", Err("INVALID_KEY")),
        ("counts.3 = x", VALUE),
        ("labels.env.x = 1", Err("NO_SUBFIELDS")),
        ("reviews.smith = x", OPERATOR),
    ]);
}

#[test]
fn lists() {
    check(&[
        ("tags:*", Ok("tags:*")),
        ("tags:x", Ok("tags:\"x\"")),
        ("tags:\"x*\"", Ok("tags:\"x*\"")),
        ("scores:42", Ok("scores:42")),
        ("scores:(1 OR 2)", Ok("scores:1 OR scores:2")),
        ("authors:*", Ok("authors:*")),
        ("authors.given_name:x", Ok("authors.given_name:\"x\"")),
        ("authors.birth_year:1900", Ok("authors.birth_year:1900")),
        ("authors.birth_year:*", Ok("authors.birth_year:*")),
        ("authors.nicknames:x", Ok("authors.nicknames:\"x\"")),
        ("author.nicknames:x", Ok("author.nicknames:\"x\"")),
        ("tags = x", OPERATOR),
        ("tags != x", OPERATOR),
        ("tags != (x OR y)", OPERATOR),
        ("authors.given_name != (x OR y)", OPERATOR),
        ("scores < 3", OPERATOR),
        ("authors.given_name = x", OPERATOR),
        ("authors.birth_year > 1900", OPERATOR),
        ("authors.0.given_name:x", FIELD),
        ("authors:given_name", VALUE),
        ("scores:x", VALUE),
        ("tags.0:x", Err("NO_SUBFIELDS")),
        ("authors.verified", Err("INVALID_SYNTAX")),
    ]);
}
