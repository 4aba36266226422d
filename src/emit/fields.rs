//! Messages field by field: the tables behind masks, order and filters, and what the requests of a package ask for.
//!
//! A table is data for a macro of the runtime, one line a field; nothing is decided here that could be decided there.

mod list;
mod place;
mod proxy_type;
mod request;
mod table;

use std::fmt::Write as _;

use self::place::Place;
use super::context::Context;
use super::service::ALLOWED_LINTS;
use crate::name::FOREIGN_FIELDS;

/// Writes the tables of the package's own messages, stand-ins for the messages of others, and the requests.
pub(super) fn emit(context: &Context<'_>, output: &mut String) {
    let place = Place::new(context);
    let tables = context.plans.tables.package(context.id);
    for &id in &tables.own {
        output.push('\n');
        table::emit(&place, id, 0, output);
    }
    if !tables.foreign.is_empty() {
        let _ = writeln!(
            output,
            "\n/// The fields of messages that live in other packages.\n#[allow({ALLOWED_LINTS})]\npub mod {FOREIGN_FIELDS} {{",
        );
        proxy_type::emit(&place, &tables.foreign, output);
        output.push_str("}\n");
    }
    for (id, pattern) in context.plans.updates.requests(context.id) {
        request::update(&place, *id, pattern, output);
    }
    for (id, read) in context.plans.reads.requests(context.id) {
        request::read(&place, *id, read, output);
    }
    for methods in context.plans.lists.requests(context.id) {
        list::emit(&place, methods, output);
    }
}
