//! A message that holds itself in every way there is, with few other fields: small enough to list all its paths.

use std::collections::{BTreeMap, HashMap};

#[derive(Clone, PartialEq, Default, Debug)]
pub struct Node {
    pub name: String,
    pub left: Option<Box<Node>>,
    pub children: Vec<Node>,
    pub by_name: HashMap<String, Node>,
    pub counts: BTreeMap<i32, i64>,
    pub kind: Option<node::Kind>,
    pub tags: Vec<String>,
}

pub mod node {
    #[derive(Clone, PartialEq, Debug)]
    pub enum Kind {
        Leaf(String),
        Branch(Box<super::Node>),
    }
}

transom::__private::fields! {
    impl Node = "shapes.v1.Node", reaches [];
    0 NAME = 1, "name", "name", [] string: implicit(name);
    1 LEFT = 2, "left", "left", [] message(Node): optional(left);
    2 CHILDREN = 3, "children", "children", [] message(Node): repeated(children);
    3 BY_NAME = 4, "by_name", "byName", [] message(Node): map(by_name, string);
    4 COUNTS = 5, "counts", "counts", [] int64: map(counts, int32);
    5 LEAF = 6, "leaf", "leaf", [] string: oneof(0, kind, node::Kind::Leaf);
    6 BRANCH = 7, "branch", "branch", [] message(Node): oneof(0, kind, node::Kind::Branch);
    7 TAGS = 8, "tags", "tags", [] string: repeated(tags);
}
