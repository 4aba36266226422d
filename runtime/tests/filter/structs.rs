//! Values of `google.protobuf.Struct`, `Value` and `ListValue`: `.` goes into objects, and the literal says the type.

use std::collections::{BTreeMap, HashMap};

use prost_types::value::Kind;
use prost_types::{ListValue, Struct, Value};
use transom::filter::{Filter, FilterOptions, Truth};
use transom::sql::{Builder, Column, Columns, Dialect, Elements, SqlValue};

use crate::choices::Choices;
use crate::databases::{Database, connect, sqlite};

#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Doc {
    st: Option<Struct>,
    v: Option<Value>,
    l: Option<ListValue>,
    vs: Vec<Value>,
    m: HashMap<String, Value>,
    ms: HashMap<String, Struct>,
    part: Option<Box<Doc>>,
}

transom::__private::fields! {
    impl Doc = "library.v1.Doc", reaches [];
    0 ST = 1, "st", "st", [] message(::transom::fields::Struct): optional(st);
    1 V = 2, "v", "v", [] message(::transom::fields::StructValue): optional(v);
    2 L = 3, "l", "l", [] message(::transom::fields::ListValue): optional(l);
    3 VS = 4, "vs", "vs", [] message(::transom::fields::StructValue): repeated(vs);
    4 M = 5, "m", "m", [] message(::transom::fields::StructValue): map(m, string);
    5 MS = 6, "ms", "ms", [] message(::transom::fields::Struct): map(ms, string);
    6 PART = 7, "part", "part", [] message(Doc): optional(part);
}

fn value(kind: Kind) -> Value {
    Value { kind: Some(kind) }
}

fn number(number: f64) -> Value {
    value(Kind::NumberValue(number))
}

fn text(text: &str) -> Value {
    value(Kind::StringValue(text.to_owned()))
}

fn object(fields: &[(&str, Value)]) -> Struct {
    Struct { fields: fields.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect() }
}

fn list(values: &[Value]) -> ListValue {
    ListValue { values: values.to_vec() }
}

fn doc() -> Doc {
    let inner = object(&[
        ("foo", number(42.0)),
        ("name", text("Ada")),
        ("flag", value(Kind::BoolValue(true))),
        ("none", value(Kind::NullValue(0))),
        ("unset", Value { kind: None }),
        ("a b", number(-1.5)),
        ("tags", value(Kind::ListValue(list(&[text("x"), number(3.0), text("y*")])))),
        ("in", value(Kind::StructValue(object(&[("deep", text("down")), ("fields", number(1.0))])))),
    ]);
    Doc {
        st: Some(inner.clone()),
        v: Some(number(7.0)),
        l: Some(list(&[number(1.0), text("one")])),
        vs: vec![text("x"), number(2.0), value(Kind::StructValue(object(&[("k", number(5.0))])))],
        m: [("k".to_owned(), text("v")), ("o".to_owned(), value(Kind::StructValue(object(&[("n", number(1.0))]))))]
            .into(),
        ms: [("k".to_owned(), object(&[("n", number(1.0))]))].into(),
        part: Some(Box::new(Doc { st: Some(inner), ..Doc::default() })),
    }
}

fn truth(text: &str, doc: &Doc) -> Truth {
    let filter = Filter::<Doc>::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let shown = filter.to_string();
    let again = Filter::<Doc>::parse(&shown).unwrap_or_else(|error| panic!("{text}, {shown}: {error}"));
    assert_eq!(again, filter, "{text}: {shown}");
    filter.evaluate(doc)
}

