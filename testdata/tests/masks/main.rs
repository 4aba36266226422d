//! Generated masks, used as a user uses them: requests are applied, and masks are made of generated paths.
//!
//! What a mask means in every corner is tested in the runtime, on messages that are described by hand. Here, that what
//! the generator writes leads there: to each kind of field, however it is stored, and wherever its message is.

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
