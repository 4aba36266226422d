//! Reference model of masks: a set of leaves, each identified by all of its segments. It is slow and simple.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ops::ControlFlow::{self, Continue};

use transom::fields::{FieldInfo, Fields, Key, KeyKind, KeyRef, Leaf, Lens, Map, OptionalLens, Schema, Shape, Visitor};

/// A path taken apart; keys that are text stand between back-ticks, the elements of a list are `*`.
pub type Segments = Vec<String>;

/// The last segment of an atom that stands for a message itself: that it is there, and the fields that it may gain.
pub const ITSELF: &str = "(itself)";

/// Takes a well-formed path apart.
pub fn segments(schema: &'static Schema, path: &str) -> Segments {
    let mut plain: Vec<String> = vec![String::new()];
    let mut is_quoted = false;
    for character in path.chars() {
        is_quoted ^= character == '`';
        if character == '.' && !is_quoted {
            plain.push(String::new());
        } else if let Some(last) = plain.last_mut() {
            last.push(character);
        }
    }
    let mut schema = Some(schema);
    let mut rest = plain.into_iter();
    let mut segments = Vec::new();
    while let Some(name) = rest.next() {
        let field = schema.and_then(|schema| schema.field(&name)).map(|(_, field)| field);
        segments.push(name);
        if let Some(Shape::Repeated | Shape::Map(_)) = field.map(|field| field.shape)
            && let Some(step) = rest.next()
        {
            let is_text = matches!(field.map(|field| field.shape), Some(Shape::Map(KeyKind::String)));
            let is_bare = is_text && step != "*" && !step.starts_with('`');
            segments.push(if is_bare { format!("`{step}`") } else { step });
        }
        schema = field.and_then(|field| field.message());
    }
    segments
}

/// Whether a path selects an atom.
pub fn covers(path: &[String], atom: &[String]) -> bool {
    path == ["*"]
        || (path.len() <= atom.len() && path.iter().zip(atom).all(|(path, atom)| path == "*" || path == atom))
        || (path.len() == atom.len() + 1 && path.ends_with(&["*".to_owned()]) && path.starts_with(atom))
}

/// Whether any path does.
pub fn any_covers(paths: &[Segments], atom: &[String]) -> bool {
    paths.iter().any(|path| covers(path, atom))
}

/// All atoms of a message up to a depth, with the keys that these paths name and one that none does.
pub fn atoms(schema: &'static Schema, depth: usize, paths: &[Segments]) -> Vec<Segments> {
    let named = |fits: fn(&str) -> bool, other: &str| {
        let keys = paths.iter().flatten().filter(|segment| fits(segment)).cloned();
        keys.chain([other.to_owned()]).collect::<BTreeSet<String>>().into_iter().collect::<Vec<_>>()
    };
    let texts = named(|segment| segment.starts_with('`'), "`another`");
    let numbers = named(|segment| segment.parse::<i64>().is_ok(), "77");
    let mut all = Vec::new();
    add_atoms(schema, depth, (&texts, &numbers), &mut Vec::new(), &mut all);
    all
}

fn add_atoms(
    schema: &'static Schema,
    depth: usize,
    keys: (&[String], &[String]),
    at: &mut Segments,
    all: &mut Vec<Segments>,
) {
    all.push([at.clone(), vec![ITSELF.to_owned()]].concat());
    if depth == 0 {
        return;
    }
    for field in schema.fields() {
        let steps: Vec<Option<&str>> = match field.shape {
            Shape::Repeated => vec![Some("*")],
            Shape::Map(KeyKind::String) => keys.0.iter().map(|key| Some(key.as_str())).collect(),
            Shape::Map(_) => keys.1.iter().map(|key| Some(key.as_str())).collect(),
            _ => vec![None],
        };
        at.push(field.name.to_owned());
        if let Shape::Repeated | Shape::Map(_) = field.shape {
            // Which elements there are, beyond those that have atoms.
            all.push([at.clone(), vec![ITSELF.to_owned(), ITSELF.to_owned()]].concat());
        }
        for step in steps {
            at.extend(step.map(str::to_owned));
            match field.message() {
                Some(inner) => add_atoms(inner, depth - 1, keys, at, all),
                None => all.push(at.clone()),
            }
            at.truncate(at.len() - usize::from(step.is_some()));
        }
        at.pop();
    }
}

