//! Rust layout of every message and field, computed once from the model and the options.
//!
//! The layout answers how a type is represented and which package holds it, and how a field is stored. It is the only
//! reader of the options about types: `extern_path`, `extern_fields`, `extern_derives`, `compile_well_known_types`,
//! `boxed`, `bytes` and `btree_map`.

mod boxing;
mod cycles;
mod derives;
mod field;
mod int32_maps;
mod message;
mod names;
mod owner;
mod path;
mod prost_config;
mod scalar;
mod well_known;

pub(crate) use boxing::BoxReason;
pub(crate) use cycles::Cycles;
pub(crate) use derives::Derive;
pub(crate) use field::{FieldLayout, Storage, ValueType};
pub(crate) use int32_maps::is_int32_map;
pub(crate) use message::{FIELD_MASK, MessageRepr, WellKnown};
pub(crate) use names::{has_module, oneof_enum};
pub(crate) use owner::{ExternType, Owner, is_extern_package};
pub(crate) use path::relative;
pub(crate) use prost_config::configure_types;
pub(crate) use scalar::ScalarType;

use self::boxing::Boxing;
use self::derives::Derives;
use self::int32_maps::Int32Maps;
use self::owner::TypeLayout;
use crate::model::{EnumId, FieldId, FieldType, MessageId, Model, PackageId, Scalar, TypeId};
use crate::options::Options;

/// Rust layout of a model.
#[derive(Debug)]
pub(crate) struct Layout {
    messages: Vec<MessageLayout>,
    enums: Vec<TypeLayout>,
    /// `google.protobuf.FieldMask`, if its Rust type is that of prost-types.
    field_mask: Option<MessageId>,
    cycles: Cycles,
    derives: Derives,
    int32_maps: Int32Maps,
}

/// Rust layout of a message.
#[derive(Debug)]
struct MessageLayout {
    r#type: TypeLayout,
    repr: MessageRepr,
    fields: Box<[FieldLayout]>,
}

