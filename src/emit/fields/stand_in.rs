//! Stand-ins for messages of other packages, in modules like those of the messages.
//!
//! The package that a message lives in cannot know who describes it, and Rust lets nobody else put constants on its
//! struct; so each package has types of its own for the messages of others that it reaches.

use std::fmt::Write as _;

use super::place::Place;
use super::table;
use crate::name;

/// Writes the stand-ins of a package, module by module.
pub(super) fn emit(place: &Place<'_>, output: &mut String) {
    let mut items: Vec<_> =
        place.package.foreign.iter().map(|&id| (name::stand_in(&place.model.message(id).full_name), id)).collect();
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
        table::emit(&place.inside(modules), id, indent, output);
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
