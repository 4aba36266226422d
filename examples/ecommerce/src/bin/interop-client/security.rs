//! The token, TLS and mutual TLS.

use std::io;

use ecommerce::proto::ecommerce::v1::ListUsersRequest;
use ecommerce::proto::ecommerce::v1::user_service_client::UserServiceClient;
use tonic::transport::{Certificate, ClientTlsConfig, Endpoint, Identity};
use tonic_types::StatusExt as _;
use transom::metadata::AsciiMetadataValue;
use transom::{Code, Request, Status};

use crate::fleet::{Fleet, connect};
use crate::report::{Failure, Outcome, Report, present, refused, same};

pub(crate) async fn run(fleet: &Fleet, report: &mut Report) -> io::Result<()> {
    report.case("call without a token is refused", without_token(fleet)).await?;
    report.case("call with a wrong token is refused", wrong_token(fleet)).await?;
    report.case("interceptor adds the token", with_token(fleet)).await?;
    report.case("tls", tls(fleet)).await?;
    report.case("tls with an unknown authority is refused", unknown_authority(fleet)).await?;
    report.case("mutual tls", mutual_tls(fleet)).await?;
    report.case("mutual tls without a certificate is refused", without_certificate(fleet)).await
}

async fn without_token(fleet: &Fleet) -> Outcome {
    let mut users = UserServiceClient::new(connect(&fleet.guarded).await?);
    let status = refused(users.list_users(ListUsersRequest::default()).await, Code::Unauthenticated)?;
    same("reason", present("ErrorInfo", status.get_details_error_info())?.reason.as_str(), "TOKEN_MISSING")
}

/// Lists users with a client whose interceptor adds `token`.
async fn list_with(fleet: &Fleet, token: &str) -> Result<Result<(), Status>, Failure> {
    let header: AsciiMetadataValue = format!("Bearer {token}").parse()?;
    let channel = connect(&fleet.guarded).await?;
    let mut users = UserServiceClient::with_interceptor(channel, move |mut request: Request<()>| {
        request.metadata_mut().insert("authorization", header.clone());
        Ok(request)
    });
    Ok(users.list_users(ListUsersRequest::default()).await.map(drop))
}

async fn wrong_token(fleet: &Fleet) -> Outcome {
    let status = refused(list_with(fleet, "guess").await?, Code::Unauthenticated)?;
    same("reason", present("ErrorInfo", status.get_details_error_info())?.reason.as_str(), "TOKEN_INVALID")
}

async fn with_token(fleet: &Fleet) -> Outcome {
    Ok(list_with(fleet, &fleet.token).await??)
}

/// Trusts an authority of this run.
fn trusting(fleet: &Fleet, authority: &str) -> Result<ClientTlsConfig, Failure> {
    Ok(ClientTlsConfig::new().ca_certificate(Certificate::from_pem(fleet.pem(authority)?)).domain_name("localhost"))
}

async fn list(address: &str, tls: ClientTlsConfig) -> Outcome {
    let channel = Endpoint::from_shared(format!("https://{address}"))?.tls_config(tls)?.connect().await?;
    UserServiceClient::new(channel).list_users(ListUsersRequest::default()).await?;
    Ok(())
}

async fn tls(fleet: &Fleet) -> Outcome {
    list(&fleet.tls, trusting(fleet, "ca.pem")?).await
}

async fn unknown_authority(fleet: &Fleet) -> Outcome {
    fails(list(&fleet.tls, trusting(fleet, "stranger.pem")?).await)
}

async fn mutual_tls(fleet: &Fleet) -> Outcome {
    let own = Identity::from_pem(fleet.pem("client.pem")?, fleet.pem("client.key")?);
    list(&fleet.mtls, trusting(fleet, "ca.pem")?.identity(own)).await
}

async fn without_certificate(fleet: &Fleet) -> Outcome {
    fails(list(&fleet.mtls, trusting(fleet, "ca.pem")?).await)
}

/// A handshake fails with the connection or with the first call, as the TLS versions have it.
fn fails(outcome: Outcome) -> Outcome {
    match outcome {
        Ok(()) => Err("the call passed".into()),
        Err(_) => Ok(()),
    }
}
