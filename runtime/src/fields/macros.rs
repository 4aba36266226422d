//! `fields!`: the table that generated code describes a message with, one line a field.
//!
//! ```text
//! table    = "impl" type "=" full_name [ "for" message ] "," "reaches" behaviors [ "," "masked" "[" { index } "]" ]
//!            [ "," "type" resource_type ] [ "," "domain" domain ] ";" { field }
//! field    = index CONSTANT "=" number "," name "," json_name "," behaviors kind ":" shape ";"
//! behaviors = "[" { BEHAVIOR } "]"
//! kind     = "bool" | "int32" | ... | "bytes" [ "(" "shared" ")" ] | "enumeration" "(" type ")" | "message" "(" fields ")" | "opaque" "(" type "," full_name ")"
//! shape    = ( "implicit" | "optional" | "wrapper" | "required" | "repeated" ) "(" field ")"
//!          | "oneof" "(" position "," field "," variant ")" | "map" "(" field "," key_kind ")"
//! ```
//!
//! `resource_type` is that of `google.api.resource`. `domain` is that of errors about the message, where it is not the
//! message's package. `masked` are the positions of fields that hold the resource of an update.
//!
//! The table is the whole of what a generated file says about masks, order and filters; how it is used is decided here,
//! where it can change without generating anything again.

/// Compiles when the rows of a table are numbered by their positions, which is what all that is done by position relies
/// on.
///
/// ```
/// const _: () = transom::fields::are_positions(&[0, 1, 2]);
/// ```
///
/// ```compile_fail,E0080
/// const _: () = transom::fields::are_positions(&[0, 2, 1]);
/// ```
#[doc(hidden)]
#[expect(clippy::panic, reason = "a panic in a constant is a compile error, and its text is what the user reads")]
pub const fn are_positions(indexes: &[u16]) {
    let mut position = 0;
    let mut rest = indexes;
    while let [index, after @ ..] = rest {
        if *index as usize != position {
            panic!("the rows of a table are numbered from 0, one after the other: generate the file again");
        }
        position += 1;
        rest = after;
    }
}

/// Implements [`crate::fields::Fields`] for a message, and puts a typed path for each field on it.
#[doc(hidden)]
#[macro_export]
macro_rules! __fields {
    (
        impl $fields:ty = $full_name:literal, reaches [$($reached:ident)*] $(, masked [$($masked:literal)*])?
        $(, type $resource_type:literal)? $(, domain $domain:literal)?;
        $($table:tt)*
    ) => {
        $crate::__fields! {
            impl $fields = $full_name for Self, reaches [$($reached)*] $(, masked [$($masked)*])?
            $(, type $resource_type)? $(, domain $domain)?;
            $($table)*
        }
    };
    (
        impl $fields:ty = $full_name:literal for $message:ty, reaches [$($reached:ident)*]
        $(, masked [$($masked:literal)*])? $(, type $resource_type:literal)? $(, domain $domain:literal)?;
        $(
            $index:literal $constant:ident = $number:literal, $name:literal, $json_name:literal,
            [$($behavior:ident)*] $kind:ident $(($($of:tt)*))?: $shape:ident($($place:tt)*);
        )*
    ) => {
        #[allow(dead_code, missing_docs, unreachable_pub, clippy::all, clippy::pedantic, clippy::nursery)]
        impl $fields {
            $(
                #[doc = concat!("The path of `", $name, "`.")]
                pub const $constant: $crate::__field!(@path $kind $(($($of)*))?: $shape($($place)*)) =
                    $crate::fields::Path::of_field($index);
            )*
        }

        const _: () = $crate::fields::are_positions(&[$($index),*]);

        #[allow(deprecated, clippy::all, clippy::pedantic, clippy::nursery)]
        impl $crate::fields::Fields for $fields {
            type Message = $message;

            const REACHES: $crate::fields::Behavior =
                $crate::fields::Behavior::NONE$(.with($crate::fields::Behavior::$reached))*;

            $(const MASKED: &'static [u16] = &[$($masked),*];)?

            fn schema() -> &'static $crate::fields::Schema {
                static SCHEMA: $crate::fields::Schema = $crate::fields::Schema::new($full_name, &[
                    $($crate::fields::FieldSchema {
                        name: $name,
                        json_name: $json_name,
                        number: $number,
                        shape: $crate::__field!(@shape $shape($($place)*)),
                        kind: $crate::__field!(@kind $shape $kind $(($($of)*))?),
                        behavior: $crate::fields::Behavior::NONE$(.with($crate::fields::Behavior::$behavior))*,
                    },)*
                ])
                .with_oneofs(&[$($crate::__field!(@oneof $shape($($place)*))),*])
                $(.with_resource_type($resource_type))?
                $(.with_domain($domain))?;
                &SCHEMA
            }

            #[inline]
            fn visit<V: $crate::fields::Visitor<<Self as $crate::fields::Fields>::Message>>(
                visitor: &mut V,
            ) -> ::core::ops::ControlFlow<V::Break> {
                $(
                    $crate::__field!(
                        @visit visitor,
                        $crate::fields::FieldInfo {
                            index: $index,
                            number: $number,
                            behavior: $crate::fields::Behavior::NONE$(.with($crate::fields::Behavior::$behavior))*,
                            in_oneof: $crate::__field!(@in_oneof $shape),
                        },
                        $kind $(($($of)*))?: $shape($($place)*)
                    )?;
                )*
                ::core::ops::ControlFlow::Continue(())
            }
        }
    };
}

