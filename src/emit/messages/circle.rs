//! Circles: messages that hold each other inline, directly or not.
//!
//! They decide which groups must be boxed (see [`super::boxing`]), and which messages of a file prost-build must see in
//! one call: it boxes the fields of a circle that it sees whole.

use std::collections::HashMap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::{Field, FieldType, FileId, Message, MessageId, Model, Shape};

/// The circles of a model.
#[derive(Debug)]
pub(super) struct Circles {
    /// The circle of each message; most are alone in theirs.
    circle_of: Vec<usize>,
    /// For each file the first and the last top-level message of every circle that spans more than one.
    spans: HashMap<FileId, Vec<(usize, usize)>>,
}

impl Circles {
    pub(super) fn find(model: &Model) -> Self {
        let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(model.messages.len(), model.messages.len());
        let nodes: Vec<NodeIndex> = model.messages.iter().map(|_| graph.add_node(())).collect();
        for (index, message) in model.messages.iter().enumerate() {
            for target in message.fields.iter().filter_map(inline_message) {
                graph.add_edge(nodes[index], nodes[target.0], ());
            }
        }
        let mut circle_of = vec![0; nodes.len()];
        let mut spans: HashMap<FileId, Vec<(usize, usize)>> = HashMap::new();
        for (circle, members) in kosaraju_scc(&graph).into_iter().enumerate() {
            for member in &members {
                circle_of[member.index()] = circle;
            }
            let top_level = |node: &NodeIndex| top_level(&model.messages[node.index()]);
            let (first, last) = (members.iter().map(top_level).min(), members.iter().map(top_level).max());
            if let (Some(first), Some(last), Some(member)) = (first, last, members.first())
                && first < last
            {
                spans.entry(FileId(model.messages[member.index()].origin.file)).or_default().push((first, last));
            }
        }
        Self { circle_of, spans }
    }

    /// Whether a message field leads back to its own message.
    pub(super) fn is_recursive(&self, message: MessageId, target: MessageId) -> bool {
        self.circle_of[target.0] == self.circle_of[message.0]
    }

    /// Cuts the top-level messages of a file into runs of about `size` that no circle crosses: the end of each.
    pub(super) fn runs(&self, file: FileId, messages: usize, size: usize) -> Vec<usize> {
        // How many spans are open between one message and the next.
        let mut opened = vec![0i64; messages + 1];
        for &(first, last) in self.spans.get(&file).into_iter().flatten() {
            if last < messages {
                opened[first] += 1;
                opened[last] -= 1;
            }
        }
        let mut ends = Vec::with_capacity(messages / size + 1);
        let (mut open, mut start) = (0, 0);
        for (index, change) in opened.into_iter().take(messages).enumerate() {
            open += change;
            if open == 0 && index + 1 - start >= size {
                ends.push(index + 1);
                start = index + 1;
            }
        }
        if start < messages || messages == 0 {
            ends.push(messages);
        }
        ends
    }
}

/// The index of the top-level message that a message is, or lies in: its path starts `4, index`.
fn top_level(message: &Message) -> usize {
    message.origin.path.get(1).and_then(|&index| usize::try_from(index).ok()).unwrap_or_default()
}

/// The message that a field holds inline, whatever its encoding.
pub(super) fn inline_message(field: &Field) -> Option<MessageId> {
    match (field.r#type, field.shape) {
        (FieldType::Message(id, _), Shape::Singular(_) | Shape::Oneof(_)) => Some(id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(spans: &[(usize, usize)], messages: usize, size: usize) -> Vec<usize> {
        let circles = Circles { circle_of: Vec::new(), spans: HashMap::from([(FileId(0), spans.to_vec())]) };
        circles.runs(FileId(0), messages, size)
    }

    #[test]
    fn runs_end_where_no_circle_is_open() {
        assert_eq!(runs(&[], 5, 2), [2, 4, 5]);
        assert_eq!(runs(&[], 4, 2), [2, 4]);
        assert_eq!(runs(&[], 0, 2), [0]);
        assert_eq!(runs(&[(1, 2)], 5, 2), [3, 5]);
        assert_eq!(runs(&[(0, 4)], 5, 2), [5]);
        assert_eq!(runs(&[(0, 2), (2, 3)], 6, 1), [4, 5, 6]);
    }
}
