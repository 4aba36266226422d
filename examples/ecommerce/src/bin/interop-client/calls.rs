//! Metadata, deadlines and compression.

use std::io;
use std::time::{Duration, Instant};

use ecommerce::proto::ecommerce::v1::health_service_client::HealthServiceClient;
use ecommerce::proto::ecommerce::v1::user_service_client::UserServiceClient;
use ecommerce::proto::ecommerce::v1::{GetUserRequest, WatchUsersRequest};
use tonic_health::pb::HealthCheckRequest;
use transom::metadata::{AsciiMetadataValue, MetadataMap};
use transom::{Code, CompressionEncoding, Deadline, Request, deadline};

use crate::fleet::{Fleet, connect, create};
use crate::report::{Outcome, Report, present, refused, require, same};

const SECONDS_20: Duration = Duration::from_secs(20);

pub(crate) async fn run(fleet: &Fleet, report: &mut Report) -> io::Result<()> {
    report.case("metadata goes in and comes out", metadata(fleet)).await?;
    report.case("failed call tells its request id", metadata_of_failure(fleet)).await?;
    report.case("server sees the deadline of a request", timeout_of_request(fleet)).await?;
    report.case("server sees the deadline of a client", default_deadline(fleet)).await?;
    report.case("server sees the deadline around a call", surrounding_deadline(fleet)).await?;
    report.case("deadline passes through a server", forwarded_deadline(fleet)).await?;
    report.case("deadline ends a call that hangs", exceeded(fleet)).await?;
    report.case("deadline ends an endless stream", exceeded_stream(fleet)).await?;
    report.case("gzip both ways", gzip(fleet)).await?;
    report.case("health of a package that is not generated here", health(fleet)).await
}

/// A request for a user, with metadata.
fn get(user_id: &str, metadata: &[(&'static str, &'static str)]) -> Request<GetUserRequest> {
    let mut request = Request::new(GetUserRequest { user_id: user_id.into() });
    for (key, value) in metadata {
        request.metadata_mut().insert(*key, AsciiMetadataValue::from_static(value));
    }
    request
}

fn text<'a>(metadata: &'a MetadataMap, key: &str) -> Option<&'a str> {
    metadata.get(key)?.to_str().ok()
}

async fn metadata(fleet: &Fleet) -> Outcome {
    let mut users = fleet.users().await?;
    let user_id = create(&mut users, "John Doe").await?.user_id;
    let answer = users.get_user(get(&user_id, &[("x-request-id", "abc-123")])).await?;
    same("x-request-id", text(answer.metadata(), "x-request-id"), Some("abc-123"))?;
    present("server-version", text(answer.metadata(), "server-version"))?;
    // The metadata of a single answer holds the trailers too.
    present("x-duration-us", text(answer.metadata(), "x-duration-us"))?;
    Ok(())
}

async fn metadata_of_failure(fleet: &Fleet) -> Outcome {
    let answer = fleet.users().await?.get_user(get("nobody", &[("x-request-id", "abc-123")])).await;
    let status = refused(answer, Code::NotFound)?;
    same("x-request-id", text(status.metadata(), "x-request-id"), Some("abc-123"))
}

/// Fails unless the server saw a deadline of about 20 seconds. grpcio rounds up what it passes on.
fn saw_20_seconds(metadata: &MetadataMap) -> Outcome {
    let remaining: u32 = present("x-deadline-ms", text(metadata, "x-deadline-ms"))?.parse()?;
    require((10_000..21_000).contains(&remaining), &format!("the server saw {remaining} ms"))
}

async fn timeout_of_request(fleet: &Fleet) -> Outcome {
    let mut users = fleet.users().await?;
    let user_id = create(&mut users, "John Doe").await?.user_id;
    let mut request = get(&user_id, &[]);
    request.set_timeout(SECONDS_20);
    saw_20_seconds(users.get_user(request).await?.metadata())?;
    let without = users.get_user(get(&user_id, &[])).await?;
    same("x-deadline-ms of a call without one", text(without.metadata(), "x-deadline-ms"), None)
}

async fn default_deadline(fleet: &Fleet) -> Outcome {
    let mut users = fleet.users().await?;
    let user_id = create(&mut users, "John Doe").await?.user_id;
    let mut users = users.default_deadline(SECONDS_20);
    saw_20_seconds(users.get_user(get(&user_id, &[])).await?.metadata())
}

async fn surrounding_deadline(fleet: &Fleet) -> Outcome {
    let mut users = fleet.users().await?;
    let user_id = create(&mut users, "John Doe").await?.user_id;
    let call = users.get_user(get(&user_id, &[]));
    saw_20_seconds(deadline::scope(Deadline::after(SECONDS_20), call).await?.metadata())
}

async fn forwarded_deadline(fleet: &Fleet) -> Outcome {
    // The user lives on the server behind the one that is called.
    let user_id = create(&mut fleet.users().await?, "John Doe").await?.user_id;
    let mut front = UserServiceClient::new(connect(&fleet.front).await?).default_deadline(SECONDS_20);
    saw_20_seconds(front.get_user(get(&user_id, &[("x-forward", "true")])).await?.metadata())
}

async fn exceeded(fleet: &Fleet) -> Outcome {
    let mut users = UserServiceClient::new(connect(&fleet.stuck).await?);
    let mut request = get("any", &[("x-forward", "true")]);
    request.set_timeout(Duration::from_millis(500));
    let started = Instant::now();
    refused(users.get_user(request).await, Code::DeadlineExceeded)?;
    require(started.elapsed() < Duration::from_secs(5), "the call ended late")
}

async fn exceeded_stream(fleet: &Fleet) -> Outcome {
    let mut request = Request::new(WatchUsersRequest { filter: "status:suspended".into() });
    request.set_timeout(Duration::from_millis(300));
    let mut events = fleet.users().await?.watch_users(request).await?.into_inner();
    refused(events.message().await, Code::DeadlineExceeded)?;
    Ok(())
}

async fn gzip(fleet: &Fleet) -> Outcome {
    let mut users =
        fleet.users().await?.send_compressed(CompressionEncoding::Gzip).accept_compressed(CompressionEncoding::Gzip);
    let name = "Ada ".repeat(10_000);
    same("name", create(&mut users, &name).await?.name, name)
}

async fn health(fleet: &Fleet) -> Outcome {
    let mut health = HealthServiceClient::new(connect(&fleet.plain).await?);
    let request = HealthCheckRequest { service: "ecommerce.v1.UserService".into() };
    same("status", health.check(request).await?.into_inner().status, 1)
}
