//! Reading under a mask: what stays, what goes, and what a server has to fetch.

use prost_types::FieldMask;
use transom::fields::{Fields, KeyRef};
use transom::mask::{Mask, ParseOptions, ReadRequest as _, Selection, Unknown, from_json_string};

use crate::kinds::Kinds;
use crate::legacy::{Legacy, Part};
use crate::library::{Author, Book, PatchBookRequest, Review};
use crate::node::{Node, node::Kind};
use crate::wide::Wide;

fn read<F: Fields>(paths: &[&str]) -> Mask<F> {
    let mask = FieldMask { paths: paths.iter().map(|&path| path.to_owned()).collect() };
    ParseOptions::read().parse("read_mask", &mask).expect("the paths are right")
}

/// A node with something everywhere, three levels deep.
fn full(depth: usize) -> Node {
    let inner = || full(depth - 1);
    let name = format!("n{depth}");
    if depth == 0 {
        return Node { name, ..Node::default() };
    }
    Node {
        name,
        left: Some(Box::new(inner())),
        children: vec![inner(), inner()],
        by_name: [("a".to_owned(), inner()), ("b.c".to_owned(), inner())].into(),
        counts: [(1, 1), (-2, 2)].into(),
        kind: Some(Kind::Branch(Box::new(inner()))),
        tags: vec!["t".to_owned()],
    }
}

#[test]
fn project_keeps_selected_fields() {
    let nothing = Node::default;
    let named = |name: &str| Node { name: name.to_owned(), ..Node::default() };
    let cases: Vec<(&[&str], Node)> = vec![
        (&["name"], named("n1")),
        (&["tags"], Node { tags: vec!["t".to_owned()], ..nothing() }),
        (&["left"], Node { left: Some(Box::new(full(0))), ..nothing() }),
        (&["left.name"], Node { left: Some(Box::new(named("n0"))), ..nothing() }),
        (&["left.tags"], Node { left: Some(Box::default()), ..nothing() }),
        (&["children.name"], Node { children: vec![named("n0"); 2], ..nothing() }),
        (&["children.*.tags"], Node { children: vec![nothing(); 2], ..nothing() }),
        (&["by_name.a"], Node { by_name: [("a".to_owned(), full(0))].into(), ..nothing() }),
        (&["by_name.`b.c`.name"], Node { by_name: [("b.c".to_owned(), named("n0"))].into(), ..nothing() }),
        (&["by_name.none"], nothing()),
        (
            &["by_name.*.tags", "by_name.a.name"],
            Node { by_name: [("a".to_owned(), named("n0")), ("b.c".to_owned(), nothing())].into(), ..nothing() },
        ),
        (&["counts.-2"], Node { counts: [(-2, 2)].into(), ..nothing() }),
        (&["branch.name"], Node { kind: Some(Kind::Branch(Box::new(named("n0")))), ..nothing() }),
        (&["leaf"], nothing()),
        (&["*"], full(1)),
        (&[], full(1)),
    ];
    for (paths, wanted) in cases {
        let mask = read::<Node>(paths);
        let mut node = full(1);
        mask.project(&mut node);
        assert_eq!(node, wanted, "{paths:?}");
        assert_eq!(mask.copy(&full(1)), wanted, "{paths:?}");
    }
}

#[test]
fn prune_clears_selected_fields() {
    type Change = fn(&mut Node);
    let cases: Vec<(&[&str], Change)> = vec![
        (&["name"], |node| node.name.clear()),
        (&["left"], |node| node.left = None),
        (&["left.name"], |node| node.left.as_mut().unwrap().name.clear()),
        (&["children.name"], |node| node.children.iter_mut().for_each(|child| child.name.clear())),
        (&["by_name.a"], |node| drop(node.by_name.remove("a"))),
        (&["by_name.*.name"], |node| node.by_name.values_mut().for_each(|value| value.name.clear())),
        (&["counts.1", "counts.7"], |node| node.counts = [(-2, 2)].into()),
        (&["leaf"], |_| {}),
        (&["branch"], |node| node.kind = None),
        (&["*"], |node| *node = Node::default()),
    ];
    for (paths, change) in cases {
        let (mut node, mut wanted) = (full(1), full(1));
        read::<Node>(paths).prune(&mut node);
        change(&mut wanted);
        assert_eq!(node, wanted, "{paths:?}");
    }
}

