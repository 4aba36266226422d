//! Hostile names: every case's types are made, sent and compared, its services implemented and called.

mod keywords;
mod methods;
mod prelude;
mod services;
mod shapes;
