//! Field masks, on messages described by hand as generated code describes them.

mod library;
mod smoke;
