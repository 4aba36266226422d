//! Domains of errors (AIP-193).
//!
//! The domain of a service is its `google.api.default_host` without the port, or else its package. Tables of messages have
//! the domain of the service that uses them.
//!
//! Services of one package can have several domains. A message then has the domain of the first service with a method
//! that, in order of precedence:
//!
//! 1. has the message as its request;
//! 2. has the message in a batch of requests;
//! 3. changes, reads, lists or returns the message.

use std::collections::HashMap;

use super::Plans;
use crate::layout::{Layout, ValueType};
use crate::model::{MessageId, Method, MethodId, Model, PackageId, Service};

/// Domains of all packages.
#[derive(Debug, Default)]
pub(crate) struct DomainPlan(Vec<Domains>);

/// Domains of the errors that the services of a package return.
#[derive(Debug, Clone, Default)]
pub(crate) struct Domains {
    /// Domain of the messages that have none of their own.
    common: String,
    /// Domains of single messages, if the services of the package have several.
    by_message: HashMap<MessageId, String>,
}

impl Domains {
    /// Domain of errors about a message.
    pub(crate) fn get(&self, message: MessageId) -> &str {
        self.by_message.get(&message).unwrap_or(&self.common)
    }
}

impl DomainPlan {
    pub(super) fn new(model: &Model, layout: &Layout, plans: &Plans) -> Self {
        Self((0..model.packages.len()).map(|index| domains(model, layout, plans, PackageId(index))).collect())
    }

    /// Domains of a package.
    pub(crate) fn package(&self, id: PackageId) -> &Domains {
        &self.0[id.0]
    }
}

fn domains(model: &Model, layout: &Layout, plans: &Plans, id: PackageId) -> Domains {
    let package = model.package(id);
    let services: Vec<&Service> = model.package_services(id).map(|(_, service)| service).collect();
    let domain = |service: &Service| -> String {
        let package_or_service = || if package.name.is_empty() { &service.full_name } else { &package.name };
        let host = service.default_host.as_deref().map(|host| host.split(':').next().unwrap_or(host));
        host.map_or_else(|| package_or_service().clone(), str::to_owned)
    };
    let common = services.first().map_or_else(|| package.name.clone(), |service| domain(service));
    let mut by_message = HashMap::new();
    if services.iter().any(|service| domain(service) != common) {
        for use_kind in [UseKind::Request, UseKind::Batch, UseKind::Other] {
            for (id, method) in model.package_methods(id) {
                for message in messages(layout, plans, id, method, use_kind) {
                    by_message.entry(message).or_insert_with(|| domain(model.service(id)));
                }
            }
        }
    }
    Domains { common, by_message }
}

/// Use of a message by a method, in order of precedence.
#[derive(Clone, Copy)]
enum UseKind {
    Request,
    Batch,
    Other,
}

/// Messages that a method uses.
fn messages(layout: &Layout, plans: &Plans, id: MethodId, method: &Method, use_kind: UseKind) -> Vec<MessageId> {
    let (updates, reads) = (plans.updates.method(id), plans.reads.method(id));
    let updates_in_batch = || updates.into_iter().flat_map(|updates| &updates.batch);
    let reads_in_batch = || reads.into_iter().flat_map(|reads| &reads.batch);
    match use_kind {
        UseKind::Request => vec![method.input],
        UseKind::Batch => {
            let updates = updates_in_batch().map(|(item, _)| *item);
            updates.chain(reads_in_batch().map(|(item, _)| *item)).collect()
        }
        UseKind::Other => {
            let item = plans.lists.list(id).and_then(|list| match list.item(layout, method) {
                ValueType::Message(id) => Some(id),
                _ => None,
            });
            let updated = updates.and_then(|updates| updates.pattern.as_ref()).map(|pattern| pattern.resource());
            let created = updates.and_then(|updates| updates.creates);
            let read = reads.and_then(|reads| reads.read).map(|read| read.resource);
            let own = [updated, created, read, item, Some(method.output)].into_iter().flatten();
            let in_batch = updates_in_batch().map(|(_, pattern)| pattern.resource());
            own.chain(in_batch).chain(reads_in_batch().map(|(_, read)| read.resource)).collect()
        }
    }
}
