//! Input of the Go peers of lists: the texts of a request, and their expected parsed forms.

use std::path::Path;
use std::{fs, io};

use transom::filter::Filter;
use transom::order::OrderBy;

use super::case::{FILTER, ORDER_BY};
use super::schema::Product;
use crate::measure::go::Program;

/// Their program.
pub const PROGRAM: Program = Program { package: "lists", proto: "catalog", write };

fn write(folder: &Path) -> io::Result<()> {
    fs::write(folder.join("filter"), FILTER)?;
    fs::write(folder.join("filter.parsed"), Filter::<Product>::parse(FILTER).map_err(io::Error::other)?.to_string())?;
    fs::write(folder.join("order_by"), ORDER_BY)?;
    fs::write(
        folder.join("order_by.parsed"),
        OrderBy::<Product>::parse(ORDER_BY).map_err(io::Error::other)?.to_string(),
    )
}
