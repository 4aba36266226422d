//! Where a table stands: at the top level of its package, or in a module of the stand-ins.

use crate::emit::paths;
use crate::model::{EnumId, MessageId, Model, Package, TypeId};
use crate::name;
use crate::options::Options;

/// A place in a package's file, from which paths are written.
pub(super) struct Place<'a> {
    pub(super) model: &'a Model,
    pub(super) options: &'a Options,
    pub(super) package: &'a Package,
    /// The modules inside the module of the stand-ins; none for the top level of the package.
    modules: Option<Vec<String>>,
}

impl<'a> Place<'a> {
    /// The top level of a package.
    pub(super) fn new(model: &'a Model, options: &'a Options, package: &'a Package) -> Self {
        Self { model, options, package, modules: None }
    }

    /// A module of the package's stand-ins.
    pub(super) fn inside(&self, modules: Vec<String>) -> Self {
        Self { modules: Some(modules), ..*self }
    }

    fn depth(&self) -> usize {
        self.modules.as_ref().map_or(0, |modules| 1 + modules.len())
    }

    /// The struct of a message, or what stands in its place where it lives elsewhere.
    pub(super) fn message(&self, id: MessageId) -> String {
        paths::type_path(self.model, self.options, self.package, self.depth(), TypeId::Message(id))
    }

    /// An enum.
    pub(super) fn r#enum(&self, id: EnumId) -> String {
        paths::type_path(self.model, self.options, self.package, self.depth(), TypeId::Enum(id))
    }

    /// The module of what is inside a message.
    pub(super) fn inner(&self, id: MessageId) -> String {
        paths::inner_path(self.model, self.options, self.package, self.depth(), id)
    }

    /// The type that carries a message's table: the struct, or its stand-in.
    pub(super) fn fields(&self, id: MessageId) -> String {
        if self.is_own(id) {
            return self.message(id);
        }
        let (target, name) = name::stand_in(&self.model.message(id).full_name);
        let Some(modules) = &self.modules else {
            let down = std::iter::once(name::FOREIGN_FIELDS.to_owned()).chain(target);
            return paths::relative(0, down.chain(std::iter::once(name)));
        };
        let common = modules.iter().zip(&target).take_while(|(left, right)| left == right).count();
        let down = target.into_iter().skip(common).chain(std::iter::once(name));
        paths::relative(modules.len() - common, down)
    }

    /// Whether the package's file holds the struct of a message.
    pub(super) fn is_own(&self, id: MessageId) -> bool {
        let message = self.model.message(id);
        let home = self.model.file_of(message).home.map(|home| &self.model.packages[home.0]);
        home.is_some_and(|home| home.name == self.package.name)
            && !self.options.extern_paths().covers(&message.full_name)
    }
}
