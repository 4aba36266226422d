//! Bound of `connect` without the feature `transport`.

use std::convert::Infallible;

/// Trait that no type implements. A call of `connect` fails to compile with the message below.
#[diagnostic::on_unimplemented(
    message = "`connect` needs the feature `transport` of the crate `transom`",
    label = "there is no channel to connect",
    note = "enable the feature, or pass a transport of your own to `new`"
)]
pub trait Destination {
    /// Never returns, because no value implements the trait.
    fn connect(self) -> Infallible;
}
