//! Descriptors as they came: `descriptor.proto` in structs of our own.
//!
//! The structs of prost-types drop every option extension (`google.api.http`, `buf.validate`, ...).
//! These keep the bytes of all options, and the bytes of the source info, which is by far the largest part of a
//! request and is read only where a comment or a place is wanted.
//! Nothing here resolves names or judges what it reads; that is [`crate::resolve`].

mod element;
mod extension;
mod feature;
mod field;
mod options;
mod source_info;
pub(crate) mod wire;

pub(crate) use element::{Enum, File, Message, Method, Service};
pub(crate) use extension::ExtensionRegistry;
pub(crate) use feature::{
    Edition, FeatureOverrides, FeatureSet, FieldPresence, MessageEncoding, RepeatedFieldEncoding, SUPPORTED_EDITIONS,
};
pub(crate) use field::{Field, Label, Type};
pub(crate) use options::{ElementKind, KnownOptions, OptionBytes};
pub(crate) use source_info::{Comments, SourceInfo, Span};
