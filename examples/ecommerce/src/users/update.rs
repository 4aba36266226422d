//! UpdateUser: takes the fields that a mask names from the request.

use transom::mask::{UpdateError, UpdateRequest as _};
use transom::{Status, mask::Mask};

use super::store::{Refused, Store};
use super::{check_id, check_identity, refusal};
use crate::error::Violations;
use crate::proto::ecommerce::v1::{UpdateUserRequest, User, UserStatus};

/// Why there was no update.
#[derive(Debug)]
enum Failure {
    Refused(Refused),
    Invalid(Status),
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<UpdateError> for Failure {
    fn from(error: UpdateError) -> Self {
        Self::Invalid(error.into())
    }
}

/// Changes a stored user and returns it as it is now.
pub(super) fn update(store: &Store, request: UpdateUserRequest) -> Result<User, Status> {
    let (id, email) = request.user.as_ref().map(|user| (user.user_id.clone(), user.email.clone())).unwrap_or_default();
    check_id("user.user_id", &id)?;
    let change = |user: &mut User| {
        let changed = request.apply_to(user)?;
        check(user, &changed).map_err(Failure::Invalid)?;
        Ok(!changed.is_empty())
    };
    store.update(&id, change).map_err(|failure| match failure {
        Failure::Refused(refused) => refusal(refused, &id, &email),
        Failure::Invalid(status) => status,
    })
}

/// What must be true of a user after a change.
fn check(user: &User, changed: &Mask<User>) -> Result<(), Status> {
    let mut violations = Violations::default();
    check_identity(&mut violations, "user.", &user.email, &user.name);
    if changed.includes(User::STATUS) {
        let status = UserStatus::try_from(user.status).is_ok_and(|status| status != UserStatus::Unspecified);
        violations.require(status, "user.status", "must be one of ACTIVE, INACTIVE and SUSPENDED");
    }
    violations.finish()
}
