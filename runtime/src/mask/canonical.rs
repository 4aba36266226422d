//! The canonical form of a mask as text: no path is contained in another, and the order is that of their segments.
//!
//! Segments are compared, not characters: `a.b` stands before `a_b`, whatever a dot is worth as a character. Fields are
//! ordered by name; in a map `*` comes first, then keys by value.

use super::traverse::is_identifier;
use super::tree::{Label, NodeId, ROOT, Tree};
use crate::fields::{FieldSchema, KeyRef, Schema, Shape};

/// The paths of a set.
pub(super) fn paths(tree: &Tree, schema: &'static Schema) -> Vec<String> {
    if tree.is_everything() {
        return vec!["*".to_owned()];
    }
    let mut writer = Writer { tree, path: String::new(), paths: Vec::new() };
    writer.message(ROOT, schema);
    writer.paths
}

struct Writer<'t> {
    tree: &'t Tree,
    path: String,
    paths: Vec<String>,
}

impl Writer<'_> {
    fn message(&mut self, node: NodeId, schema: &'static Schema) {
        let selected = |(index, _): &(u16, _)| self.tree.has_field(node, *index);
        let mut fields: Vec<(u16, &FieldSchema)> = (0..).zip(schema.fields()).filter(selected).collect();
        fields.sort_unstable_by_key(|(_, field)| field.name);
        for (index, field) in fields {
            self.segment(field.name, |writer| match writer.tree.part_of_field(node, index) {
                None => writer.end(),
                Some(part) => writer.part(part, field),
            });
        }
    }

    fn part(&mut self, node: NodeId, field: &'static FieldSchema) {
        match (field.shape, field.message()) {
            (Shape::Repeated, Some(schema)) => self.segment("*", |writer| writer.message(node, schema)),
            (Shape::Map(_), schema) => self.entries(node, schema),
            (_, Some(schema)) => self.message(node, schema),
            // A leaf has no parts.
            (_, None) => {}
        }
    }

    fn entries(&mut self, node: NodeId, schema: Option<&'static Schema>) {
        if let (Some(entry), Some(schema)) = (self.tree.child(node, Label::Entry), schema) {
            self.segment("*", |writer| writer.message(entry, schema));
        }
        let tree = self.tree;
        let key = |(id, label)| match label {
            Label::Key(position) => Some((tree.key(position), Some(id))),
            Label::WholeKey(position) => Some((tree.key(position), None)),
            _ => None,
        };
        let mut keys: Vec<(KeyRef<'_>, Option<NodeId>)> = tree.children(node).filter_map(key).collect();
        keys.sort_unstable();
        for (key, part) in keys {
            self.segment(&key_text(key), |writer| match (part, schema) {
                (Some(part), Some(schema)) => writer.message(part, schema),
                _ => writer.end(),
            });
        }
    }

    fn segment(&mut self, text: &str, run: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(text);
        run(self);
        self.path.truncate(length);
    }

    fn end(&mut self) {
        self.paths.push(self.path.clone());
    }
}

/// A key as a segment; text that is no name stands between back-ticks.
pub(super) fn key_text(key: KeyRef<'_>) -> String {
    match key {
        KeyRef::Bool(key) => key.to_string(),
        KeyRef::Int(key) => key.to_string(),
        KeyRef::Uint(key) => key.to_string(),
        KeyRef::Text(key) if is_identifier(key) => key.to_owned(),
        KeyRef::Text(key) => format!("`{}`", key.replace('`', "``")),
    }
}
