//! Generated masks, used as a user uses them: requests are applied, and masks are made of generated paths.
//!
//! The runtime's tests have the meaning of masks in every case, on messages that are described by hand. These tests
//! check that generated tables reach each kind of field, in every storage and in messages of every package.

mod batches;
mod behaviors;
mod both_ways;
mod boxed;
mod conditions;
mod errors;
mod every_field;
mod foreign;
mod given;
mod kinds;
mod legacy;
mod options;
mod patches;
mod paths;
mod reaches;
mod reads;
mod samples;
mod seeds;
mod updates;
