//! The canonical form of a mask as text: no path is contained in another, and the order is that of their segments.
//!
//! What a mask says of a key and of every value besides, `reviews.smith.stars` beside `reviews.*.stars`, is said once.
//!
//! Segments are compared, not characters: `a.b` stands before `a_b`, whatever a dot is worth as a character. Fields are
//! ordered by name; in a map `*` comes first, then keys by value.

use super::traverse::is_identifier;
use super::tree::{NodeId, ROOT, Tree};
use crate::fields::{FieldSchema, KeyRef, Schema, Shape};

/// The paths of a set.
pub(super) fn paths(tree: &Tree, schema: &'static Schema) -> Vec<String> {
    if tree.is_everything() {
        return vec!["*".to_owned()];
    }
    let mut writer = Writer { tree, path: String::new(), paths: Vec::new() };
    writer.message(ROOT, &[], schema);
    writer.paths
}

struct Writer<'t> {
    tree: &'t Tree,
    path: String,
    paths: Vec<String>,
}

impl Writer<'_> {
    /// The paths into a message; what the nodes beside it select is written already.
    fn message(&mut self, node: NodeId, beside: &[NodeId], schema: &'static Schema) {
        let tree = self.tree;
        let is_new = |index| tree.has_field(node, index) && !beside.iter().any(|&beside| tree.has_all(beside, index));
        let mut fields: Vec<(u16, &FieldSchema)> = schema.positions().filter(|&(index, _)| is_new(index)).collect();
        fields.sort_unstable_by_key(|(_, field)| field.name);
        for (index, field) in fields {
            self.segment(field.name, |writer| match tree.part_of_field(node, index) {
                None => writer.end(),
                Some(part) => {
                    let beside = beside.iter().filter_map(|&beside| tree.part_of_field(beside, index));
                    writer.part(part, &beside.collect::<Vec<_>>(), field);
                }
            });
        }
    }

    fn part(&mut self, node: NodeId, beside: &[NodeId], field: &'static FieldSchema) {
        match (field.shape, field.message()) {
            (Shape::Repeated, Some(schema)) => self.segment("*", |writer| writer.message(node, beside, schema)),
            (Shape::Map(_), schema) => self.entries(node, beside, schema),
            (_, Some(schema)) => self.message(node, beside, schema),
            // A leaf has no parts.
            (_, None) => {}
        }
    }

    fn entries(&mut self, node: NodeId, beside: &[NodeId], schema: Option<&'static Schema>) {
        let tree = self.tree;
        let entry = tree.entry(node);
        let entries: Vec<NodeId> = beside.iter().filter_map(|&beside| tree.entry(beside)).collect();
        if let (Some(entry), Some(schema)) = (entry, schema) {
            self.segment("*", |writer| writer.message(entry, &entries, schema));
        }
        for (key, id) in tree.keys(node) {
            let keys: Vec<NodeId> = beside.iter().filter_map(|&beside| tree.find_key(beside, key)).collect();
            match schema {
                _ if keys.iter().any(|&key| !tree.is_partial_key(key)) => {}
                Some(schema) if tree.is_partial_key(id) => {
                    let beside: Vec<NodeId> = keys.into_iter().chain(entries.iter().copied()).chain(entry).collect();
                    self.segment(&key_text(key), |writer| writer.message(id, &beside, schema));
                }
                _ => self.segment(&key_text(key), Self::end),
            }
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
