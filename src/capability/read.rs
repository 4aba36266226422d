//! Requests with a read mask: AIP-157, and AIP-133 and AIP-134 for created and updated resources.
//!
//! Such a request can be an update request as well, and then implements both traits. The values of a `view` enum have a
//! meaning that only the service knows, so nothing is generated for a `view`.

use std::collections::HashMap;

use super::list::{Candidates, List, ListResponse};
use super::recognizer::{MAX_FIELDS, Recognizer, repeated_message};
use super::request::{Candidate, select};
use super::rpc::Rpc;
use super::update::is_prost_mask;
use crate::layout::Layout;
use crate::model::{Field, FieldId, FieldType, MessageId, MethodId, Model, PackageId, Shape, Streaming};
use crate::options::FieldMasks;

/// Names of a read mask, in order of precedence. Many masks of requests have another purpose.
const NAMES: [&str; 6] = ["read_mask", "field_mask", "response_mask", "view_mask", "fields", "mask"];

/// Response of a method that starts a long-running operation, which is not read.
const OPERATION: &str = ".google.longrunning.Operation";

/// First word of requests for single resources (AIP-131).
const GET: &str = "get";

/// Request that selects the returned fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Read {
    /// Message that the mask selects from: the response, or an element of the list in it.
    pub(crate) resource: MessageId,
    /// Field of the request with the mask.
    pub(crate) mask: FieldId,
    /// Field of the response with the list, if the mask selects from elements.
    pub(crate) items: Option<FieldId>,
}

/// Reads of a method. Methods without any are not in the plan.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct MethodReads {
    pub(crate) read: Option<Read>,
    /// Requests in a batch, with their reads (AIP-231).
    pub(crate) batch: Vec<(MessageId, Read)>,
}

/// Plan of reads.
#[derive(Debug)]
pub(crate) struct ReadPlan {
    methods: HashMap<MethodId, MethodReads>,
    /// Read requests of each package, each once.
    requests: Vec<Vec<(MessageId, Read)>>,
}

impl ReadPlan {
    /// Recognises reads. `lists` are the methods that look like lists, whether lists are generated or not.
    pub(super) fn new(recognizer: &Recognizer<'_>, lists: &Candidates) -> Self {
        let model = recognizer.model;
        let mut methods = HashMap::new();
        for (id, _) in model.methods() {
            let reads = recognizer.method_reads(&Rpc::new(model, id), lists.list(id));
            if reads != MethodReads::default() {
                methods.insert(id, reads);
            }
        }
        let mut plan = Self { methods, requests: vec![Vec::new(); model.packages.len()] };
        if recognizer.options.field_masks() != FieldMasks::Off {
            let ids = (0..model.packages.len()).map(PackageId);
            plan.requests = ids.map(|id| plan.select(model, recognizer.layout, id)).collect();
        }
        plan
    }

    /// Reads of a method.
    pub(crate) fn method(&self, id: MethodId) -> Option<&MethodReads> {
        self.methods.get(&id)
    }

    /// Read requests of a package.
    pub(crate) fn requests(&self, id: PackageId) -> &[(MessageId, Read)] {
        &self.requests[id.0]
    }

    /// Chooses the read of each request of a package. A request of a method precedes a request in a batch.
    fn select(&self, model: &Model, layout: &Layout, id: PackageId) -> Vec<(MessageId, Read)> {
        let reads = model.package_methods(id).filter_map(|(id, method)| Some((method, self.method(id)?)));
        let candidates = reads.flat_map(|(method, reads)| {
            let own = reads.read.iter().map(|read| (method.input, *read, false));
            own.chain(reads.batch.iter().map(|&(item, read)| (item, read, true)))
        });
        let candidates = candidates.filter(|&(request, read, _)| is_prost_mask(model, layout, request, read.mask));
        let candidate = |(request, read, in_batch)| Candidate { request, rank: (in_batch, 0), value: (request, read) };
        select(layout, id, candidates.map(candidate))
    }
}

impl<'a> Recognizer<'a> {
    fn method_reads(&self, rpc: &Rpc<'a>, list: Option<&List>) -> MethodReads {
        let mut reads = MethodReads { read: self.read(rpc, list), batch: Vec::new() };
        if self.is_small(rpc.input) && self.is_small(rpc.output) {
            let items = self.batch_items(rpc).filter(|item| self.is_batch_request(item.input));
            reads.batch = items.filter_map(|item| Some((item.input, self.read_in_batch(&item)?))).collect();
        }
        reads
    }

    fn read(&self, rpc: &Rpc<'_>, list: Option<&List>) -> Option<Read> {
        if !matches!(rpc.streaming, Streaming::Unary | Streaming::Server) || !self.is_small(rpc.input) {
            return None;
        }
        let mask = self.read_mask(rpc)?;
        if !self.is_resource(rpc.output) || self.model.message(rpc.output).full_name == OPERATION {
            return None;
        }
        let (items, resource) = self.elements(rpc, list).unzip();
        Some(Read { resource: resource.unwrap_or(rpc.output), mask, items })
    }

    /// Read of the resource that the batch returns a list of.
    fn read_in_batch(&self, item: &Rpc<'_>) -> Option<Read> {
        if item.verb().0 != GET || !self.is_small(item.input) {
            return None;
        }
        let mask = self.read_mask(item)?;
        let response = self.model.message(item.output);
        let mut resources = response.fields.iter().filter_map(repeated_message);
        let resource = resources.find(|&resource| self.is_resource(resource))?;
        Some(Read { resource, mask, items: None })
    }

    /// Field with the read mask of a request.
    pub(super) fn read_mask(&self, rpc: &Rpc<'_>) -> Option<FieldId> {
        // In an update, a general name is rather that of the update mask.
        let names = if rpc.is_update() { &NAMES[..1] } else { &NAMES[..] };
        let request = self.model.message(rpc.input);
        let named = |name: &&str| request.field_named(name).filter(|(_, field)| self.is_mask(field));
        names.iter().find_map(named).map(|(id, _)| id)
    }

    /// The repeated field that a response consists of, if its elements have fields.
    ///
    /// Of a page these are the items. Of other responses, such as those of a batch, it is the first repeated message.
    /// Resources with repeated fields do not count: their names do not end with `Response`. The response to `Get` is one
    /// resource.
    fn elements(&self, rpc: &Rpc<'_>, list: Option<&List>) -> Option<(FieldId, MessageId)> {
        let response = self.model.message(rpc.output);
        let element = |(id, field): (FieldId, &Field)| match (field.r#type, field.shape) {
            (FieldType::Message(item, _), Shape::Repeated { .. }) if self.is_resource(item) => Some((id, item)),
            _ => None,
        };
        match list.map(|list| list.response) {
            Some(ListResponse::Page { items, .. }) => element((items, response.field(items))),
            Some(ListResponse::Stream) => None,
            None => {
                let is_response = rpc.verb().0 != GET && response.name.proto.ends_with("Response");
                response.fields().take(MAX_FIELDS).filter(|_| is_response).find_map(element)
            }
        }
    }
}
