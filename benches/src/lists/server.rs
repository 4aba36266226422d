//! A server's lists of products, ready to be asked: the table, the settings, and a request for each of two pages.

use transom::list::Pages;
use transom::sql::Columns;

use super::bare::Tokens;
use super::case::{SECRET, pages, request};
use super::pages;
use super::schema::{ListProductsRequest, ListProductsResponse, Product};
use super::table::Table;

/// Both methods over one table.
pub struct Server {
    table: Table,
    pages: Pages<ListProductsRequest>,
    columns: Columns<Product>,
    tokens: Tokens,
    /// For the first page and for the next one.
    pub requests: [ListProductsRequest; 2],
    /// The same, with tokens by hand.
    pub requests_by_hand: [ListProductsRequest; 2],
}

impl Server {
    /// Makes the table, and asks for the first pages.
    ///
    /// # Errors
    ///
    /// The error of SQLite, or a difference between the methods.
    pub fn new() -> Result<Self, String> {
        let mut server = Self {
            table: Table::new()?,
            pages: pages(),
            columns: Columns::new(),
            tokens: Tokens::new(&SECRET),
            requests: [request(), request()],
            requests_by_hand: [request(), request()],
        };
        let [first, second] = [server.generated(&request())?, server.by_hand(&request())?];
        if first.products != second.products || first.products.len() != 100 {
            return Err("the pages of both sides differ".into());
        }
        server.requests[1].page_token = first.next_page_token;
        server.requests_by_hand[1].page_token = second.next_page_token;
        Ok(server)
    }

    /// The page by what is generated.
    ///
    /// # Errors
    ///
    /// The violations of the request, or the error of the database.
    pub fn generated(&self, request: &ListProductsRequest) -> Result<ListProductsResponse, String> {
        let Self { table, pages, columns, .. } = self;
        table.runtime.block_on(pages::generated(request, pages, columns, &table.pool))
    }

    /// The page by hand.
    ///
    /// # Errors
    ///
    /// The violations of the request, or the error of the database.
    pub fn by_hand(&self, request: &ListProductsRequest) -> Result<ListProductsResponse, String> {
        self.table.runtime.block_on(pages::by_hand(request, &self.tokens, &self.table.pool))
    }
}
