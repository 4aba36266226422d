//! Third pass: messages and enums, with every type name followed and every feature applied.
//!
//! Files are independent once the type table stands, so they are worked on in parallel.

mod field;
mod json_name;

pub(super) use field::scalar;

use super::attached;
use super::structure::children;
use super::types::{TypeTable, join, scope};
use crate::descriptor::{self, Comments, Edition, ElementKind, ExtensionRegistry, FeatureSet, OptionBytes, SourceInfo};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin};
use crate::model::{
    Comment, CustomOption, Enum, EnumId, EnumValue, Fields, FileId, Message, MessageId, MessageKind, Model, Oneof,
};
use crate::name::Name;
use crate::request::{RequestFile, Role};

/// Builds all messages and enums of the model.
pub(super) fn resolve(
    files: &[RequestFile],
    editions: &[Edition],
    types: &TypeTable,
    extensions: &ExtensionRegistry,
    model: &mut Model,
    diagnostics: &mut Diagnostics,
) {
    let indexes: Vec<usize> = (0..files.len()).collect();
    let built = crate::parallel::map(&indexes, |&index| {
        let file = &files[index].descriptor;
        let info = SourceInfo::new(file.source_code_info.clone());
        let is_generated = files[index].role == Role::Generate;
        let mut builder = Builder {
            file: FileId(index),
            edition: editions[index],
            types,
            extensions,
            comments: if is_generated { info.comments() } else { Comments::default() },
            first: types.first[index],
            messages: Vec::new(),
            enums: Vec::new(),
            diagnostics: Diagnostics::default(),
        };
        builder.report_repaired_comments();
        let (messages, enums) = builder.file(file);
        (messages, enums, builder.messages, builder.enums, builder.diagnostics)
    });
    for (index, (top_messages, top_enums, messages, enums, findings)) in built.into_iter().enumerate() {
        model.files[index].messages = top_messages;
        model.files[index].enums = top_enums;
        model.messages.extend(messages);
        model.enums.extend(enums);
        diagnostics.append(findings);
    }
}

/// Builds the nodes of one file.
struct Builder<'a> {
    file: FileId,
    edition: Edition,
    types: &'a TypeTable,
    extensions: &'a ExtensionRegistry,
    comments: Comments<'a>,
    first: (MessageId, EnumId),
    messages: Vec<Message>,
    enums: Vec<Enum>,
    diagnostics: Diagnostics,
}

/// Context of an element: the scope of its name, the message around it, its path and the features in force.
struct Place<'a> {
    scope: &'a str,
    parent: Option<MessageId>,
    origin: Origin,
    features: FeatureSet,
}

