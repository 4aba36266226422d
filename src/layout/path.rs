//! Paths of Rust types in generated code.
//!
//! Generated types are reached through `super`, because only the user knows the module that the tree is mounted in.

use super::{Layout, Owner};
use crate::model::{MessageId, Model, PackageId, TypeId};
use crate::name::{to_snake, to_upper_camel};

impl Layout {
    /// Path of a type, seen from a module `depth` levels below the top level of a package.
    pub(crate) fn path(&self, model: &Model, package: PackageId, depth: usize, id: TypeId) -> String {
        if let Owner::Extern(r#type) = self.owner(id) {
            return r#type.path.to_string();
        }
        let mut target: Vec<&str> = model.full_name(id).trim_start_matches('.').split('.').collect();
        let type_name = target.pop().map(to_upper_camel).unwrap_or_default();
        let package = &model.package(package).name;
        let here: Vec<&str> = package.split('.').filter(|segment| !segment.is_empty()).collect();
        let common = here.iter().zip(&target).take_while(|(left, right)| left == right).count();
        let down = target.into_iter().skip(common).map(to_snake);
        relative(depth + here.len() - common, down.chain(std::iter::once(type_name)))
    }

    /// Path of the module with the types in a message, seen from the same module as [`Self::path`].
    pub(crate) fn module_path(&self, model: &Model, package: PackageId, depth: usize, id: MessageId) -> String {
        let message = self.path(model, package, depth, TypeId::Message(id));
        let module = to_snake(&model.message(id).name.proto);
        match message.rsplit_once("::") {
            Some((outer, _)) => format!("{outer}::{module}"),
            None => module,
        }
    }
}

/// Path that leads up some modules and then down the given ones.
pub(crate) fn relative(up: usize, down: impl IntoIterator<Item = String>) -> String {
    std::iter::repeat_n("super".to_owned(), up).chain(down).collect::<Vec<_>>().join("::")
}
