//! Cycles of messages that contain each other inline: the strongly connected components of the message graph.
//!
//! They decide which fields are boxed (see [`super::boxing`]), and which messages of a file prost-build must see in one
//! call: it boxes the fields of a cycle only if it sees the whole cycle.

use std::collections::HashMap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::{Encoding, Field, FieldType, FileId, Message, MessageId, Model, Shape};

/// Cycles of a model.
#[derive(Debug)]
pub(crate) struct Cycles {
    /// Strongly connected component of each message. Most components consist of one message.
    component: Vec<usize>,
    /// First and last top-level message of each cycle that spans several top-level messages, by file.
    spans: HashMap<FileId, Vec<(usize, usize)>>,
}

impl Cycles {
    /// Finds the cycles through all inline fields.
    pub(super) fn find(model: &Model) -> Self {
        Self::through(model, inline_message)
    }

    /// Finds the cycles through the fields for which `target` returns a message.
    pub(super) fn through(model: &Model, target: fn(&Field) -> Option<MessageId>) -> Self {
        let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(model.messages.len(), model.messages.len());
        let nodes: Vec<NodeIndex> = model.messages.iter().map(|_| graph.add_node(())).collect();
        for (index, message) in model.messages.iter().enumerate() {
            for target in message.fields.iter().filter_map(target) {
                graph.add_edge(nodes[index], nodes[target.0], ());
            }
        }
        let mut component = vec![0; nodes.len()];
        let mut spans: HashMap<FileId, Vec<(usize, usize)>> = HashMap::new();
        for (index, members) in kosaraju_scc(&graph).into_iter().enumerate() {
            for member in &members {
                component[member.index()] = index;
            }
            let top_level = |node: &NodeIndex| top_level(&model.messages[node.index()]);
            let (first, last) = (members.iter().map(top_level).min(), members.iter().map(top_level).max());
            if let (Some(first), Some(last), Some(member)) = (first, last, members.first())
                && first < last
            {
                spans.entry(FileId(model.messages[member.index()].origin.file)).or_default().push((first, last));
            }
        }
        Self { component, spans }
    }

    /// Returns `true` if a field of `message` with the type `target` is part of a cycle.
    pub(super) fn contains(&self, message: MessageId, target: MessageId) -> bool {
        self.component[target.0] == self.component[message.0]
    }

    /// Splits the top-level messages of a file into runs of about `size`. No cycle crosses a run. Returns the end of
    /// each run.
    pub(crate) fn runs(&self, file: FileId, messages: usize, size: usize) -> Vec<usize> {
        // Change of the number of open spans after each message.
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

/// Index of the top-level message that is or contains the message. The path of the message starts with `4, index`.
fn top_level(message: &Message) -> usize {
    message.origin.path.get(1).and_then(|&index| usize::try_from(index).ok()).unwrap_or_default()
}

/// Message of a field that is neither repeated nor a map.
pub(super) fn inline_message(field: &Field) -> Option<MessageId> {
    match (field.r#type, field.shape) {
        (FieldType::Message(id, _), Shape::Singular(_) | Shape::Oneof(_)) => Some(id),
        _ => None,
    }
}

/// Message of a length-prefixed field that is neither repeated nor a map.
pub(super) fn length_prefixed_message(field: &Field) -> Option<MessageId> {
    inline_message(field).filter(|_| matches!(field.r#type, FieldType::Message(_, Encoding::LengthPrefixed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(spans: &[(usize, usize)], messages: usize, size: usize) -> Vec<usize> {
        let cycles = Cycles { component: Vec::new(), spans: HashMap::from([(FileId(0), spans.to_vec())]) };
        cycles.runs(FileId(0), messages, size)
    }

    #[test]
    fn runs_of_messages_end_outside_of_cycles() {
        assert_eq!(runs(&[], 5, 2), [2, 4, 5]);
        assert_eq!(runs(&[], 4, 2), [2, 4]);
        assert_eq!(runs(&[], 0, 2), [0]);
        assert_eq!(runs(&[(1, 2)], 5, 2), [3, 5]);
        assert_eq!(runs(&[(0, 4)], 5, 2), [5]);
        assert_eq!(runs(&[(0, 2), (2, 3)], 6, 1), [4, 5, 6]);
    }
}
