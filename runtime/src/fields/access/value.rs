//! Values that have no fields of their own: scalars, enums, and messages that are taken whole.

use std::marker::PhantomData;

use bytes::Bytes;
use prost::Message;
use prost_types::{Duration, Timestamp};

/// Comparison and reading of values of one type.
///
/// Equality here is that of the stored bits: `-0.0` is not `0.0`, and a NaN equals itself. Otherwise no difference
/// between two messages could ever be settled.
pub trait Leaf: 'static {
    /// The Rust type.
    type Value: Clone + Default + 'static;

    /// Whether two values are the same.
    fn same(left: &Self::Value, right: &Self::Value) -> bool;

    /// Whether the value is the one that stands for absence in a field without presence.
    fn is_default(value: &Self::Value) -> bool;

    /// The value, for those that compare or print without knowing its type.
    fn view(value: &Self::Value) -> Value<'_>;

    /// Merges a value into another as protobuf does. A scalar is replaced; of a message, the fields that are set are.
    fn merge(stored: &mut Self::Value, given: &Self::Value) {
        stored.clone_from(given);
    }

    /// Returns the number of bytes that [`encode`](Self::encode) writes: 0 where [`view`](Self::view) has all of the
    /// value.
    fn encoded_len(value: &Self::Value) -> usize {
        let _ = value;
        0
    }

    /// Writes the encoding of a value whose view is [`Value::Opaque`] to so many bytes as it has.
    fn encode(value: &Self::Value, to: &mut [u8]) {
        let _ = (value, to);
    }
}

/// A value of any leaf.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// `bool`
    Bool(bool),
    /// Signed integers and enums.
    Int(i64),
    /// Unsigned integers.
    Uint(u64),
    /// `float` and `double`
    Float(f64),
    /// `string`
    Text(&'a str),
    /// `bytes`
    Bytes(&'a [u8]),
    /// `google.protobuf.Timestamp`
    Timestamp(Timestamp),
    /// `google.protobuf.Duration`
    Duration(Duration),
    /// A message that is taken whole.
    Opaque,
}

/// A type that is its own leaf: scalars, and the well-known types of prost-types that are one value.
#[derive(Debug)]
pub struct Native<T>(PhantomData<T>);

/// A message that is taken whole, whatever it holds.
#[derive(Debug)]
pub struct Opaque<T>(PhantomData<T>);

impl<T: Message + Clone + Default + PartialEq + 'static> Leaf for Opaque<T> {
    type Value = T;

    fn same(left: &T, right: &T) -> bool {
        left == right
    }

    fn is_default(value: &T) -> bool {
        *value == T::default()
    }

    fn view(_: &T) -> Value<'_> {
        Value::Opaque
    }

    fn merge(stored: &mut T, given: &T) {
        let mut merged = stored.clone();
        // Only a message that is nested deeper than prost decodes fails here: it is replaced.
        *stored = match merged.merge(given.encode_to_vec().as_slice()) {
            Ok(()) => merged,
            Err(_) => given.clone(),
        };
    }

    fn encoded_len(value: &T) -> usize {
        value.encoded_len()
    }

    fn encode(value: &T, mut to: &mut [u8]) {
        // It fails for want of room alone, and then `to` is as it was.
        let _ = value.encode(&mut to);
    }
}

/// Implements [`Leaf`] for `Native<T>`.
macro_rules! native {
    ($($type:ty: $same:expr, $is_default:expr, $view:expr $(, $merge:expr)?;)*) => {$(
        impl Leaf for Native<$type> {
            type Value = $type;

            #[inline]
            fn same(left: &$type, right: &$type) -> bool {
                let same: fn(&$type, &$type) -> bool = $same;
                same(left, right)
            }

            #[inline]
            fn is_default(value: &$type) -> bool {
                let is_default: fn(&$type) -> bool = $is_default;
                is_default(value)
            }

            #[inline]
            fn view(value: &$type) -> Value<'_> {
                let view: fn(&$type) -> Value<'_> = $view;
                view(value)
            }

            $(fn merge(stored: &mut $type, given: &$type) {
                let merge: fn(&mut $type, &$type) = $merge;
                merge(stored, given);
            })?
        }
    )*};
}

native! {
    bool: |a, b| a == b, |v| !*v, |v| Value::Bool(*v);
    i32: |a, b| a == b, |v| *v == 0, |v| Value::Int(i64::from(*v));
    i64: |a, b| a == b, |v| *v == 0, |v| Value::Int(*v);
    u32: |a, b| a == b, |v| *v == 0, |v| Value::Uint(u64::from(*v));
    u64: |a, b| a == b, |v| *v == 0, |v| Value::Uint(*v);
    f32: |a, b| a.to_bits() == b.to_bits(), |v| v.to_bits() == 0, |v| Value::Float(f64::from(*v));
    f64: |a, b| a.to_bits() == b.to_bits(), |v| v.to_bits() == 0, |v| Value::Float(*v);
    String: |a, b| a == b, |v| v.is_empty(), |v| Value::Text(v);
    Vec<u8>: |a, b| a == b, |v| v.is_empty(), |v| Value::Bytes(v);
    Bytes: |a, b| a == b, |v| v.is_empty(), |v| Value::Bytes(v);
    Timestamp: |a, b| a == b, |v| *v == Timestamp::default(), |v| Value::Timestamp(*v), |to, from| {
        merge_time((&mut to.seconds, &mut to.nanos), (from.seconds, from.nanos));
    };
    Duration: |a, b| a == b, |v| *v == Duration::default(), |v| Value::Duration(*v), |to, from| {
        merge_time((&mut to.seconds, &mut to.nanos), (from.seconds, from.nanos));
    };
}

/// Merges seconds and nanoseconds, each of which is set if it is not zero.
fn merge_time(to: (&mut i64, &mut i32), from: (i64, i32)) {
    if from.0 != 0 {
        *to.0 = from.0;
    }
    if from.1 != 0 {
        *to.1 = from.1;
    }
}
