//! Ninth pass: the domain of errors about each message (AIP-193).
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

use crate::model::{Change, Domains, FieldType, Listing, MessageId, Method, Model, Package, Service};

/// Decides for every package.
pub(super) fn resolve(model: &mut Model) {
    for index in 0..model.packages.len() {
        model.packages[index].domains = domains(model, &model.packages[index]);
    }
}

fn domains(model: &Model, package: &Package) -> Domains {
    let services = package.files.iter().flat_map(|&file| &model.file(file).services);
    let services: Vec<&Service> = services.map(|&index| &model.services[index]).collect();
    let domain = |service: &Service| -> String {
        let package_or_service = || if package.name.is_empty() { &service.full_name } else { &package.name };
        let host = service.default_host.as_deref().map(|host| host.split(':').next().unwrap_or(host));
        host.map_or_else(|| package_or_service().clone(), str::to_owned)
    };
    let common = services.first().map_or_else(|| package.name.clone(), |service| domain(service));
    let mut of_messages = HashMap::new();
    if services.iter().any(|service| domain(service) != common) {
        let uses: [fn(&Model, &Method) -> Vec<MessageId>; 3] =
            [|_, method| vec![method.input], |_, method| method.batches.iter().map(|batch| batch.item).collect(), used];
        for messages in uses {
            for service in &services {
                for id in service.methods.iter().flat_map(|method| messages(model, method)) {
                    of_messages.entry(id).or_insert_with(|| domain(service));
                }
            }
        }
    }
    Domains { common, of_messages }
}

/// The messages that a method is about.
fn used(model: &Model, method: &Method) -> Vec<MessageId> {
    let item = match &method.listing {
        Listing::List(list) => match model.item_type(method, list) {
            FieldType::Message(id, _) => Some(id),
            _ => None,
        },
        Listing::LookAlike(_) | Listing::No => None,
    };
    let changed = method.change.as_ref().map(Change::resource);
    let read = method.read.as_ref().map(|read| read.resource);
    let in_batches = method.batches.iter().flat_map(|batch| {
        let changed = batch.change.as_ref().map(Change::resource);
        [changed, batch.read.map(|read| read.resource)]
    });
    [changed, method.creates, read, item].into_iter().chain(in_batches).chain([Some(method.output)]).flatten().collect()
}
