//! Proxy types with the tables of messages of other packages, in modules like those of the messages.
//!
//! The package of a message cannot know which packages describe it, and Rust allows no other crate to add constants to
//! the struct. So each package has proxy types for the messages of other packages that it reaches.

use std::fmt::Write as _;

use super::place::Place;
use super::table;
use crate::model::MessageId;
use crate::name;

/// Writes the proxy types of a package, module by module.
pub(super) fn emit(place: &Place<'_>, messages: &[MessageId], output: &mut String) {
    let mut items: Vec<_> =
        messages.iter().map(|&id| (name::proxy_type(&place.model.message(id).full_name), id)).collect();
    items.sort_unstable();
    let mut open: Vec<String> = Vec::new();
    for ((modules, name), id) in items {
        let common = open.iter().zip(&modules).take_while(|(left, right)| left == right).count();
        close(&mut open, common, output);
        for module in modules.iter().skip(common) {
            open.push(module.clone());
            let _ = writeln!(output, "{:width$}pub mod {module} {{", "", width = 4 * open.len());
        }
        let indent = 4 * (open.len() + 1);
        let full_name = place.model.message(id).full_name.trim_start_matches('.');
        let _ = writeln!(output, "{:indent$}/// Stands for the fields of `{full_name}`.", "");
        let _ = writeln!(output, "{:indent$}#[derive(Debug)]\n{:indent$}pub enum {name} {{}}", "", "");
        table::emit(&place.in_modules(modules), id, indent, output);
    }
    close(&mut open, 0, output);
}

/// Closes modules until `depth` of them are open.
fn close(open: &mut Vec<String>, depth: usize, output: &mut String) {
    while open.len() > depth {
        let _ = writeln!(output, "{:width$}}}", "", width = 4 * open.len());
        open.pop();
    }
}
