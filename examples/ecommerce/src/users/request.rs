//! `Debug` of requests with secrets. `build.rs` leaves the derived one out.

use std::fmt;

use crate::proto::ecommerce::v1::CreateUserRequest;

/// Leaves the password out.
impl fmt::Debug for CreateUserRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { email, name, password: _ } = self;
        formatter.debug_struct("CreateUserRequest").field("email", email).field("name", name).finish_non_exhaustive()
    }
}
