//! The struct of a generated client: the same for every service but for its name and comment.

/// Declares a generated client around [`Client`](crate::client::Client); its methods follow in an `impl` block.
#[doc(hidden)]
#[macro_export]
macro_rules! __client {
    ($(#[$attribute:meta])* pub struct $name:ident) => {
        $(#[$attribute])*
        #[derive(::core::fmt::Debug, ::core::clone::Clone)]
        pub struct $name<C> {
            inner: $crate::client::Client<C>,
        }

        $crate::__private::connect! { $name }

        impl<C: $crate::client::Transport> $name<C> {
            /// A client that sends its calls through `transport`.
            #[must_use]
            pub fn new(transport: C) -> Self {
                Self { inner: $crate::client::Client::new(transport) }
            }

            /// A client whose requests carry the scheme and authority of `origin`, and begin with its path.
            #[must_use]
            pub fn with_origin(transport: C, origin: $crate::__private::Uri) -> Self {
                Self { inner: $crate::client::Client::with_origin(transport, origin) }
            }

            /// A client whose calls pass `interceptor`, which may add metadata or end them with a status.
            #[must_use]
            pub fn with_interceptor<F>(
                transport: C,
                interceptor: F,
            ) -> $name<$crate::client::InterceptedService<C, F>>
            where
                F: $crate::client::Interceptor,
                $crate::client::InterceptedService<C, F>: $crate::client::Transport,
            {
                $name::new($crate::client::InterceptedService::new(transport, interceptor))
            }

            /// Compresses requests; the server must accept `encoding`.
            #[must_use]
            pub fn send_compressed(self, encoding: $crate::CompressionEncoding) -> Self {
                Self { inner: self.inner.send_compressed(encoding) }
            }

            /// Accepts answers that are compressed with `encoding`.
            #[must_use]
            pub fn accept_compressed(self, encoding: $crate::CompressionEncoding) -> Self {
                Self { inner: self.inner.accept_compressed(encoding) }
            }

            /// Refuses messages of more than `limit` bytes; 4 MiB unless set.
            #[must_use]
            pub fn max_decoding_message_size(self, limit: usize) -> Self {
                Self { inner: self.inner.max_decoding_message_size(limit) }
            }

            /// Refuses to send messages of more than `limit` bytes; unlimited unless set.
            #[must_use]
            pub fn max_encoding_message_size(self, limit: usize) -> Self {
                Self { inner: self.inner.max_encoding_message_size(limit) }
            }

            /// The time that a call may take when its request does not say (`Request::set_timeout`).
            #[must_use]
            pub fn default_deadline(self, timeout: ::core::time::Duration) -> Self {
                Self { inner: self.inner.default_deadline(timeout) }
            }
        }
    };
}

/// `connect`, where there is a channel to connect.
#[cfg(feature = "transport")]
#[doc(hidden)]
#[macro_export]
macro_rules! __connect {
    ($name:ident) => {
        impl $name<$crate::__private::Channel> {
            /// Connects to the server at `destination`, such as `"http://[::1]:50051"`.
            ///
            /// # Errors
            ///
            /// When `destination` is no URI, or nothing answers there.
            pub async fn connect<D>(
                destination: D,
            ) -> ::core::result::Result<Self, $crate::__private::TransportError>
            where
                D: ::core::convert::TryInto<$crate::__private::Endpoint>,
                D::Error: ::core::convert::Into<$crate::__private::BoxError>,
            {
                let endpoint = $crate::__private::Endpoint::new(destination)?;
                ::core::result::Result::Ok(Self::new(endpoint.connect().await?))
            }
        }
    };
}

/// Nothing: without the feature `transport` there is no channel to connect.
#[cfg(not(feature = "transport"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __connect {
    ($name:ident) => {};
}