#[test]
fn dots_go_into_objects_and_the_literal_says_the_type() {
    let (t, f, u) = (Truth::True, Truth::False, Truth::Unknown);
    for (text, expected) in [
        ("st.foo = 42", t),
        ("st.foo = 4.2e1", t),
        ("st.foo != 42", f),
        ("st.foo > 41.5", t),
        ("st.foo <= 41", f),
        ("st.foo = \"42\"", u),
        ("st.foo = x", u),
        ("st.foo != x", u),
        ("st.foo = true", u),
        ("st.foo:42", t),
        ("st.foo:*", t),
        ("st:foo", t),
        ("st:nothing", f),
        ("NOT st:nothing", t),
        ("st:none", f),
        ("st.name = Ada", t),
        ("st.name = \"A*\"", t),
        ("st.name != \"A*\"", f),
        ("st.name < \"B\"", t),
        ("st.name = (Bob OR Ada)", t),
        ("st.flag = true", t),
        ("st.flag != true", f),
        ("st.flag:false", f),
        ("st.none = null", t),
        ("st.unset = null", t),
        ("st.missing = null", t),
        ("st.foo = null", f),
        ("st.foo != null", t),
        ("st.none != null", f),
        ("st.foo.bar = null", u),
        ("st.\"a b\" = -1.5", t),
        ("st.'a b':*", t),
        ("st.tags:x", t),
        ("st.tags:3", t),
        ("st.tags:\"3\"", f),
        ("st.tags:\"y\\*\"", t),
        ("st.tags:z", f),
        ("st.tags = x", u),
        ("st.in.deep = down", t),
        ("st.in:deep", t),
        ("st.in:up", f),
        ("st.in.fields = 1", t),
        ("st.in.deep.er = 1", u),
        ("st.in.deep.er:*", f),
        ("st.missing = 1", u),
        ("NOT st.missing = 1", u),
        ("st:*", t),
        ("v = 7", t),
        ("v > 7", f),
        ("v = x", u),
        ("l:1", t),
        ("l:one", t),
        ("l:two", f),
        ("vs:x", t),
        ("vs:2", t),
        ("vs:k", t),
        ("vs:9", f),
        ("vs.k:5", t),
        ("vs:*", t),
        ("m.k = v", t),
        ("m.k:v", t),
        ("m.o.n = 1", t),
        ("m.o:n", t),
        ("m:k", t),
        ("ms.k.n = 1", t),
        ("ms.k:n", t),
        ("part.st.foo = 42", t),
        ("part.part.st.foo = 42", u),
        ("part.part.st.foo:*", f),
    ] {
        assert_eq!(truth(text, &doc()), expected, "{text}");
    }
    for text in ["st.foo = 1", "st.foo:x", "v = 1", "v = null", "m.k = 1", "NOT st.foo = 1", "l:1", "st.foo = null"] {
        assert_eq!(truth(text, &Doc::default()), Truth::Unknown, "{text}");
    }
    for text in ["st.foo:*", "st:foo", "st:*", "vs:x"] {
        assert_eq!(truth(text, &Doc::default()), Truth::False, "{text}");
    }
    for text in [
        "st = 1",
        "st < 1",
        "l = 1",
        "l.0 = 1",
        "st.foo > true",
        "st.flag < false",
        "st.foo < null",
        "vs = 1",
        "vs.k = 5",
        "st.foo = f(1)",
    ] {
        assert!(Filter::<Doc>::parse(text).is_err(), "{text}");
    }
    let allowed = FilterOptions::<Doc>::new().filterable([Doc::ST.any()]);
    assert!(Filter::parse_with("st.foo = 1", &allowed).is_ok());
    assert!(Filter::parse_with("v = 1", &allowed).is_err());
    let deep = format!("st{} = 1", ".a".repeat(1000));
    assert!(Filter::<Doc>::parse(&deep).unwrap_err().to_string().contains("deeper than the 128"));
}

const KEYS: [&str; 5] = ["a", "b c", "x.y", "ä", "0"];
const TEXTS: [&str; 6] = ["", "a", "ab", "a%", "1", "true"];

