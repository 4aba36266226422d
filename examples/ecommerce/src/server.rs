//! All services on one socket, from the first call to the last.
//!
//! Holds no argv and no signals: who starts the server says when it stops.

mod config;

use std::error::Error;
use std::future::Future;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::time;
use tokio_util::sync::CancellationToken;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::server::Router;
use tonic::transport::{Endpoint, Server};
use tonic_health::ServingStatus;
use tonic_health::pb::health_server::HealthServer;
use tonic_health::server::{HealthReporter, HealthService};
use tonic_reflection::server as reflection;
use transom::CompressionEncoding::Gzip;
use transom::list::{Key, KeyRing};

pub use self::config::{Config, Tls};
use crate::auth::Auth;
use crate::chat::Chat;
use crate::connection;
use crate::files::Files;
use crate::health::Health;
use crate::observe::ObserveLayer;
use crate::proto::ecommerce::v1::FILE_DESCRIPTOR_SET;
use crate::proto::ecommerce::v1::chat_service_server::ChatServiceServer;
use crate::proto::ecommerce::v1::file_service_server::FileServiceServer;
use crate::proto::ecommerce::v1::health_service_server::HealthServiceServer;
use crate::proto::ecommerce::v1::user_service_client::UserServiceClient;
use crate::proto::ecommerce::v1::user_service_server::UserServiceServer;
use crate::users::Users;

/// Names in the health service; the empty name is the server as a whole.
const SERVICES: [&str; 4] = ["", "ecommerce.v1.ChatService", "ecommerce.v1.FileService", "ecommerce.v1.UserService"];

/// Number of calls at a time on one connection. tonic sets no limit by itself.
const MOST_STREAMS: u32 = 200;
/// Time that a client without a call has to answer the last ping of its connection.
const GOODBYE: Duration = Duration::from_millis(500);

/// Serves until `stop` is done, then lets calls finish for as long as the config grants them.
///
/// # Errors
///
/// When the database, the TLS material or the downstream address is unusable, or the socket fails.
pub async fn serve(
    config: Config,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let going_down = CancellationToken::new();
    let mut health = HealthReporter::new();
    for service in SERVICES {
        health.set_service_status(service, ServingStatus::Serving).await;
    }
    let grace = config.shutdown_grace;
    let keys = match &config.page_token_keys {
        Some(keys) => keys.clone(),
        None => KeyRing::new(Key::generate()?),
    };
    let users = Users::open(config.database.as_deref(), keys, going_down.clone())
        .await
        .map_err(|error| format!("cannot open the database: {error}"))?;
    let limits = connection::Limits {
        connections: config.max_connections,
        handshake_timeout: config.handshake_timeout,
        silence: config.keepalive_interval.saturating_add(config.keepalive_timeout),
        goodbye: GOODBYE,
    };
    let incoming = connection::accept(listener, limits, going_down.clone());
    let serving = router(&config, users, &health, &going_down)?
        .serve_with_incoming_shutdown(incoming, going_down.clone().cancelled_owned());
    tokio::pin!(serving);

    tokio::select! {
        served = &mut serving => return Ok(served?),
        () = stop => {}
    }
    tracing::info!("stopping: waiting for {grace:?} at most");
    for service in SERVICES {
        // Who watches hears it, and its stream ends instead of holding up the server.
        health.set_service_status(service, ServingStatus::NotServing).await;
        health.clear_service_status(service).await;
    }
    going_down.cancel();
    match time::timeout(grace, serving).await {
        Ok(served) => Ok(served?),
        Err(_) => {
            tracing::warn!("stopped with calls still running");
            Ok(())
        }
    }
}

/// The services, each with its limits and behind its guards.
fn router(
    config: &Config,
    mut users: Users,
    health: &HealthReporter,
    going_down: &CancellationToken,
) -> Result<Router<tower::layer::util::Stack<ObserveLayer, tower::layer::util::Identity>>, Box<dyn Error + Send + Sync>>
{
    let auth = config.token.as_deref().map_or_else(Auth::open, Auth::bearer);
    if let Some(downstream) = &config.downstream {
        // Connects with the first call, so that servers may start in any order.
        let channel = Endpoint::from_shared(format!("http://{downstream}"))?.connect_lazy();
        users = users.with_downstream(UserServiceClient::new(channel));
    }

    let mut server = Server::builder();
    if let Some(tls) = &config.tls {
        server = server.tls_config(tls.config())?;
    }
    macro_rules! limited {
        ($server:ty, $service:expr) => {
            <$server>::new($service)
                .accept_compressed(Gzip)
                .send_compressed(Gzip)
                .max_decoding_message_size(config.max_message_size)
        };
    }
    Ok(server
        .max_concurrent_streams(MOST_STREAMS)
        .http2_keepalive_interval(Some(config.keepalive_interval))
        .http2_keepalive_timeout(Some(config.keepalive_timeout))
        .layer(ObserveLayer)
        .add_service(InterceptedService::new(limited!(UserServiceServer<_>, users), auth.clone()))
        .add_service(InterceptedService::new(
            limited!(ChatServiceServer<_>, Chat::new(going_down.clone())),
            auth.clone(),
        ))
        .add_service(InterceptedService::new(
            limited!(FileServiceServer<_>, Files::new(config.files, config.chunk_timeout)),
            auth,
        ))
        // Open to everybody: what a load balancer and a developer's tools ask first.
        .add_service(HealthServiceServer::new(Health::new(health.clone())))
        .add_service(HealthServer::new(HealthService::from_health_reporter(health.clone())))
        .add_service(reflection().build_v1()?)
        // What older tools ask for.
        .add_service(reflection().build_v1alpha()?))
}

/// The descriptors of everything that is served.
fn reflection() -> reflection::Builder<'static> {
    reflection::Builder::configure()
        // With its imports, among them `grpc.health.v1`: a second descriptor of that would list its service twice.
        .register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET)
        // With these, tools show the details of errors.
        .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
}
