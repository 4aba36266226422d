//! Requests that update or create a resource.

mod create;
mod masked;
mod patch;
mod pattern;

pub(crate) use pattern::{Conditions, MaskedUpdate, Patch, UpdatePattern};

use std::collections::HashMap;

use super::recognizer::Recognizer;
use super::request::{Candidate, select};
use super::rpc::Rpc;
use crate::layout::{Layout, ScalarType};
use crate::model::{FieldId, FieldType, MessageId, MethodId, Model, PackageId, Streaming};
use crate::options::FieldMasks;

/// Plan of updates.
#[derive(Debug)]
pub(crate) struct UpdatePlan {
    methods: HashMap<MethodId, MethodUpdates>,
    /// Update requests of each package, each once.
    requests: Vec<Vec<(MessageId, UpdatePattern)>>,
}

/// Updates of a method. Methods without any are not in the plan.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct MethodUpdates {
    pub(crate) pattern: Option<UpdatePattern>,
    /// Resource that the method creates.
    pub(crate) creates: Option<MessageId>,
    /// Requests in a batch, with their patterns (AIP-234).
    pub(crate) batch: Vec<(MessageId, UpdatePattern)>,
}

impl UpdatePlan {
    /// Recognises updates and chooses the pattern of each request.
    pub(super) fn new(recognizer: &Recognizer<'_>) -> Self {
        let model = recognizer.model;
        let mut methods = HashMap::new();
        for (id, _) in model.methods() {
            let updates = recognizer.method_updates(&Rpc::new(model, id));
            if updates != MethodUpdates::default() {
                methods.insert(id, updates);
            }
        }
        let mut plan = Self { methods, requests: vec![Vec::new(); model.packages.len()] };
        if recognizer.options.field_masks() != FieldMasks::Off {
            let ids = (0..model.packages.len()).map(PackageId);
            plan.requests = ids.map(|id| plan.select(model, recognizer.layout, id)).collect();
        }
        plan
    }

    /// Updates of a method.
    pub(crate) fn method(&self, id: MethodId) -> Option<&MethodUpdates> {
        self.methods.get(&id)
    }

    /// Update requests of a package.
    pub(crate) fn requests(&self, id: PackageId) -> &[(MessageId, UpdatePattern)] {
        &self.requests[id.0]
    }

    /// Chooses the pattern of each request of a package. A request of a method precedes a request in a batch, and a
    /// masked update precedes a patch.
    fn select(&self, model: &Model, layout: &Layout, id: PackageId) -> Vec<(MessageId, UpdatePattern)> {
        let candidate = |request: MessageId, pattern: &UpdatePattern, in_batch: bool| {
            let rank = match pattern {
                UpdatePattern::Masked(update) if !is_prost_mask(model, layout, request, update.mask) => return None,
                UpdatePattern::Masked(_) => 0,
                UpdatePattern::Patch(_) => 1,
            };
            Some(Candidate { request, rank: (in_batch, rank), value: (request, pattern.clone()) })
        };
        let updates = model.package_methods(id).filter_map(|(id, method)| Some((method, self.method(id)?)));
        let candidates = updates.flat_map(|(method, updates)| {
            let own = updates.pattern.iter().map(|pattern| (method.input, pattern, false));
            own.chain(updates.batch.iter().map(|(item, pattern)| (*item, pattern, true)))
        });
        select(layout, id, candidates.filter_map(|(request, pattern, in_batch)| candidate(request, pattern, in_batch)))
    }
}

/// Returns `true` if a mask field of a request has the type that the runtime takes.
pub(super) fn is_prost_mask(model: &Model, layout: &Layout, request: MessageId, mask: FieldId) -> bool {
    let mask = model.message(request).field(mask);
    matches!(mask.r#type, FieldType::Message(id, _) if layout.is_prost_field_mask(id))
}

impl<'a> Recognizer<'a> {
    fn method_updates(&self, rpc: &Rpc<'a>) -> MethodUpdates {
        let mut updates = MethodUpdates { pattern: self.update(rpc), creates: self.create(rpc), batch: Vec::new() };
        if self.is_small(rpc.input) && self.is_small(rpc.output) {
            let items = self.batch_items(rpc).filter(|item| self.is_batch_request(item.input) && item.is_update());
            updates.batch = items.filter_map(|item| Some((item.input, self.update(&item)?))).collect();
        }
        updates
    }

    fn update(&self, rpc: &Rpc<'_>) -> Option<UpdatePattern> {
        if rpc.streaming != Streaming::Unary || !self.is_small(rpc.input) {
            return None;
        }
        self.masked_update(rpc).map(UpdatePattern::Masked).or_else(|| self.patch(rpc).map(UpdatePattern::Patch))
    }

    /// `allow_missing` and `etag` of a request.
    fn conditions(&self, request: MessageId) -> Conditions {
        let field = |name, scalar| self.singular_scalar(request, name, &[scalar]);
        let (allow_missing, etag) = (field("allow_missing", ScalarType::Bool), field("etag", ScalarType::String));
        Conditions { allow_missing, etag, name: None }
    }
}
