//! Methods named like those that servers, clients and their traits have.

use transom::{Request, Response, Status};
use transom_testdata::client_method_names::methods as clients;
use transom_testdata::method_names::methods::{
    M, conventions_client, conventions_server, locals_client, locals_server, server_client, server_server,
};

struct Service;

impl server_server::Server for Service {
    async fn clone(&self, _: Request<M>) -> Result<Response<M>, Status> {
        Err(Status::aborted("clone"))
    }

    async fn drop(&self, _: Request<M>) -> Result<Response<M>, Status> {
        Err(Status::aborted("drop"))
    }

    async fn call(&self, _: Request<M>) -> Result<Response<M>, Status> {
        Err(Status::aborted("call"))
    }

    async fn from_arc(&self, _: Request<M>) -> Result<Response<M>, Status> {
        Err(Status::aborted("from_arc"))
    }
}
impl conventions_server::Conventions for Service {
    async fn into(&self, _: Request<M>) -> Result<Response<M>, Status> {
        Err(Status::aborted("into"))
    }
}
impl locals_server::Locals for Service {
    async fn request(&self, request: Request<M>) -> Result<Response<M>, Status> {
        Ok(Response::new(request.into_inner()))
    }

    async fn t(&self, _: Request<M>) -> Result<Response<M>, Status> {
        Err(Status::aborted("t"))
    }
}
impl clients::connector_server::Connector for Service {
    async fn new(&self, _: Request<clients::M>) -> Result<Response<clients::M>, Status> {
        Err(Status::aborted("new"))
    }

    async fn connect(&self, _: Request<clients::M>) -> Result<Response<clients::M>, Status> {
        Err(Status::aborted("connect"))
    }
}

#[tokio::test]
async fn methods_named_like_those_of_servers_are_calls() {
    // The server keeps its own methods of the same names.
    let server = server_server::ServerServer::from_arc(std::sync::Arc::new(Service));
    let mut client = server_client::ServerClient::new(Clone::clone(&server));
    // Written after a dot, `clone` is the trait's: it takes `&self`, which is looked up first.
    assert_eq!(server_client::ServerClient::clone(&mut client, M {}).await.unwrap_err().message(), "clone");
    assert_eq!(client.drop(M {}).await.unwrap_err().message(), "drop");
    assert_eq!(client.call(M {}).await.unwrap_err().message(), "call");
    assert_eq!(client.from_arc(M {}).await.unwrap_err().message(), "from_arc");
    assert!(client.poll_ready(M {}).await.unwrap_err().message().contains("/methods.Server/PollReady"));
    drop(Clone::clone(&client));
}

#[tokio::test]
async fn methods_named_like_conversions_are_calls() {
    let mut client = conventions_client::ConventionsClient::new(conventions_server::ConventionsServer::new(Service));
    let status = conventions_client::ConventionsClient::into(&mut client, M {}).await.unwrap_err();
    assert_eq!(status.message(), "into");
    assert!(client.into_iter(M {}).await.unwrap_err().message().contains("/methods.Conventions/IntoIter"));
}

#[tokio::test]
async fn methods_named_like_locals_are_calls() {
    let mut client = locals_client::LocalsClient::new(locals_server::LocalsServer::new(Service));
    assert!(client.request(M {}).await.is_ok());
    assert_eq!(client.t(M {}).await.unwrap_err().message(), "t");
}

#[tokio::test]
async fn a_method_takes_the_place_of_the_constructor_with_its_name() {
    use clients::connector_client::ConnectorClient;
    use clients::connector_server::ConnectorServer;

    // What is not in the way stays; `From` makes the client whose `new` is a call.
    let mut client = ConnectorClient::from(ConnectorServer::new(Service)).max_decoding_message_size(1 << 20);
    assert_eq!(client.new(clients::M {}).await.unwrap_err().message(), "new");
    assert_eq!(client.connect(clients::M {}).await.unwrap_err().message(), "connect");
    assert!(client.with_origin(clients::M {}).await.unwrap_err().message().contains("WithOrigin"));
}

#[test]
fn the_settings_of_other_clients_stay() {
    let client = locals_client::LocalsClient::new(locals_server::LocalsServer::new(Service))
        .default_deadline(std::time::Duration::from_secs(1))
        .max_encoding_message_size(1);
    let text = format!("{client:?}");
    assert!(text.starts_with("LocalsClient"), "{text}");
}
