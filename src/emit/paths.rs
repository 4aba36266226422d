//! The paths of generated and of external types.
//!
//! They are reached through `super`, because only the user knows where the module tree is mounted. The names of the
//! runtime are not here: templates and emitters write them out, absolute, as no output has a `use`.

use crate::model::{Model, Package, TypeId};
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
    let mut here: Vec<&str> = package.name.split('.').filter(|segment| !segment.is_empty()).collect();
    let common = here.iter().zip(&target).take_while(|(left, right)| left == right).count();
    here.drain(..common);
    let up = std::iter::repeat_n("super".to_owned(), depth + here.len());
    let down = target.into_iter().skip(common).map(to_snake);
    up.chain(down).chain(std::iter::once(type_name)).collect::<Vec<_>>().join("::")
}
