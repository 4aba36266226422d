//! Macros that define the struct of a generated client. Only its name and comment depend on the service.

/// Defines a generated client around [`Client`](crate::client::Client). Its rpcs are in a separate `impl` block.
///
/// A list of names selects constructors and setters. The generator omits those with the name of an rpc, such as `Connect`.
#[doc(hidden)]
#[macro_export]
macro_rules! __client {
    ($(#[$attribute:meta])* pub struct $name:ident) => {
        $crate::__client! {
            $(#[$attribute])*
            pub struct $name {
                new, connect, with_origin, with_interceptor, send_compressed, accept_compressed,
                max_decoding_message_size, max_encoding_message_size, default_deadline
            }
        }
    };
    ($(#[$attribute:meta])* pub struct $name:ident { $($inherent:ident),* }) => {
        $(#[$attribute])*
        #[derive(::core::fmt::Debug, ::core::clone::Clone)]
        pub struct $name<C> {
            inner: $crate::client::Client<C>,
        }

        impl<C: $crate::client::Transport> ::core::convert::From<C> for $name<C> {
            /// Creates a client that sends its calls through `transport`.
            fn from(transport: C) -> Self {
                Self { inner: $crate::client::Client::new(transport) }
            }
        }

        $($crate::__client_inherent! { $inherent $name })*
    };
}

/// Defines one constructor or setter of a generated client.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_inherent {
    (connect $name:ident) => {
        $crate::__private::connect! { $name }
    };
    (new $name:ident) => {
        impl<C: $crate::client::Transport> $name<C> {
            /// Creates a client that sends its calls through `transport`.
            #[must_use]
            pub fn new(transport: C) -> Self {
                ::core::convert::From::from(transport)
            }
        }
    };
    (with_origin $name:ident) => {
        impl<C: $crate::client::Transport> $name<C> {
            /// Creates a client whose requests have the scheme and authority of `origin`, and a path that starts with its path.
            #[must_use]
            pub fn with_origin(transport: C, origin: $crate::__private::Uri) -> Self {
                Self { inner: $crate::client::Client::with_origin(transport, origin) }
            }
        }
    };
    (with_interceptor $name:ident) => {
        impl<C: $crate::client::Transport> $name<C> {
            /// Creates a client with an interceptor, which can add metadata to a call or end it with a status.
            #[must_use]
            pub fn with_interceptor<F>(transport: C, interceptor: F) -> $name<$crate::client::InterceptedService<C, F>>
            where
                F: $crate::client::Interceptor,
                $crate::client::InterceptedService<C, F>: $crate::client::Transport,
            {
                ::core::convert::From::from($crate::client::InterceptedService::new(transport, interceptor))
            }
        }
    };
    (send_compressed $name:ident) => {
        $crate::__client_setter! {
            /// Compresses requests; the server must accept `encoding`.
            $name send_compressed(encoding: $crate::CompressionEncoding)
        }
    };
    (accept_compressed $name:ident) => {
        $crate::__client_setter! {
            /// Accepts responses that are compressed with `encoding`.
            $name accept_compressed(encoding: $crate::CompressionEncoding)
        }
    };
    (max_decoding_message_size $name:ident) => {
        $crate::__client_setter! {
            /// Rejects response messages of more than `limit` bytes. The default is 4 MiB.
            $name max_decoding_message_size(limit: usize)
        }
    };
    (max_encoding_message_size $name:ident) => {
        $crate::__client_setter! {
            /// Rejects request messages of more than `limit` bytes. The default is no limit.
            $name max_encoding_message_size(limit: usize)
        }
    };
    (default_deadline $name:ident) => {
        $crate::__client_setter! {
            /// Sets the timeout of calls whose request has none (`Request::set_timeout`).
            $name default_deadline(timeout: ::core::time::Duration)
        }
    };
}

/// Defines a setter of a generated client, which calls the setter of [`Client`](crate::client::Client).
#[doc(hidden)]
#[macro_export]
macro_rules! __client_setter {
    ($(#[$attribute:meta])* $name:ident $setter:ident($argument:ident: $type:ty)) => {
        impl<C: $crate::client::Transport> $name<C> {
            $(#[$attribute])*
            #[must_use]
            pub fn $setter(self, $argument: $type) -> Self {
                Self { inner: self.inner.$setter($argument) }
            }
        }
    };
}

/// Defines `connect` with the feature `transport`.
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
            /// If `destination` is not a URI, or no server accepts the connection.
            pub async fn connect<D>(destination: D) -> ::core::result::Result<Self, $crate::__private::TransportError>
            where
                D: ::core::convert::TryInto<$crate::__private::Endpoint>,
                D::Error: ::core::convert::Into<$crate::__private::BoxError>,
            {
                let endpoint = $crate::__private::Endpoint::new(destination)?;
                ::core::result::Result::Ok(::core::convert::From::from(endpoint.connect().await?))
            }
        }
    };
}

/// Defines `connect` without the feature `transport`. A call is a compile error that names the feature.
#[cfg(not(feature = "transport"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __connect {
    ($name:ident) => {
        impl $name<()> {
            /// Not available without the feature `transport` of the crate `transom`.
            #[doc(hidden)]
            pub async fn connect<D: $crate::client::Destination>(
                destination: D,
            ) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                match destination.connect() {}
            }
        }
    };
}
