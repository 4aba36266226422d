//! What was found becomes a page, and the token of the next.

use std::borrow::{Borrow, Cow};

use super::current::{Item, Page};
use super::cursor::Next;
use super::kind::{FromRows, Opaque};
use super::pages::Cursors;
use super::request::{ListAnswer, ListRequest};
use super::token::SealError;
use crate::fields::Fields;

/// The items of a page, and the token of the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Finished<T> {
    /// At most as many items as the page has.
    pub items: Vec<T>,
    /// Empty when there is no next page.
    pub next_page_token: String,
}

impl<R: ListRequest, K: FromRows> Page<'_, R, K> {
    /// Makes the page of what was found, in order, from where the page starts: **at most [`limit`](Self::limit) items,
    /// which is one more than the page has**. If that one is there, there is a next page.
    ///
    /// The next page starts after what the last item says, so the items have to say **exactly what the database
    /// compared**: a time that is rounded, or a text that is changed for the client, makes items come twice or never. What
    /// is changed is changed afterwards, in [`Finished::items`], and so is what a read mask leaves out; or see
    /// [`finish_by`](Self::finish_by).
    ///
    /// # Errors
    ///
    /// When the token of the next page cannot be made.
    pub fn finish<T: Borrow<Item<R>>>(&self, rows: Vec<T>) -> Result<Finished<T>, SealError> {
        self.cut(rows, |last| Cow::Borrowed(last.borrow()))
    }

    /// As [`finish`](Self::finish), for rows that are not the messages: `item` makes one of the last row, with what the
    /// database compared. Only the fields of the order, and of the tie-breakers, are read from it.
    ///
    /// ```ignore
    /// let rows = page.fetch(&books, &columns, &pool, |row| Row::read(&row)).await?;
    /// let books = page.finish_by(rows, |row| Book { name: row.name.clone(), ..Book::default() })?.map(Row::into_book);
    /// Ok(Response::new(books.answer::<ListBooksRequest>(())))
    /// ```
    ///
    /// # Errors
    ///
    /// When the token of the next page cannot be made.
    pub fn finish_by<T>(&self, rows: Vec<T>, item: impl FnOnce(&T) -> Item<R>) -> Result<Finished<T>, SealError> {
        self.cut(rows, |last| Cow::Owned(item(last)))
    }

    fn cut<T>(
        &self,
        mut rows: Vec<T>,
        item: impl for<'t> FnOnce(&'t T) -> Cow<'t, Item<R>>,
    ) -> Result<Finished<T>, SealError> {
        let size = usize::try_from(self.page_size()).unwrap_or(usize::MAX);
        if rows.len() <= size {
            return Ok(Finished { items: rows, next_page_token: String::new() });
        }
        rows.truncate(size);
        let next_page_token = match (self.cursors, rows.last()) {
            (Cursors::Keyset, Some(last)) => self.seal_after(&self.order().values(&item(last)))?,
            _ => self.seal(Next::Offset(self.offset().saturating_add(u64::from(self.page_size()))))?,
        };
        Ok(Finished { items: rows, next_page_token })
    }
}

impl<R: ListRequest> Page<'_, R, Opaque> {
    /// Makes a page whose token says what the server wants; `None` for the last page.
    ///
    /// # Errors
    ///
    /// When the token cannot be made.
    pub fn finish_at<T>(&self, items: Vec<T>, next: Option<&[u8]>) -> Result<Finished<T>, SealError> {
        let next_page_token = next.map(|next| self.seal(Next::Opaque(next))).transpose()?.unwrap_or_default();
        Ok(Finished { items, next_page_token })
    }
}

impl<R: ListAnswer<Total = ()>, K: FromRows> Page<'_, R, K> {
    /// The response of what was found, as [`finish`](Self::finish) takes it.
    ///
    /// A response that has `total_size` is made by [`respond_with_total`](Self::respond_with_total).
    ///
    /// # Errors
    ///
    /// When the token of the next page cannot be made.
    pub fn respond(&self, rows: Vec<Item<R>>) -> Result<R::Response, SealError> {
        Ok(self.finish(rows)?.answer::<R>(()))
    }
}

impl<R: ListAnswer<Total = u64>, K: FromRows> Page<'_, R, K> {
    /// The response of what was found, as [`finish`](Self::finish) takes it, and of how many items the filter leaves of
    /// the whole list.
    ///
    /// # Errors
    ///
    /// When the token of the next page cannot be made.
    pub fn respond_with_total(&self, rows: Vec<Item<R>>, total_size: u64) -> Result<R::Response, SealError> {
        Ok(self.finish(rows)?.answer::<R>(total_size))
    }
}

impl<T> Finished<T> {
    /// Other items in the place of these: what the client gets, of what the database compared.
    #[must_use]
    pub fn map<U>(self, convert: impl FnMut(T) -> U) -> Finished<U> {
        Finished { items: self.items.into_iter().map(convert).collect(), next_page_token: self.next_page_token }
    }

    /// The response of the method.
    #[must_use]
    pub fn answer<R: ListAnswer>(self, total_size: R::Total) -> R::Response
    where
        R::Resource: Fields<Message = T>,
    {
        R::answer(self.items, self.next_page_token, total_size)
    }
}
