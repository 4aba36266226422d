//! What generated code says of a list request, one line for the request and one for the response.
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
//! The constants are those of the request's `fields!` table; numbers and texts may be of any type that a proto can give
//! them, with presence or in a wrapper. All methods of the package that have the request are named. A method that streams
//! its items says no `response` and no last line. `Resource` is the fields of the items; `Plain<T>` where they have none.

/// Implements [`crate::page::ListRequest`] and [`crate::pager::PagedRequest`] for a request with a page token.
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
        $crate::__list_arguments! {
            impl $($request)::+ for $resource, method $($method),+;
            size = $size: $size_path, start = ByToken $token: $token_path
            $(, skip = $skip: $skip_path)? $(, filter = $filter: $filter_path)? $(, order_by = $order_by: $order_by_path)?;
        }
        $crate::__list_answer! {
            impl $($request)::+ for $resource $(, response $response)?;
            $(items = $items, next_page_token = $next $(, total_size = $total)?;)?
        }
        $crate::__list_client! {
            impl $($request)::+ for $resource $(, response $response)?;
            page_token = $token $(, skip = $skip)?; $(items = $items, next_page_token = $next;)?
        }
    };
}

/// Implements [`crate::page::ListRequest`] for a request with an offset, or with a limit alone.
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
        $crate::__list_arguments! {
            impl $($request)::+ for $resource, method $($method),+;
            size = $limit: $limit_path, start = ByOffset $($offset: $offset_path)?
            $(, filter = $filter: $filter_path)? $(, order_by = $order_by: $order_by_path)?;
        }
        $crate::__list_answer! {
            impl $($request)::+ for $resource $(, response $response)?;
            $(items = $items $(, total_size = $total)?;)?
        }
    };
}

/// The server's side of the request; nothing without the feature `page`.
#[cfg(not(feature = "page"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __list_arguments {
    ($($tokens:tt)*) => {};
}

/// The server's side of the response; nothing without the feature `page`.
#[cfg(not(feature = "page"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __list_answer {
    ($($tokens:tt)*) => {};
}

/// The server's side of the request.
#[cfg(feature = "page")]
#[doc(hidden)]
#[macro_export]
macro_rules! __list_arguments {
    (
        impl $($request:ident)::+ for $resource:ty, method $($method:literal),+;
        size = $size:ident: $size_path:ident, start = $paging:ident $($place:ident: $start_path:ident)?
        $(, skip = $skip:ident: $skip_path:ident)?
        $(, filter = $filter:ident: $filter_path:ident)?
        $(, order_by = $order_by:ident: $order_by_path:ident)?;
    ) => {
        #[allow(deprecated)]
        impl $crate::page::ListRequest for $($request)::+ {
            type Resource = $resource;
            type Start = $crate::page::arguments::$paging;

            const METHODS: &'static [&'static str] = &[$($method),+];

            const UNBOUND: u64 = $crate::page::arguments::position(&Self::$size_path).bit()
                $(| $crate::page::arguments::position(&Self::$start_path).bit())?
                $(| $crate::page::arguments::position(&Self::$skip_path).bit())?;

            fn arguments(&self) -> $crate::page::arguments::Arguments<'_> {
                #[allow(unused_mut)]
                let mut arguments = $crate::page::arguments::Arguments::of($crate::page::arguments::Argument {
                    position: const { $crate::page::arguments::position(&Self::$size_path) },
                    value: $crate::page::Count::count(&self.$size),
                });
                $(arguments.start = $crate::page::arguments::$paging::start(
                    const { $crate::page::arguments::position(&Self::$start_path) },
                    &self.$place,
                );)?
                $(arguments.skip = ::core::option::Option::Some($crate::page::arguments::Argument {
                    position: const { $crate::page::arguments::position(&Self::$skip_path) },
                    value: $crate::page::Count::count(&self.$skip),
                });)?
                $(arguments.filter = ::core::option::Option::Some($crate::page::arguments::Argument {
                    position: const { $crate::page::arguments::position(&Self::$filter_path) },
                    value: $crate::__private::Text::text(&self.$filter),
                });)?
                $(arguments.order_by = ::core::option::Option::Some($crate::page::arguments::Argument {
                    position: const { $crate::page::arguments::position(&Self::$order_by_path) },
                    value: $crate::__private::Text::text(&self.$order_by),
                });)?
                arguments
            }
        }
    };
}

/// The server's side of the response.
#[cfg(feature = "page")]
#[doc(hidden)]
#[macro_export]
macro_rules! __list_answer {
    (impl $($request:ident)::+ for $resource:ty;) => {};
    (
        impl $($request:ident)::+ for $resource:ty, response $response:ty;
        items = $items:ident $(, next_page_token = $next:ident)? $(, total_size = $total:ident)?;
    ) => {
        #[allow(deprecated)]
        impl $crate::page::ListAnswer for $($request)::+ {
            type Response = $response;
            type Total = $crate::__list_total!($($total)?);

            #[allow(unused_variables)]
            fn answer(
                items: $crate::__private::Vec<<$resource as $crate::fields::Fields>::Message>,
                next_page_token: $crate::__private::String,
                total_size: Self::Total,
            ) -> $response {
                let mut response = <$response as ::core::default::Default>::default();
                response.$items = items;
                $($crate::__private::Text::replace(&mut response.$next, next_page_token);)?
                $(response.$total = $crate::page::Total::total(total_size);)?
                response
            }
        }
    };
}

/// What a response says about the size of the list.
#[cfg(feature = "page")]
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

/// The client's side; nothing without the feature `pager`.
#[cfg(not(feature = "pager"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __list_client {
    ($($tokens:tt)*) => {};
}

/// The client's side.
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
        impl $crate::pager::PagedRequest for $($request)::+ {
            type Response = $response;
            type Item = <$resource as $crate::fields::Fields>::Message;

            fn page_token(&self) -> &str {
                $crate::__private::Text::text(&self.$token)
            }

            fn replace_page_token(&mut self, token: $crate::__private::String) -> $crate::__private::String {
                $crate::__private::Text::replace(&mut self.$token, token)
            }

            $(
                fn clear_skip(&mut self) {
                    self.$skip = ::core::default::Default::default();
                }
            )?

            fn next_page_token(response: &$response) -> &str {
                $crate::__private::Text::text(&response.$next)
            }

            fn take_items(
                response: &mut $response,
            ) -> $crate::__private::Vec<<$resource as $crate::fields::Fields>::Message> {
                ::core::mem::take(&mut response.$items)
            }
        }
    };
}