/// The leaves that a message holds, with their values: what is set, at any depth. The elements of a list are told apart
/// by the text of their values alone.
pub fn leaves<F: Fields>(message: &F::Message) -> BTreeSet<(Segments, String)> {
    let mut leaves =
        Leaves { message, schema: F::schema(), at: Vec::new(), place: String::new(), all: BTreeSet::new() };
    let _ = F::visit(&mut leaves);
    leaves.all
}

struct Leaves<'m, M> {
    message: &'m M,
    schema: &'static Schema,
    at: Segments,
    /// Positions in lists.
    place: String,
    all: BTreeSet<(Segments, String)>,
}

impl<'m, M> Leaves<'m, M> {
    fn name(&self, field: FieldInfo) -> String {
        self.schema.fields()[usize::from(field.index)].name.to_owned()
    }

    fn leaf<L: Leaf>(&mut self, field: FieldInfo, step: Option<String>, place: &str, value: &L::Value) {
        let path = self.at.iter().cloned().chain([self.name(field)]).chain(step).collect();
        let text = match L::view(value) {
            transom::fields::Value::Float(float) => format!("{}{place}{:x}", self.place, float.to_bits()),
            other => format!("{}{place}{other:?}", self.place),
        };
        self.all.insert((path, text));
    }

    fn inside<F: Fields>(&mut self, field: FieldInfo, step: Option<String>, place: &str, message: &F::Message) {
        let at = self.at.iter().cloned().chain([self.name(field)]).chain(step).collect();
        let place = format!("{}{place}", self.place);
        let mut inner = Leaves { message, schema: F::schema(), at, place, all: std::mem::take(&mut self.all) };
        let _ = F::visit(&mut inner);
        self.all = inner.all;
    }
}

fn key_segment(key: KeyRef<'_>) -> Option<String> {
    Some(match key {
        KeyRef::Bool(key) => key.to_string(),
        KeyRef::Int(key) => key.to_string(),
        KeyRef::Uint(key) => key.to_string(),
        KeyRef::Text(key) => format!("`{}`", key.replace('`', "``")),
    })
}

impl<M> Visitor<M> for Leaves<'_, M> {
    type Break = Infallible;

    fn implicit<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        let value = lens.get(self.message);
        if !L::is_default(value) {
            self.leaf::<L>(field, None, "", value);
        }
        Continue(())
    }

    fn required<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, L::Value>) -> ControlFlow<Infallible> {
        self.leaf::<L>(field, None, "", lens.get(self.message));
        Continue(())
    }

    fn optional<L: Leaf>(&mut self, field: FieldInfo, lens: impl OptionalLens<M, L::Value>) -> ControlFlow<Infallible> {
        if let Some(value) = lens.get(self.message) {
            self.leaf::<L>(field, None, "", value);
        }
        Continue(())
    }

    fn message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl OptionalLens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        if let Some(message) = lens.get(self.message) {
            self.inside::<F>(field, None, "", message);
        }
        Continue(())
    }

    fn required_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, F::Message>,
    ) -> ControlFlow<Infallible> {
        self.inside::<F>(field, None, "", lens.get(self.message));
        Continue(())
    }

    fn repeated<L: Leaf>(&mut self, field: FieldInfo, lens: impl Lens<M, Vec<L::Value>>) -> ControlFlow<Infallible> {
        for (index, item) in lens.get(self.message).iter().enumerate() {
            self.leaf::<L>(field, Some("*".to_owned()), &format!("[{index}]"), item);
        }
        Continue(())
    }

    fn repeated_message<F: Fields>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, Vec<F::Message>>,
    ) -> ControlFlow<Infallible> {
        for (index, item) in lens.get(self.message).iter().enumerate() {
            self.inside::<F>(field, Some("*".to_owned()), &format!("[{index}]"), item);
        }
        Continue(())
    }

    fn map<L: Leaf, K: Key, C: Map<K, L::Value>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        for (key, value) in lens.get(self.message).entries() {
            self.leaf::<L>(field, key_segment(key.view()), "", value);
        }
        Continue(())
    }

    fn map_message<F: Fields, K: Key, C: Map<K, F::Message>>(
        &mut self,
        field: FieldInfo,
        lens: impl Lens<M, C>,
    ) -> ControlFlow<Infallible> {
        for (key, value) in lens.get(self.message).entries() {
            self.inside::<F>(field, key_segment(key.view()), "", value);
        }
        Continue(())
    }
}
