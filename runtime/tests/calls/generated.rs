//! A service in the shape that the generator writes it, by hand: the runtime is tested without the generator.
#![deny(warnings, missing_docs, clippy::all)]
#![allow(unreachable_pub)]

#[allow(clippy::all, missing_docs)]
mod messages {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct Note {
        #[prost(string, tag = "1")]
        pub text: ::prost::alloc::string::String,
        #[prost(uint32, tag = "2")]
        pub count: u32,
    }
}
pub use messages::Note;

/// Present while the runtime understands this file.
const _: () = ::transom::__private::generated_by(0, 1);

/// Server side of `test.v1.NoteService`.
pub mod note_service_server {
    /// Notes, in the four kinds of methods.
    pub trait NoteService: ::core::marker::Send + ::core::marker::Sync + 'static {
        /// One each way.
        fn get(
            &self,
            request: ::transom::Request<super::Note>,
        ) -> impl ::core::future::Future<
            Output = ::core::result::Result<::transom::Response<super::Note>, ::transom::Status>,
        > + ::core::marker::Send {
            ::transom::__private::unimplemented(request, "/test.v1.NoteService/Get")
        }

        /// A stream of answers.
        fn watch(
            &self,
            request: ::transom::Request<super::Note>,
        ) -> impl ::core::future::Future<
            Output = ::core::result::Result<::transom::Response<::transom::BoxStream<super::Note>>, ::transom::Status>,
        > + ::core::marker::Send {
            ::transom::__private::unimplemented(request, "/test.v1.NoteService/Watch")
        }

        /// A stream of requests.
        fn collect(
            &self,
            request: ::transom::Request<::transom::Streaming<super::Note>>,
        ) -> impl ::core::future::Future<
            Output = ::core::result::Result<::transom::Response<super::Note>, ::transom::Status>,
        > + ::core::marker::Send {
            ::transom::__private::unimplemented(request, "/test.v1.NoteService/Collect")
        }

        /// A stream each way.
        fn chat(
            &self,
            request: ::transom::Request<::transom::Streaming<super::Note>>,
        ) -> impl ::core::future::Future<
            Output = ::core::result::Result<::transom::Response<::transom::BoxStream<super::Note>>, ::transom::Status>,
        > + ::core::marker::Send {
            ::transom::__private::unimplemented(request, "/test.v1.NoteService/Chat")
        }
    }

    /// Serves an implementation of [`NoteService`].
    pub type NoteServiceServer<T> = ::transom::server::Server<T, Methods>;

    /// The methods of `test.v1.NoteService`, by name.
    #[derive(Debug, Clone, Copy)]
    pub struct Methods;

    impl ::transom::server::ServiceName for Methods {
        const NAME: &'static str = "test.v1.NoteService";
    }

    impl<T: NoteService> ::transom::server::Dispatch<T> for Methods {
        fn dispatch(call: ::transom::server::Call<T>) -> ::transom::server::CallFuture {
            match call.method() {
                "Get" => call.unary(|service, request| async move { service.get(request).await }),
                "Watch" => call.server_streaming(|service, request| async move { service.watch(request).await }),
                "Collect" => call.client_streaming(|service, request| async move { service.collect(request).await }),
                "Chat" => call.streaming(|service, request| async move { service.chat(request).await }),
                _ => call.unimplemented(),
            }
        }
    }
}

/// Client side of `test.v1.NoteService`.
pub mod note_service_client {
    ::transom::__private::client! {
        /// Notes, in the four kinds of methods.
        pub struct NoteServiceClient
    }

    impl<C: ::transom::client::Transport> NoteServiceClient<C> {
        /// One each way.
        pub async fn get(
            &mut self,
            request: impl ::transom::client::IntoRequest<super::Note>,
        ) -> ::core::result::Result<::transom::Response<super::Note>, ::transom::Status> {
            self.inner.unary(request, "/test.v1.NoteService/Get").await
        }

        /// A stream of answers.
        pub async fn watch(
            &mut self,
            request: impl ::transom::client::IntoRequest<super::Note>,
        ) -> ::core::result::Result<::transom::Response<::transom::Streaming<super::Note>>, ::transom::Status> {
            self.inner.server_streaming(request, "/test.v1.NoteService/Watch").await
        }

        /// A stream of requests.
        pub async fn collect(
            &mut self,
            request: impl ::transom::client::IntoStreamingRequest<Message = super::Note>,
        ) -> ::core::result::Result<::transom::Response<super::Note>, ::transom::Status> {
            self.inner.client_streaming(request, "/test.v1.NoteService/Collect").await
        }

        /// A stream each way.
        pub async fn chat(
            &mut self,
            request: impl ::transom::client::IntoStreamingRequest<Message = super::Note>,
        ) -> ::core::result::Result<::transom::Response<::transom::Streaming<super::Note>>, ::transom::Status> {
            self.inner.streaming(request, "/test.v1.NoteService/Chat").await
        }
    }
}
