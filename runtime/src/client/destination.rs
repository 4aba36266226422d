//! The bound of `connect` where there is nothing to connect with.

use std::convert::Infallible;

/// Implemented by no type: its only use is the error of a call of `connect`.
#[diagnostic::on_unimplemented(
    message = "`connect` needs the feature `transport` of the crate `transom`",
    label = "there is no channel to connect",
    note = "enable the feature, or pass a transport of your own to `new`"
)]
pub trait Destination {
    /// Never returns, because there is no value to call it with.
    fn connect(self) -> Infallible;
}
