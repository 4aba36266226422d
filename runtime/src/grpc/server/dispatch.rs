//! Traits that generated code implements for a service.

use super::call::Call;
use super::call_future::CallFuture;

/// Full name of a service.
pub trait ServiceName {
    /// Name with its package, for example `ecommerce.v1.UserService`.
    const NAME: &'static str;
}

/// Methods of a service by name; `T` implements the generated trait.
pub trait Dispatch<T>: ServiceName + 'static {
    /// Passes `call` to the method with the name [`Call::method`].
    fn dispatch(call: Call<T>) -> CallFuture;
}
