//! The items of a page and the token of the next one, from the rows that were found.

use std::borrow::{Borrow, Cow};

use super::page::{Item, Page};
use super::paging_mode::{CursorFromRows, CustomCursor};
use crate::fields::Fields;
use crate::list::request::{ListRequest, UnaryListRequest};
use crate::list::token::SealError;
use crate::list::token::payload::NextCursor;

/// Items of a page, and the token of the next page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageContents<T> {
    /// The items, at most as many as the page size.
    pub items: Vec<T>,
    /// The token of the next page; empty on the last page.
    pub next_page_token: String,
}

impl<R: ListRequest, M: CursorFromRows> Page<'_, R, M> {
    /// Returns the page for the rows that were found, in order, from the start of the page. Pass **at most
    /// [`limit`](Self::limit) rows, one more than the page size**. The additional row shows that there is a next page.
    ///
    /// The next page starts after the values of the last item, so the items must have **exactly the values that the
    /// database compares**. With a rounded time or a changed text, items come twice or never. Change items for the client
    /// in [`PageContents::items`], and apply read masks there; or use [`finish_by`](Self::finish_by).
    ///
    /// # Errors
    ///
    /// When the token of the next page cannot be created.
    pub fn finish<T: Borrow<Item<R>>>(&self, rows: Vec<T>) -> Result<PageContents<T>, SealError> {
        self.cut(rows, |last| Cow::Borrowed(last.borrow()))
    }

    /// Returns the page as [`finish`](Self::finish), for rows that are not messages.
    ///
    /// `item` converts the last row to a message with the values that the database compares. Only the fields of the order
    /// and the tie-breakers are read.
    ///
    /// ```ignore
    /// let rows = page.fetch(&books, &columns, &pool, |row| Row::read(&row)).await?;
    /// let books = page.finish_by(rows, |row| Book { name: row.name.clone(), ..Book::default() })?.map(Row::into_book);
    /// Ok(Response::new(books.into_response::<ListBooksRequest>(())))
    /// ```
    ///
    /// # Errors
    ///
    /// When the token of the next page cannot be created.
    pub fn finish_by<T>(&self, rows: Vec<T>, item: impl FnOnce(&T) -> Item<R>) -> Result<PageContents<T>, SealError> {
        self.cut(rows, |last| Cow::Owned(item(last)))
    }

    /// Cuts the rows to the page size, and creates the token if there are more.
    fn cut<T>(
        &self,
        mut rows: Vec<T>,
        item: impl for<'t> FnOnce(&'t T) -> Cow<'t, Item<R>>,
    ) -> Result<PageContents<T>, SealError> {
        let size = usize::try_from(self.page_size()).unwrap_or(usize::MAX);
        if rows.len() <= size {
            return Ok(PageContents { items: rows, next_page_token: String::new() });
        }
        rows.truncate(size);
        let next_page_token = match rows.last() {
            Some(last) if self.is_keyset() => self.seal_after(&self.order().values(&item(last)))?,
            _ => self.seal(NextCursor::Offset(self.offset().saturating_add(u64::from(self.page_size()))))?,
        };
        Ok(PageContents { items: rows, next_page_token })
    }
}

impl<R: ListRequest> Page<'_, R, CustomCursor> {
    /// Returns the page with a token that contains these bytes; `None` for the last page.
    ///
    /// # Errors
    ///
    /// When the token cannot be created.
    pub fn finish_at<T>(&self, items: Vec<T>, next: Option<&[u8]>) -> Result<PageContents<T>, SealError> {
        let next_page_token = next.map(|next| self.seal(NextCursor::Custom(next))).transpose()?.unwrap_or_default();
        Ok(PageContents { items, next_page_token })
    }
}

impl<R: UnaryListRequest<Total = ()>, M: CursorFromRows> Page<'_, R, M> {
    /// Returns the response for the rows that were found; see [`finish`](Self::finish).
    ///
    /// For a response with `total_size`, use [`respond_with_total`](Self::respond_with_total).
    ///
    /// # Errors
    ///
    /// When the token of the next page cannot be created.
    pub fn respond(&self, rows: Vec<Item<R>>) -> Result<R::Response, SealError> {
        Ok(self.finish(rows)?.into_response::<R>(()))
    }
}

impl<R: UnaryListRequest<Total = u64>, M: CursorFromRows> Page<'_, R, M> {
    /// Returns the response for the rows that were found; see [`finish`](Self::finish). `total_size` is the number of
    /// items of the whole list that match the filter.
    ///
    /// # Errors
    ///
    /// When the token of the next page cannot be created.
    pub fn respond_with_total(&self, rows: Vec<Item<R>>, total_size: u64) -> Result<R::Response, SealError> {
        Ok(self.finish(rows)?.into_response::<R>(total_size))
    }
}

impl<T> PageContents<T> {
    /// Converts the items, for example from rows to the messages for the client.
    #[must_use]
    pub fn map<U>(self, convert: impl FnMut(T) -> U) -> PageContents<U> {
        PageContents { items: self.items.into_iter().map(convert).collect(), next_page_token: self.next_page_token }
    }

    /// Converts the page to the response of the method.
    #[must_use]
    pub fn into_response<R: UnaryListRequest>(self, total_size: R::Total) -> R::Response
    where
        R::Resource: Fields<Message = T>,
    {
        R::response(self.items, self.next_page_token, total_size)
    }
}
