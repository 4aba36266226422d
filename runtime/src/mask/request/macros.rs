//! Macros that generated code calls for requests with masks.
//!
//! ```text
//! impl Request for Fields, resource "book" = book, mask "update_mask" = update_mask, [allow_missing = x, etag? = y];
//! impl Request for Fields, [etag = etag, name = id]; TITLE "title" = title: new_title;
//! impl Request for Fields, mask "read_mask" = read_mask;
//! ```
//!
//! - After `Fields`, `, domain "library.googleapis.com"` is the domain of errors, if it is not that of `Fields`.
//! - The brackets have the conditions of the request, with a `?` if they are `optional`. `name` is the field of a patch with the
//!   name of the resource.
//! - A resource or a mask that is a proto2 `required` field is written `required(field)`.
//! - A line of a patch has the constant of the resource's field, the name in the request, and the identifiers of the field in the
//!   resource and in the request.

/// Implements [`crate::mask::UpdateRequest`] for a request with a resource and a mask.
#[doc(hidden)]
#[macro_export]
macro_rules! __update_request {
    (
        impl $($request:ident)::+ for $fields:ty $(, domain $domain:literal)?,
        resource $resource_name:literal = $resource:ident $(($resource_field:ident))?,
        mask $mask_name:literal = $mask:ident $(($mask_field:ident))?,
        [$($part:tt)*];
    ) => {
        #[allow(deprecated)]
        impl $crate::mask::UpdateRequest for $($request)::+ {
            type Resource = $fields;

            #[allow(unused_mut)]
            fn into_parts(mut self) -> $crate::mask::UpdateParts<$fields> {
                $crate::mask::UpdateParts {
                    resource: $crate::__request_part!(@take self, $resource $(($resource_field))?),
                    location: $crate::mask::ResourceLocation::Field($resource_name),
                    mask: $crate::mask::UpdateMask::Paths {
                        field: $mask_name,
                        mask: $crate::__request_part!(@take self, $mask $(($mask_field))?),
                    },
                    allow_missing: $crate::__update_part!(self, allow_missing, false, $($part)*),
                    etag: $crate::__update_part!(self, etag, $crate::__private::String::new(), $($part)*),
                    subject: $crate::violation::Subject::from_fields::<$fields>()$(.with_domain($domain))?,
                    name: $crate::__private::String::new(),
                }
            }

            fn etag(&self) -> &str {
                $crate::__update_part!(@etag self, $($part)*)
            }
        }
    };
}

/// Implements [`crate::mask::UpdateRequest`] for a request with optional fields.
#[doc(hidden)]
#[macro_export]
macro_rules! __patch_request {
    (
        impl $($request:ident)::+ for $fields:ty $(, domain $domain:literal)?, [$($part:tt)*];
        $($constant:ident $name:literal = $target:ident: $field:ident;)*
    ) => {
        #[allow(deprecated)]
        impl $crate::mask::UpdateRequest for $($request)::+ {
            type Resource = $fields;

            fn into_parts(self) -> $crate::mask::UpdateParts<$fields> {
                let mut patch = $crate::mask::Patch::<$fields>::new();
                let allow_missing = $crate::__update_part!(self, allow_missing, false, $($part)*);
                let etag = $crate::__update_part!(self, etag, $crate::__private::String::new(), $($part)*);
                let name = $crate::__update_part!(self, name, $crate::__private::String::new(), $($part)*);
                $(patch.field(<$fields>::$constant, self.$field, |resource| &mut resource.$target);)*
                let mut parts = patch.into_parts(const { &[$((<$fields>::$constant.position(), $name)),*] });
                parts.allow_missing = allow_missing;
                parts.etag = etag;
                parts.name = name;
                $(parts.subject = parts.subject.with_domain($domain);)?
                parts
            }

            fn etag(&self) -> &str {
                $crate::__update_part!(@etag self, $($part)*)
            }
        }
    };
}

