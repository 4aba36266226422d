//! Annotations that the model has in typed form: field behavior, type of a resource, host of a service.

use super::types::TypeTable;
use crate::annotation::{KnownExtension, OptionReader, TypedValue, ValueKind};
use crate::descriptor::ElementKind;
use crate::model::{Behaviors, FieldId, Message, MessageId, Model, Scalar, Service};

const FIELD_BEHAVIOR: KnownExtension =
    KnownExtension { number: 1052, name: "google.api.field_behavior", kind: ValueKind::Enum };

const RESOURCE: KnownExtension =
    KnownExtension { number: 1053, name: "google.api.resource", kind: ValueKind::Message(None) };

/// `google.api.ResourceDescriptor.type`.
const RESOURCE_TYPE: u32 = 1;

const DEFAULT_HOST: KnownExtension =
    KnownExtension { number: 1049, name: "google.api.default_host", kind: ValueKind::Scalar(Scalar::String) };

/// Reads the annotations of all messages and services.
pub(super) fn resolve(types: &TypeTable, model: &mut Model) {
    let indexes: Vec<usize> = (0..model.messages.len()).collect();
    let reader = OptionReader { model, types };
    let found = crate::parallel::map(&indexes, |&index| message(reader, &model.messages[index]));
    let hosts: Vec<Option<String>> = model.services.iter().map(|service| default_host(reader, service)).collect();
    for (index, (behaviors, resource_type)) in found.into_iter().enumerate() {
        let message = &mut model.messages[MessageId(index).0];
        for (field, behaviors) in behaviors {
            message.fields.set_behaviors(field, behaviors);
        }
        message.resource_type = resource_type;
    }
    for (service, host) in model.services.iter_mut().zip(hosts) {
        service.default_host = host;
    }
}

/// Behaviors of the fields of a message, and its type of resource: `library.googleapis.com/Book`.
fn message(reader: OptionReader<'_>, message: &Message) -> (Vec<(FieldId, Behaviors)>, Option<String>) {
    let mut behaviors = Vec::new();
    for (id, field) in message.fields().filter(|(_, field)| !field.options.is_empty()) {
        let origin = message.field_origin(field);
        let mut found = Behaviors::default();
        for value in reader.extension(&field.options, (ElementKind::Field, &origin), FIELD_BEHAVIOR) {
            if let TypedValue::Enum(number) = value.value {
                found.add(number);
            }
        }
        if found != Behaviors::default() {
            behaviors.push((id, found));
        }
    }
    let values = reader.extension(&message.options, (ElementKind::Message, &message.origin), RESOURCE);
    let mut types = values.iter().filter_map(|value| match &value.value {
        TypedValue::Message(resource) => {
            resource.values(reader.model, RESOURCE_TYPE, ValueKind::Scalar(Scalar::String)).pop()
        }
        _ => None,
    });
    let resource_type = types.next_back().and_then(|value| value.value.text());
    (behaviors, resource_type.filter(|text| !text.is_empty()).map(str::to_owned))
}

fn default_host(reader: OptionReader<'_>, service: &Service) -> Option<String> {
    let values = reader.extension(&service.options, (ElementKind::Service, &service.origin), DEFAULT_HOST);
    let host = values.last()?.value.text()?;
    (!host.is_empty()).then(|| host.to_owned())
}
