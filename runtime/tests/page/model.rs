//! Model of orders for the books of the tests, and random orders.

use std::cmp::Ordering;

use crate::library::Book;

/// Compares two books.
type Comparison = fn(&Book, &Book) -> Ordering;

/// The fields that books are sorted by, with their comparison where unset is below everything.
const FIELDS: [(&str, Comparison); 6] = [
    ("title", |left, right| left.title.as_bytes().cmp(right.title.as_bytes())),
    ("rating", |left, right| left.rating.partial_cmp(&right.rating).expect("no rating is NaN")),
    ("pages", |left, right| left.pages.cmp(&right.pages)),
    ("copies", |left, right| left.copies.cmp(&right.copies)),
    ("create_time", |left, right| {
        let key = |book: &Book| book.create_time.map(|time| (time.seconds, time.nanos));
        key(left).cmp(&key(right))
    }),
    ("author.family_name", |left, right| {
        let key = |book: &Book| book.author.as_ref().map(|author| author.family_name.clone());
        key(left).cmp(&key(right))
    }),
];

/// Some fields and, for each, whether it is descending.
pub(crate) type Terms = Vec<(usize, bool)>;

/// Every order of one field and of two, in all directions.
pub(crate) fn all_terms() -> Vec<Terms> {
    let fields = 0..FIELDS.len();
    let both = [false, true];
    let mut all = vec![Terms::new()];
    all.extend(fields.clone().flat_map(|field| both.map(|descending| vec![(field, descending)])));
    for first in fields.clone() {
        for second in fields.clone().filter(|second| *second != first) {
            for directions in [(false, false), (false, true), (true, false), (true, true)] {
                all.push(vec![(first, directions.0), (second, directions.1)]);
            }
        }
    }
    all
}

/// The order as a request says it.
pub(crate) fn order_by(terms: &Terms) -> String {
    let text =
        |(field, descending): &(usize, bool)| format!("{}{}", FIELDS[*field].0, if *descending { " desc" } else { "" });
    terms.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// Sorts books by the terms, then by name.
pub(crate) fn sort(books: &mut [Book], terms: &Terms) {
    books.sort_by(|left, right| {
        let by_terms = terms.iter().map(|(field, descending)| {
            let ordering = FIELDS[*field].1(left, right);
            if *descending { ordering.reverse() } else { ordering }
        });
        by_terms.fold(Ordering::Equal, Ordering::then).then_with(|| left.name.cmp(&right.name))
    });
}