/// Takes or borrows the resource or the mask of a request, which may be boxed.
#[doc(hidden)]
#[macro_export]
macro_rules! __request_part {
    (@take $self:ident, required($field:ident)) => {
        ::core::option::Option::Some($crate::fields::MaybeBoxed::unwrap($self.$field))
    };
    (@take $self:ident, $field:ident) => {
        $crate::fields::OptionalStorage::clear(&mut $self.$field)
    };
    (@value $self:ident, required($field:ident)) => {
        ::core::option::Option::Some($crate::fields::MaybeBoxed::value(&$self.$field))
    };
    (@value $self:ident, $field:ident) => {
        $crate::fields::OptionalStorage::value(&$self.$field)
    };
}

/// Returns the value of a condition, or a default for a request without it.
#[doc(hidden)]
#[macro_export]
macro_rules! __update_part {
    (@etag $self:ident, etag = $field:ident $(, $($rest:tt)*)?) => { &$self.$field };
    (@etag $self:ident, etag? = $field:ident $(, $($rest:tt)*)?) => {
        $self.$field.as_ref().map_or("", |held| $crate::fields::MaybeBoxed::<$crate::__private::String>::value(held))
    };
    (@etag $self:ident, $part:ident = $field:ident $(, $($rest:tt)*)?) => {
        $crate::__update_part!(@etag $self, $($($rest)*)?)
    };
    (@etag $self:ident, $part:ident? = $field:ident $(, $($rest:tt)*)?) => {
        $crate::__update_part!(@etag $self, $($($rest)*)?)
    };
    (@etag $self:ident, $(,)?) => { "" };
    // A wrapper may be boxed.
    ($self:ident, allow_missing, $default:expr, allow_missing = $field:ident $(, $($rest:tt)*)?) => {
        $crate::fields::MaybeBoxed::<bool>::unwrap($self.$field)
    };
    ($self:ident, allow_missing, $default:expr, allow_missing? = $field:ident $(, $($rest:tt)*)?) => {
        $self.$field.map_or($default, $crate::fields::MaybeBoxed::unwrap)
    };
    ($self:ident, etag, $default:expr, etag = $field:ident $(, $($rest:tt)*)?) => {
        $crate::fields::MaybeBoxed::<$crate::__private::String>::unwrap($self.$field)
    };
    ($self:ident, name, $default:expr, name = $field:ident $(, $($rest:tt)*)?) => {
        $crate::fields::MaybeBoxed::<$crate::__private::String>::unwrap($self.$field)
    };
    ($self:ident, etag, $default:expr, etag? = $field:ident $(, $($rest:tt)*)?) => {
        $self.$field.map_or($default, $crate::fields::MaybeBoxed::unwrap)
    };
    ($self:ident, $wanted:ident, $default:expr, $part:ident = $field:ident $(, $($rest:tt)*)?) => {
        $crate::__update_part!($self, $wanted, $default, $($($rest)*)?)
    };
    ($self:ident, $wanted:ident, $default:expr, $part:ident? = $field:ident $(, $($rest:tt)*)?) => {
        $crate::__update_part!($self, $wanted, $default, $($($rest)*)?)
    };
    ($self:ident, $wanted:ident, $default:expr $(,)?) => { $default };
}

/// Implements [`crate::mask::ReadRequest`] for a request that reads under a mask.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_request {
    (impl $($request:ident)::+ for $fields:ty $(, domain $domain:literal)?, mask $mask_name:literal = $mask:ident $(($mask_field:ident))?;) => {
        #[allow(deprecated)]
        impl $crate::mask::ReadRequest for $($request)::+ {
            type Resource = $fields;

            const MASK: &'static str = $mask_name;

            $(const DOMAIN: ::core::option::Option<&'static str> = ::core::option::Option::Some($domain);)?

            fn field_mask(&self) -> ::core::option::Option<&$crate::__private::FieldMask> {
                $crate::__request_part!(@value self, $mask $(($mask_field))?)
            }
        }
    };
}
