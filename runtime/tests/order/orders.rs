//! Random orders of fields that have columns.

use crate::choices::Choices;
use crate::rows::SORTABLE;

/// An order by one to three fields.
pub(crate) fn order(choices: &mut Choices) -> String {
    let mut fields = SORTABLE.to_vec();
    let terms = (0..1 + choices.below(3)).map(|_| {
        let field = fields.swap_remove(choices.below(fields.len()));
        format!("{field}{}", choices.of(&["", " asc", " desc"]))
    });
    terms.collect::<Vec<_>>().join(", ")
}