#[test]
fn project_keeps_proto2_required_fields() {
    let part = |key: &str| Part { key: key.to_owned(), value: Some(1) };
    let bare = |key: &str| Part { key: key.to_owned(), value: None };
    let legacy = || Legacy {
        id: "i".to_owned(),
        count: 2,
        head: part("h"),
        boxed: Box::new(part("b")),
        optionalgroup: Some(part("o")),
        repeatedgroup: vec![part("r")],
        own: Some(Box::new(Legacy { id: "j".to_owned(), note: Some("m".to_owned()), ..Legacy::default() })),
        note: Some("n".to_owned()),
    };
    let required =
        || Legacy { id: "i".to_owned(), count: 2, head: bare("h"), boxed: Box::new(bare("b")), ..Legacy::default() };
    for (path, wanted) in [
        ("note", Legacy { note: Some("n".to_owned()), ..required() }),
        ("head.value", Legacy { head: part("h"), ..required() }),
        ("boxed", Legacy { boxed: Box::new(part("b")), ..required() }),
        ("OptionalGroup.value", Legacy { optionalgroup: Some(part("o")), ..required() }),
        ("RepeatedGroup.*.key", Legacy { repeatedgroup: vec![bare("r")], ..required() }),
        ("own.count", Legacy { own: Some(Box::new(Legacy { id: "j".to_owned(), ..Legacy::default() })), ..required() }),
    ] {
        let mut message = legacy();
        read::<Legacy>(&[path]).project(&mut message);
        assert_eq!(message, wanted, "{path}");
    }
    let mut message = legacy();
    read::<Legacy>(&["*"]).prune(&mut message);
    assert_eq!(message, required());
    let mut message = legacy();
    read::<Legacy>(&["id", "head", "note"]).prune(&mut message);
    assert_eq!(message, Legacy { head: bare("h"), note: None, ..legacy() });
}

#[test]
fn project_covers_more_than_64_fields() {
    let node = Node { tags: vec!["t".to_owned()], name: "x".to_owned(), ..Node::default() };
    let wide = Wide {
        f0: 1,
        f61: 1,
        f64: Some(node.clone()),
        f66: vec![node.clone()],
        f67: [("k".to_owned(), node.clone())].into(),
        f127: Some(node.clone()),
        f149: 1,
        ..Wide::default()
    };
    let named = || Node { name: "x".to_owned(), ..Node::default() };
    let mut projected = wide.clone();
    read::<Wide>(&["f0", "f64.name", "f66.name", "f67.k.name", "f149"]).project(&mut projected);
    let wanted = Wide {
        f0: 1,
        f64: Some(named()),
        f66: vec![named()],
        f67: [("k".to_owned(), named())].into(),
        f149: 1,
        ..Wide::default()
    };
    assert_eq!(projected, wanted);
}

#[test]
fn includes_finds_selected_paths() {
    let mask = read::<Book>(&["title", "author.given_name", "reviews.smith.stars", "authors.given_name", "counts.3"]);
    assert!(mask.includes(Book::TITLE));
    assert!(mask.includes(Book::AUTHOR) && mask.includes(Book::AUTHOR.join(Author::GIVEN_NAME)));
    assert!(!mask.includes(Book::AUTHOR.join(Author::FAMILY_NAME)));
    assert!(!mask.includes(Book::SEQUEL) && !mask.includes(Book::SEQUEL.join(Book::TITLE)));
    assert!(mask.includes(Book::AUTHORS) && mask.includes(Book::AUTHORS.each()));
    assert!(mask.includes(Book::AUTHORS.each().join(Author::GIVEN_NAME)));
    assert!(!mask.includes(Book::AUTHORS.each().join(Author::FAMILY_NAME)));
    assert!(mask.includes(Book::REVIEWS) && mask.includes(Book::REVIEWS.key("smith")));
    assert!(!mask.includes(Book::REVIEWS.key("jones")));
    // Of every value, if of any.
    assert!(mask.includes(Book::REVIEWS.each().join(Review::STARS)));
    assert!(!mask.includes(Book::REVIEWS.each().join(Review::TEXT)));
    assert!(mask.includes(Book::COUNTS.key(3)) && !mask.includes(Book::COUNTS.key(4)));
    assert!(mask.includes(Book::COUNTS.each()));
    assert!(matches!(mask.at(Book::TITLE), Selection::Whole));
    assert!(matches!(mask.at(Book::AUTHOR), Selection::Part(_)));
    assert!(matches!(mask.at(Book::SUBTITLE), Selection::Nothing));
    assert!(matches!(mask.at(Book::REVIEWS.key("smith").join(Review::STARS)), Selection::Whole));
    let Selection::Part(reviews) = mask.at(Book::REVIEWS) else { panic!("some keys are selected") };
    assert!(matches!(reviews.key(KeyRef::Text("smith")), Selection::Part(_)));
    assert!(matches!(reviews.key(KeyRef::Text("jones")), Selection::Nothing));
    assert!(matches!(reviews.entries(), Selection::Nothing));
    let everything = Mask::<Book>::everything();
    assert!(everything.includes(Book::SEQUEL.join(Book::SEQUEL).join(Book::REVIEWS).key("any").join(Review::TEXT)));
    assert!(everything.is_full() && !mask.is_full() && !Mask::<Book>::empty().includes(Book::TITLE));
    // `*` and a key beside it.
    let both = read::<Book>(&["reviews.*.stars", "reviews.smith.text"]);
    assert!(both.includes(Book::REVIEWS.key("smith").join(Review::STARS)));
    assert!(both.includes(Book::REVIEWS.key("smith").join(Review::TEXT)));
    assert!(!both.includes(Book::REVIEWS.key("jones").join(Review::TEXT)));
}

