//! Reports about list methods: options that cannot be followed, and fields that are ignored.

use super::params::{INTEGERS, PAGE_SIZES};
use super::plan::ListMatch;
use super::recognize::path;
use super::{Candidates, List, PageStart, Rejection, items};
use crate::capability::recognizer::Recognizer;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Method, MethodId, Model, Service};
use crate::options::Options;
use crate::text::nearest::nearest;

/// Reports methods that cannot be lists although an option says so, and lists with ambiguous items.
pub(super) fn rejections(
    recognizer: &Recognizer<'_>,
    matches: &[(MethodId, ListMatch)],
    diagnostics: &mut Diagnostics,
) {
    unknown_methods(recognizer.model, recognizer.options, diagnostics);
    for &(id, found) in matches {
        let (service, method) = (recognizer.model.service(id), recognizer.model.method(id));
        match (recognizer.chosen_items(service, method), found) {
            (Some(field), Err(reason)) => diagnostics.error(impossible(service, method, field, reason)),
            (None, Err(Some(Rejection::Displaced(chosen)))) => {
                diagnostics.error(displaced(recognizer.model, id, chosen));
            }
            (None, Err(Some(Rejection::Order))) => {
                diagnostics.error(ambiguous(recognizer.model, service, method));
            }
            (_, Ok(_) | Err(_)) => {}
        }
    }
}

/// Warns of a second page size, which the list ignores: clients that set it get pages of another size.
///
/// It is not an error, because a server can read the older field itself.
pub(super) fn ignored_sizes(recognizer: &Recognizer<'_>, candidates: &Candidates, diagnostics: &mut Diagnostics) {
    for (id, found) in &candidates.matches {
        if let Ok(list) = found
            && let Some(warning) = ignored_size(recognizer, recognizer.model.method(*id), list)
        {
            diagnostics.warning(warning);
        }
    }
}

fn ignored_size(recognizer: &Recognizer<'_>, method: &Method, list: &List) -> Option<Diagnostic> {
    let request = recognizer.model.message(method.input);
    let [newer, older] = PAGE_SIZES;
    if !matches!(list.start, PageStart::Token { .. }) || request.field(list.size).name.proto != newer {
        return None;
    }
    let ignored = request.field(recognizer.singular_scalar(method.input, older, &INTEGERS)?);
    let text = format!("`{older}` of `{}` is ignored: `{newer}` is the size of its pages", request.name.proto);
    let warning = Diagnostic::at(&request.field_origin(ignored), text);
    Some(
        warning.related(&request.field_origin(request.field(list.size)), format!("`{newer}` is here")).help(format!(
            "remove one of the two, or copy `{older}` to `{newer}` in the service before it makes the page"
        )),
    )
}

/// Error of a method that an option names as a list.
fn impossible(service: &Service, method: &Method, field: &str, reason: Option<Rejection>) -> Diagnostic {
    let name = &method.name.proto;
    let (reason, help) = match reason {
        Some(Rejection::Items) => {
            (format!("its response has no field `{field}` that is repeated or a map"), "name one that is")
        }
        Some(Rejection::Size) => {
            ("its request has no `page_size` or `max_results` that is an integer".to_owned(), REMEDY)
        }
        Some(reason @ (Rejection::Shared | Rejection::Foreign)) => {
            (reason.reason().to_owned(), "give the method a request of its own, in its package")
        }
        Some(reason) => (reason.reason().to_owned(), REMEDY),
        None => ("its request and its response have no part of a list".to_owned(), REMEDY),
    };
    let text = format!("method `{name}` is a list by the option `pagination_items`, but {reason}");
    Diagnostic::at(&service.method_origin(method), text).help(help)
}

/// Error of a list whose request serves another method by an option.
fn displaced(model: &Model, id: MethodId, chosen: MethodId) -> Diagnostic {
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

/// Reports names of methods that their services do not have. A service of another run may have them.
fn unknown_methods(model: &Model, options: &Options, diagnostics: &mut Diagnostics) {
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

/// Error of a list with two fields that can be the items.
fn ambiguous(model: &Model, service: &Service, method: &Method) -> Diagnostic {
    let path = path(service, method);
    let response = model.message(method.output);
    let text = format!("the items of the list `{}` could be two fields of its response", method.name.proto);
    let diagnostic = Diagnostic::at(&service.method_origin(method), text);
    let Some(items::ItemFields { first, lowest, .. }) = items::candidates(response) else { return diagnostic };
    let (first, lowest) = (response.field(first), response.field(lowest));
    let (first_name, lowest_name) = (&first.name.proto, &lowest.name.proto);
    diagnostic
        .related(&response.field_origin(first), format!("`{first_name}` comes first, with number {}", first.number))
        .related(&response.field_origin(lowest), format!("`{lowest_name}` has the lowest number, {}", lowest.number))
        .help(format!(
            "choose one with `pagination_items={path}={first_name}`, or none with `pagination_except={path}`; \
             in a new API, put the items first and give them number 1"
        ))
}
