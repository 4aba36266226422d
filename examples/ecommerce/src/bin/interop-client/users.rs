//! Unary calls, lists page by page, and errors by status code with their details.

use std::collections::BTreeSet;
use std::io;
use std::pin::pin;

use ecommerce::proto::ecommerce::v1::{
    CreateUserRequest, DeleteUserRequest, GetUserRequest, ListUsersRequest, UpdateUserRequest, User, UserStatus,
};
use prost_types::FieldMask;
use tokio_stream::StreamExt as _;
use tonic_types::StatusExt as _;
use transom::Code;
use transom::list::Pager;
use uuid::Uuid;

use crate::fleet::{Fleet, create};
use crate::report::{Outcome, Report, present, refused, require, same};

pub(crate) async fn run(fleet: &Fleet, report: &mut Report) -> io::Result<()> {
    report.case("create and get", create_and_get(fleet)).await?;
    report.case("list pages through every user once", list(fleet)).await?;
    report.case("list goes on where it was left", resume(fleet)).await?;
    report.case("update changes only what the mask names", update(fleet)).await?;
    report.case("deleted user is gone", delete(fleet)).await?;
    report.case("not found names the resource", not_found(fleet)).await?;
    report.case("invalid argument lists every field", invalid_argument(fleet)).await?;
    report.case("already exists names the resource", already_exists(fleet)).await
}

async fn create_and_get(fleet: &Fleet) -> Outcome {
    let mut users = fleet.users().await?;
    let created = create(&mut users, "John Doe").await?;
    same("status", created.status(), UserStatus::Active)?;
    let request = GetUserRequest { user_id: created.user_id.clone() };
    let got = users.get_user(request).await?.into_inner();
    same("user", got.user, Some(created))
}

async fn list(fleet: &Fleet) -> Outcome {
    let mut users = fleet.users().await?;
    let mut missing = BTreeSet::new();
    for _ in 0..5 {
        missing.insert(create(&mut users, "John Doe").await?.user_id);
    }
    let request = ListUsersRequest { page_size: 2, ..ListUsersRequest::default() };
    let mut pager = Pager::new(request, move |request| {
        let mut users = users.clone();
        async move { users.list_users(request).await }
    });
    let mut listed = pin!(pager.items().prefetch());
    let mut seen = BTreeSet::new();
    while let Some(user) = listed.next().await {
        let user_id = user?.user_id;
        missing.remove(&user_id);
        require(seen.insert(user_id), "a user is listed twice")?;
    }
    same("number of users", listed.last_page().map(|page| page.total_count), i32::try_from(seen.len()).ok())?;
    same("who is missing", missing, BTreeSet::new())
}

async fn resume(fleet: &Fleet) -> Outcome {
    let mut users = fleet.users().await?;
    let tag = Uuid::new_v4();
    for name in ["b", "c", "a"] {
        create(&mut users, &format!("{tag} {name}")).await?;
    }
    let request = ListUsersRequest {
        page_size: 1,
        filter: format!("name = \"{tag}*\""),
        order_by: "name desc".into(),
        ..ListUsersRequest::default()
    };
    let mut names = String::new();
    let mut token = String::new();
    for _ in 0..3 {
        // Each page by a pager of its own, as a user interface would do.
        let mut pager = Pager::new(request.clone(), async |request| users.list_users(request).await).resume(token);
        let page = present("list", pager.next_page().await)??;
        names.extend(page.users.iter().filter_map(|user| user.name.chars().last()));
        token = pager.resume_token().unwrap_or_default().to_owned();
    }
    same("order of names", names.as_str(), "cba")?;
    same("token after the last page", token.as_str(), "")
}

async fn update(fleet: &Fleet) -> Outcome {
    let mut users = fleet.users().await?;
    let stored = create(&mut users, "John Doe").await?;
    let user = User {
        user_id: stored.user_id.clone(),
        name: "Jane Doe".into(),
        avatar_url: "not in the mask".into(),
        ..User::default()
    };
    let update_mask = Some(FieldMask { paths: vec!["name".into()] });
    let updated = users.update_user(UpdateUserRequest { user: Some(user), update_mask }).await?.into_inner();
    let updated = present("user", updated.user)?;
    let want = User { name: "Jane Doe".into(), updated_at: updated.updated_at, ..stored };
    same("user", updated, want)
}

async fn delete(fleet: &Fleet) -> Outcome {
    let mut users = fleet.users().await?;
    let user_id = create(&mut users, "John Doe").await?.user_id;
    users.delete_user(DeleteUserRequest { user_id: user_id.clone() }).await?;
    refused(users.get_user(GetUserRequest { user_id }).await, Code::NotFound)?;
    Ok(())
}

async fn not_found(fleet: &Fleet) -> Outcome {
    let request = GetUserRequest { user_id: "nobody".into() };
    let status = refused(fleet.users().await?.get_user(request).await, Code::NotFound)?;
    let resource = present("ResourceInfo", status.get_details_resource_info())?;
    same("resource type", resource.resource_type.as_str(), "ecommerce.v1.User")?;
    same("resource name", resource.resource_name.as_str(), "nobody")
}

async fn invalid_argument(fleet: &Fleet) -> Outcome {
    let answer = fleet.users().await?.create_user(CreateUserRequest::default()).await;
    let status = refused(answer, Code::InvalidArgument)?;
    let violations = present("BadRequest", status.get_details_bad_request())?.field_violations;
    let fields: Vec<_> = violations.iter().map(|violation| violation.field.as_str()).collect();
    same("fields", fields, vec!["email", "name", "password"])
}

async fn already_exists(fleet: &Fleet) -> Outcome {
    let mut users = fleet.users().await?;
    let email = create(&mut users, "John Doe").await?.email;
    let request = CreateUserRequest { email: email.clone(), name: "Again".into(), password: "securepassword".into() };
    let status = refused(users.create_user(request).await, Code::AlreadyExists)?;
    same("resource", present("ResourceInfo", status.get_details_resource_info())?.resource_name, email)
}
