//! Code that other capabilities write on masks: a visitor that checks selected fields, a recorder of a JSON body, and
//! masks in constants.

use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use transom::fields::{FieldInfo, Fields, Key, Leaf, Lens, Map, OptionalLens, Path, Scalar, Schema, Value, Visitor};
use transom::mask::{ConstMask, Mask, RecordError, Recorder, Selected, Selection};

use crate::kinds::Kinds;
use crate::library::{Author, Book, Review};
use crate::node::Node;

/// The rule that no text is longer than three bytes, where a mask selects it.
struct Short<'a, M> {
    message: &'a M,
    schema: &'static Schema,
    selected: Selected<'a>,
    path: String,
    found: &'a mut Vec<String>,
}

fn too_long<F: Fields>(message: &F::Message, selected: Selected<'_>, path: &str, found: &mut Vec<String>) {
    let _ = F::visit(&mut Short { message, schema: F::schema(), selected, path: path.to_owned(), found });
}

impl<M> Short<'_, M> {
    fn path(&self, field: FieldInfo) -> String {
        format!("{}{}", self.path, self.schema.fields()[usize::from(field.index)].name)
    }

    fn text<L: Leaf>(&mut self, field: FieldInfo, value: &L::Value) {
        if let (Value::Text(text), Selection::Whole) = (L::view(value), self.selected.field(field.index))
            && text.len() > 3
        {
            self.found.push(self.path(field));
        }
    }

    fn inside<F: Fields>(&mut self, field: FieldInfo, step: &str, selection: Selection<'_>, message: &F::Message) {
        let selected = match selection {
            Selection::Nothing => return,
            Selection::Whole => Selected::everything(),
            Selection::Part(part) => part,
        };
        let path = format!("{}{step}.", self.path(field));
        too_long::<F>(message, selected, &path, self.found);
    }
}

impl<M> Visitor<M> for Short<'_, M> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.text::<L>(field, lens.get(self.message));
        Continue(())
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.implicit::<L>(field, lens)
    }

    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        if let Some(value) = lens.get(self.message) {
            self.text::<L>(field, value);
        }
        Continue(())
    }

    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        if let Some(message) = lens.get(self.message) {
            self.inside::<F>(field, "", self.selected.field(field.index), message);
        }
        Continue(())
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        self.inside::<F>(field, "", self.selected.field(field.index), lens.get(self.message));
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        for value in lens.get(self.message) {
            self.text::<L>(field, value);
        }
        Continue(())
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        for (index, item) in lens.get(self.message).iter().enumerate() {
            self.inside::<F>(field, &format!("[{index}]"), self.selected.field(field.index), item);
        }
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        _: FieldInfo,
        _: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        let mut entries: Vec<(&K, &F::Message)> = lens.get(self.message).entries().collect();
        entries.sort_by_key(|&(key, _)| key);
        for (key, value) in entries {
            let selection = match self.selected.field(field.index) {
                Selection::Part(part) => part.key(key.view()),
                other => other,
            };
            self.inside::<F>(field, &format!("[{:?}]", key.view()), selection, value);
        }
        Continue(())
    }
}

#[test]
fn update_validates_only_selected_fields() {
    let author = |given: &str, family: &str| Author { given_name: given.to_owned(), family_name: family.to_owned() };
    let review = |text: &str| Review { stars: 1, text: text.to_owned() };
    let book = Book {
        title: "long".to_owned(),
        subtitle: Some("long".to_owned()),
        author: Some(author("long", "long")),
        authors: vec![author("ok", "ok"), author("long", "long")],
        reviews: [("a".to_owned(), review("long")), ("b".to_owned(), review("long"))].into(),
        ..Book::default()
    };
    let check = |paths: Vec<Path<'static, Book, transom::fields::Any>>| {
        let mask = Mask::from_paths(paths);
        let mut found = Vec::new();
        too_long::<Book>(&book, mask.selected(), "", &mut found);
        found
    };
    assert!(check(vec![]).is_empty());
    assert_eq!(check(vec![Book::TITLE.any()]), ["title"]);
    assert_eq!(check(vec![Book::AUTHOR.join(Author::FAMILY_NAME).any()]), ["author.family_name"]);
    assert_eq!(check(vec![Book::AUTHOR.any()]), ["author.given_name", "author.family_name"]);
    assert_eq!(check(vec![Book::AUTHORS.each().join(Author::GIVEN_NAME).any()]), ["authors[1].given_name"]);
    assert_eq!(check(vec![Book::REVIEWS.key("a").any()]), ["reviews[Text(\"a\")].text"]);
    assert_eq!(check(vec![Book::REVIEWS.each().join(Review::TEXT).any()]).len(), 2);
    let mut found = Vec::new();
    too_long::<Book>(&book, Mask::<Book>::everything().selected(), "", &mut found);
    assert_eq!(found.len(), 8);
}

