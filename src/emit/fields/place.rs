//! Position of a table in the output: the top level of its package, or a module of proxy types.

use crate::capability::FieldTables;
use crate::emit::context::Context;
use crate::layout::relative;
use crate::model::{EnumId, MessageId, Model, TypeId};
use crate::name;

/// Position in the file of a package, from which paths start.
pub(super) struct Place<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) model: &'a Model,
    pub(super) tables: &'a FieldTables,
    /// Modules in the module of the proxy types; `None` for the top level of the package.
    modules: Option<Vec<String>>,
}

impl<'a> Place<'a> {
    /// The top level of a package.
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        Self { context, model: context.model, tables: context.plans.tables.package(context.id), modules: None }
    }

    /// A module of the package's proxy types.
    pub(super) fn in_modules(&self, modules: Vec<String>) -> Self {
        Self { modules: Some(modules), ..*self }
    }

    fn depth(&self) -> usize {
        self.modules.as_ref().map_or(0, |modules| 1 + modules.len())
    }

    /// Path of the Rust type of a message.
    pub(super) fn message(&self, id: MessageId) -> String {
        self.context.message_path(self.depth(), id)
    }

    /// Path of an enum.
    pub(super) fn r#enum(&self, id: EnumId) -> String {
        self.context.layout.path(self.model, self.context.id, self.depth(), TypeId::Enum(id))
    }

    /// Path of the module with the types in a message.
    pub(super) fn inner(&self, id: MessageId) -> String {
        self.context.layout.module_path(self.model, self.context.id, self.depth(), id)
    }

    /// Path of the type with the table of a message: the struct, or its proxy type.
    pub(super) fn fields(&self, id: MessageId) -> String {
        if self.is_own(id) {
            return self.message(id);
        }
        let (target, name) = name::proxy_type(&self.model.message(id).full_name);
        let Some(modules) = &self.modules else {
            let down = std::iter::once(name::FOREIGN_FIELDS.to_owned()).chain(target);
            return relative(0, down.chain(std::iter::once(name)));
        };
        let common = modules.iter().zip(&target).take_while(|(left, right)| left == right).count();
        let down = target.into_iter().skip(common).chain(std::iter::once(name));
        relative(modules.len() - common, down)
    }

    /// Returns `true` if the package's file contains the struct of a message.
    pub(super) fn is_own(&self, id: MessageId) -> bool {
        self.context.layout.is_owned_by(id, self.context.id)
    }
}
