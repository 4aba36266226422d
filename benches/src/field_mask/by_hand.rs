//! The same update by plain assignments, without a mask.
//!
//! The meaning is that of the mask: what the source lacks is cleared, and no parent is made only to be empty.

use std::mem::take;

use super::schema::{Address, Author, Book};

/// Updates the fields of the mask; allocations of the stored message are used again.
pub fn apply(stored: &mut Book, source: &Book) {
    stored.title.clone_from(&source.title);
    stored.rating = source.rating;
    match &source.author {
        Some(author) => {
            let stored = stored.author.get_or_insert_default();
            stored.given_name.clone_from(&author.given_name);
            match &author.address {
                Some(address) => stored.address.get_or_insert_default().city.clone_from(&address.city),
                None => clear_city(stored),
            }
        }
        None => clear_author(stored),
    }
    stored.tags.clone_from(&source.tags);
    stored.pages = source.pages;
    stored.price = source.price;
    stored.description.clone_from(&source.description);
}

/// Updates the fields of the mask from a message that is no longer needed.
pub fn apply_owned(stored: &mut Book, source: Book) {
    stored.title = source.title;
    stored.rating = source.rating;
    match source.author {
        Some(author) => {
            let stored = stored.author.get_or_insert_default();
            stored.given_name = author.given_name;
            match author.address {
                Some(address) => stored.address.get_or_insert_default().city = address.city,
                None => clear_city(stored),
            }
        }
        None => clear_author(stored),
    }
    stored.tags = source.tags;
    stored.pages = source.pages;
    stored.price = source.price;
    stored.description = source.description;
}

fn clear_author(stored: &mut Book) {
    if let Some(author) = &mut stored.author {
        author.given_name.clear();
        clear_city(author);
    }
}

fn clear_city(author: &mut Author) {
    if let Some(address) = &mut author.address {
        address.city.clear();
    }
}

/// The fields of the mask alone, copied.
#[must_use]
pub fn copy(book: &Book) -> Book {
    Book {
        title: book.title.clone(),
        rating: book.rating,
        author: book.author.as_ref().map(|author| Author {
            given_name: author.given_name.clone(),
            address: author
                .address
                .as_ref()
                .map(|address| Address { city: address.city.clone(), ..Address::default() }),
            ..Author::default()
        }),
        tags: book.tags.clone(),
        pages: book.pages,
        price: book.price,
        description: book.description.clone(),
        ..Book::default()
    }
}

/// The fields of the mask alone: the others are dropped.
pub fn project(book: &mut Book) {
    *book = Book {
        title: take(&mut book.title),
        rating: book.rating,
        author: book.author.take().map(|author| Author {
            given_name: author.given_name,
            address: author.address.map(|address| Address { city: address.city, ..Address::default() }),
            ..Author::default()
        }),
        tags: take(&mut book.tags),
        pages: book.pages,
        price: book.price,
        description: take(&mut book.description),
        ..Book::default()
    };
}
