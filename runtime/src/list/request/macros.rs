//! The macros that generated code describes list requests with.
//!
//! ```text
//! list_request! {
//!     impl Request for Resource, response Response, method "/package.Service/Method" { , more };
//!     page_size = field: CONSTANT, page_token = field: CONSTANT
//!         [, skip = field: CONSTANT] [, filter = field: CONSTANT] [, order_by = field: CONSTANT];
//!     items = field, next_page_token = field [, total_size = field];
//! }
//! offset_request! {
//!     impl Request for Resource, response Response, method "/package.Service/Method" { , more };
//!     limit = field: CONSTANT [, offset = field: CONSTANT] [, filter = field: CONSTANT] [, order_by = field: CONSTANT];
//!     items = field [, total_size = field];
//! }
//! ```
//!
//! - The constants are in the `fields!` table of the request.
//! - Integers and texts may have any type that a proto can give them, with presence or in a wrapper.
//! - `method` lists all methods of the package that have the request.
//! - A method that streams its items has no `response` and no last line.
//! - `Resource` is the field table of the items, or `Plain<T>` for items without fields.

/// Implements `ListRequest`, `UnaryListRequest` and `PagedRequest` for a request with a page token.
#[doc(hidden)]
#[macro_export]
macro_rules! __list_request {
    (
        impl $($request:ident)::+ for $resource:ty $(, response $response:ty)?, method $($method:literal),+;
        page_size = $size:ident: $size_path:ident, page_token = $token:ident: $token_path:ident
        $(, skip = $skip:ident: $skip_path:ident)?
        $(, filter = $filter:ident: $filter_path:ident)?
        $(, order_by = $order_by:ident: $order_by_path:ident)?;
        $(items = $items:ident, next_page_token = $next:ident $(, total_size = $total:ident)?;)?
    ) => {
        $crate::__list_server! {
            impl $($request)::+ for $resource, method $($method),+;
            size = $size: $size_path, start = ByToken $token: $token_path
            $(, skip = $skip: $skip_path)? $(, filter = $filter: $filter_path)? $(, order_by = $order_by: $order_by_path)?;
        }
        $crate::__list_response! {
            impl $($request)::+ for $resource $(, response $response)?;
            $(items = $items, next_page_token = $next $(, total_size = $total)?;)?
        }
        $crate::__list_client! {
            impl $($request)::+ for $resource $(, response $response)?;
            page_token = $token $(, skip = $skip)?; $(items = $items, next_page_token = $next;)?
        }
    };
}

/// Implements `ListRequest` and `UnaryListRequest` for a request with an offset, or with a limit alone.
#[doc(hidden)]
#[macro_export]
macro_rules! __offset_request {
    (
        impl $($request:ident)::+ for $resource:ty $(, response $response:ty)?, method $($method:literal),+;
        limit = $limit:ident: $limit_path:ident
        $(, offset = $offset:ident: $offset_path:ident)?
        $(, filter = $filter:ident: $filter_path:ident)?
        $(, order_by = $order_by:ident: $order_by_path:ident)?;
        $(items = $items:ident $(, total_size = $total:ident)?;)?
    ) => {
        $crate::__list_server! {
            impl $($request)::+ for $resource, method $($method),+;
            size = $limit: $limit_path, start = ByOffset $($offset: $offset_path)?
            $(, filter = $filter: $filter_path)? $(, order_by = $order_by: $order_by_path)?;
        }
        $crate::__list_response! {
            impl $($request)::+ for $resource $(, response $response)?;
            $(items = $items $(, total_size = $total)?;)?
        }
    };
}

/// Empty without the feature `list`.
#[cfg(not(feature = "list"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __list_server {
    ($($tokens:tt)*) => {};
}

/// Empty without the feature `list`.
#[cfg(not(feature = "list"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __list_response {
    ($($tokens:tt)*) => {};
}

