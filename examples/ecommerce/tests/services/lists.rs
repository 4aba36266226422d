//! ListUsers: pages, orders, filters and tokens on the table.

use std::collections::BTreeSet;

use ecommerce::proto::ecommerce::v1::user_service_client::UserServiceClient;
use ecommerce::proto::ecommerce::v1::{
    CreateUserRequest, DeleteUserRequest, ListUsersRequest, ListUsersResponse, UpdateUserRequest, User, UserStatus,
};
use ecommerce::server::Config;
use tonic::transport::Channel;
use transom::list::Pager;
use transom::list::{Key, KeyRing};
use transom::{Code, Status};

use crate::harness::{Shop, create, new_user, violated};

/// Creates a request of ListUsers with pages of two.
fn request(filter: &str, order_by: &str) -> ListUsersRequest {
    ListUsersRequest {
        page_size: 2,
        filter: filter.to_owned(),
        order_by: order_by.to_owned(),
        ..ListUsersRequest::default()
    }
}

/// The users on all pages.
async fn all(users: &UserServiceClient<Channel>, request: ListUsersRequest) -> Result<Vec<User>, Status> {
    let (mut users, mut listed) = (users.clone(), Vec::new());
    let mut pager = Pager::new(request, async |request| users.list_users(request).await);
    while let Some(page) = pager.next_page().await {
        listed.extend(page?.users);
    }
    Ok(listed)
}

/// The names on all pages.
async fn names(users: &UserServiceClient<Channel>, filter: &str, order_by: &str) -> Vec<String> {
    all(users, request(filter, order_by)).await.unwrap().into_iter().map(|user| user.name).collect()
}

/// The first page.
async fn first(users: &mut UserServiceClient<Channel>, request: &ListUsersRequest) -> ListUsersResponse {
    users.list_users(request.clone()).await.unwrap().into_inner()
}

async fn set(users: &mut UserServiceClient<Channel>, user: &User, status: UserStatus, roles: &[&str]) {
    let roles = roles.iter().map(ToString::to_string).collect();
    let user = User { user_id: user.user_id.clone(), status: status.into(), roles, ..User::default() };
    users.update_user(UpdateUserRequest { user: Some(user), update_mask: None }).await.unwrap();
}

/// Ada is an administrator and active, Bob and Eve are suspended, Cid is active.
async fn people(users: &mut UserServiceClient<Channel>) -> [User; 4] {
    let ada = create(users, "Ada").await;
    let bob = create(users, "Bob").await;
    let eve = create(users, "Eve").await;
    let cid = create(users, "Cid").await;
    set(users, &ada, UserStatus::Active, &["admin", "100% *reader*"]).await;
    set(users, &bob, UserStatus::Suspended, &["clerk"]).await;
    set(users, &eve, UserStatus::Suspended, &[]).await;
    [ada, bob, eve, cid]
}

#[tokio::test]
async fn every_page_size_gives_every_user_once_in_every_order() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    people(&mut users).await;
    create(&mut users, "Bob").await;
    for (order_by, want) in [
        ("", ["Ada", "Bob", "Eve", "Cid", "Bob"]),
        ("name", ["Ada", "Bob", "Bob", "Cid", "Eve"]),
        ("name desc", ["Eve", "Cid", "Bob", "Bob", "Ada"]),
        ("status desc, name", ["Bob", "Eve", "Ada", "Bob", "Cid"]),
        ("created_at desc", ["Bob", "Cid", "Eve", "Bob", "Ada"]),
    ] {
        for page_size in 1..=6 {
            let listed = all(&users, ListUsersRequest { page_size, ..request("", order_by) }).await.unwrap();
            let names: Vec<_> = listed.iter().map(|user| user.name.as_str()).collect();
            assert_eq!(names, want, "by `{order_by}`, {page_size} a page");
            assert_eq!(listed.iter().map(|user| &user.user_id).collect::<BTreeSet<_>>().len(), 5);
        }
    }
}

#[tokio::test]
async fn filters_see_every_kind_of_field() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let [ada, _, eve, _] = people(&mut users).await;
    let since = |user: &User| format!("created_at >= \"{}\"", user.created_at.unwrap());
    for (filter, want) in [
        ("status = USER_STATUS_SUSPENDED", vec!["Bob", "Eve"]),
        ("status:active", vec!["Ada", "Cid"]),
        ("NOT status:active name = \"E*\"", vec!["Eve"]),
        ("name = \"*i*\"", vec!["Cid"]),
        ("roles:admin", vec!["Ada"]),
        ("roles:\"100% \\*reader\\*\"", vec!["Ada"]),
        ("-roles:*", vec!["Eve", "Cid"]),
        (&since(&eve), vec!["Eve", "Cid"]),
        ("created_at > \"2000-01-01T00:00:00+01:00\" AND name < \"C\"", vec!["Ada", "Bob"]),
        ("example.com AND (Ada OR Bob)", vec!["Ada", "Bob"]),
        (&format!("email = \"{}\"", ada.email), vec!["Ada"]),
        ("updated_at < \"2000-01-01T00:00:00Z\"", vec![]),
    ] {
        assert_eq!(names(&users, filter, "").await, want, "{filter}");
        let page = first(&mut users, &request(filter, "name desc")).await;
        assert_eq!(page.total_count as usize, want.len(), "{filter}");
    }
}

