//! The events of users.

use std::time::Duration;

use ecommerce::proto::ecommerce::v1::{
    DeleteUserRequest, UpdateUserRequest, User, UserEventType, UserStatus, WatchUsersRequest,
};
use tokio::time::timeout;
use transom::Code;

use crate::harness::{Shop, create, soon, violated};

#[tokio::test]
async fn a_watcher_misses_nothing_that_happens_after_its_call_has_begun() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    create(&mut users, "Before").await;
    let mut events = users.watch_users(WatchUsersRequest::default()).await.unwrap().into_inner();
    let ada = create(&mut users, "Ada").await;
    let new = User { name: "Ada Lovelace".to_owned(), ..ada.clone() };
    users.update_user(UpdateUserRequest { user: Some(new), update_mask: None }).await.unwrap();
    users.delete_user(DeleteUserRequest { user_id: ada.user_id.clone() }).await.unwrap();
    for (kind, name) in [
        (UserEventType::Created, "Ada"),
        (UserEventType::Updated, "Ada Lovelace"),
        (UserEventType::Deleted, "Ada Lovelace"),
    ] {
        let event = soon(events.message()).await.unwrap().unwrap();
        assert_eq!(event.event_type(), kind);
        assert!(event.timestamp.is_some());
        let user = event.user.unwrap();
        assert_eq!((user.user_id, user.name.as_str()), (ada.user_id.clone(), name));
    }
}

#[tokio::test]
async fn a_filter_leaves_others_out() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let request = WatchUsersRequest { filter: "status:suspended".to_owned() };
    let mut events = users.watch_users(request).await.unwrap().into_inner();
    let ada = create(&mut users, "Ada").await;
    let suspended = User { user_id: ada.user_id, status: UserStatus::Suspended.into(), ..User::default() };
    users.update_user(UpdateUserRequest { user: Some(suspended), update_mask: None }).await.unwrap();
    let event = soon(events.message()).await.unwrap().unwrap();
    assert_eq!(event.event_type(), UserEventType::Updated);
    assert!(timeout(Duration::from_millis(100), events.message()).await.is_err());
}

#[tokio::test]
async fn a_filter_means_what_it_means_for_lists() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let request = WatchUsersRequest { filter: "roles:admin OR Eve".to_owned() };
    let mut events = users.watch_users(request).await.unwrap().into_inner();
    let ada = create(&mut users, "Ada").await;
    create(&mut users, "Eve").await;
    let promoted = User { user_id: ada.user_id, roles: vec!["admin".to_owned()], ..User::default() };
    users.update_user(UpdateUserRequest { user: Some(promoted), update_mask: None }).await.unwrap();
    for name in ["Eve", "Ada"] {
        assert_eq!(soon(events.message()).await.unwrap().unwrap().user.unwrap().name, name);
    }
}

#[tokio::test]
async fn an_unknown_filter_is_refused() {
    let shop = Shop::open().await;
    let request = WatchUsersRequest { filter: "shoe_size = 40".to_owned() };
    let status = shop.users().await.watch_users(request).await.unwrap_err();
    assert_eq!((status.code(), violated(&status)), (Code::InvalidArgument, vec!["filter".to_owned()]));
}