impl Builder<'_> {
    /// Warns of comments that are not UTF-8, once a file.
    fn report_repaired_comments(&mut self) {
        let Some((path, count)) = self.comments.repaired() else { return };
        let text = match count {
            1 => "this comment has bytes that are not UTF-8, which became `\u{fffd}`".to_owned(),
            _ => format!(
                "this comment, and {} more of the file, have bytes that are not UTF-8, which became `\u{fffd}`",
                count - 1
            ),
        };
        let origin = Origin { file: self.file.0, path: path.to_vec() };
        self.diagnostics.warning(Diagnostic::at(&origin, text).help("save the file as UTF-8"));
    }

    fn file(&mut self, file: &descriptor::File) -> (Vec<MessageId>, Vec<EnumId>) {
        let known = file.option_bytes().known(ElementKind::File).unwrap_or_default();
        let features = self.edition.defaults().with(known.features);
        let scope = scope(file.package());
        let place = |origin| Place { scope: &scope, parent: None, origin, features };
        let root = Origin { file: self.file.0, path: Vec::new() };
        let mut messages = Vec::with_capacity(file.message_type.len());
        for (index, message) in children(&file.message_type) {
            messages.push(self.message(message, place(root.child(&[4, index]))));
        }
        let mut enums = Vec::with_capacity(file.enum_type.len());
        for (index, r#enum) in children(&file.enum_type) {
            enums.push(self.r#enum(r#enum, place(root.child(&[5, index]))));
        }
        (messages, enums)
    }

    fn message(&mut self, message: &descriptor::Message, place: Place<'_>) -> MessageId {
        let known = message.option_bytes().known(ElementKind::Message).unwrap_or_default();
        let id = MessageId(self.first.0.0 + self.messages.len());
        let full_name = join(place.scope, message.name());
        let kind = if known.map_entry { MessageKind::MapEntry } else { MessageKind::Plain };
        let options = self.options(&message.option_bytes(), ElementKind::Message);
        self.messages.push(Message {
            name: Name::of_type(message.name()),
            full_name: full_name.clone(),
            origin: place.origin.clone(),
            parent: place.parent,
            kind,
            resource_type: None,
            fields: Fields::default(),
            oneofs: Vec::new(),
            messages: Vec::new(),
            enums: Vec::new(),
            deprecated: known.deprecated,
            options,
            comment: self.comment(&place.origin),
        });
        let features = place.features.with(known.features);
        let inner = |origin| Place { scope: &full_name, parent: Some(id), origin, features };
        let mut messages = Vec::with_capacity(message.nested_type.len());
        for (index, nested) in children(&message.nested_type) {
            messages.push(self.message(nested, inner(place.origin.child(&[3, index]))));
        }
        let mut enums = Vec::with_capacity(message.enum_type.len());
        for (index, nested) in children(&message.enum_type) {
            enums.push(self.r#enum(nested, inner(place.origin.child(&[4, index]))));
        }
        let (oneofs, oneof_positions) = self.oneofs(message, &place.origin);
        let scope = field::Scope { message, kind, features, oneof_positions: &oneof_positions, origin: &place.origin };
        let fields = self.fields(&scope);
        let node = &mut self.messages[id.0 - self.first.0.0];
        (node.fields, node.oneofs, node.messages, node.enums) = (Fields::new(fields), oneofs, messages, enums);
        id
    }

    /// The oneofs that the author wrote, and for each of the descriptor's its position among them.
    fn oneofs(&self, message: &descriptor::Message, origin: &Origin) -> (Vec<Oneof>, Vec<Option<usize>>) {
        let mut written = vec![false; message.oneof_decl.len()];
        for field in &message.field {
            let index = field.oneof_index.and_then(|index| usize::try_from(index).ok());
            if let Some(real) = index.and_then(|index| written.get_mut(index))
                && !field.proto3_optional()
            {
                *real = true;
            }
        }
        let mut oneofs = Vec::new();
        let mut positions = Vec::with_capacity(written.len());
        for ((index, oneof), real) in children(&message.oneof_decl).zip(written) {
            positions.push(real.then_some(oneofs.len()));
            if real {
                let comment = self.comment(&origin.child(&[8, index]));
                let options = self.options(&oneof.option_bytes(), ElementKind::Oneof);
                oneofs.push(Oneof { name: Name::of_value(oneof.name()), index, options, comment });
            }
        }
        (oneofs, positions)
    }

    fn r#enum(&mut self, r#enum: &descriptor::Enum, place: Place<'_>) -> EnumId {
        let id = EnumId(self.first.1.0 + self.enums.len());
        let known = r#enum.option_bytes().known(ElementKind::Enum).unwrap_or_default();
        let values = children(&r#enum.value).map(|(index, value)| EnumValue {
            proto_name: value.name().to_owned(),
            number: value.number(),
            index,
            deprecated: value.option_bytes().known(ElementKind::EnumValue).unwrap_or_default().deprecated,
            options: self.options(&value.option_bytes(), ElementKind::EnumValue),
            comment: self.comment(&place.origin.child(&[2, index])),
        });
        let values = values.collect();
        self.enums.push(Enum {
            name: Name::of_type(r#enum.name()),
            full_name: join(place.scope, r#enum.name()),
            comment: self.comment(&place.origin),
            origin: place.origin,
            values,
            deprecated: known.deprecated,
            options: self.options(&r#enum.option_bytes(), ElementKind::Enum),
        });
        id
    }

    fn comment(&self, origin: &Origin) -> Comment {
        attached::comment(&self.comments, origin)
    }

    fn options(&self, options: &OptionBytes, kind: ElementKind) -> Vec<CustomOption> {
        attached::custom_options(options, kind, self.extensions)
    }
}
