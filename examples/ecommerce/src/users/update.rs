//! UpdateUser: takes the fields that a mask names from the request.

use prost::Message as _;
use transom::Status;
use transom::mask::{Mask, UpdateRequest as _};

use super::store::Store;
use super::{MOST_USER, USER, check_id, check_identity};
use crate::error::{FieldChecks, not_found};
use crate::proto::ecommerce::v1::{UpdateUserRequest, User, UserStatus};

/// Changes a stored user and returns it as it is now.
pub(super) async fn update(store: &Store, request: UpdateUserRequest) -> Result<User, Status> {
    let id = request.user.as_ref().map(|user| user.user_id.clone()).unwrap_or_default();
    check_id("user.user_id", &id)?;
    let mut change = store.change().await?;
    let mut user = change.find(&id).await?.ok_or_else(|| not_found(USER, &id))?;
    let changed = request.apply_to(&mut user)?;
    check(&user, &changed)?;
    // No change is no event either.
    if changed.is_empty() { Ok(user) } else { Ok(change.update(user).await?) }
}

/// Checks a user after a change.
fn check(user: &User, changed: &Mask<User>) -> Result<(), Status> {
    let mut checks = FieldChecks::new(USER);
    check_identity(&mut checks, "user.", &user.email, &user.name);
    if changed.includes(User::STATUS) {
        let status = UserStatus::try_from(user.status).is_ok_and(|status| status != UserStatus::Unspecified);
        checks.require(status, "user.status", "must be one of ACTIVE, INACTIVE and SUSPENDED");
    }
    let size = user.encoded_len();
    checks.require(size <= MOST_USER, "user", format!("must have at most {MOST_USER} bytes, and has {size}"));
    checks.finish()
}
