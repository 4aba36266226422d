//! Groups that must be boxed.
//!
//! prost-build boxes the fields that lead back to their own message, but does not see a way back through a group
//! (`TYPE_GROUP`, which delimited messages of editions become too). So every group that is part of a circle is named to
//! it as `boxed`.

use std::collections::HashMap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::{Encoding, Field, FieldType, Message, MessageId, Model, Shape};

/// The config paths of the groups to box.
pub(super) fn boxed_groups(model: &Model) -> Vec<String> {
    let has_group = |message: &Message| message.fields.iter().any(|field| group(field).is_some());
    if !model.messages.iter().any(has_group) {
        return Vec::new();
    }
    let mut graph: DiGraph<MessageId, ()> = DiGraph::with_capacity(model.messages.len(), 0);
    let nodes: Vec<NodeIndex> = (0..model.messages.len()).map(|index| graph.add_node(MessageId(index))).collect();
    for (index, message) in model.messages.iter().enumerate() {
        for target in message.fields.iter().filter_map(inline_message) {
            graph.add_edge(nodes[index], nodes[target.0], ());
        }
    }
    let mut circle_of: HashMap<MessageId, usize> = HashMap::with_capacity(model.messages.len());
    for (circle, members) in kosaraju_scc(&graph).into_iter().enumerate() {
        circle_of.extend(members.into_iter().map(|node| (graph[node], circle)));
    }
    let mut paths = Vec::new();
    for (index, message) in model.messages.iter().enumerate() {
        for field in &message.fields {
            if group(field).is_some_and(|target| circle_of.get(&target) == circle_of.get(&MessageId(index))) {
                paths.push(path(message, field));
            }
        }
    }
    paths
}

/// The message that a field holds inline, whatever its encoding.
fn inline_message(field: &Field) -> Option<MessageId> {
    match (field.r#type, field.shape) {
        (FieldType::Message(id, _), Shape::Singular(_) | Shape::Oneof(_)) => Some(id),
        _ => None,
    }
}

/// The message that a field holds inline as a group.
fn group(field: &Field) -> Option<MessageId> {
    match field.r#type {
        FieldType::Message(_, Encoding::Delimited) => inline_message(field),
        _ => None,
    }
}

/// How prost-build's `boxed` names a field: members of a oneof lie below it.
fn path(message: &Message, field: &Field) -> String {
    let oneof = match field.shape {
        Shape::Oneof(position) => message.oneofs.get(position),
        _ => None,
    };
    match oneof {
        Some(oneof) => format!("{}.{}.{}", message.full_name, oneof.name.proto, field.name.proto),
        None => format!("{}.{}", message.full_name, field.name.proto),
    }
}