/// A body as a JSON parser tells of it: `{` and `}` around the fields of a message.
fn record<F: Fields>(body: &str) -> Vec<String> {
    let mut recorder = Recorder::<F>::new();
    let mut open = vec![F::schema()];
    let mut words = body.split_whitespace().peekable();
    while let Some(word) = words.next() {
        if word == "}" {
            open.pop();
            recorder.leave();
            continue;
        }
        let schema = *open.last().expect("more is closed than was opened");
        let (index, field) = schema.field_by_json_name(word).expect("the body names fields");
        if words.next_if_eq(&"{").is_some() {
            recorder.enter(index).expect("the field is a message");
            open.push(field.message().expect("a message is opened"));
        } else {
            recorder.record(index).expect("the message has the field");
        }
    }
    recorder.finish().paths()
}

#[test]
fn recorder_builds_the_mask_of_a_json_body() {
    for (body, paths) in [
        ("", &[][..]),
        ("text flag", &["flag", "text"]),
        // A list, a map, `null` and a value of its own are whole.
        ("texts byText wrappedText time any", &["any", "by_text", "texts", "time", "wrapped_text"]),
        ("node { name }", &["node.name"]),
        ("node { left { name tags } counts }", &["node.counts", "node.left.name", "node.left.tags"]),
        // A message without a field was named.
        ("node { }", &["node"]),
        ("node { left { } name }", &["node.left", "node.name"]),
        ("node { name } own { node { } }", &["node.name", "own.node"]),
        // The same key twice, in whatever order.
        ("node { name } node", &["node"]),
        ("node node { name }", &["node"]),
        ("node { } node { name }", &["node"]),
        ("node { name } node { tags }", &["node.name", "node.tags"]),
        ("node { name } node { }", &["node.name"]),
    ] {
        assert_eq!(record::<Kinds>(body), paths, "{body}");
    }
    // Whoever closes more than was opened changes nothing.
    let mut recorder = Recorder::<Node>::default();
    recorder.leave();
    recorder.record(0).unwrap();
    recorder.leave();
    assert_eq!(recorder.finish().paths(), ["name"]);
}

#[test]
fn recorder_rejects_unknown_fields() {
    let position = |name: &str| Node::schema().field(name).unwrap().0;
    let mut recorder = Recorder::<Node>::new();
    let message = "shapes.v1.Node";
    for index in [8, u16::MAX] {
        let error = RecordError::NoField { message, index };
        assert_eq!(error.to_string(), format!("`shapes.v1.Node` has no field at position {index}"));
        assert_eq!(recorder.record(index), Err(error.clone()));
        assert_eq!(recorder.enter(index), Err(error));
    }
    for field in ["name", "children", "by_name", "counts", "leaf", "tags"] {
        assert_eq!(recorder.enter(position(field)), Err(RecordError::NoMessage { message, field }), "{field}");
    }
    // Also inside of what is recorded as a whole.
    recorder.record(position("left")).unwrap();
    recorder.enter(position("left")).unwrap();
    assert!(recorder.record(8).is_err() && recorder.enter(position("tags")).is_err());
    recorder.record(position("tags")).unwrap();
    recorder.leave();
    // What is open when it ends is over.
    recorder.enter(position("branch")).unwrap();
    recorder.enter(position("left")).unwrap();
    let mask = recorder.finish();
    assert_eq!(mask.paths(), ["branch.left", "left"]);
    assert_eq!(Ok(&mask), Mask::parse(&(&mask).into()).as_ref());
}

const CITY: Path<'static, Book, Scalar> = Book::SEQUEL.join(Book::AUTHOR).join(Author::GIVEN_NAME);
const SUMMARY: ConstMask<Book, 6> = ConstMask::new([
    Book::TITLE.any(),
    CITY.any(),
    Book::AUTHORS.each().join(Author::FAMILY_NAME).any(),
    Book::REVIEWS.key("J. Smith").join(Review::STARS).any(),
    Book::REVIEWS.each().any(),
    Book::COUNTS.key(-3).any(),
]);

#[test]
fn const_mask_equals_parsed_mask() {
    let paths = ["authors.*.family_name", "counts.-3", "reviews", "sequel.author.given_name", "title"];
    assert_eq!(SUMMARY.to_mask().paths(), paths);
    let mut mask = Mask::<Kinds>::empty();
    mask.insert(Kinds::BY_FLAG.key(true));
    mask.insert(Kinds::BY_INT64.key(i64::MIN));
    mask.insert(Kinds::BY_UINT32.key(7).join(Node::NAME));
    mask.insert(Kinds::BY_UINT64.key(u64::MAX));
    mask.insert(Kinds::BY_TEXT.key("a`b").join(Kinds::NODES).each());
    mask.insert(Kinds::TEXTS.each());
    mask.insert(Kinds::NODE.join(Node::NAME));
    mask.insert(Kinds::NODE);
    mask.insert(Kinds::NODE.join(Node::TAGS));
    let paths = [
        "by_flag.true",
        "by_int64.-9223372036854775808",
        "by_text.`a``b`.nodes",
        "by_uint32.7.name",
        "by_uint64.18446744073709551615",
        "node",
        "texts",
    ];
    assert_eq!(mask.paths(), paths);
    let mut everything = Mask::<Kinds>::everything();
    everything.insert(Kinds::TEXT);
    assert_eq!(everything, Mask::everything());
    assert_eq!(format!("{:?}", CITY.steps()), "[Field(11), Field(2), Field(0)]");
}
