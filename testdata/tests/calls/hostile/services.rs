//! Services named like items of their own modules, like each other's servers, and in foreign casing.

use transom::server::ServiceName;
use transom::{Request, Response, Status};
use transom_testdata::name_casing::casing::{self, http_service_client, http_service_server};
use transom_testdata::name_casing::upper::http_api::v1_beta1::x_2;
use transom_testdata::repeated_segments::echo::echo as repeated;
use transom_testdata::service_names::services::{
    Echo, M, dispatch_client, dispatch_server, echo, echo_service_client, echo_service_server, lower_client,
    lower_server, methods_client, methods_server, server_client, server_server, server_server_client,
    server_server_server, service_name_client, service_name_server, t_client, t_server,
};

struct Service;

impl echo_service_server::EchoService for Service {
    async fn echo(&self, request: Request<Echo>) -> Result<Response<echo::Nested>, Status> {
        Ok(Response::new(request.into_inner().nested.unwrap_or_default()))
    }
}
impl http_service_server::HttpService for Service {
    async fn get_o_auth_url(
        &self,
        request: Request<casing::OAuth2Token>,
    ) -> Result<Response<casing::o_auth2_token::V1>, Status> {
        Ok(Response::new(request.into_inner().v1.unwrap_or_default()))
    }
}
impl repeated::echo_service_server::EchoService for Service {
    async fn echo(&self, request: Request<repeated::Echo>) -> Result<Response<repeated::echo::echo::Echo>, Status> {
        let outer = request.into_inner().echo.unwrap_or_default();
        Ok(Response::new(outer.echo.unwrap_or_default()))
    }
}

/// Implements services whose one method is `Get`, and calls each through its client.
macro_rules! get {
    ($($test:ident: $server:ident :: $trait:ident as $new_server:ident, $client:ident :: $new_client:ident;)*) => {$(
        impl $server::$trait for Service {
            async fn get(&self, request: Request<M>) -> Result<Response<M>, Status> {
                Ok(Response::new(request.into_inner()))
            }
        }

        #[tokio::test]
        async fn $test() {
            let mut client = $client::$new_client::new($server::$new_server::new(Service));
            assert_eq!(client.get(M {}).await.unwrap().into_inner(), M {});
        }
    )*};
}

get! {
    a_service_called_methods: methods_server::Methods as MethodsServer, methods_client::MethodsClient;
    a_service_called_server: server_server::Server as ServerServer, server_client::ServerClient;
    a_service_called_server_server:
        server_server_server::ServerServer as ServerServerServer, server_server_client::ServerServerClient;
    a_service_called_dispatch: dispatch_server::Dispatch as DispatchServer, dispatch_client::DispatchClient;
    a_service_called_service_name:
        service_name_server::ServiceName as ServiceNameServer, service_name_client::ServiceNameClient;
    a_service_called_like_a_type_parameter: t_server::T as TServer, t_client::TClient;
    a_service_in_lower_case: lower_server::Lower as LowerServer, lower_client::LowerClient;
}

#[tokio::test]
async fn a_service_and_a_message_share_a_name() {
    let mut client = echo_service_client::EchoServiceClient::new(echo_service_server::EchoServiceServer::new(Service));
    assert!(client.echo(Echo::default()).await.is_ok());
}

#[tokio::test]
async fn a_package_a_message_and_a_service_share_a_name() {
    use repeated::{echo_service_client::EchoServiceClient, echo_service_server::EchoServiceServer};

    let innermost = repeated::echo::echo::Echo { echo: "e".into() };
    let request = repeated::Echo { echo: Some(repeated::echo::Echo { echo: Some(innermost.clone()) }) };
    let mut client = EchoServiceClient::new(EchoServiceServer::new(Service));
    assert_eq!(client.echo(request).await.unwrap().into_inner(), innermost);
}

#[tokio::test]
async fn the_wire_keeps_the_casing_of_the_proto() {
    let mut client = http_service_client::HttpServiceClient::new(http_service_server::HttpServiceServer::new(Service));
    assert!(client.get_o_auth_url(casing::OAuth2Token::default()).await.is_ok());
    let status = client.http_get(casing::HttpRequest::default()).await.unwrap_err();
    assert!(status.message().contains("/casing.HTTPService/HTTPGet"), "{status}");
    assert_eq!(<x_2::items_server::ItemsMethods as ServiceName>::NAME, "Upper.HTTPApi.V1Beta1.x_2.Items");
}
