//! `order_by`, on messages described by hand as generated code describes them.

#[path = "../mask/library.rs"]
mod library;

mod grammar;