#[tokio::test]
async fn all_that_is_wrong_is_said_at_once() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let wrong = ListUsersRequest {
        page_size: -1,
        page_token: "forged".to_owned(),
        filter: "status = HAPPY AND shoe_size > 40".to_owned(),
        order_by: "name, name desc".to_owned(),
    };
    let status = users.list_users(wrong).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    let mut fields = violated(&status);
    fields.sort();
    assert_eq!(fields, ["filter", "filter", "order_by", "page_size", "page_token"]);
}

#[tokio::test]
async fn a_token_is_good_for_its_own_request_whatever_the_page_size() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    people(&mut users).await;
    let asked = request("name > \"A\"", "name");
    let token = first(&mut users, &asked).await.next_page_token;
    let next = |change: fn(&mut ListUsersRequest)| {
        let mut request = ListUsersRequest { page_token: token.clone(), ..asked.clone() };
        change(&mut request);
        let mut users = users.clone();
        async move { users.list_users(request).await.map(|response| response.into_inner().users.len()) }
    };
    assert_eq!(next(|_| {}).await.unwrap(), 2);
    assert_eq!(next(|request| request.page_size = 1).await.unwrap(), 1);
    for change in [
        |request: &mut ListUsersRequest| request.filter.clear(),
        |request: &mut ListUsersRequest| request.order_by.push_str(" desc"),
        |request: &mut ListUsersRequest| request.page_token.truncate(20),
        |request: &mut ListUsersRequest| request.page_token.push('A'),
    ] {
        assert_eq!(violated(&next(change).await.unwrap_err()), ["page_token"]);
    }
}

#[tokio::test]
async fn largest_page_of_the_largest_users_is_received_by_a_client_with_the_usual_limit() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let too_large = CreateUserRequest { name: "x".repeat(41_200), ..new_user("") };
    assert_eq!(violated(&users.create_user(too_large).await.unwrap_err()), ["name"]);
    let name = "x".repeat(41_000);
    for _ in 0..101 {
        create(&mut users, &name).await;
    }
    let asked = |page_size| ListUsersRequest { page_size, ..ListUsersRequest::default() };
    assert_eq!(first(&mut users, &asked(0)).await.users.len(), 50);
    assert_eq!(first(&mut users, &asked(1000)).await.users.len(), 100);
}

#[tokio::test]
async fn those_who_stay_come_once_while_others_come_and_go() {
    let shop = Shop::open().await;
    let mut users = shop.users().await;
    let mut stay = BTreeSet::new();
    let mut leave = Vec::new();
    for number in 0..6 {
        stay.insert(create(&mut users, &format!("User {number}")).await.user_id);
        leave.push(create(&mut users, &format!("User {number}")).await.user_id);
    }
    let mut seen = Vec::new();
    let mut request = request("", "name desc");
    loop {
        let page = first(&mut users, &request).await;
        seen.extend(page.users.into_iter().map(|user| user.user_id).filter(|id| stay.contains(id)));
        if page.next_page_token.is_empty() {
            break;
        }
        request.page_token = page.next_page_token;
        create(&mut users, "User 3").await;
        if let Some(user_id) = leave.pop() {
            users.delete_user(DeleteUserRequest { user_id }).await.unwrap();
        }
        assert!(seen.len() <= stay.len(), "it goes on for ever");
    }
    assert_eq!((seen.len(), seen.into_iter().collect::<BTreeSet<_>>()), (stay.len(), stay));
}

#[tokio::test]
async fn replicas_share_a_file_and_keys() {
    let folder = tempfile::tempdir().unwrap();
    let replica = |keys: KeyRing| {
        let database = Some(folder.path().join("users.db"));
        Shop::with(Config { database, page_token_keys: Some(keys), ..Config::default() })
    };
    let (old, new) = (|| Key::new([1; 32]), || Key::new([2; 32]));
    let before = replica(KeyRing::new(old())).await;
    let mut users = before.users().await;
    people(&mut users).await;
    let asked = request("", "name");
    let page_token = first(&mut users, &asked).await.next_page_token;
    drop(users);
    before.begin_to_stop();
    before.stopped().await;

    let second = ListUsersRequest { page_token, ..asked };
    let rotated = replica(KeyRing::new(new()).with(old())).await;
    let page = first(&mut rotated.users().await, &second).await;
    assert_eq!(page.users.iter().map(|user| user.name.as_str()).collect::<Vec<_>>(), ["Cid", "Eve"]);
    let without = replica(KeyRing::new(new())).await;
    let status = without.users().await.list_users(second).await.unwrap_err();
    assert_eq!(violated(&status), ["page_token"]);
}