#[test]
fn read_mask_parses_the_mask_of_a_request() {
    let request = |paths: Option<&[&str]>| PatchBookRequest {
        read_mask: paths.map(|paths| FieldMask { paths: paths.iter().map(|&path| path.to_owned()).collect() }),
        ..PatchBookRequest::default()
    };
    assert_eq!(request(None).read_mask(), Ok(Mask::everything()));
    assert_eq!(request(Some(&[])).read_mask(), Ok(Mask::everything()));
    assert_eq!(request(Some(&["*", "title"])).read_mask(), Ok(Mask::everything()));
    let mask = request(Some(&["title", "authors.given_name"])).read_mask().unwrap();
    assert_eq!(mask.paths(), ["authors.*.given_name", "title"]);
    let violations = request(Some(&["title", "nope"])).read_mask().unwrap_err();
    assert_eq!(violations.as_slice()[0].field, "read_mask.paths[1]");
    // Other options than those of reading.
    let update = ParseOptions::update();
    assert!(request(Some(&["title", "authors.given_name"])).read_mask_with(&update).is_err());
    assert_eq!(request(None).read_mask_with(&update), Ok(Mask::everything()));
    // They tell what a mask without paths selects.
    assert_eq!(request(Some(&[])).read_mask_with(&update), Ok(Mask::empty()));
    assert_eq!(request(Some(&[])).read_mask_with(&ParseOptions::query()), Ok(Mask::everything()));
    // Every element of a list is read under the mask of the resource; a mask of the response has its own paths.
    let mut books = vec![Book { title: "t".to_owned(), rating: Some(1.0), ..Book::default() }; 2];
    mask.project_all(&mut books);
    assert_eq!(books, vec![Book { title: "t".to_owned(), ..Book::default() }; 2]);
    let mut page = Kinds { nodes: vec![full(0)], text: "next".to_owned(), flag: true, ..Kinds::default() };
    let header = Mask::<Kinds>::parse_query("x-goog-fieldmask", "nodes.name,text", &ParseOptions::query()).unwrap();
    header.project(&mut page);
    assert_eq!(page, Kinds { nodes: vec![full(0)], text: "next".to_owned(), ..Kinds::default() });
}

#[test]
fn read_mask_without_paths_selects_everything() {
    let book = Book { title: "t".to_owned(), tags: vec!["a".to_owned()], ..Book::default() };
    let kept = |mask: Mask<Book>| {
        let mut read = book.clone();
        mask.project(&mut read);
        read == book
    };
    for options in [ParseOptions::read(), ParseOptions::query()] {
        assert!(kept(Mask::parse_query("fields", "", &options).unwrap()));
        assert!(kept(options.parse("read_mask", &FieldMask::default()).unwrap()));
        assert!(kept(options.parse("read_mask", &from_json_string("").unwrap()).unwrap()));
        // A mask of paths that are ignored is not one without paths.
        let ignoring = ParseOptions { unknown: Unknown::Ignore, ..options };
        assert!(!kept(ignoring.parse("read_mask", &FieldMask { paths: vec!["nope".to_owned()] }).unwrap()));
    }
    // An update decides about that when it applies the mask; as a set, it is empty.
    assert!(Mask::<Book>::parse(&FieldMask::default()).unwrap().is_empty());
    assert!(Mask::<Book>::try_from(&FieldMask::from(Mask::<Book>::empty())).unwrap().is_empty());
    assert!(Mask::<Book>::parse_query("update_mask", "", &ParseOptions::update()).unwrap().is_empty());
}

#[test]
fn copy_keeps_proto2_required_fields_as_project_does() {
    let part = |value| Part { key: "k".to_owned(), value };
    let legacy = Legacy {
        id: "i".to_owned(),
        count: 1234,
        head: part(Some(1)),
        boxed: Box::new(part(Some(2))),
        optionalgroup: Some(part(Some(3))),
        repeatedgroup: vec![part(Some(4)); 2],
        own: Some(Box::new(Legacy { count: 5, head: part(Some(5)), ..Legacy::default() })),
        note: Some("n".to_owned()),
    };
    for paths in [vec![], vec!["note"], vec!["head.value"], vec!["RepeatedGroup.*.value", "own.note"], vec!["*"]] {
        let mask = FieldMask { paths: paths.iter().map(|&path| path.to_owned()).collect() };
        let mask = Mask::<Legacy>::parse(&mask).unwrap();
        let mut projected = legacy.clone();
        mask.project(&mut projected);
        assert_eq!(mask.copy(&legacy), projected, "{paths:?}");
        assert_eq!((projected.count, projected.boxed.key.as_str()), (1234, "k"));
    }
}
