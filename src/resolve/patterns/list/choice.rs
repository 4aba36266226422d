//! Methods that an option names as lists.

use super::No;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{LookAlike, Method, MethodId, Model, Service};
use crate::nearest::nearest;
use crate::options::Options;

/// A method that cannot be a list, whatever an option says.
pub(super) fn impossible(service: &Service, method: &Method, field: &str, reason: No) -> Diagnostic {
    let name = &method.name.proto;
    let (reason, help) = match reason {
        Some(LookAlike::Items) => {
            (format!("its response has no field `{field}` that is repeated or a map"), "name one that is")
        }
        Some(LookAlike::Size) => {
            ("its request has no `page_size` or `max_results` that is an integer".to_owned(), REMEDY)
        }
        Some(reason @ (LookAlike::Shared | LookAlike::Foreign)) => {
            (reason.reason().to_owned(), "give the method a request of its own, in its package")
        }
        Some(reason) => (reason.reason().to_owned(), REMEDY),
        None => ("its request and its response have no part of a list".to_owned(), REMEDY),
    };
    let text = format!("method `{name}` is a list by the option `pagination_items`, but {reason}");
    Diagnostic::at(&service.method_origin(method), text).help(help)
}

/// A list that cannot be one, because an option chooses another method with the same request.
pub(super) fn displaced(model: &Model, id: MethodId, chosen: MethodId) -> Diagnostic {
    let place = |id: MethodId| {
        let (service, method) = (&model.services[id.service], model.method(id));
        (service, service.method_origin(method), method.name.proto.as_str())
    };
    let ((service, origin, name), (_, other_origin, other)) = (place(id), place(chosen));
    let request = &model.message(model.method(id).input).name.proto;
    let text = format!(
        "method `{name}` is a list too, but `{request}` serves `{other}`, which the option `pagination_items` names, \
         and a request can serve only one list"
    );
    Diagnostic::at(&origin, text).related(&other_origin, format!("`{other}` has the same request")).help(format!(
        "give one of them a request of its own, or take `{name}` out with `pagination_except=.{}.{name}`",
        service.full_name
    ))
}

const REMEDY: &str = "take the option out; a list has `page_size` and `page_token` in its request and \
                      `next_page_token` in its response, or `limit` and `offset` in its request";

/// Reports names of methods that their services do not have. A service that is not generated now may be so with
/// other files.
pub(in crate::resolve::patterns) fn check(model: &Model, options: &Options, diagnostics: &mut Diagnostics) {
    for (path, _) in &options.pagination_items {
        let Some((service, method)) = path.trim_start_matches('.').rsplit_once('.') else { continue };
        let Some(service) = model.services.iter().find(|other| other.full_name == service) else { continue };
        if service.methods.iter().all(|other| other.name.proto != method) {
            let text = format!(
                "option `pagination_items` names `{path}`, but `{}` has no method `{method}`",
                service.full_name
            );
            let help = match nearest(method, service.methods.iter().map(|other| other.name.proto.as_str())) {
                Some(near) => format!("did you mean `.{}.{near}`?", service.full_name),
                None => "write the full name of a method, with a dot in front".to_owned(),
            };
            diagnostics.error(Diagnostic::option(text).help(help));
        }
    }
}
