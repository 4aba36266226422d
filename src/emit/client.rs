//! `<service>_client`: a method for each rpc over the runtime's client.

use askama::Template;

use super::context::Context;
use super::service::{ALLOWED_LINTS, View};
use crate::model::{Method, Service, Streaming};

#[derive(Template)]
#[template(path = "client.rs.jinja", escape = "none")]
struct Client<'a> {
    allowed_lints: &'static str,
    module: String,
    /// Attributes of the module and the struct, a line each.
    module_attributes: String,
    client_attributes: String,
    full_name: &'a str,
    doc: String,
    deprecated: bool,
    /// The start of the client's name.
    stem: String,
    /// The runtime's constructors and setters whose names no rpc has.
    inherent: Vec<&'static str>,
    has_all_inherent: bool,
    methods: Vec<ClientMethod<'a>>,
}

struct ClientMethod<'a> {
    doc: String,
    deprecated: bool,
    name: &'a str,
    path: String,
    request: String,
    response: String,
    /// The method of the runtime's client that makes this kind of call.
    kind: &'static str,
}

/// Methods of every client. An rpc of the same name replaces one of them.
const INHERENT: [&str; 9] = [
    "new",
    "connect",
    "with_origin",
    "with_interceptor",
    "send_compressed",
    "accept_compressed",
    "max_decoding_message_size",
    "max_encoding_message_size",
    "default_deadline",
];

/// Writes the client side of a service.
pub(super) fn emit(context: &Context<'_>, service: &Service, output: &mut String) {
    let view = View::new(context, service);
    let is_free = |name: &&str| service.methods.iter().all(|method| method.name.rust != **name);
    let inherent: Vec<_> = INHERENT.into_iter().filter(is_free).collect();
    let client = Client {
        allowed_lints: ALLOWED_LINTS,
        module: view.module("client"),
        module_attributes: view.attributes(&context.options.attributes.client_modules, 0),
        client_attributes: view.attributes(&context.options.attributes.clients, 8),
        full_name: &service.full_name,
        doc: view.doc(8),
        deprecated: service.deprecated,
        stem: view.stem(),
        has_all_inherent: inherent.len() == INHERENT.len(),
        inherent,
        methods: service.methods.iter().map(|method| client_method(&view, method)).collect(),
    };
    // Writing into a string cannot fail.
    let _ = client.render_into(output);
    output.push('\n');
}

fn client_method<'a>(view: &View<'a>, method: &'a Method) -> ClientMethod<'a> {
    let (input, output) = (view.message(method.input), view.message(method.output));
    let one = || format!("::transom::client::IntoRequest<{input}>");
    let many = || format!("::transom::client::IntoStreamingRequest<Message = {input}>");
    let stream = || format!("::transom::Streaming<{output}>");
    let (request, response, kind) = match method.streaming {
        Streaming::Unary => (one(), output, "unary"),
        Streaming::Server => (one(), stream(), "server_streaming"),
        Streaming::Client => (many(), output.clone(), "client_streaming"),
        Streaming::Bidirectional => (many(), stream(), "streaming"),
    };
    ClientMethod {
        doc: view.method_doc(method, 8),
        deprecated: method.deprecated,
        name: &method.name.rust,
        path: view.path(method),
        request,
        response,
        kind,
    }
}
