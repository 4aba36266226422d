//! Fourth pass: services of the files to generate, with the messages of every method followed.

use super::attached::{comment, custom_options};
use super::structure::children;
use super::types::TypeTable;
use crate::descriptor::{self, Comments, ElementKind, ExtensionRegistry, SourceInfo};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin};
use crate::model::{MessageId, Method, Model, Service, Streaming, TypeId};
use crate::name::Name;
use crate::request::{RequestFile, Role};

/// Builds all services of the model.
pub(super) fn resolve(
    files: &[RequestFile],
    types: &TypeTable,
    extensions: &ExtensionRegistry,
    model: &mut Model,
    diagnostics: &mut Diagnostics,
) {
    for (index, file) in files.iter().enumerate() {
        if file.role != Role::Generate || file.descriptor.service.is_empty() {
            continue;
        }
        let info = SourceInfo::new(file.descriptor.source_code_info.clone());
        let mut builder = Builder { types, extensions, comments: info.comments(), diagnostics };
        for (position, service) in children(&file.descriptor.service) {
            let origin = Origin { file: index, path: vec![6, position] };
            let service = builder.service(file.descriptor.package(), service, &origin);
            model.files[index].services.push(model.services.len());
            model.services.push(service);
        }
    }
}

struct Builder<'a> {
    types: &'a TypeTable,
    extensions: &'a ExtensionRegistry,
    comments: Comments<'a>,
    diagnostics: &'a mut Diagnostics,
}

impl Builder<'_> {
    fn service(&mut self, package: &str, service: &descriptor::Service, origin: &Origin) -> Service {
        let known = service.option_bytes().known(ElementKind::Service).unwrap_or_default();
        let methods = children(&service.method)
            .filter_map(|(index, method)| self.method(index, method, &origin.child(&[2, index])))
            .collect();
        let separator = if package.is_empty() { "" } else { "." };
        let options = custom_options(&service.option_bytes(), ElementKind::Service, self.extensions);
        Service {
            name: Name::of_type(service.name()),
            full_name: format!("{package}{separator}{}", service.name()),
            origin: origin.clone(),
            methods,
            default_host: None,
            deprecated: known.deprecated,
            options,
            comment: comment(&self.comments, origin),
        }
    }

    fn method(&mut self, index: i32, method: &descriptor::Method, origin: &Origin) -> Option<Method> {
        let known = method.option_bytes().known(ElementKind::Method).unwrap_or_default();
        let input = self.message(method, method.input_type(), origin);
        let output = self.message(method, method.output_type(), origin);
        let streaming = match (method.client_streaming(), method.server_streaming()) {
            (false, false) => Streaming::Unary,
            (false, true) => Streaming::Server,
            (true, false) => Streaming::Client,
            (true, true) => Streaming::Bidirectional,
        };
        Some(Method {
            name: Name::of_value(method.name()),
            input: input?,
            output: output?,
            index,
            streaming,
            deprecated: known.deprecated,
            options: custom_options(&method.option_bytes(), ElementKind::Method, self.extensions),
            comment: comment(&self.comments, origin),
        })
    }

    fn message(&mut self, method: &descriptor::Method, name: &str, origin: &Origin) -> Option<MessageId> {
        let problem = match self.types.get(name) {
            Some(TypeId::Message(id)) => return Some(id),
            Some(TypeId::Enum(_)) => "is an enum, not a message",
            None => "is not in the request",
        };
        self.diagnostics
            .error(Diagnostic::at(origin, format!("type `{name}` of method `{}` {problem}", method.name())));
        None
    }
}
