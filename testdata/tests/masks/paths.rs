//! Generated constants: each is the path of its field, and what follows it is what the field's type allows.

use prost_types::FieldMask;
use transom::fields::{Path, Scalar};
use transom::mask::{ConstMask, Mask, Selection};
use transom_testdata::field_masks::library::v1::{
    Behaviors, Book, Choices, Circles, Legacy, Maps, Names, Nested, Scalars, circles, legacy, names, nested,
};

/// Whatever a path can go through, in a constant.
const MASK: ConstMask<Book, 11> = ConstMask::new([
    Book::NAME.any(),
    Book::SCALARS.join(Scalars::THE_FORMAT).any(),
    Book::MAPS.join(Maps::BY_INT32).key(-7).any(),
    Book::MAPS.join(Maps::BY_BOOL).key(true).any(),
    Book::MAPS.join(Maps::TO_BYTES).key("a.b").any(),
    Book::CHOICES.join(Choices::BOOK).join(Book::NAMES).join(Names::SELF).any(),
    Book::CIRCLES.join(Circles::LIST).each().join(Circles::LOOP).join(circles::Loop::SECRET).any(),
    Book::CIRCLES.join(Circles::MAP).each().join(Circles::SELF).any(),
    Book::LEGACY.join(Legacy::REPEATEDGROUP).each().join(legacy::RepeatedGroup::URL).any(),
    Book::NAMES.join(Names::AWAITED).join(names::r#async::Await::R).any(),
    Book::NESTED.join(Nested::INNER).join(nested::Inner::DEEP).join(nested::inner::Deep::UP).any(),
]);

const PATHS: [&str; 11] = [
    "choices.book.names.self",
    "circles.list.*.loop.secret",
    "circles.map.*.self",
    "legacy.RepeatedGroup.*.url",
    "maps.by_bool.true",
    "maps.by_int32.-7",
    "maps.to_bytes.`a.b`",
    "name",
    "names.awaited.r",
    "nested.inner.deep.up",
    "scalars.the_format",
];

#[test]
fn constants_say_what_their_text_says() {
    let mask = MASK.to_mask();
    assert_eq!(mask.paths(), PATHS);
    let parsed = Mask::parse(&FieldMask { paths: PATHS.map(str::to_owned).to_vec() }).unwrap();
    assert_eq!(mask, parsed);
    assert_eq!(
        mask,
        Mask::from_paths([Book::NAME.any()]).union(&parsed.subtract(&Mask::from_paths([Book::NAME.any()])))
    );
}

#[test]
fn a_mask_is_asked_by_constants() {
    const SECRET: Path<'static, Book, Scalar> =
        Book::CIRCLES.join(Circles::LIST).each().join(Circles::LOOP).join(circles::Loop::SECRET);
    let mask = MASK.to_mask();
    assert!(mask.includes(SECRET) && mask.includes(Book::CIRCLES) && mask.includes(Book::MAPS.join(Maps::BY_INT32)));
    assert!(!mask.includes(Book::BEHAVIORS.join(Behaviors::OLD)) && !mask.includes(Book::WIDE));
    assert!(!mask.includes(Book::MAPS.join(Maps::BY_INT32).key(8)));
    assert!(matches!(mask.at(SECRET), Selection::Whole));
    assert!(matches!(mask.at(Book::CIRCLES), Selection::Part(_)));
    assert!(matches!(mask.at(Book::WIDE), Selection::Nothing));
}

#[test]
fn a_path_takes_keys_that_are_known_later() {
    for key in ["plain", "with.dot", "with`tick", ""] {
        let mask = Mask::<Maps>::from_paths([Maps::BY_STRING.key(key).any()]);
        let mut stored = Maps::default();
        let given = Maps {
            by_string: [(key.to_owned(), "value".to_owned()), ("other".to_owned(), "not".to_owned())].into(),
            ..Default::default()
        };
        assert_eq!(mask.apply(&mut stored, &given), Ok(Mask::from_paths([Maps::BY_STRING.any()])));
        assert_eq!(stored.by_string, [(key.to_owned(), "value".to_owned())].into());
    }
}

#[test]
fn differences_of_generated_messages_are_applied() {
    let before = Book {
        scalars: Some(Scalars { the_double: 1.0, many_string: vec!["a".into()], ..Default::default() }),
        circles: Some(Circles { list: vec![Circles::default()], ..Default::default() }),
        ..Default::default()
    };
    let after = Book {
        scalars: Some(Scalars { the_double: 2.0, maybe_bool: Some(false), ..Default::default() }),
        maps: Some(Maps { by_bool: [(false, "no".into())].into(), ..Default::default() }),
        ..Default::default()
    };
    let mask = Mask::<Book>::diff(&before, &after);
    let mut updated = before.clone();
    mask.assign(&mut updated, &after);
    assert_eq!(updated, after);
    assert!(!mask.includes(Book::NAMES) && mask.includes(Book::SCALARS.join(Scalars::MAYBE_BOOL)));
}
