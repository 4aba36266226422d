//! The optional `mod.rs`: all packages as a tree of modules.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::service::ALLOWED_LINTS;
use crate::model::{Model, Package};
use crate::options::Options;
use crate::text::header::HEADER;

/// A module and what is in it.
#[derive(Default)]
struct Node<'a> {
    package: Option<&'a Package>,
    children: BTreeMap<&'a str, Node<'a>>,
}

/// Writes the tree. `name` is the tree's own file: packages are included relative to it.
pub(super) fn emit(model: &Model, options: &Options, name: &str) -> String {
    let mut root = Node::default();
    for package in &model.packages {
        let mut node = &mut root;
        for module in &package.modules {
            node = node.children.entry(module.as_str()).or_default();
        }
        node.package = Some(package);
    }
    let mut text = HEADER.to_owned();
    let up = "../".repeat(name.matches('/').count());
    root.write(options, &up, 0, &mut text);
    text
}

impl Node<'_> {
    fn write(&self, options: &Options, up: &str, depth: usize, text: &mut String) {
        let indent = "    ".repeat(depth);
        if let Some(package) = self.package {
            let _ =
                writeln!(text, "{indent}include!(\"{up}{}\");", package.file_name(&options.default_package_filename));
        }
        for (module, node) in &self.children {
            if depth == 0 {
                let _ = writeln!(text, "\n#[allow({ALLOWED_LINTS})]");
            }
            let _ = writeln!(text, "{indent}pub mod {module} {{");
            node.write(options, up, depth + 1, text);
            let _ = writeln!(text, "{indent}}}");
        }
    }
}
