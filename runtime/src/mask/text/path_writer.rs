//! Canonical form of a mask as text.
//!
//! No path contains another. Paths are ordered by their segments: fields by name, then map entries with `*` first and keys
//! by value. The order compares segments and not characters, so `a.b` precedes `a_b`.
//!
//! A field that is selected both for a key and for every value is written once: `reviews.*.stars` without
//! `reviews.smith.stars`.

use super::map_key::key_segment;
use crate::fields::{FieldSchema, Schema, Shape};
use crate::mask::set::{NodeId, ROOT, Tree};

/// Returns the canonical paths of a set.
pub(in crate::mask) fn canonical_paths(tree: &Tree, schema: &'static Schema) -> Vec<String> {
    if tree.is_everything() {
        return vec!["*".to_owned()];
    }
    let mut writer = PathWriter { tree, path: String::new(), paths: Vec::new() };
    writer.message(ROOT, &[], schema);
    writer.paths
}

struct PathWriter<'t> {
    tree: &'t Tree,
    path: String,
    paths: Vec<String>,
}

impl PathWriter<'_> {
    /// Writes the paths in a message. The fields that the nodes `written` select are written already.
    fn message(&mut self, node: NodeId, written: &[NodeId], schema: &'static Schema) {
        let tree = self.tree;
        let is_new =
            |index| tree.has_field(node, index) && !written.iter().any(|&other| tree.has_whole_field(other, index));
        let mut fields: Vec<(u16, &FieldSchema)> = schema.positions().filter(|&(index, _)| is_new(index)).collect();
        fields.sort_unstable_by_key(|(_, field)| field.name);
        for (index, field) in fields {
            self.segment(field.name, |writer| match tree.node_of_field(node, index) {
                None => writer.end_path(),
                Some(part) => {
                    let written = written.iter().filter_map(|&other| tree.node_of_field(other, index));
                    writer.field(part, &written.collect::<Vec<_>>(), field);
                }
            });
        }
    }

    fn field(&mut self, node: NodeId, written: &[NodeId], field: &'static FieldSchema) {
        match (field.shape, field.message()) {
            (Shape::Repeated, Some(schema)) => self.segment("*", |writer| writer.message(node, written, schema)),
            (Shape::Map(_), schema) => self.entries(node, written, schema),
            (_, Some(schema)) => self.message(node, written, schema),
            // Only messages and maps are selected in part.
            (_, None) => {}
        }
    }

    fn entries(&mut self, node: NodeId, written: &[NodeId], schema: Option<&'static Schema>) {
        let tree = self.tree;
        let entry = tree.entry(node);
        let entries: Vec<NodeId> = written.iter().filter_map(|&other| tree.entry(other)).collect();
        if let (Some(entry), Some(schema)) = (entry, schema) {
            self.segment("*", |writer| writer.message(entry, &entries, schema));
        }
        for (key, id) in tree.keys(node) {
            let keys: Vec<NodeId> = written.iter().filter_map(|&other| tree.find_key(other, key)).collect();
            match schema {
                _ if keys.iter().any(|&key| !tree.is_partial_key(key)) => {}
                Some(schema) if tree.is_partial_key(id) => {
                    let written: Vec<NodeId> = keys.into_iter().chain(entries.iter().copied()).chain(entry).collect();
                    self.segment(&key_segment(key), |writer| writer.message(id, &written, schema));
                }
                _ => self.segment(&key_segment(key), Self::end_path),
            }
        }
    }

    fn segment(&mut self, text: &str, write_rest: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(text);
        write_rest(self);
        self.path.truncate(length);
    }

    fn end_path(&mut self) {
        self.paths.push(self.path.clone());
    }
}