/// Implements `ListRequest`.
#[cfg(feature = "list")]
#[doc(hidden)]
#[macro_export]
macro_rules! __list_server {
    (
        impl $($request:ident)::+ for $resource:ty, method $($method:literal),+;
        size = $size:ident: $size_path:ident, start = $paging:ident $($start:ident: $start_path:ident)?
        $(, skip = $skip:ident: $skip_path:ident)?
        $(, filter = $filter:ident: $filter_path:ident)?
        $(, order_by = $order_by:ident: $order_by_path:ident)?;
    ) => {
        #[allow(deprecated)]
        impl $crate::list::ListRequest for $($request)::+ {
            type Resource = $resource;
            type Start = $crate::list::params::$paging;

            const METHODS: &'static [&'static str] = &[$($method),+];

            const PAGE_FIELDS: u64 = $crate::list::params::FieldIndex::from_path(&Self::$size_path).bit()
                $(| $crate::list::params::FieldIndex::from_path(&Self::$start_path).bit())?
                $(| $crate::list::params::FieldIndex::from_path(&Self::$skip_path).bit())?;

            fn list_params(&self) -> $crate::list::params::ListParams<'_> {
                #[allow(unused_mut)]
                let mut params = $crate::list::params::ListParams::from_size($crate::list::params::Param {
                    field: const { $crate::list::params::FieldIndex::from_path(&Self::$size_path) },
                    value: $crate::list::CountField::count(&self.$size),
                });
                $(params.start = $crate::list::params::$paging::start(
                    const { $crate::list::params::FieldIndex::from_path(&Self::$start_path) },
                    &self.$start,
                );)?
                $(params.skip = ::core::option::Option::Some($crate::list::params::Param {
                    field: const { $crate::list::params::FieldIndex::from_path(&Self::$skip_path) },
                    value: $crate::list::CountField::count(&self.$skip),
                });)?
                $(params.filter = ::core::option::Option::Some($crate::list::params::Param {
                    field: const { $crate::list::params::FieldIndex::from_path(&Self::$filter_path) },
                    value: $crate::list::TextField::text(&self.$filter),
                });)?
                $(params.order_by = ::core::option::Option::Some($crate::list::params::Param {
                    field: const { $crate::list::params::FieldIndex::from_path(&Self::$order_by_path) },
                    value: $crate::list::TextField::text(&self.$order_by),
                });)?
                params
            }
        }
    };
}

/// Implements `UnaryListRequest`.
#[cfg(feature = "list")]
#[doc(hidden)]
#[macro_export]
macro_rules! __list_response {
    (impl $($request:ident)::+ for $resource:ty;) => {};
    (
        impl $($request:ident)::+ for $resource:ty, response $response:ty;
        items = $items:ident $(, next_page_token = $next:ident)? $(, total_size = $total:ident)?;
    ) => {
        #[allow(deprecated)]
        impl $crate::list::UnaryListRequest for $($request)::+ {
            type Response = $response;
            type Total = $crate::__list_total!($($total)?);

            #[allow(unused_variables)]
            fn response(
                items: $crate::__private::Vec<<$resource as $crate::fields::Fields>::Message>,
                next_page_token: $crate::__private::String,
                total_size: Self::Total,
            ) -> $response {
                let mut response = <$response as ::core::default::Default>::default();
                response.$items = items;
                $($crate::list::TextField::replace(&mut response.$next, next_page_token);)?
                $(response.$total = $crate::list::TotalField::from_total(total_size);)?
                response
            }
        }
    };
}

/// Type of the total size: `u64` if the response has a field for it.
#[cfg(feature = "list")]
#[doc(hidden)]
#[macro_export]
macro_rules! __list_total {
    () => {
        ()
    };
    ($total:ident) => {
        u64
    };
}

/// Empty without the feature `pager`.
#[cfg(not(feature = "pager"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __list_client {
    ($($tokens:tt)*) => {};
}

/// Implements `PagedRequest`.
#[cfg(feature = "pager")]
#[doc(hidden)]
#[macro_export]
macro_rules! __list_client {
    (impl $($request:ident)::+ for $resource:ty; page_token = $token:ident $(, skip = $skip:ident)?;) => {};
    (
        impl $($request:ident)::+ for $resource:ty, response $response:ty;
        page_token = $token:ident $(, skip = $skip:ident)?; items = $items:ident, next_page_token = $next:ident;
    ) => {
        #[allow(deprecated)]
        impl $crate::list::PagedRequest for $($request)::+ {
            type Response = $response;
            type Item = <$resource as $crate::fields::Fields>::Message;

            fn page_token(&self) -> &str {
                $crate::list::TextField::text(&self.$token)
            }

            fn replace_page_token(&mut self, token: $crate::__private::String) -> $crate::__private::String {
                $crate::list::TextField::replace(&mut self.$token, token)
            }

            $(
                fn clear_skip(&mut self) {
                    self.$skip = ::core::default::Default::default();
                }
            )?

            fn next_page_token(response: &$response) -> &str {
                $crate::list::TextField::text(&response.$next)
            }

            fn take_items(
                response: &mut $response,
            ) -> $crate::__private::Vec<<$resource as $crate::fields::Fields>::Message> {
                ::core::mem::take(&mut response.$items)
            }
        }
    };
}
