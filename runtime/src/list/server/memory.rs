//! Pages of a collection in memory: filtered, sorted and cut like the result of a query.

use std::cmp::Ordering;

use super::page::{Item, Page};
use super::paging_mode::CursorFromRows;
use crate::accessor::{Accessor, accessor, compare};
use crate::list::request::{ListRequest, TotalSize as _, UnaryListRequest};
use crate::list::token::{Cursor, SealError};
use crate::order::{CursorValue, Direction};

/// Rows of a page that were selected from a collection, and the size of the whole list.
#[derive(Debug, Clone, PartialEq)]
pub struct PageRows<'a, T> {
    /// The items of the page in order, and the next item if there is one.
    pub rows: Vec<&'a T>,
    /// Number of items of the whole collection that match the filter.
    pub total_size: u64,
}

impl<R: ListRequest, M: CursorFromRows> Page<'_, R, M> {
    /// Returns the items of the page and the item after it, as a query would.
    ///
    /// Items that are equal in the order keep their order in the collection. Only the items up to the end of the page are
    /// sorted.
    #[must_use]
    pub fn select<'a>(&self, items: impl IntoIterator<Item = &'a Item<R>>) -> PageRows<'a, Item<R>> {
        let mut total_size = 0;
        let after_cursor = self.after_cursor();
        let mut found: Vec<(usize, &Item<R>)> = items
            .into_iter()
            .filter(|item| self.filter().matches(item))
            .inspect(|_| total_size += 1)
            .enumerate()
            .filter(|(_, item)| after_cursor.as_ref().is_none_or(|after_cursor| after_cursor.matches(item)))
            .collect();
        let compare = |left: &(usize, &Item<R>), right: &(usize, &Item<R>)| {
            self.order().compare(left.1, right.1).then(left.0.cmp(&right.0))
        };
        let offset = usize::try_from(self.offset()).unwrap_or(usize::MAX);
        let end = offset.saturating_add(usize::try_from(self.limit()).unwrap_or(usize::MAX));
        if end < found.len() {
            found.select_nth_unstable_by(end, compare);
            found.truncate(end);
        }
        found.sort_unstable_by(compare);
        PageRows { rows: found.into_iter().skip(offset).map(|(_, item)| item).collect(), total_size }
    }

    /// Returns the condition that an item comes after the cursor; `None` if the cursor has no values.
    fn after_cursor(&self) -> Option<AfterCursor<'_, Item<R>>> {
        let Some(Cursor::Keyset(values)) = self.cursor() else { return None };
        let terms = self.order().terms().iter().zip(values);
        let terms = terms.map(|(term, value)| (accessor::<R::Resource>(term.path()), term.direction(), value));
        Some(AfterCursor { terms: terms.collect() })
    }
}

impl<R: UnaryListRequest, M: CursorFromRows> Page<'_, R, M> {
    /// Returns the response with the page of a collection. If the response has a total size, it is the number of items of
    /// the collection that match the filter.
    ///
    /// # Errors
    ///
    /// When the token of the next page cannot be created.
    pub fn paginate<'a>(&self, items: impl IntoIterator<Item = &'a Item<R>>) -> Result<R::Response, SealError> {
        let PageRows { rows, total_size } = self.select(items);
        Ok(self.finish(rows)?.map(Item::<R>::clone).into_response::<R>(R::Total::from_count(total_size)))
    }
}

/// Condition that an item comes after a cursor. Each term has the accessor of its value in an item, and the value of the
/// cursor.
struct AfterCursor<'c, T> {
    terms: Vec<(Accessor<T>, Direction, &'c CursorValue)>,
}

impl<T> AfterCursor<'_, T> {
    fn matches(&self, item: &T) -> bool {
        let orderings = self.terms.iter().map(|(get, direction, value)| {
            let ordering = compare(get(item), value.view());
            if *direction == Direction::Descending { ordering.reverse() } else { ordering }
        });
        orderings.into_iter().find(|ordering| ordering.is_ne()) == Some(Ordering::Greater)
    }
}
