//! Models built in memory, for unit tests of passes.

use crate::diagnostic::Origin;
use crate::model::{
    Behavior, Behaviors, Comment, Encoding, Extension, Field, FieldType, Fields, FileId, Message, MessageId,
    MessageKind, Method, Model, Oneof, Package, PackageId, Presence, Scalar, Service, Shape, SourceFile, Streaming,
};
use crate::name::Name;

/// Builder of a model with one file in one package.
pub(crate) struct ModelBuilder {
    model: Model,
    package: &'static str,
}

impl ModelBuilder {
    /// Starts a model with an empty file that is generated.
    pub(crate) fn new(package: &'static str) -> Self {
        let file = SourceFile {
            name: format!("{package}.proto"),
            package: package.to_owned(),
            home: Some(PackageId(0)),
            imports: Vec::new(),
            messages: Vec::new(),
            enums: Vec::new(),
            services: Vec::new(),
            options: Vec::new(),
            encoded: bytes::Bytes::new(),
        };
        let package_node =
            Package { name: package.to_owned(), modules: vec![package.to_owned()], files: vec![FileId(0)] };
        Self { model: Model { packages: vec![package_node], files: vec![file], ..Model::default() }, package }
    }

    /// Id of the next message, for fields that lead back to it.
    pub(crate) fn next_message(&self) -> MessageId {
        MessageId(self.model.messages.len())
    }

    /// Adds a top-level message. Members of oneofs need the oneofs' names in `oneofs`.
    pub(crate) fn message(&mut self, name: &str, fields: Vec<Field>) -> MessageId {
        let id = self.next_message();
        let index = i32::try_from(id.0).unwrap();
        let count = fields.iter().filter_map(|field| match field.shape {
            Shape::Oneof(position) => Some(position + 1),
            _ => None,
        });
        let oneofs = (0..count.max().unwrap_or_default()).map(|position| Oneof {
            name: Name::of_value(&format!("oneof_{position}")),
            index: i32::try_from(position).unwrap(),
            options: Vec::new(),
            comment: Comment::default(),
        });
        self.model.messages.push(Message {
            name: Name::of_type(name),
            full_name: format!(".{}.{name}", self.package),
            origin: Origin { file: 0, path: vec![4, index] },
            parent: None,
            kind: MessageKind::Plain,
            resource_type: None,
            oneofs: oneofs.collect(),
            fields: Fields::new(fields),
            messages: Vec::new(),
            enums: Vec::new(),
            deprecated: false,
            options: Vec::new(),
            comment: Comment::default(),
        });
        self.model.files[0].messages.push(id);
        id
    }

    /// Adds a service with unary methods, each a name with request and response.
    pub(crate) fn service(&mut self, name: &str, methods: &[(&str, MessageId, MessageId)]) {
        let methods = (0..).zip(methods).map(|(index, &(name, input, output))| Method {
            name: Name::of_value(name),
            input,
            output,
            index,
            streaming: Streaming::Unary,
            deprecated: false,
            options: Vec::new(),
            comment: Comment::default(),
        });
        let index = self.model.services.len();
        self.model.services.push(Service {
            name: Name::of_type(name),
            full_name: format!("{}.{name}", self.package),
            origin: Origin { file: 0, path: vec![6, i32::try_from(index).unwrap()] },
            methods: methods.collect(),
            default_host: None,
            deprecated: false,
            options: Vec::new(),
            comment: Comment::default(),
        });
        self.model.files[0].services.push(index);
    }

    /// Adds `google.protobuf.FieldMask`, without fields.
    pub(crate) fn field_mask(&mut self) -> MessageId {
        let id = self.message("FieldMask", Vec::new());
        self.model.messages[id.0].full_name = ".google.protobuf.FieldMask".to_owned();
        id
    }

    /// Adds a singular extension of a message.
    pub(crate) fn extension(&mut self, extendee: MessageId, number: u32, r#type: FieldType) {
        let extension = Extension {
            extendee,
            number,
            full_name: format!("{}.extension_{number}", self.package),
            r#type,
            is_repeated: false,
            options: Vec::new(),
        };
        self.model.extensions.push(extension);
        self.model.extensions.sort_by_key(|extension| (extension.extendee, extension.number));
    }

    pub(crate) fn build(self) -> Model {
        self.model
    }
}

/// Creates a singular field with explicit presence.
pub(crate) fn field(name: &str, r#type: FieldType) -> Field {
    Field {
        name: Name::of_value(name),
        json_name: name.to_owned(),
        number: 1,
        index: 0,
        r#type,
        shape: Shape::Singular(Presence::Explicit),
        default: None,
        deprecated: false,
        behaviors: Behaviors::default(),
        options: Vec::new(),
        comment: Comment::default(),
    }
}

/// Creates a singular field with a length-prefixed message.
pub(crate) fn message_field(name: &str, id: MessageId) -> Field {
    field(name, FieldType::Message(id, Encoding::LengthPrefixed))
}

/// Creates a singular scalar field.
pub(crate) fn scalar_field(name: &str, scalar: Scalar) -> Field {
    field(name, FieldType::Scalar(scalar))
}

impl Field {
    /// Replaces the shape.
    pub(crate) fn with_shape(self, shape: Shape) -> Self {
        Self { shape, ..self }
    }

    /// Adds a behavior.
    pub(crate) fn with_behavior(mut self, behavior: Behavior) -> Self {
        self.behaviors.add(behavior as i32);
        self
    }
}
