//! Context of the emitters of one package.

use crate::capability::Plans;
use crate::layout::Layout;
use crate::model::{MessageId, Model, Package, PackageId, Service, TypeId};
use crate::options::Options;

/// Everything that an emitter reads.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) model: &'a Model,
    pub(super) layout: &'a Layout,
    pub(super) plans: &'a Plans,
    pub(super) options: &'a Options,
    pub(super) id: PackageId,
    pub(super) package: &'a Package,
}

impl<'a> Context<'a> {
    /// Services of the package, in file order.
    pub(super) fn services(&self) -> impl Iterator<Item = &'a Service> + use<'a> {
        let model = self.model;
        let services = self.package.files.iter().flat_map(|&file| &model.file(file).services);
        services.map(|&index| &model.services[index])
    }

    /// Path of a message, seen from a module `depth` levels below the top level of the package.
    pub(super) fn message_path(&self, depth: usize, id: MessageId) -> String {
        self.layout.path(self.model, self.id, depth, TypeId::Message(id))
    }
}
