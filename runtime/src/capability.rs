//! Features that a generated file needs: one clear error for each that is off.
//!
//! A generated file names its capabilities once, `requires! { server, mask }`. Each is a macro that is empty where the
//! feature is on, and a `compile_error!` where it is off. The macros that the file calls besides exist in both cases, so
//! that the error is not buried under others.

/// Fails to compile where a capability of a generated file is missing in this crate.
#[doc(hidden)]
#[macro_export]
macro_rules! __requires {
    ($($capability:ident),*) => {
        $($crate::__capability! { $capability })*
    };
}

/// Maps the name of a capability to the macro of its feature.
#[doc(hidden)]
#[macro_export]
macro_rules! __capability {
    (server) => {
        $crate::__requires_server! {}
    };
    (client) => {
        $crate::__requires_client! {}
    };
    (mask) => {
        $crate::__requires_mask! {}
    };
    (list) => {
        $crate::__requires_list! {}
    };
    (fields) => {
        $crate::__requires_fields! {}
    };
}

#[cfg(feature = "server")]
#[doc(hidden)]
#[macro_export]
macro_rules! __requires_server {
    () => {};
}

#[cfg(not(feature = "server"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __requires_server {
    () => {
        ::core::compile_error!(
            "this generated file has servers: enable the feature `server` of the crate `transom`, or generate the file \
             with the option `server=false`"
        );
    };
}

#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! __requires_client {
    () => {};
}

#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __requires_client {
    () => {
        ::core::compile_error!(
            "this generated file has clients: enable the feature `client` of the crate `transom`, or generate the file \
             with the option `client=false`"
        );
    };
}

#[cfg(feature = "mask")]
#[doc(hidden)]
#[macro_export]
macro_rules! __requires_mask {
    () => {};
}

#[cfg(not(feature = "mask"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __requires_mask {
    () => {
        ::core::compile_error!(
            "this generated file has update or read requests: enable the feature `mask` of the crate `transom`, or \
             generate the file with the option `field_mask=false`"
        );
    };
}

#[cfg(any(feature = "list", feature = "pager"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __requires_list {
    () => {};
}

#[cfg(not(any(feature = "list", feature = "pager")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __requires_list {
    () => {
        ::core::compile_error!(
            "this generated file has list requests: enable the feature `list` (for servers) or `pager` (for clients) of \
             the crate `transom`, or generate the file with the option `pagination=false`"
        );
    };
}

#[cfg(feature = "_fields")]
#[doc(hidden)]
#[macro_export]
macro_rules! __requires_fields {
    () => {};
}

#[cfg(not(feature = "_fields"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __requires_fields {
    () => {
        ::core::compile_error!(
            "this generated file describes the fields of messages: enable the feature `mask` of the crate `transom`, or \
             generate the file with the options `field_mask=false` and `pagination=false`"
        );
    };
}

/// Empty without the features that need fields.
#[cfg(not(feature = "_fields"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __fields {
    ($($tokens:tt)*) => {};
}

/// Empty without the feature `mask`.
#[cfg(not(feature = "mask"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __update_request {
    ($($tokens:tt)*) => {};
}

/// Empty without the feature `mask`.
#[cfg(not(feature = "mask"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __patch_request {
    ($($tokens:tt)*) => {};
}

/// Empty without the feature `mask`.
#[cfg(not(feature = "mask"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __read_request {
    ($($tokens:tt)*) => {};
}

/// Empty without the features `list` and `pager`.
#[cfg(not(any(feature = "list", feature = "pager")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __list_request {
    ($($tokens:tt)*) => {};
}

/// Empty without the features `list` and `pager`.
#[cfg(not(any(feature = "list", feature = "pager")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __offset_request {
    ($($tokens:tt)*) => {};
}

/// Empty without the feature `client`.
#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __client {
    ($($tokens:tt)*) => {};
}
