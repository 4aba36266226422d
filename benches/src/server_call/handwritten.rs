//! The generator's output for `items.proto`, by hand.

pub use crate::server_call::peer::schema::{GetRequest, Item, ListRequest, PutResponse};

pub mod item_service_server {
    pub trait ItemService: Send + Sync + 'static {
        fn get(
            &self,
            request: ::transom::Request<super::GetRequest>,
        ) -> impl Future<Output = Result<::transom::Response<super::Item>, ::transom::Status>> + Send {
            ::transom::__private::unimplemented(request, "/bench.v1.ItemService/Get")
        }
        fn list(
            &self,
            request: ::transom::Request<super::ListRequest>,
        ) -> impl Future<Output = Result<::transom::Response<::transom::BoxStream<super::Item>>, ::transom::Status>> + Send
        {
            ::transom::__private::unimplemented(request, "/bench.v1.ItemService/List")
        }
        fn put(
            &self,
            request: ::transom::Request<::transom::Streaming<super::Item>>,
        ) -> impl Future<Output = Result<::transom::Response<super::PutResponse>, ::transom::Status>> + Send {
            ::transom::__private::unimplemented(request, "/bench.v1.ItemService/Put")
        }
        fn exchange(
            &self,
            request: ::transom::Request<::transom::Streaming<super::Item>>,
        ) -> impl Future<Output = Result<::transom::Response<::transom::BoxStream<super::Item>>, ::transom::Status>> + Send
        {
            ::transom::__private::unimplemented(request, "/bench.v1.ItemService/Exchange")
        }
    }

    pub type ItemServiceServer<T> = ::transom::server::Server<T, Methods>;

    #[derive(Debug, Clone, Copy)]
    pub struct Methods;

    impl ::transom::server::ServiceName for Methods {
        const NAME: &'static str = "bench.v1.ItemService";
    }

    impl<T: ItemService> ::transom::server::Dispatch<T> for Methods {
        fn dispatch(call: ::transom::server::Call<T>) -> ::transom::server::CallFuture {
            match call.method() {
                "Get" => call.unary(|service, request| async move { service.get(request).await }),
                "List" => call.server_streaming(|service, request| async move { service.list(request).await }),
                "Put" => call.client_streaming(|service, request| async move { service.put(request).await }),
                "Exchange" => call.streaming(|service, request| async move { service.exchange(request).await }),
                _ => call.unimplemented(),
            }
        }
    }
}
