//! Pages of lists on the server, on messages described by hand as generated code describes them.

mod databases;
mod fingerprint;
mod forms;
mod library;
mod memory;
mod model;
mod opaque;
mod requests;
mod rules;
mod scan;
mod sql;
mod tokens;