/// The parts of one field of a [`__fields`] table: its path's type, its schema, and the call of the visitor.
#[doc(hidden)]
#[macro_export]
macro_rules! __field {
    (@path $kind:ident $(($($of:tt)*))?: repeated($place:ident)) => {
        $crate::fields::Path<'static, Self, $crate::fields::Items<$crate::__field!(@target $kind $(($($of)*))?)>>
    };
    (@path $kind:ident $(($($of:tt)*))?: map($place:ident, $key:ident)) => {
        $crate::fields::Path<
            'static,
            Self,
            $crate::fields::Entries<$crate::__field!(@key_type $key), $crate::__field!(@target $kind $(($($of)*))?)>,
        >
    };
    (@path $kind:ident $(($($of:tt)*))?: $shape:ident($($place:tt)*)) => {
        $crate::fields::Path<'static, Self, $crate::__field!(@target $kind $(($($of)*))?)>
    };

    (@target message($fields:ty)) => { $fields };
    (@target opaque($of:ty, $full_name:literal)) => { $crate::fields::Whole };
    (@target $kind:ident $(($($of:tt)*))?) => { $crate::fields::Scalar };

    (@key_type string) => { $crate::__private::String };
    (@key_type int32) => { i32 };
    (@key_type int64) => { i64 };
    (@key_type uint32) => { u32 };
    (@key_type uint64) => { u64 };
    (@key_type bool) => { bool };

    (@shape implicit($place:ident)) => { $crate::fields::Shape::Implicit };
    (@shape optional($place:ident)) => { $crate::fields::Shape::Optional };
    (@shape wrapper($place:ident)) => { $crate::fields::Shape::Optional };
    (@shape required($place:ident)) => { $crate::fields::Shape::Required };
    (@shape repeated($place:ident)) => { $crate::fields::Shape::Repeated };
    (@shape oneof($position:literal, $place:ident, $variant:path)) => { $crate::fields::Shape::Oneof($position) };
    (@shape map($place:ident, $key:ident)) => { $crate::fields::Shape::Map($crate::__field!(@key_kind $key)) };

    (@oneof oneof($position:literal, $place:ident, $variant:path)) => {
        ::core::option::Option::Some(::core::stringify!($place))
    };
    (@oneof $shape:ident($($place:tt)*)) => { ::core::option::Option::None };

    (@in_oneof oneof) => { true };
    (@in_oneof $shape:ident) => { false };

    (@key_kind string) => { $crate::fields::KeyKind::String };
    (@key_kind int32) => { $crate::fields::KeyKind::Int32 };
    (@key_kind int64) => { $crate::fields::KeyKind::Int64 };
    (@key_kind uint32) => { $crate::fields::KeyKind::Uint32 };
    (@key_kind uint64) => { $crate::fields::KeyKind::Uint64 };
    (@key_kind bool) => { $crate::fields::KeyKind::Bool };

    (@kind wrapper $($kind:tt)*) => { $crate::fields::Kind::Wrapper(&$crate::__field!(@kind optional $($kind)*)) };
    (@kind $shape:ident bool) => { $crate::fields::Kind::Bool };
    (@kind $shape:ident int32) => { $crate::fields::Kind::Int32 };
    (@kind $shape:ident int64) => { $crate::fields::Kind::Int64 };
    (@kind $shape:ident uint32) => { $crate::fields::Kind::Uint32 };
    (@kind $shape:ident uint64) => { $crate::fields::Kind::Uint64 };
    (@kind $shape:ident float) => { $crate::fields::Kind::Float };
    (@kind $shape:ident double) => { $crate::fields::Kind::Double };
    (@kind $shape:ident string) => { $crate::fields::Kind::String };
    (@kind $shape:ident bytes $((shared))?) => { $crate::fields::Kind::Bytes };
    (@kind $shape:ident enumeration($of:ty)) => {
        $crate::fields::Kind::Enum(&$crate::fields::EnumSchema {
            type_name: ::core::stringify!($of),
            number: |name| <$of>::from_str_name(name).map(|value| value as i32),
            name: |number| {
                // The methods of prost's enums go before those of the traits, which are then unused.
                #[allow(unused_imports)]
                use $crate::fields::{NoNames as _, NoNumbers as _};
                $crate::fields::Numbered::<$of>::value(number).and_then(|value| value.as_str_name().into())
            },
            id: ::core::any::TypeId::of::<$of>,
        })
    };
    (@kind $shape:ident timestamp) => { $crate::fields::Kind::Timestamp };
    (@kind $shape:ident duration) => { $crate::fields::Kind::Duration };
    (@kind $shape:ident message($fields:ty)) => {
        $crate::fields::Kind::Message(<$fields as $crate::fields::Fields>::schema)
    };
    (@kind $shape:ident opaque($of:ty, $full_name:literal)) => { $crate::fields::Kind::Opaque($full_name) };

    // A wrapper is stored as an optional scalar.
    (@visit $visitor:ident, $info:expr, $kind:ident $(($($of:tt)*))?: wrapper($place:ident)) => {
        $crate::__field!(@visit $visitor, $info, $kind $(($($of)*))?: optional($place))
    };

    (@visit $visitor:ident, $info:expr, message($fields:ty): optional($place:ident)) => {
        $visitor.message::<$fields>($info, $crate::__field!(@option_field_lens $place))
    };
    (@visit $visitor:ident, $info:expr, message($fields:ty): required($place:ident)) => {
        $visitor.required_message::<$fields>($info, $crate::__field!(@boxed_field_lens $place))
    };
    (@visit $visitor:ident, $info:expr, message($fields:ty): repeated($place:ident)) => {
        $visitor.repeated_message::<$fields>($info, $crate::__field!(@field_lens $place))
    };
    (@visit $visitor:ident, $info:expr, message($fields:ty): map($place:ident, $key:ident)) => {
        $visitor.map_message::<$fields, _, _>($info, $crate::__field!(@field_lens $place))
    };
    (@visit $visitor:ident, $info:expr, message($fields:ty): oneof($position:literal, $place:ident, $variant:path)) => {
        $visitor.message::<$fields>($info, $crate::__field!(@oneof_lens $place, $variant))
    };

    (@visit $visitor:ident, $info:expr, $kind:ident $(($($of:tt)*))?: implicit($place:ident)) => {
        $visitor.implicit::<$crate::__field!(@leaf $kind $(($($of)*))?)>($info, $crate::__field!(@field_lens $place))
    };
    (@visit $visitor:ident, $info:expr, $kind:ident $(($($of:tt)*))?: required($place:ident)) => {
        $visitor.required::<$crate::__field!(@leaf $kind $(($($of)*))?)>($info, $crate::__field!(@boxed_field_lens $place))
    };
    (@visit $visitor:ident, $info:expr, $kind:ident $(($($of:tt)*))?: optional($place:ident)) => {
        $visitor.optional::<$crate::__field!(@leaf $kind $(($($of)*))?)>($info, $crate::__field!(@option_field_lens $place))
    };
    (@visit $visitor:ident, $info:expr, $kind:ident $(($($of:tt)*))?: repeated($place:ident)) => {
        $visitor.repeated::<$crate::__field!(@leaf $kind $(($($of)*))?)>($info, $crate::__field!(@field_lens $place))
    };
    (@visit $visitor:ident, $info:expr, $kind:ident $(($($of:tt)*))?: map($place:ident, $key:ident)) => {
        $visitor.map::<$crate::__field!(@leaf $kind $(($($of)*))?), _, _>($info, $crate::__field!(@field_lens $place))
    };
    (@visit $visitor:ident, $info:expr, $kind:ident $(($($of:tt)*))?: oneof($position:literal, $place:ident, $variant:path)) => {
        $visitor.optional::<$crate::__field!(@leaf $kind $(($($of)*))?)>($info, $crate::__field!(@oneof_lens $place, $variant))
    };

    (@leaf opaque($of:ty, $full_name:literal)) => { $crate::fields::Opaque<$of> };
    (@leaf bool) => { $crate::fields::Native<bool> };
    (@leaf int32) => { $crate::fields::Native<i32> };
    (@leaf int64) => { $crate::fields::Native<i64> };
    (@leaf uint32) => { $crate::fields::Native<u32> };
    (@leaf uint64) => { $crate::fields::Native<u64> };
    (@leaf float) => { $crate::fields::Native<f32> };
    (@leaf double) => { $crate::fields::Native<f64> };
    (@leaf string) => { $crate::fields::Native<$crate::__private::String> };
    (@leaf bytes) => { $crate::fields::Native<$crate::__private::Vec<u8>> };
    (@leaf bytes(shared)) => { $crate::fields::Native<$crate::__private::Bytes> };
    (@leaf enumeration($of:ty)) => { $crate::fields::Native<i32> };
    (@leaf timestamp) => { $crate::fields::Native<$crate::__private::Timestamp> };
    (@leaf duration) => { $crate::fields::Native<$crate::__private::Duration> };

    (@field_lens $place:ident) => {
        $crate::fields::field_lens(|m: &Self::Message| &m.$place, |m: &mut Self::Message| &mut m.$place)
    };
    (@option_field_lens $place:ident) => {
        $crate::fields::option_field_lens(|m: &Self::Message| &m.$place, |m: &mut Self::Message| &mut m.$place)
    };
    // prost stores messages that contain themselves in a `Box`.
    (@boxed_field_lens $place:ident) => {
        $crate::fields::field_lens(
            |m: &Self::Message| $crate::fields::MaybeBoxed::value(&m.$place),
            |m: &mut Self::Message| $crate::fields::MaybeBoxed::value_mut(&mut m.$place),
        )
    };
    (@oneof_lens $place:ident, $variant:path) => {
        $crate::fields::oneof_lens(
            |m: &Self::Message| match &m.$place {
                ::core::option::Option::Some($variant(held)) => ::core::option::Option::Some($crate::fields::MaybeBoxed::value(held)),
                _ => ::core::option::Option::None,
            },
            |m: &mut Self::Message| match &mut m.$place {
                ::core::option::Option::Some($variant(held)) => ::core::option::Option::Some($crate::fields::MaybeBoxed::value_mut(held)),
                _ => ::core::option::Option::None,
            },
            |m: &mut Self::Message, value| m.$place = ::core::option::Option::Some($variant($crate::fields::MaybeBoxed::wrap(value))),
            |m: &mut Self::Message| match m.$place.take() {
                ::core::option::Option::Some($variant(held)) => ::core::option::Option::Some($crate::fields::MaybeBoxed::unwrap(held)),
                other => {
                    m.$place = other;
                    ::core::option::Option::None
                }
            },
        )
    };
}
