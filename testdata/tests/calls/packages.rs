//! Services whose messages are of other packages, files, syntaxes, or of no package.

use tokio_stream::StreamExt;
use transom::{BoxStream, Request, Response, Status, Streaming};

#[tokio::test]
async fn messages_of_a_bundled_package_are_taken_and_returned() {
    use transom_testdata::ecommerce::ecommerce::v1::health_service_client::HealthServiceClient;
    use transom_testdata::ecommerce::ecommerce::v1::health_service_server::{HealthService, HealthServiceServer};
    use transom_testdata::ecommerce::grpc::health::v1::health_check_response::ServingStatus;
    use transom_testdata::ecommerce::grpc::health::v1::{HealthCheckRequest, HealthCheckResponse};

    struct Health;
    impl HealthService for Health {
        async fn check(&self, request: Request<HealthCheckRequest>) -> Result<Response<HealthCheckResponse>, Status> {
            let status = match request.into_inner().service.as_str() {
                "" => ServingStatus::Serving,
                _ => ServingStatus::ServiceUnknown,
            };
            Ok(Response::new(HealthCheckResponse { status: status.into() }))
        }
    }

    let mut client = HealthServiceClient::new(HealthServiceServer::new(Health));
    let response = client.check(HealthCheckRequest::default()).await.unwrap().into_inner();
    assert_eq!(response.status(), ServingStatus::Serving);
}

#[tokio::test]
async fn a_service_without_a_package_is_found_by_its_bare_name() {
    use transom_testdata::no_package::root_service_client::RootServiceClient;
    use transom_testdata::no_package::root_service_server::{RootService, RootServiceServer};
    use transom_testdata::no_package::{Root, inner::Leaf, root::Nested};

    struct Roots;
    impl RootService for Roots {
        async fn get(&self, request: Request<Root>) -> Result<Response<Nested>, Status> {
            Ok(Response::new(request.into_inner().nested.map(|nested| *nested).unwrap_or_default()))
        }
        async fn watch(&self, _: Request<Root>) -> Result<Response<BoxStream<Leaf>>, Status> {
            Ok(Response::new(Box::pin(tokio_stream::iter([Ok(Leaf { name: "leaf".into() })]))))
        }
    }

    let mut client = RootServiceClient::new(RootServiceServer::new(Roots));
    let nested = Nested { root: Some(Box::default()) };
    let root = Root { nested: Some(Box::new(nested.clone())), leaf: None };
    assert_eq!(client.get(root).await.unwrap().into_inner(), nested);
    let mut leaves = client.watch(Root::default()).await.unwrap().into_inner();
    assert_eq!(leaves.message().await.unwrap().unwrap().name, "leaf");
}

#[tokio::test]
async fn packages_nested_in_each_other_share_messages() {
    use transom_testdata::nested_packages::a::b::c::climbers_client::ClimbersClient;
    use transom_testdata::nested_packages::a::b::c::climbers_server::{Climbers, ClimbersServer};
    use transom_testdata::nested_packages::a::{Up, b::c::Climber};

    struct Ladder;
    impl Climbers for Ladder {
        async fn climb(&self, request: Request<Climber>) -> Result<Response<Up>, Status> {
            request.into_inner().up.map(Response::new).ok_or_else(|| Status::invalid_argument("`up` is missing"))
        }
    }

    let mut client = ClimbersClient::new(ClimbersServer::new(Ladder));
    assert!(client.climb(Climber { up: Some(Up {}), b: None }).await.is_ok());
    assert!(client.climb(Climber::default()).await.is_err());
}

#[tokio::test]
async fn messages_of_one_name_in_two_packages_are_two_types() {
    use transom_testdata::same_names::same::{v1, v2};

    struct Things;
    impl v2::things_server::Things for Things {
        async fn upgrade(&self, request: Request<v1::Thing>) -> Result<Response<v2::Thing>, Status> {
            Ok(Response::new(v2::Thing { old: Some(request.into_inner()) }))
        }
    }

    let mut client = v2::things_client::ThingsClient::new(v2::things_server::ThingsServer::new(Things));
    let old = v1::Thing { name: "old".into() };
    assert_eq!(client.upgrade(old.clone()).await.unwrap().into_inner().old, Some(old));
}

#[tokio::test]
async fn messages_of_three_syntaxes_meet_in_one_service() {
    use transom_testdata::mixed_syntax::mixed::mixer_client::MixerClient;
    use transom_testdata::mixed_syntax::mixed::mixer_server::{Mixer, MixerServer};
    use transom_testdata::mixed_syntax::mixed::{Edition, Three, Two};

    struct Mixing;
    impl Mixer for Mixing {
        async fn from_two(&self, request: Request<Two>) -> Result<Response<Three>, Status> {
            Ok(Response::new(request.into_inner().three))
        }
        async fn from_three(&self, request: Request<Streaming<Three>>) -> Result<Response<BoxStream<Edition>>, Status> {
            let editions = request.into_inner().map(|three| Ok(three?.edition.unwrap_or_default()));
            Ok(Response::new(Box::pin(editions)))
        }
    }

    let mut client = MixerClient::new(MixerServer::new(Mixing));
    let edition = Edition { explicit: Some(0), ..Edition::default() };
    let three = Three { edition: Some(edition.clone()), ..Three::default() };
    let two = Two { three: three.clone(), ..Two::default() };
    assert_eq!(client.from_two(two).await.unwrap().into_inner(), three);
    let mut editions = client.from_three(tokio_stream::iter([three])).await.unwrap().into_inner();
    assert_eq!(editions.message().await.unwrap(), Some(edition));
}

#[test]
fn later_versions_of_a_message_read_what_earlier_ones_wrote() {
    use prost::Message;
    use transom_testdata::versioning::user::{v1, v2, v3};

    let first = v1::User { id: "1".into(), email: "a@example.com".into() };
    let second = v2::User::decode(first.encode_to_vec().as_slice()).unwrap();
    assert_eq!(second, v2::User { id: first.id, email: first.email, ..v2::User::default() });
    let third = v3::User::decode(v2::User { age: 30, ..second.clone() }.encode_to_vec().as_slice()).unwrap();
    assert_eq!(third, v3::User { id: second.id, email: second.email, ..v3::User::default() });
}
