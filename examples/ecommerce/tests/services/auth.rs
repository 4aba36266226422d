//! The bearer token.

use ecommerce::proto::ecommerce::v1::health_service_client::HealthServiceClient;
use ecommerce::proto::ecommerce::v1::user_service_client::UserServiceClient;
use ecommerce::proto::ecommerce::v1::{ListUsersRequest, WatchUsersRequest};
use ecommerce::server::Config;
use tonic_health::pb::HealthCheckRequest;
use tonic_types::StatusExt as _;
use transom::{Code, Request, Status};

use crate::harness::Shop;
use crate::raw;

async fn guarded() -> Shop {
    Shop::with(Config { token: Some("secret".to_owned()), ..Config::default() }).await
}

/// Lists users with a client whose interceptor sends `authorization`.
async fn list_with(shop: &Shop, authorization: &'static str) -> Result<(), Status> {
    let interceptor = move |mut request: Request<()>| {
        request.metadata_mut().insert("authorization", authorization.parse().unwrap());
        Ok(request)
    };
    let mut users = UserServiceClient::with_interceptor(shop.channel().await, interceptor);
    users.list_users(ListUsersRequest::default()).await.map(drop)
}

fn reason(status: &Status) -> String {
    assert_eq!(status.code(), Code::Unauthenticated);
    status.get_details_error_info().unwrap().reason
}

#[tokio::test]
async fn token_is_accepted_with_the_scheme_in_any_case() {
    let shop = guarded().await;
    for authorization in ["Bearer secret", "bearer secret", "BEARER secret", "Bearer   secret"] {
        list_with(&shop, authorization).await.unwrap();
    }
}

#[tokio::test]
async fn other_credentials_are_refused() {
    let shop = guarded().await;
    for other in [
        "Bearer guess",
        "Bearer secret2",
        "Bearer secre",
        "Bearer SECRET",
        "Bearer ",
        "Bearer",
        "Bearersecret",
        "secret",
        "",
        "Basic c2VjcmV0",
        "Basic secret",
    ] {
        assert_eq!(reason(&list_with(&shop, other).await.unwrap_err()), "TOKEN_INVALID", "{other}");
    }
    let mut users = shop.users().await;
    let unary = users.list_users(ListUsersRequest::default()).await.unwrap_err();
    assert_eq!(reason(&unary), "TOKEN_MISSING");
    let stream = users.watch_users(WatchUsersRequest::default()).await.unwrap_err();
    assert_eq!(reason(&stream), "TOKEN_MISSING");
}

#[tokio::test]
async fn two_credentials_are_refused() {
    let shop = guarded().await;
    let headers = [("authorization", "Bearer secret"), ("authorization", "Bearer guess")];
    let answer = raw::call(shop.address, "UserService/ListUsers", &ListUsersRequest::default(), &headers).await;
    assert_eq!(answer.code(), Code::Unauthenticated);
}

#[tokio::test]
async fn health_is_open() {
    let shop = guarded().await;
    let mut health = HealthServiceClient::new(shop.channel().await);
    health.check(HealthCheckRequest::default()).await.unwrap();
}
