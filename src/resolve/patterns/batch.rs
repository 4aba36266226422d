//! Requests that come in lists: AIP-234 for updates, AIP-231 for reads.
//!
//! `BatchUpdateUsers(BatchUpdateUsersRequest { repeated UpdateUserRequest requests })`: each item is the request of the
//! standard method, whether or not the service has that method. The item's name stands for the method's, so it must be
//! that of a request, and neither the name of the batch nor that of the list counts. The items of AIP-233 and AIP-235
//! (create and delete) have no masks.

use super::{Finder, UPDATE_VERBS, listed, verb};
use crate::model::{Batch, Change, MessageId, Method, Read, Streaming};
use crate::name::Name;

/// The first word of requests for single resources (AIP-131).
const GET: &str = "get";

/// More lists than a batch has. It bounds the cost where thousands of methods share one message.
const MAX_LISTS: usize = 16;

impl Finder<'_> {
    /// Returns the requests that a method takes in lists, as far as they change or read something by themselves.
    pub(super) fn batches(&mut self, method: &Method) -> Vec<Batch> {
        if !self.is_small(method.input) || !self.is_small(method.output) {
            return Vec::new();
        }
        let fields = &self.model.message(method.input).fields;
        let mut batches: Vec<Batch> = Vec::new();
        for item in fields.iter().filter_map(listed).take(MAX_LISTS) {
            if batches.iter().all(|batch| batch.item != item)
                && let Some(single) = self.single(method, item)
            {
                let (change, read) = (self.change_in_batch(&single), self.read_in_batch(&single));
                if change.is_some() || read.is_some() {
                    batches.push(Batch { item, change, read });
                }
            }
        }
        batches
    }

    /// The method that would take one item: named after the item, with the answer of the batch.
    fn single(&self, method: &Method, item: MessageId) -> Option<Method> {
        let message = self.model.message(item);
        let name = message.name.proto.strip_suffix("Request").filter(|_| self.is_resource(item))?;
        let name = Name::of_value(name);
        Some(Method { name, input: item, streaming: Streaming::Unary, ..method.clone() })
    }

    fn change_in_batch(&mut self, single: &Method) -> Option<Change> {
        if UPDATE_VERBS.contains(&verb(single).0) { self.change(single) } else { None }
    }

    /// A read of the resource that the batch returns a list of.
    fn read_in_batch(&self, single: &Method) -> Option<Read> {
        if verb(single).0 != GET || !self.is_small(single.input) {
            return None;
        }
        let mask = self.read_mask(single)?;
        let response = self.model.message(single.output);
        let resource = response.fields.iter().filter_map(listed).find(|&resource| self.is_resource(resource))?;
        Some(Read { resource, mask, items: None })
    }
}
