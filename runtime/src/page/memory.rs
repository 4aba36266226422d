//! Pages of a collection in memory: filtered, sorted and cut as a database does it.

use std::cmp::Ordering;

use super::count::TotalSize as _;
use super::current::{Item, Page};
use super::cursor::Cursor;
use super::kind::FromRows;
use super::request::{ListAnswer, ListRequest};
use super::token::SealError;
use crate::order::{CursorValue, Direction};
use crate::value::{Getter, compare, getter};

/// What a page needs of a collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Selected<'a, T> {
    /// The items of the page in order, and the one after it if there is one.
    pub rows: Vec<&'a T>,
    /// How many items the filter leaves of the whole collection.
    pub total_size: u64,
}

impl<R: ListRequest, K: FromRows> Page<'_, R, K> {
    /// The items of the page, and the one after it: what a query would find.
    ///
    /// Items that are equal in the order stay in that of the collection. Sorts no more of them than it takes.
    #[must_use]
    pub fn select<'a>(&self, items: impl IntoIterator<Item = &'a Item<R>>) -> Selected<'a, Item<R>> {
        let mut total_size = 0;
        let after = self.after();
        let mut found: Vec<(usize, &Item<R>)> = items
            .into_iter()
            .filter(|item| self.filter().matches(item))
            .inspect(|_| total_size += 1)
            .enumerate()
            .filter(|(_, item)| after.as_ref().is_none_or(|after| after.holds(item)))
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
        Selected { rows: found.into_iter().skip(offset).map(|(_, item)| item).collect(), total_size }
    }

    /// The place that the cursor stands for.
    fn after(&self) -> Option<After<'_, Item<R>>> {
        let Some(Cursor::Keyset(values)) = self.cursor() else { return None };
        let terms = self.order().terms().iter().zip(values);
        let terms = terms.map(|(term, value)| (getter::<R::Resource>(term.path()), term.direction(), value));
        Some(After { terms: terms.collect() })
    }
}

/// What comes after a cursor: for each term, what finds its value in an item, and the value of the cursor.
struct After<'c, M> {
    terms: Vec<(Getter<M>, Direction, &'c CursorValue)>,
}

impl<M> After<'_, M> {
    /// Whether the item comes after the one that the cursor stands for.
    fn holds(&self, item: &M) -> bool {
        let orderings = self.terms.iter().map(|(get, direction, value)| {
            let ordering = compare(get(item), value.view());
            if *direction == Direction::Descending { ordering.reverse() } else { ordering }
        });
        orderings.into_iter().find(|ordering| ordering.is_ne()) == Some(Ordering::Greater)
    }
}

impl<R: ListAnswer, K: FromRows> Page<'_, R, K> {
    /// The response with the page of a collection and, where it has a place for it, the number of all that the filter
    /// leaves of it.
    ///
    /// # Errors
    ///
    /// When the token of the next page cannot be made.
    pub fn paginate<'a>(&self, items: impl IntoIterator<Item = &'a Item<R>>) -> Result<R::Response, SealError> {
        let Selected { rows, total_size } = self.select(items);
        Ok(self.finish(rows)?.map(Item::<R>::clone).answer::<R>(R::Total::of(total_size)))
    }
}
