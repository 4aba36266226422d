//! Health and reflection.

use std::collections::BTreeSet;

use ecommerce::proto::ecommerce::v1::health_service_client::HealthServiceClient;
use tokio_stream::StreamExt as _;
use tonic_health::ServingStatus;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use tonic_reflection::pb::v1::ServerReflectionRequest;
use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
use tonic_reflection::pb::v1::server_reflection_response::MessageResponse;
use transom::Code;

use crate::harness::{Shop, soon};

fn about(service: &str) -> HealthCheckRequest {
    HealthCheckRequest { service: service.to_owned() }
}

#[tokio::test]
async fn both_health_services_say_the_same() {
    let shop = Shop::open().await;
    let mut standard = HealthClient::new(shop.channel().await);
    let mut own = HealthServiceClient::new(shop.channel().await);
    let serving = i32::from(ServingStatus::Serving as u8);
    for service in ["", "ecommerce.v1.UserService", "ecommerce.v1.ChatService", "ecommerce.v1.FileService"] {
        assert_eq!(standard.check(about(service)).await.unwrap().into_inner().status, serving);
        assert_eq!(own.check(about(service)).await.unwrap().into_inner().status, serving);
    }
    assert_eq!(standard.check(about("nothing")).await.unwrap_err().code(), Code::NotFound);
    assert_eq!(own.check(about("nothing")).await.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn who_watches_health_hears_of_the_end() {
    let shop = Shop::open().await;
    let mut standard = HealthClient::new(shop.channel().await).watch(about("")).await.unwrap().into_inner();
    let mut own = HealthServiceClient::new(shop.channel().await).watch(about("")).await.unwrap().into_inner();
    let serving = i32::from(ServingStatus::Serving as u8);
    let not_serving = i32::from(ServingStatus::NotServing as u8);
    assert_eq!(soon(standard.message()).await.unwrap().unwrap().status, serving);
    assert_eq!(soon(own.message()).await.unwrap().unwrap().status, serving);
    shop.begin_to_stop();
    assert_eq!(soon(standard.message()).await.unwrap().unwrap().status, not_serving);
    assert_eq!(soon(own.message()).await.unwrap().unwrap().status, not_serving);
    assert!(soon(standard.message()).await.unwrap().is_none());
    assert!(soon(own.message()).await.unwrap().is_none());
    shop.stopped().await;
}

#[tokio::test]
async fn reflection_tells_services_and_types() {
    let shop = Shop::open().await;
    let mut reflection = ServerReflectionClient::new(shop.channel().await);
    let ask = |question| ServerReflectionRequest { host: String::new(), message_request: Some(question) };
    let questions = [
        MessageRequest::ListServices(String::new()),
        MessageRequest::FileContainingSymbol("ecommerce.v1.UserService".to_owned()),
        // Imports, and the details of errors.
        MessageRequest::FileContainingSymbol("google.api.HttpRule".to_owned()),
        MessageRequest::FileContainingSymbol("google.rpc.BadRequest".to_owned()),
        MessageRequest::FileContainingSymbol("grpc.health.v1.Health".to_owned()),
    ];
    let stream = tokio_stream::iter(questions.map(ask));
    let answers = reflection.server_reflection_info(stream).await.unwrap().into_inner();
    let answers: Vec<_> = answers.map(|answer| answer.unwrap().message_response.unwrap()).collect().await;
    let Some((MessageResponse::ListServicesResponse(list), files)) = answers.split_first() else {
        panic!("no list of services in {answers:?}");
    };
    let names: Vec<_> = list.service.iter().map(|service| service.name.as_str()).collect();
    for name in ["ChatService", "FileService", "HealthService", "UserService"] {
        assert!(names.contains(&format!("ecommerce.v1.{name}").as_str()), "{names:?}");
    }
    assert!(names.contains(&"grpc.health.v1.Health"), "{names:?}");
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "a service is listed twice: {names:?}");
    assert_eq!(files.len(), 4);
    assert!(files.iter().all(|file| matches!(file, MessageResponse::FileDescriptorResponse(_))), "{files:?}");
}