impl Layout {
    /// Computes the layout of all messages and enums.
    pub(crate) fn new(model: &Model, options: &Options) -> Self {
        let cycles = Cycles::find(model);
        let types = |id| TypeLayout::new(model, options, id);
        let mut field_mask = None;
        let mut messages: Vec<MessageLayout> = Vec::with_capacity(model.messages.len());
        for (id, message) in model.message_ids() {
            let r#type = types(TypeId::Message(id));
            if message.full_name == FIELD_MASK && r#type.is_prost_field_mask() {
                field_mask = Some(id);
            }
            let repr = MessageRepr::new(message, &r#type);
            messages.push(MessageLayout { r#type, repr, fields: Box::default() });
        }
        let mut boxing = Boxing::new(model, options, &cycles);
        for (id, message) in model.message_ids() {
            let repr = |id: MessageId| messages[id.0].repr;
            let context = field::Context { model, options, message, repr: &repr };
            let fields = message.fields.iter().map(|field| context.layout(field, boxing.reason(id, field)));
            messages[id.0].fields = fields.collect();
        }
        let enums = (0..model.enums.len()).map(|index| types(TypeId::Enum(EnumId(index)))).collect();
        let mut layout = Self {
            messages,
            enums,
            field_mask,
            cycles,
            derives: Derives::default(),
            int32_maps: Int32Maps::find(model),
        };
        layout.derives = Derives::compute(model, &layout);
        layout
    }

    /// Representation of a message.
    pub(crate) fn repr(&self, id: MessageId) -> MessageRepr {
        self.messages[id.0].repr
    }

    /// Returns `true` if the message is a prost struct with the fields of the proto.
    pub(crate) fn is_struct(&self, id: MessageId) -> bool {
        self.repr(id) == MessageRepr::Struct
    }

    /// Returns `true` if the message is `google.protobuf.FieldMask` and its Rust type is that of prost-types.
    pub(crate) fn is_prost_field_mask(&self, id: MessageId) -> bool {
        self.field_mask == Some(id)
    }

    /// Owner of the Rust type.
    pub(crate) fn owner(&self, id: TypeId) -> &Owner {
        &self.r#type(id).owner
    }

    /// Returns `true` if the file of the package contains the message's Rust type.
    pub(crate) fn is_owned_by(&self, id: MessageId, package: PackageId) -> bool {
        matches!(self.owner(TypeId::Message(id)), Owner::Package(owner) if *owner == package)
    }

    /// Returns `true` if `extern_path` or prost-types provides the Rust type.
    pub(crate) fn is_extern(&self, id: TypeId) -> bool {
        self.extern_type(id).is_some()
    }

    /// Rust type that `extern_path` or prost-types provides.
    pub(crate) fn extern_type(&self, id: TypeId) -> Option<&ExternType> {
        match self.owner(id) {
            Owner::Extern(r#type) => Some(r#type),
            Owner::Package(_) | Owner::OtherRun => None,
        }
    }

    /// Returns `true` if prost-types lacks the well-known type and no option provides another type.
    pub(crate) fn is_missing(&self, id: TypeId) -> bool {
        self.r#type(id).is_missing
    }

    /// Returns `true` if the Rust type is prost's enum, with a name for each value.
    pub(crate) fn is_prost_enum(&self, id: EnumId) -> bool {
        self.extern_type(TypeId::Enum(id)).is_none_or(|r#type| r#type.has_fields)
    }

    /// Layout of a field.
    pub(crate) fn field(&self, message: MessageId, field: FieldId) -> FieldLayout {
        self.messages[message.0].fields[field.0]
    }

    /// Traits that prost-build derives for a message.
    pub(crate) fn derive(&self, id: MessageId) -> Derive {
        self.derives.get(id)
    }

    /// Cycles of messages that contain each other inline.
    pub(crate) fn cycles(&self) -> &Cycles {
        &self.cycles
    }

    /// Type of a field in the descriptor for prost-build: `int32` for the values of some maps of enums.
    pub(crate) fn lowered_type(&self, message: MessageId, r#type: FieldType) -> FieldType {
        match r#type {
            FieldType::Enum(_) if self.int32_maps.contains(message) => FieldType::Scalar(Scalar::Int32),
            other => other,
        }
    }

    fn r#type(&self, id: TypeId) -> &TypeLayout {
        match id {
            TypeId::Message(id) => &self.messages[id.0].r#type,
            TypeId::Enum(id) => &self.enums[id.0],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Encoding, Presence, Shape};
    use crate::test_support::{ModelBuilder, message_field, scalar_field};

    fn options(parameter: &str) -> Options {
        let mut diagnostics = crate::diagnostic::Diagnostics::default();
        let options = Options::parse(parameter, &mut diagnostics);
        assert_eq!(diagnostics.finish(&[]), Ok(()));
        options
    }

    #[test]
    fn boxes_follow_cycles_groups_and_option() {
        let mut builder = ModelBuilder::new("shop");
        let leaf = builder.message("Leaf", vec![scalar_field("id", Scalar::Int32)]);
        let node = builder.next_message();
        let mut group = message_field("group", node);
        group.r#type = FieldType::Message(node, Encoding::Group);
        let list = message_field("list", node).with_shape(Shape::Repeated { packed: false });
        let fields = vec![message_field("next", node), group, list, message_field("leaf", leaf)];
        builder.message("Node", fields);
        builder.message("Holder", vec![message_field("leaf", leaf)]);
        let model = builder.build();
        let layout = Layout::new(&model, &options("boxed=.shop.Node.leaf"));
        let boxed = |message: usize, field| layout.field(MessageId(message), FieldId(field)).storage.boxed();
        assert_eq!(boxed(node.0, 0), Some(BoxReason::Cycle));
        assert_eq!(boxed(node.0, 1), Some(BoxReason::GroupCycle));
        assert_eq!(boxed(node.0, 2), None);
        assert_eq!(boxed(node.0, 3), Some(BoxReason::Requested));
        assert_eq!(boxed(2, 0), None);
        assert_eq!(layout.requested_boxes(&model), [".shop.Node.group", ".shop.Node.leaf"]);
    }

    #[test]
    fn group_ends_the_cycle_of_length_prefixed_fields() {
        let mut builder = ModelBuilder::new("shop");
        let (left, right) = (MessageId(0), MessageId(1));
        builder.message("Left", vec![message_field("right", right)]);
        let mut back = message_field("back", left);
        back.r#type = FieldType::Message(left, Encoding::Group);
        builder.message("Right", vec![back]);
        let layout = Layout::new(&builder.build(), &options(""));
        assert_eq!(layout.field(left, FieldId(0)).storage.boxed(), None);
        assert_eq!(layout.field(right, FieldId(0)).storage.boxed(), Some(BoxReason::GroupCycle));
    }

    #[test]
    fn extern_path_makes_a_message_opaque_unless_its_fields_are_declared() {
        let mut builder = ModelBuilder::new("shop");
        let id = builder.message("Item", vec![scalar_field("data", Scalar::Bytes)]);
        let model = builder.build();
        let repr = |parameter| Layout::new(&model, &options(parameter)).repr(id);
        assert_eq!(repr(""), MessageRepr::Struct);
        assert_eq!(repr("extern_path=.shop=::other"), MessageRepr::Opaque);
        assert_eq!(repr("extern_path=.shop=::other,extern_fields=.shop"), MessageRepr::Struct);
        let layout = Layout::new(&model, &options("extern_path=.shop=::other"));
        assert_eq!(layout.path(&model, PackageId(0), 0, TypeId::Message(id)), "::other::Item");
        assert!(!layout.is_owned_by(id, PackageId(0)));
    }

    #[test]
    fn fields_are_assignable_if_values_and_storage_agree() {
        let mut builder = ModelBuilder::new("shop");
        let plain = |name, scalar| scalar_field(name, scalar).with_shape(Shape::Singular(Presence::Implicit));
        let repeated = |name, scalar| scalar_field(name, scalar).with_shape(Shape::Repeated { packed: true });
        let fields = vec![
            scalar_field("a", Scalar::Int32),
            plain("b", Scalar::Sint32),
            plain("c", Scalar::Int64),
            repeated("d", Scalar::Int32),
            repeated("e", Scalar::Sfixed32),
        ];
        let id = builder.message("Item", fields);
        let layout = Layout::new(&builder.build(), &options(""));
        let agree = |left, right| layout.field(id, FieldId(left)).is_assignable(layout.field(id, FieldId(right)));
        assert!(agree(0, 1) && agree(3, 4));
        assert!(!agree(0, 2) && !agree(0, 3));
    }
}
