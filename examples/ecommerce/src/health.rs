//! `ecommerce.v1.HealthService`: the health of the server under the shop's own name.

use tonic_health::pb::health_server::Health as _;
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse};
use tonic_health::server::{HealthReporter, HealthService};
use transom::{BoxStream, Request, Response, Status};

use crate::proto::ecommerce::v1::health_service_server;

/// Answers from the same reporter as the standard `grpc.health.v1.Health`.
#[derive(Debug)]
pub struct Health {
    standard: HealthService,
}

impl Health {
    /// Tells what `reporter` is told.
    pub fn new(reporter: HealthReporter) -> Self {
        Self { standard: HealthService::from_health_reporter(reporter) }
    }
}

impl health_service_server::HealthService for Health {
    async fn check(&self, request: Request<HealthCheckRequest>) -> Result<Response<HealthCheckResponse>, Status> {
        self.standard.check(request).await
    }

    async fn watch(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<BoxStream<HealthCheckResponse>>, Status> {
        Ok(self.standard.watch(request).await?.map(|states| Box::pin(states) as BoxStream<_>))
    }
}
