//! Rust keywords as names of everything, packages included.

use transom::{Request, Response, Status};
use transom_testdata::keyword_packages::crate_::r#gen::{Dyn, extern_client, extern_server};
use transom_testdata::keyword_packages::r#type::{r#async::Move, self_::super_::Return};
use transom_testdata::keywords::keywords::methods_client::MethodsClient;
use transom_testdata::keywords::keywords::methods_server::{Methods, MethodsServer};
use transom_testdata::keywords::keywords::{
    Async, Fields, Gen, Oneofs, Self_, Shapes, Super, Trait, Type, Values, impl_client, impl_server, oneofs, self_,
    super_, r#type, type_service_client, type_service_server,
};

struct Service;

impl Methods for Service {
    async fn self_(&self, request: Request<Self_>) -> Result<Response<Super>, Status> {
        assert_eq!(request.into_inner().nested(), self_::Nested::Type);
        Ok(Response::new(Super { self_: Some(Box::new(super_::Crate::default())) }))
    }

    async fn r#async(&self, _: Request<Async>) -> Result<Response<Gen>, Status> {
        Ok(Response::new(Gen {}))
    }

    async fn r#try(&self, request: Request<Type>) -> Result<Response<r#type::Impl>, Status> {
        Ok(Response::new(request.into_inner().r#type.unwrap_or_default()))
    }

    async fn r#match(&self, request: Request<Fields>) -> Result<Response<Fields>, Status> {
        Ok(Response::new(request.into_inner()))
    }
}
impl type_service_server::TypeService for Service {}
impl impl_server::Impl for Service {
    async fn r#use(&self, request: Request<Fields>) -> Result<Response<Fields>, Status> {
        Ok(Response::new(request.into_inner()))
    }
}
impl extern_server::Extern for Service {
    async fn r#yield(&self, request: Request<Dyn>) -> Result<Response<Move>, Status> {
        Ok(Response::new(request.into_inner().r#move.unwrap_or_default()))
    }
}

#[tokio::test]
async fn methods_named_by_keywords_are_called() {
    let mut client = MethodsClient::new(MethodsServer::new(Service));
    let inner = self_::Self_ { self_: 1 };
    let request = Self_ { inner: Some(inner), nested: self_::Nested::Type.into() };
    assert!(client.self_(request).await.unwrap().into_inner().self_.is_some());
    assert_eq!(client.r#async(Async {}).await.unwrap().into_inner(), Gen {});
    let r#impl = r#type::Impl { r#fn: 1 };
    assert_eq!(client.r#try(Type { r#type: Some(r#impl) }).await.unwrap().into_inner(), r#impl);
    let fields = Fields {
        r#abstract: 1,
        crate_: 2,
        extern_: 3,
        self_: 4,
        super_: 5,
        r#gen: 6,
        r#true: true,
        union: 7,
        ..Default::default()
    };
    assert_eq!(client.r#match(fields).await.unwrap().into_inner(), fields);
}

#[tokio::test]
async fn services_named_by_keywords_are_served() {
    let fields = Fields { r#type: 1, ..Fields::default() };
    let mut client = impl_client::ImplClient::new(impl_server::ImplServer::new(Service));
    assert_eq!(client.r#use(fields).await.unwrap().into_inner(), fields);
    let mut client = type_service_client::TypeServiceClient::new(type_service_server::TypeServiceServer::new(Service));
    assert!(client.r#impl(fields).await.is_err());
}

#[tokio::test]
async fn packages_named_by_keywords_are_modules() {
    let mut client = extern_client::ExternClient::new(extern_server::ExternServer::new(Service));
    let r#move = Move { r#return: Some(Return { crate_: 1 }) };
    assert_eq!(client.r#yield(Dyn { r#move: Some(r#move) }).await.unwrap().into_inner(), r#move);
}

#[test]
fn fields_and_values_named_by_keywords_keep_their_numbers() {
    use prost::Message;

    assert_eq!(Fields { self_: 1, ..Fields::default() }.encode_to_vec(), [0xa0, 0x02, 1]);
    assert_eq!(Values::from_str_name("VALUES_SELF"), Some(Values::Self_));
    assert_eq!(Trait::from_str_name("gen_"), Some(Trait::Gen));
    assert_eq!(Values::None.as_str_name(), "VALUES_NONE");
    let shapes = Shapes { r#type: vec!["a".into()], super_: Values::Err.into(), ..Shapes::default() };
    assert_eq!(Shapes::decode(shapes.encode_to_vec().as_slice()).unwrap().super_(), Values::Err);
    let oneofs = Oneofs { self_: Some(oneofs::Self_::Self_("a".into())), r#match: Some(oneofs::Match::Gen(1)) };
    assert_eq!(Oneofs::decode(oneofs.encode_to_vec().as_slice()).unwrap(), oneofs);
}
