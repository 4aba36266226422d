//! `<service>_server`: the trait to implement, and the table by which the runtime's server dispatches.

use askama::Template;

use super::context::Context;
use super::service::{ALLOWED_LINTS, View};
use crate::model::{Method, Service, Streaming};

#[derive(Template)]
#[template(path = "server.rs.jinja", escape = "none")]
struct Server<'a> {
    allowed_lints: &'static str,
    module: String,
    /// Attributes of the module, the trait and the type alias, a line each.
    module_attributes: String,
    trait_attributes: String,
    server_attributes: String,
    full_name: &'a str,
    doc: String,
    deprecated: bool,
    name: &'a str,
    /// The start of the names that are composed of the service's.
    stem: String,
    /// The type parameter for the implementation; not the trait's own name.
    parameter: &'static str,
    methods: Vec<ServerMethod<'a>>,
}

struct ServerMethod<'a> {
    doc: String,
    deprecated: bool,
    name: &'a str,
    proto_name: &'a str,
    path: String,
    request: String,
    response: String,
    /// The method of the runtime's call that serves this kind of rpc.
    kind: &'static str,
}

/// Writes the server side of a service.
pub(super) fn emit(context: &Context<'_>, service: &Service, output: &mut String) {
    let view = View::new(context, service);
    let methods = service.methods.iter().map(|method| server_method(&view, method)).collect();
    let server = Server {
        allowed_lints: ALLOWED_LINTS,
        module: view.module("server"),
        module_attributes: view.attributes(&context.options.attributes.server_modules, 0),
        trait_attributes: view.attributes(&context.options.attributes.traits, 4),
        server_attributes: view.attributes(&context.options.attributes.servers, 4),
        full_name: &service.full_name,
        doc: view.doc(4),
        deprecated: service.deprecated,
        name: &service.name.rust,
        stem: view.stem(),
        parameter: if service.name.rust == "T" { "Implementation" } else { "T" },
        methods,
    };
    // Writing into a string cannot fail.
    let _ = server.render_into(output);
    output.push('\n');
}

fn server_method<'a>(view: &View<'a>, method: &'a Method) -> ServerMethod<'a> {
    let (input, output) = (view.message(method.input), view.message(method.output));
    let streamed_request = || format!("::transom::Streaming<{input}>");
    let streamed_response = || format!("::transom::BoxStream<{output}>");
    let (request, response, kind) = match method.streaming {
        Streaming::Unary => (input, output, "unary"),
        Streaming::Server => (input.clone(), streamed_response(), "server_streaming"),
        Streaming::Client => (streamed_request(), output.clone(), "client_streaming"),
        Streaming::Bidirectional => (streamed_request(), streamed_response(), "streaming"),
    };
    ServerMethod {
        doc: view.method_doc(method, 8),
        deprecated: method.deprecated,
        name: &method.name.rust,
        proto_name: &method.name.proto,
        path: view.path(method),
        request,
        response,
        kind,
    }
}
