//! The paths of generated and of external types.
//!
//! They are reached through `super`, because only the user knows where the module tree is mounted. The names of the
//! runtime are not here: templates and emitters write them out, absolute, as no output has a `use`.

use crate::model::{MessageId, Model, Package, TypeId};
use crate::name::{to_snake, to_upper_camel};
use crate::options::Options;

/// The path of a type as it is written `depth` modules below a package's top level.
pub(super) fn type_path(model: &Model, options: &Options, package: &Package, depth: usize, id: TypeId) -> String {
    let full_name = model.full_name(id);
    if let Some(path) = options.extern_paths().resolve(full_name) {
        return path;
    }
    let mut target: Vec<&str> = full_name.trim_start_matches('.').split('.').collect();
    let type_name = target.pop().map(to_upper_camel).unwrap_or_default();
    let here: Vec<&str> = package.name.split('.').filter(|segment| !segment.is_empty()).collect();
    let common = here.iter().zip(&target).take_while(|(left, right)| left == right).count();
    let down = target.into_iter().skip(common).map(to_snake);
    relative(depth + here.len() - common, down.chain(std::iter::once(type_name)))
}

/// The path of the module that prost-build makes for what is inside a message, seen as [`type_path`] sees the message.
pub(super) fn inner_path(model: &Model, options: &Options, package: &Package, depth: usize, id: MessageId) -> String {
    let message = type_path(model, options, package, depth, TypeId::Message(id));
    let module = to_snake(&model.message(id).name.proto);
    match message.rsplit_once("::") {
        Some((outer, _)) => format!("{outer}::{module}"),
        None => module,
    }
}

/// A path that goes up some modules and then down the given ones.
pub(super) fn relative(up: usize, down: impl IntoIterator<Item = String>) -> String {
    std::iter::repeat_n("super".to_owned(), up).chain(down).collect::<Vec<_>>().join("::")
}