/// Two stars are the pattern of one star, and another key of an object.
#[test]
fn display_of_star_literals_keeps_pattern_and_key() {
    for text in [
        r#"v:"*""#,
        r#"v:"**""#,
        "v:**",
        r#"v:"\*""#,
        r#"v:"\*\*""#,
        r#"v:"*\*""#,
        r#"v:"\**""#,
        r#"v:"*a*""#,
        r#"st.k:"**""#,
        r#"l:"**""#,
        r#"vs:"**""#,
    ] {
        let filter = Filter::<Doc>::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let shown = filter.to_string();
        let again = Filter::<Doc>::parse(&shown).unwrap_or_else(|error| panic!("{shown}: {error}"));
        assert_eq!(again, filter, "{text} is shown as {shown}");
    }
    let with_key =
        |key: &str| Doc { v: Some(value(Kind::StructValue(object(&[(key, number(1.0))])))), ..Doc::default() };
    assert_eq!(truth(r#"v:"**""#, &with_key("**")), Truth::True);
    assert_eq!(truth(r#"v:"**""#, &with_key("*")), Truth::False);
}

fn random_value(choices: &mut Choices, depth: usize) -> Value {
    match choices.below(if depth == 0 { 5 } else { 8 }) {
        0 => value(Kind::NullValue(0)),
        1 => value(Kind::BoolValue(choices.below(2) == 0)),
        2 => number(choices.of(&[-1.0, 0.0, 0.5, 1.0, 3e9])),
        3 | 4 => text(choices.of(&TEXTS)),
        5 => value(Kind::ListValue(list(
            &(0..choices.below(4)).map(|_| random_value(choices, depth - 1)).collect::<Vec<_>>(),
        ))),
        _ => value(Kind::StructValue(random_object(choices, depth - 1))),
    }
}

fn random_object(choices: &mut Choices, depth: usize) -> Struct {
    let fields: BTreeMap<String, Value> =
        (0..choices.below(5)).map(|_| (choices.of(&KEYS).to_owned(), random_value(choices, depth))).collect();
    Struct { fields }
}

fn json_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn json_object(object: &Struct) -> String {
    let fields: Vec<String> =
        object.fields.iter().map(|(key, value)| format!("{}:{}", json_text(key), json(value))).collect();
    format!("{{{}}}", fields.join(","))
}

fn json(value: &Value) -> String {
    match value.kind.as_ref().unwrap() {
        Kind::NullValue(_) => "null".to_owned(),
        Kind::NumberValue(number) => number.to_string(),
        Kind::StringValue(text) => json_text(text),
        Kind::BoolValue(value) => value.to_string(),
        Kind::StructValue(object) => json_object(object),
        Kind::ListValue(list) => format!("[{}]", list.values.iter().map(json).collect::<Vec<_>>().join(",")),
    }
}

fn random_filter(choices: &mut Choices) -> String {
    let mut path = choices.of(&["st", "st", "v"]).to_owned();
    let least = usize::from(path == "st");
    for _ in 0..least + choices.below(3) {
        path = format!("{path}.{}", json_text(choices.of(&KEYS)));
    }
    let literal =
        choices.of(&["-1", "0", "0.5", "1", "true", "false", "a", "\"1\"", "\"a*\"", "\"*b\"", "\"\"", "null", "ab"]);
    match choices.below(6) {
        0 => format!("{path}:*"),
        1 | 2 => format!("{path}:{literal}"),
        3 if !matches!(literal, "true" | "false" | "null") && !literal.contains('*') => {
            format!("{path} {} {literal}", choices.of(&["<", "<=", ">", ">="]))
        }
        4 => format!("{path} != {literal}"),
        _ => format!("{path} = {literal}"),
    }
}

async fn agree<D: Database>(mut database: D) {
    let choices = &mut Choices::new(24);
    let column = |name: &str| Column::named(name).elements(Elements::Json);
    let columns = Columns::new().column(Doc::ST, column("st")).column(Doc::V, column("v")).column(Doc::L, column("l"));
    let (json_type, cast) = match D::DIALECT {
        Dialect::Sqlite => ("TEXT", ""),
        Dialect::Postgres => ("JSONB", "::text::jsonb"),
        Dialect::MySql => ("JSON", ""),
    };
    let mut create = Builder::new(D::DIALECT);
    create
        .push(&format!("CREATE TEMPORARY TABLE docs (name VARCHAR(9), st {json_type}, v {json_type}, l {json_type})"));
    database.execute(create.finish()).await;
    let docs: Vec<Doc> = (0..60)
        .map(|_| Doc {
            st: choices.sometimes(|choices| random_object(choices, 2)),
            v: choices.sometimes(|choices| random_value(choices, 2)),
            l: choices.sometimes(|choices| list(&[random_value(choices, 1), random_value(choices, 1)])),
            ..Doc::default()
        })
        .collect();
    for (index, doc) in docs.iter().enumerate() {
        let mut insert = Builder::new(D::DIALECT);
        insert.push(&format!("INSERT INTO docs VALUES ('{index:03}'"));
        let held = [
            doc.st.as_ref().map(json_object),
            doc.v.as_ref().map(json),
            doc.l.as_ref().map(|list| json(&value(Kind::ListValue(list.clone())))),
        ];
        for held in held {
            match held {
                Some(held) => insert.push(", ").bind(SqlValue::Text(held)).push(cast),
                None => insert.push(", NULL"),
            };
        }
        insert.push(")");
        database.execute(insert.finish()).await;
    }
    let mut matched = 0;
    for number in 0..400 {
        let text = match number % 8 {
            0 => format!("NOT {}", random_filter(choices)),
            1 => format!("l:{}", choices.of(&["1", "a", "true", "\"a*\"", "x.y", "0"])),
            _ => random_filter(choices),
        };
        let filter = Filter::<Doc>::parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let mut query = Builder::new(D::DIALECT);
        query.push("SELECT name, CASE (");
        match filter.write_sql(&columns, &mut query) {
            Ok(()) => {}
            // The star of a pattern is no key there.
            Err(_) if D::DIALECT == Dialect::MySql => continue,
            Err(error) => panic!("{text}: {error}"),
        }
        query.push(") WHEN TRUE THEN 1 WHEN FALSE THEN 0 END FROM docs ORDER BY name");
        let sql = query.finish();
        let found = database.select(sql.clone()).await;
        for (doc, (_, found)) in docs.iter().zip(found) {
            let expected = match filter.evaluate(doc) {
                Truth::True => Some(true),
                Truth::False => Some(false),
                Truth::Unknown => None,
            };
            assert_eq!(found, expected, "{text}\n{filter}\n{sql:?}\n{doc:?}");
            matched += usize::from(filter.matches(doc));
        }
    }
    assert!(matched > 400, "{matched}");
    for text in ["vs:x", "m.k = 1", "part.st.foo = 1"] {
        assert!(Filter::<Doc>::parse(text).unwrap().to_sql(&columns, D::DIALECT).is_err(), "{text}");
    }
}

#[tokio::test]
async fn sqlite_and_memory_agree() {
    agree(sqlite().await).await;
}

#[tokio::test]
#[ignore = "needs a server: .ci/databases"]
async fn postgres_and_memory_agree() {
    agree(connect::<sqlx::PgConnection>("TRANSOM_POSTGRES_URL").await).await;
}

#[tokio::test]
#[ignore = "needs a server: .ci/databases"]
async fn mysql_and_memory_agree() {
    agree(connect::<sqlx::MySqlConnection>("TRANSOM_MYSQL_URL").await).await;
}
