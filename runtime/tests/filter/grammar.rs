//! The lexis and the grammar: what is accepted and how it is grouped, and what is refused where.

use transom::filter::{Filter, FilterOptions};

use crate::library::Book;

/// The canonical text; every bare value searches the title.
fn canonical(text: &str) -> Result<String, String> {
    let options = FilterOptions::<Book>::new().searchable(Book::TITLE);
    match Filter::parse_with(text, &options) {
        Ok(filter) => Ok(filter.to_string()),
        Err(violations) => {
            Err(violations.to_string().split("; filter: ").collect::<Vec<_>>().join("\n").replacen("filter: ", "", 1))
        }
    }
}

/// Returns the meaning of the text. A bare word such as `a` is a search of the title.
fn grouped(text: &str) -> String {
    let mut shown = canonical(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    for letter in ["a", "b", "c", "d", "e", "42", "3"] {
        shown = shown.replace(&format!("title = \"*{letter}*\""), letter);
    }
    shown
}

#[test]
fn precedence() {
    for (text, expected) in [
        ("a", "a"),
        ("a b", "a AND b"),
        ("a b AND c", "a AND b AND c"),
        ("a AND b OR c", "a AND (b OR c)"),
        ("a OR b AND c", "(a OR b) AND c"),
        ("a OR b c", "(a OR b) AND c"),
        ("a b OR c d AND e", "a AND (b OR c) AND d AND e"),
        ("NOT a OR b", "NOT a OR b"),
        ("NOT (a OR b)", "NOT (a OR b)"),
        ("-a b", "NOT a AND b"),
        ("-(a b)", "NOT (a AND b)"),
        ("(a AND b) OR c", "(a AND b) OR c"),
        ("NOT (NOT a)", "a"),
        ("-(-a)", "a"),
        ("-(42)", "NOT 42"),
        ("-(-42)", "42"),
        ("-3", "NOT 3"),
        ("((a))", "a"),
        ("a OR (b OR c)", "a OR b OR c"),
    ] {
        assert_eq!(grouped(text), expected, "{text:?}");
    }
}

#[test]
fn white_space() {
    for (text, expected) in [
        ("", ""),
        (" \t\r\n", ""),
        (" a ", "a"),
        ("(a )", "a"),
        ("( a )", "a"),
        ("a\nAND\tb", "a AND b"),
        ("a  b", "a AND b"),
        ("pages=3", "pages = 3"),
        ("pages\n>=\t3", "pages >= 3"),
        ("pages =3", "pages = 3"),
        ("create_time > timestamp( \"2024-01-01T00:00:00Z\" )", "create_time > \"2024-01-01T00:00:00Z\""),
    ] {
        assert_eq!(grouped(text), expected, "{text:?}");
    }
}

#[test]
fn lexis() {
    for (text, expected) in [
        ("title = dash-separated-name", "title = \"dash-separated-name\""),
        ("title = example.com", "title = \"example.com\""),
        ("title = shelves/1/books/2", "title = \"shelves/1/books/2\""),
        ("title = a@b.c", "title = \"a@b.c\""),
        ("title = größe", "title = \"größe\""),
        ("title = 日本語", "title = \"日本語\""),
        ("title = \"a b\"", "title = \"a b\""),
        ("title = 'it\\'s \"so\"'", "title = \"it's \\\"so\\\"\""),
        ("title = \"\\\\ \\n\\t\\r\"", "title = \"\\\\ \\n\\t\\r\""),
        ("title = ANDROID", "title = \"ANDROID\""),
        ("title = NOTHING", "title = \"NOTHING\""),
        ("title = \"AND\"", "title = \"AND\""),
        ("title = and", "title = \"and\""),
        ("ANDROID", "title = \"*ANDROID*\""),
        ("\"OR\"", "title = \"*OR*\""),
        ("labels.AND = x", "labels.AND = \"x\""),
        ("labels.NOT:x", "labels.NOT = \"x\""),
        ("words = -3", "words = -3"),
        ("words=-3", "words = -3"),
        ("words = (-3 OR 4)", "words = -3 OR words = 4"),
        ("rating > 2.5", "rating > 2.5"),
        ("rating > 2.997e9", "rating > 2997000000.0"),
        ("rating > 1e-9", "rating > 1e-9"),
        ("rating > -1.5E+3", "rating > -1500.0"),
        ("loan = 1.2s", "loan = 1.2s"),
        ("loan = -1.2s", "loan = -1.2s"),
        ("loan = \"20s\"", "loan = 20s"),
        ("create_time > \"2024-01-01T00:00:00Z\"", "create_time > \"2024-01-01T00:00:00Z\""),
        ("create_time > 2024-01-01T00:00:00Z", "create_time > \"2024-01-01T00:00:00Z\""),
        ("create_time > 2024-01-01T01:30:00.5+01:30", "create_time > \"2024-01-01T00:00:00.5Z\""),
        ("create_time > 2024-01-01T00:00:00Z AND read", "create_time > \"2024-01-01T00:00:00Z\" AND read = true"),
    ] {
        assert_eq!(canonical(text).as_deref(), Ok(expected), "{text:?}");
    }
}

#[test]
fn refused() {
    for (text, expected) in [
        ("NOT NOT a", "at 4: `NOT` is an operator: put it in quotes to use it as a value"),
        ("NOT -a", "at 4: found `-a` where the name of a field or a value is expected"),
        ("--a", "at 1: found `-a` where the name of a field or a value is expected"),
        ("- a", "at 1: found ` ` where the name of a field or a value is expected"),
        ("NOT(a)", "at 0: `NOT` is an operator if a space follows it"),
        ("a AND(b)", "at 2: `AND` is an operator if a space follows it"),
        ("NOT", "at 3: the name of a field or a value is missing"),
        ("a AND", "at 5: the name of a field or a value is missing"),
        ("a OR ", "at 5: the name of a field or a value is missing"),
        ("AND a", "at 0: `AND` is an operator: put it in quotes to use it as a value"),
        ("a AND AND b", "at 6: `AND` is an operator: put it in quotes to use it as a value"),
        ("title = OR", "at 8: `OR` is an operator: put it in quotes to use it as a value"),
        ("()", "at 1: found `)` where the name of a field or a value is expected"),
        ("(a", "at 2: `)` is missing"),
        ("a)", "at 1: found `)` where white space or the end is expected"),
        ("(a)(b)", "at 3: found `(b)` where white space or the end is expected"),
        ("\"a\"\"b\"", "at 3: found `\\\"b\\\"` where white space or the end is expected"),
        ("author . given_name = x", "at 7: found `.` where the name of a field or a value is expected"),
        ("author.", "at 7: the name of a field or a value is missing"),
        ("author..x = 1", "at 7: found `.x` where the name of a field or a value is expected"),
        ("title =", "at 7: a value is missing"),
        ("title = = x", "at 8: found `=` where a value is expected"),
        ("title == x", "at 7: found `=` where a value is expected"),
        ("title ! x", "at 6: found `!` where the name of a field or a value is expected"),
        ("title != ", "at 9: a value is missing"),
        ("pages = -x", "at 8: a `-` in a value must come before a digit: put other text in quotes"),
        ("rating = .5", "at 9: found `.5` where a value is expected"),
        ("title = \"x", "at 8: the quote is not closed"),
        ("title = 'x\\'", "at 8: the quote is not closed"),
        ("title = \"\\x\"", "at 8: a backslash must come before `\\`, `\"`, `'`, `*`, `n`, `r` or `t`"),
        ("title = \"a\".b", "at 11: found `.b` where white space or the end is expected"),
        ("title = a.\"b\"", "at 10: put the whole value in quotes"),
        ("title = a:b", "at 8: `a:b` contains a colon: put it in quotes"),
        ("title = \"a\u{0}\"", "at 10: text must not contain the character NUL"),
        ("a,b", "at 1: found `,b` where white space or the end is expected"),
        ("a = 1 = 2", "at 6: found `=` where the name of a field or a value is expected"),
        ("\"f\"(a)", "at 0: the name of a function must not be in quotes"),
        ("nope(a)", "at 0: there is no function `nope`"),
        ("timestamp(a,)", "at 12: found `)` where a value is expected"),
        ("-3 = pages", "at 1: `3` is a value: write the name of a field on the left"),
        ("1 > 0", "at 0: `1` is a value: write the name of a field on the left"),
        ("\"title\" = 1", "at 0: `title` is a value: write the name of a field on the left"),
        ("pages = (3 AND title = 4)", "at 21: the parentheses of an argument must contain only values"),
    ] {
        assert_eq!(canonical(text), Err(expected.to_owned()), "{text:?}");
    }
}

#[test]
fn every_mistake_of_types_is_found() {
    let found =
        canonical("nope = 1 AND (pages = x OR NOT status < ACTIVE) status = (ACTIVE OR BAD OR WORSE)").unwrap_err();
    assert_eq!(
        found.lines().map(|line| line.split(':').next().unwrap()).collect::<Vec<_>>(),
        ["at 0", "at 22", "at 38", "at 68", "at 75"],
        "{found}"
    );
}

#[test]
fn without_searchable_fields_bare_values_are_refused() {
    let refused = |text: &str| Filter::<Book>::parse(text).unwrap_err().to_string();
    assert_eq!(
        refused("title"),
        "filter: at 0: `title` has no comparator: write a field, a comparator and a value, for example `name = \"…\"`"
    );
    assert!(refused("\"x\"").starts_with("filter: at 0: "));
    assert!(Filter::<Book>::parse("read").is_ok());
}
