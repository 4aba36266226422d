//! Typed reader of options and of the messages in them.
//!
//! Types come from the model: fields of the options messages, and extensions, also extensions of the messages in options.
//! A request can lack the declaration of an extension. Its caller then names the type.

use super::value::{OptionValue, ValueKind, decode};
use crate::descriptor::ElementKind;
use crate::descriptor::wire::Reader;
use crate::diagnostic::Origin;
use crate::model::{CustomOption, FieldType, MessageId, Model, TypeId};
use crate::resolve::TypeTable;

/// Extension that the generator knows, with the type of its values if the request does not declare it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KnownExtension {
    pub(crate) number: u32,
    /// Full name without a leading dot.
    pub(crate) name: &'static str,
    pub(crate) kind: ValueKind,
}

/// Message among the options of an element, or the options themselves.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OptionMessage<'a> {
    /// `None` if the request does not declare the message.
    r#type: Option<MessageId>,
    /// Encoded parts, which are merged: a message option can be written in several parts.
    encoded: Vec<&'a [u8]>,
    pub(crate) origin: Origin,
}

/// Reader of the options of a model.
#[derive(Clone, Copy)]
pub(crate) struct OptionReader<'m> {
    pub(crate) model: &'m Model,
    pub(crate) types: &'m TypeTable,
}

impl OptionReader<'_> {
    /// The values of a known extension among the options of an element, in the order in which they are written.
    ///
    /// An extension with the same number and another name is skipped.
    pub(crate) fn extension<'a>(
        self,
        options: &'a [CustomOption],
        element: (ElementKind, &Origin),
        known: KnownExtension,
    ) -> Vec<OptionValue<'a>> {
        let is_known = |option: &&CustomOption| {
            option.number == known.number && option.name.as_deref().is_none_or(|name| name == known.name)
        };
        let encoded: Vec<&[u8]> = options.iter().filter(is_known).map(|option| &*option.encoded).collect();
        if encoded.is_empty() {
            return Vec::new();
        }
        let (kind, origin) = element;
        let r#type = match self.types.get(kind.options_message()) {
            Some(TypeId::Message(id)) => Some(id),
            Some(TypeId::Enum(_)) | None => None,
        };
        let root = OptionMessage { r#type, encoded, origin: origin.child(&[kind.options_number()]) };
        root.values(self.model, known.number, known.kind)
    }
}

impl<'a> OptionMessage<'a> {
    /// Creates a message from its encoding.
    pub(super) fn new(r#type: Option<MessageId>, encoded: &'a [u8], origin: Origin) -> Self {
        Self { r#type, encoded: vec![encoded], origin }
    }

    /// The values of the field or extension with this number, in the order in which they are written. Values that do not
    /// have the type of the field are skipped. `fallback` is the type if the request does not declare the field.
    pub(crate) fn values(&self, model: &Model, number: u32, fallback: ValueKind) -> Vec<OptionValue<'a>> {
        let (kind, is_repeated) = self.declared(model, number).unwrap_or((fallback, false));
        let path = i32::try_from(number).unwrap_or_default();
        let mut values = Vec::new();
        for entry in self.encoded.iter().flat_map(|part| Reader::new(part).map_while(Result::ok)) {
            if entry.number == number {
                let index = i32::try_from(values.len()).unwrap_or(i32::MAX);
                let steps = [path, index];
                let origin = self.origin.child(if is_repeated { &steps } else { &steps[..1] });
                decode(entry.value, kind, &origin, &mut values);
            }
        }
        values
    }

    /// Declared type of a field or an extension of the message, and whether it is repeated.
    fn declared(&self, model: &Model, number: u32) -> Option<(ValueKind, bool)> {
        let id = self.r#type?;
        let (r#type, is_repeated) =
            match i32::try_from(number).ok().and_then(|number| model.message(id).field_numbered(number)) {
                Some((_, field)) => (field.r#type, field.is_repeated()),
                None => {
                    let extension = model.extension(id, number)?;
                    (extension.r#type, extension.is_repeated)
                }
            };
        let kind = match r#type {
            FieldType::Scalar(scalar) => ValueKind::Scalar(scalar),
            FieldType::Enum(_) => ValueKind::Enum,
            FieldType::Message(id, _) => ValueKind::Message(Some(id)),
        };
        Some((kind, is_repeated))
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::annotation::TypedValue;
    use crate::model::Scalar;
    use crate::test_support::{ModelBuilder, message_field, scalar_field};

    const BEHAVIOR: KnownExtension =
        KnownExtension { number: 1052, name: "google.api.field_behavior", kind: ValueKind::Enum };

    fn origin() -> Origin {
        Origin { file: 0, path: vec![4, 0, 2, 0] }
    }

    /// Enum values of the known extension, with the paths of their places.
    fn behaviors(name: Option<&str>, encoded: &[&'static [u8]]) -> Vec<i32> {
        let (model, types) = (ModelBuilder::new("shop").build(), TypeTable::default());
        let option = |encoded: &&'static [u8]| CustomOption {
            number: 1052,
            name: name.map(str::to_owned),
            encoded: Bytes::from_static(encoded),
        };
        let options: Vec<CustomOption> = encoded.iter().map(option).collect();
        let reader = OptionReader { model: &model, types: &types };
        let values = reader.extension(&options, (ElementKind::Field, &origin()), BEHAVIOR);
        let number = |value: OptionValue<'_>| match value.value {
            TypedValue::Enum(number) => number,
            other => panic!("{other:?}"),
        };
        values.into_iter().map(number).collect()
    }

    #[test]
    fn repeated_enum_is_read_packed_and_unpacked() {
        assert_eq!(behaviors(Some(BEHAVIOR.name), &[&[0xe0, 0x41, 8], &[0xe0, 0x41, 2]]), [8, 2]);
        assert_eq!(behaviors(None, &[&[0xe2, 0x41, 3, 3, 0, 5]]), [3, 0, 5]);
        assert_eq!(behaviors(None, &[&[0xe2, 0x41, 2, 3, 0xff]]), [3]);
    }

    #[test]
    fn extension_with_another_name_is_skipped() {
        assert_eq!(behaviors(Some("acme.width"), &[&[0xe0, 0x41, 2]]), [0; 0]);
    }

    #[test]
    fn nested_values_and_extensions_have_declared_types_and_places() {
        let mut builder = ModelBuilder::new("shop");
        let mut count = scalar_field("count", Scalar::Sint32);
        count.number = 2;
        let inner = builder.message("Inner", vec![count]);
        let outer = builder.message("Outer", vec![message_field("inner", inner)]);
        builder.extension(inner, 1000, FieldType::Scalar(Scalar::Bool));
        let model = builder.build();
        // inner { count: -2, [1000]: true }
        let message = OptionMessage::new(Some(outer), &[0x0a, 5, 0x10, 3, 0xc0, 0x3e, 1], origin());
        let inner = message.values(&model, 1, ValueKind::Enum).pop().map(|value| value.value);
        let Some(TypedValue::Message(inner)) = inner else { panic!("{inner:?}") };
        let value = |number| inner.values(&model, number, ValueKind::Enum).pop();
        let place = |steps: &[i32]| origin().child(steps);
        let count = OptionValue { value: TypedValue::Int(-2), origin: place(&[1, 2]) };
        let flag = OptionValue { value: TypedValue::Bool(true), origin: place(&[1, 1000]) };
        assert_eq!((value(2), value(1000), value(3)), (Some(count), Some(flag), None));
    }
}
