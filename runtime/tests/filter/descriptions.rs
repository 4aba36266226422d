//! Descriptions of violations: the accepted form, and the nearest name.

use transom::filter::{Filter, FilterOptions};

use crate::library::Book;

#[test]
fn description_names_the_accepted_form() {
    let refused = |text: &str| Filter::<Book>::parse(text).unwrap_err().to_string();
    assert_eq!(
        refused("pages = 1.5"),
        "filter: at 8: `1.5` is not an integer from -2147483648 to 2147483647, as `pages` requires"
    );
    assert_eq!(refused("tags = x"), "filter: at 5: `tags` has many values: write `:` for any element");
    assert_eq!(refused("status < ACTIVE"), "filter: at 7: `<` cannot be used with `status`: use `=` and `!=`");
    assert_eq!(refused("authors.given_name = x"), "filter: at 19: `=` cannot follow a list: write `:` for any element");
    assert_eq!(refused("nope = 1"), "filter: at 0: `library.v1.Book` has no field `nope`");
    let long = refused(&format!("{} = 1", "x".repeat(5000)));
    assert!(long.len() < 200, "{long}");
}

#[test]
fn unknown_name_gets_the_nearest_name() {
    for (text, expected) in [
        ("titel = x", "`library.v1.Book` has no field `titel`: did you mean `title`?"),
        ("createTime > 1", "`library.v1.Book` has no field `createTime`: did you mean `create_time`?"),
        ("author.givenname = x", "`library.v1.Author` has no field `givenname`: did you mean `given_name`?"),
        ("author:verifid", "`library.v1.Author` has no field `verifid`: did you mean `verified`?"),
        ("nothing = x", "`library.v1.Book` has no field `nothing`"),
        ("status = ACTIV", "`ACTIV` is not a value of the enum, as `status` requires: did you mean `ACTIVE`?"),
        ("status = book_status_archved", "did you mean `BOOK_STATUS_ARCHIVED`?"),
        // An enum without the names of prost's has no hint.
        ("genre = NOVELL", "`NOVELL` is not a value of the enum, as `genre` requires"),
    ] {
        let refused = Filter::<Book>::parse(text).unwrap_err().to_string();
        assert!(refused.contains(expected), "{text}: {refused}");
        assert_eq!(refused.contains("mean"), expected.contains("mean"), "{refused}");
    }
    // Fields that cannot be compared are no hint.
    let some = FilterOptions::<Book>::new().filterable([Book::AUTHOR.any()]);
    let refused = Filter::parse_with("titel = x", &some).unwrap_err().to_string();
    assert!(!refused.contains("mean"), "{refused}");
}

/// A hint compares the name with every other: thousands of unknown names must stay cheap.
#[test]
fn hints_stop_after_sixteen() {
    let hints = |one: &str, separator: &str| {
        let text = vec![one; 60].join(separator);
        let violations = Filter::<Book>::parse(&text).unwrap_err();
        assert_eq!(violations.as_slice().len(), 60, "{violations}");
        let has_hint = |position: &usize| violations.as_slice()[*position].description.contains("did you mean");
        (0..60).filter(has_hint).collect::<Vec<_>>()
    };
    let first: Vec<usize> = (0..16).collect();
    assert_eq!(hints("titel = x", " AND "), first);
    assert_eq!(hints("status = ACTIV", " OR "), first);
    assert_eq!(hints("author:verifid", " AND "), first);
}
