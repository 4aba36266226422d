//! The life of a user.

use ecommerce::proto::ecommerce::v1::{
    CreateUserRequest, DeleteUserRequest, GetUserRequest, ListUsersRequest, UpdateUserRequest, User, UserStatus,
};
use prost_types::FieldMask;
use tonic_types::StatusExt as _;
use transom::Code;

use crate::harness::{Shop, create, new_user, violated};

fn update(user: User, paths: &[&str]) -> UpdateUserRequest {
    let paths = paths.iter().map(ToString::to_string).collect();
    UpdateUserRequest { user: Some(user), update_mask: Some(FieldMask { paths }) }
}

#[tokio::test]
async fn create_and_get() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let created = create(&mut users, "Ada").await;
    assert_eq!(created.name, "Ada");
    assert_eq!(created.status(), UserStatus::Active);
    assert_eq!(created.created_at, created.updated_at);
    let got = users.get_user(GetUserRequest { user_id: created.user_id.clone() }).await.unwrap().into_inner();
    assert_eq!(got.user, Some(created));
}

#[tokio::test]
async fn all_violations_are_listed_at_once() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let status = users.create_user(CreateUserRequest::default()).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    assert_eq!(violated(&status), ["email", "name", "password"]);
    let only_password = CreateUserRequest { password: "short".to_owned(), ..new_user("Ada") };
    assert_eq!(violated(&users.create_user(only_password).await.unwrap_err()), ["password"]);
}

#[tokio::test]
async fn an_email_is_taken_in_any_case() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let ada = create(&mut users, "Ada").await;
    let again = CreateUserRequest { email: ada.email.to_uppercase(), ..new_user("Another Ada") };
    let status = users.create_user(again).await.unwrap_err();
    assert_eq!(status.code(), Code::AlreadyExists);
    assert_eq!(status.get_details_resource_info().unwrap().resource_type, "ecommerce.v1.User");

    let bob = create(&mut users, "Bob").await;
    let as_ada = User { email: ada.email.clone(), ..bob };
    let status = users.update_user(update(as_ada, &["email"])).await.unwrap_err();
    assert_eq!(status.code(), Code::AlreadyExists);

    users.delete_user(DeleteUserRequest { user_id: ada.user_id }).await.unwrap();
    users.create_user(CreateUserRequest { email: ada.email, ..new_user("New Ada") }).await.unwrap();
}

#[tokio::test]
async fn deleted_user_is_gone() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let user_id = create(&mut users, "Ada").await.user_id;
    users.delete_user(DeleteUserRequest { user_id: user_id.clone() }).await.unwrap();
    let status = users.get_user(GetUserRequest { user_id: user_id.clone() }).await.unwrap_err();
    assert_eq!(status.code(), Code::NotFound);
    assert_eq!(status.get_details_resource_info().unwrap().resource_name, user_id);
    assert_eq!(users.delete_user(DeleteUserRequest { user_id }).await.unwrap_err().code(), Code::NotFound);
    let nobody = users.get_user(GetUserRequest::default()).await.unwrap_err();
    assert_eq!(violated(&nobody), ["user_id"]);
}

#[tokio::test]
async fn pages_hold_every_user_once_in_the_order_of_creation() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let mut created = Vec::new();
    for number in 0..5 {
        created.push(create(&mut users, &format!("User {number}")).await.user_id);
    }
    let mut seen = Vec::new();
    let mut page_token = String::new();
    for size in [2, 2, 1] {
        let request = ListUsersRequest { page_size: 2, page_token, ..ListUsersRequest::default() };
        let page = users.list_users(request).await.unwrap().into_inner();
        assert_eq!(page.users.len(), size);
        assert_eq!(page.total_count, 5);
        seen.extend(page.users.into_iter().map(|user| user.user_id));
        page_token = page.next_page_token;
    }
    assert_eq!(page_token, "");
    assert_eq!(seen, created);
}

#[tokio::test]
async fn a_page_survives_the_deletion_of_its_last_user() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let first = create(&mut users, "First").await;
    let second = create(&mut users, "Second").await;
    let page = ListUsersRequest { page_size: 1, ..ListUsersRequest::default() };
    let token = users.list_users(page.clone()).await.unwrap().into_inner().next_page_token;
    users.delete_user(DeleteUserRequest { user_id: first.user_id }).await.unwrap();
    let rest = users.list_users(ListUsersRequest { page_token: token, ..page }).await.unwrap().into_inner();
    assert_eq!(rest.users, [second]);
}

#[tokio::test]
async fn update_takes_what_the_mask_names() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let stored = create(&mut users, "Ada").await;
    let new = User {
        user_id: stored.user_id.clone(),
        name: "Ada Lovelace".to_owned(),
        roles: vec!["admin".to_owned()],
        ..User::default()
    };

    let updated = users.update_user(update(new.clone(), &["name"])).await.unwrap().into_inner().user.unwrap();
    let want = User { name: new.name.clone(), updated_at: updated.updated_at, ..stored.clone() };
    assert_eq!(updated, want);

    // Without a mask, what is set; with `*`, everything, so that an empty email is in the way.
    let request = UpdateUserRequest { user: Some(new.clone()), update_mask: None };
    let updated = users.update_user(request).await.unwrap().into_inner().user.unwrap();
    assert_eq!((updated.email, updated.roles), (stored.email, new.roles.clone()));
    let status = users.update_user(update(new, &["*"])).await.unwrap_err();
    assert_eq!(violated(&status), ["user.email", "user.status"]);
}

#[tokio::test]
async fn what_the_server_sets_is_not_updated_and_no_change_is_no_update() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let stored = create(&mut users, "Ada").await;
    let forged = User { created_at: None, updated_at: None, ..stored.clone() };
    let request = update(forged, &["created_at", "updated_at", "name", "roles"]);
    let updated = users.update_user(request).await.unwrap().into_inner().user.unwrap();
    assert_eq!(updated, stored);
}

#[tokio::test]
async fn paths_that_cannot_be_updated_are_all_named() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let stored = create(&mut users, "Ada").await;
    let status = users.update_user(update(stored.clone(), &["name", "user_id", "nickname"])).await.unwrap_err();
    // The id is the user's own, so naming it changes nothing.
    assert_eq!(violated(&status), ["update_mask.paths[2]"]);
    let got = users.get_user(GetUserRequest { user_id: stored.user_id.clone() }).await.unwrap().into_inner();
    assert_eq!(got.user, Some(stored));
}
