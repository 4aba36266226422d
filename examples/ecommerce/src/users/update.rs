//! UpdateUser: takes the fields that a mask names from the request.

use transom::Status;

use super::store::{Refused, Store};
use super::{check_id, check_identity, refusal};
use crate::error::Violations;
use crate::proto::ecommerce::v1::{UpdateUserRequest, User, UserStatus};

/// A field that callers may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Email,
    Name,
    AvatarUrl,
    Status,
    Roles,
}

const ALL: [Field; 5] = [Field::Email, Field::Name, Field::AvatarUrl, Field::Status, Field::Roles];

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

/// Changes a stored user and returns it as it is now.
pub(super) fn update(store: &Store, request: UpdateUserRequest) -> Result<User, Status> {
    let new = request.user.unwrap_or_default();
    check_id("user.user_id", &new.user_id)?;
    let fields = match request.update_mask {
        Some(mask) if !mask.paths.is_empty() => parse(&mask.paths)?,
        // AIP-134: without a mask, the fields that are set.
        _ => ALL.into_iter().filter(|field| field.is_set(&new)).collect(),
    };
    let change = |user: &mut User| {
        for field in &fields {
            field.copy(&new, user);
        }
        check(user).map_err(Failure::Invalid)
    };
    store.update(&new.user_id, change).map_err(|failure| match failure {
        Failure::Refused(refused) => refusal(refused, &new.user_id, &new.email),
        Failure::Invalid(status) => status,
    })
}

/// The fields that the paths name; `*` alone names all of them.
fn parse(paths: &[String]) -> Result<Vec<Field>, Status> {
    if paths == ["*"] {
        return Ok(ALL.to_vec());
    }
    let mut violations = Violations::default();
    let mut fields = Vec::new();
    for (index, path) in paths.iter().enumerate() {
        let field = ALL.into_iter().find(|field| field.path() == path);
        let problem = || format!("\"{path}\" is not a field that can be updated");
        violations.require(field.is_some(), format!("update_mask.paths[{index}]"), problem());
        fields.extend(field);
    }
    violations.finish()?;
    Ok(fields)
}

/// What must be true of a user after any change.
fn check(user: &User) -> Result<(), Status> {
    let mut violations = Violations::default();
    check_identity(&mut violations, "user.", &user.email, &user.name);
    let status = UserStatus::try_from(user.status).is_ok_and(|status| status != UserStatus::Unspecified);
    violations.require(status, "user.status", "must be one of ACTIVE, INACTIVE and SUSPENDED");
    violations.finish()
}

impl Field {
    fn path(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Name => "name",
            Self::AvatarUrl => "avatar_url",
            Self::Status => "status",
            Self::Roles => "roles",
        }
    }

    fn is_set(self, user: &User) -> bool {
        match self {
            Self::Email => !user.email.is_empty(),
            Self::Name => !user.name.is_empty(),
            Self::AvatarUrl => !user.avatar_url.is_empty(),
            Self::Status => user.status != i32::from(UserStatus::Unspecified),
            Self::Roles => !user.roles.is_empty(),
        }
    }

    fn copy(self, from: &User, to: &mut User) {
        match self {
            Self::Email => to.email.clone_from(&from.email),
            Self::Name => to.name.clone_from(&from.name),
            Self::AvatarUrl => to.avatar_url.clone_from(&from.avatar_url),
            Self::Status => to.status = from.status,
            Self::Roles => to.roles.clone_from(&from.roles),
        }
    }
}
