//! Messages field by field: the tables behind masks, order and filters, and what the requests of a package ask for.
//!
//! A table is data for a macro of the runtime, one line a field; nothing is decided here that could be decided there.

mod list;
mod place;
mod request;
mod stand_in;
mod table;

use std::fmt::Write as _;

use self::place::Place;
use super::context::Context;
use super::service::ALLOWED_LINTS;
use crate::name::FOREIGN_FIELDS;

/// Writes the tables of the package's own messages, stand-ins for the messages of others, and the requests.
pub(super) fn emit(context: &Context<'_>, output: &mut String) {
    let place = Place::new(context);
    let package = context.package;
    for &id in &package.described {
        output.push('\n');
        table::emit(&place, id, 0, output);
    }
    if !package.foreign.is_empty() {
        let _ = writeln!(
            output,
            "\n/// The fields of messages that live in other packages.\n#[allow({ALLOWED_LINTS})]\npub mod {FOREIGN_FIELDS} {{",
        );
        stand_in::emit(&place, output);
        output.push_str("}\n");
    }
    for (id, change) in &package.changes {
        request::change(&place, *id, change, output);
    }
    for (id, read) in &package.reads {
        request::read(&place, *id, read, output);
    }
    for methods in &package.lists {
        list::emit(&place, methods, output);
    }
}
