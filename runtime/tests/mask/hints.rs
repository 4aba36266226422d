//! Descriptions of refused paths: what to write instead.

use prost_types::FieldMask;
use transom::mask::{Mask, ParseOptions, UpdateError, UpdateRequest as _};
use transom::violation::Reason;

use crate::catalog::{Res, UpdateResRequest};
use crate::kinds::Kinds;
use crate::library::Book;

fn mask(paths: &[&str]) -> FieldMask {
    FieldMask { paths: paths.iter().map(|&path| path.to_owned()).collect() }
}

/// Returns the violation of one path.
fn refused<F: transom::fields::Fields>(path: &str) -> String {
    let violations = Mask::<F>::parse(&mask(&[path])).expect_err("the path is refused");
    assert_eq!(violations.as_slice().len(), 1, "{path}");
    violations.as_slice()[0].description.clone()
}

#[test]
fn parse_suggests_a_path_for_an_unknown_field() {
    for (path, hint) in [
        ("createTime", "`catalog.v1.Res` has no field `createTime`: write `create_time`"),
        ("res.createTime", "`catalog.v1.Res` has no field `createTime`: write `res.create_time`"),
        ("titel", "`catalog.v1.Res` has no field `titel`: did you mean `title`?"),
        ("part.lable", "`catalog.v1.Part` has no field `lable`: did you mean `part.label`?"),
        ("list.*.muste", "`catalog.v1.Part` has no field `muste`: did you mean `list.*.must`?"),
        ("pick", "`catalog.v1.Res` has no field `pick`, it is a oneof: name a member of it, `two`, `three` or `four`"),
        (
            "res.pick",
            "`catalog.v1.Res` has no field `pick`, it is a oneof: name a member of it, `two`, `three` or `four`",
        ),
        (
            "pick.three",
            "`catalog.v1.Res` has no field `pick`, it is a oneof: name a member of it, `two`, `three` or `four`",
        ),
        ("extra.env", "`google.protobuf.Struct` has no field `env`: write `extra.fields.env`"),
        (
            "extra.fields.env.a",
            "`google.protobuf.Value` has no field `a`: write `extra.fields.env.struct_value.fields.a`",
        ),
        (
            "resource.title",
            "`catalog.v1.Res` has no field `resource`: paths start inside of the resource: write `title`",
        ),
        (
            "thing.part.label",
            "`catalog.v1.Res` has no field `thing`: paths start inside of the resource: write `part.label`",
        ),
        ("nonsense", "`catalog.v1.Res` has no field `nonsense`"),
        ("nonsense.nowhere", "`catalog.v1.Res` has no field `nonsense`"),
    ] {
        assert_eq!(refused::<Res>(path), hint, "{path}");
    }
    assert!(refused::<Book>("format").ends_with("name a member of it, `ebook`, `paperback` or `boxed`"));
}

#[test]
fn parse_suggests_a_path_for_a_quoted_field() {
    for (path, wanted) in [
        ("`title`", "`catalog.v1.Res` has fields, not keys: write `title` without back-ticks"),
        ("part.`label`", "`catalog.v1.Part` has fields, not keys: write `part.label` without back-ticks"),
        ("`createTime`", "`catalog.v1.Res` has no field `createTime`: write `create_time`"),
        ("`titel`", "`catalog.v1.Res` has no field `titel`: did you mean `title`?"),
        (
            "`pick`.three",
            "`catalog.v1.Res` has no field `pick`, it is a oneof: name a member of it, `two`, `three` or `four`",
        ),
        ("extra.`a.b`", "`google.protobuf.Struct` has no field `a.b`: write `extra.fields.`a.b``"),
        ("extra.`env`", "`google.protobuf.Struct` has no field `env`: write `extra.fields.env`"),
        ("extra.`a``b`", "`google.protobuf.Struct` has no field `a`b`: write `extra.fields.`a``b``"),
        ("extra.`fields`", "`google.protobuf.Struct` has fields, not keys: write `extra.fields` without back-ticks"),
        (
            "extra.fields.env.`a.b`",
            "`google.protobuf.Value` has no field `a.b`: write `extra.fields.env.struct_value.fields.`a.b``",
        ),
        ("`thing`.title", "`catalog.v1.Res` has no field `thing`: paths start inside of the resource: write `title`"),
        ("`non.sense`", "`catalog.v1.Res` has no field `non.sense`"),
    ] {
        assert_eq!(refused::<Res>(path), wanted, "{path}");
    }
}

#[test]
fn parse_suggests_a_path_without_the_resource_name() {
    #[derive(Clone, Default)]
    struct Request(Option<FieldMask>);
    let request = |paths: &[&str]| Request(Some(mask(paths)));
    let refused = |Request(update_mask): Request| {
        let book = Some(Book::default());
        let request = crate::library::UpdateBookRequest { book, update_mask, ..Default::default() };
        match request.apply_to(&mut Book::default()) {
            Err(UpdateError::Invalid(violations)) => violations.as_slice()[0].description.clone(),
            other => panic!("{other:?}"),
        }
    };
    let wanted = "`library.v1.Book` has no field `book`: paths start inside of the resource: write ";
    assert_eq!(refused(request(&["book.title"])), format!("{wanted}`title`"));
    assert_eq!(refused(request(&["book.author.given_name"])), format!("{wanted}`author.given_name`"));
    assert_eq!(refused(request(&["book"])), format!("{wanted}`*` for all of it"));
    assert_eq!(refused(request(&["book.titel"])), wanted.replace("write ", "leave out `book.`"));
}

#[test]
fn parse_rejects_star_beside_paths_once() {
    for paths in [&["*", "title"][..], &["title", "*"], &["*", "title", "*"], &["*", "title", "part.label"]] {
        let violations = Mask::<Res>::parse(&mask(paths)).unwrap_err();
        let all: Vec<(Reason, &str)> =
            violations.as_slice().iter().map(|one| (one.reason, one.description.as_str())).collect();
        assert_eq!(all, [(Reason::InvalidWildcard, "`*` selects every field: send it alone, or leave it out")]);
        let request = UpdateResRequest {
            res: Some(Res { title: "t".to_owned(), ..Res::default() }),
            update_mask: Some(mask(paths)),
            ..UpdateResRequest::default()
        };
        let error = request.apply_to(&mut Res::default()).unwrap_err();
        assert!(matches!(error, UpdateError::Invalid(violations) if violations.as_slice().len() == 1), "{paths:?}");
    }
}

#[test]
fn parse_bounds_the_number_of_hints() {
    // They repeat no long path, and are not made for thousands of them.
    let long = format!("x.{}title", "res.".repeat(500));
    let options = ParseOptions { max_depth: 200, ..ParseOptions::update() };
    let violations = options.parse::<Res>("m", &mask(&[&long])).unwrap_err();
    assert_eq!(violations.as_slice()[0].description, "`catalog.v1.Res` has no field `x`");
    let violations = Mask::<Kinds>::parse(&mask(&vec!["flagg"; 5000])).unwrap_err();
    let hints = violations.as_slice().iter().filter(|one| one.description.ends_with("did you mean `flag`?"));
    assert!((1..100).contains(&hints.count()));
}
