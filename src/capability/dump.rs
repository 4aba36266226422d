//! Dump of the plans, for `--dump-model` and the option `dump_model`.

use std::fmt::Write as _;

use super::{Conditions, List, ListResponse, PageStart, Plans, Read, UpdatePattern};
use crate::layout::{Layout, ValueType};
use crate::model::{Behavior, FieldId, Message, MessageId, Method, MethodId, Model, PackageId, TypeId};

impl Plans {
    /// Appends the plans of all capabilities.
    pub(crate) fn dump(&self, model: &Model, layout: &Layout, text: &mut String) {
        let mut dump = Dump { model, layout, plans: self, text };
        dump.line("== methods".to_owned());
        dump.methods();
        dump.line("== tables and requests".to_owned());
        dump.packages();
    }
}

struct Dump<'a> {
    model: &'a Model,
    layout: &'a Layout,
    plans: &'a Plans,
    text: &'a mut String,
}

impl Dump<'_> {
    fn line(&mut self, line: String) {
        // Writing into a string cannot fail.
        let _ = writeln!(self.text, "{line}");
    }

    fn name(&self, id: MessageId) -> &str {
        &self.model.message(id).full_name
    }

    fn methods(&mut self) {
        for (id, method) in self.model.methods() {
            for found in self.method(id, method) {
                self.line(format!("  {}.{}: {found}", self.model.service(id).full_name, method.name.proto));
            }
        }
    }

    fn method(&self, id: MethodId, method: &Method) -> Vec<String> {
        let mut found = Vec::new();
        if let Some(updates) = self.plans.updates.method(id) {
            found.extend(updates.pattern.iter().map(|pattern| self.update(method.input, pattern)));
            found.extend(updates.creates.map(|id| format!("create of {}", self.name(id))));
            let in_batch = |(item, pattern): &(MessageId, UpdatePattern)| {
                format!("in each {}, {}", self.name(*item), self.update(*item, pattern))
            };
            found.extend(updates.batch.iter().map(in_batch));
        }
        if let Some(reads) = self.plans.reads.method(id) {
            found.extend(reads.read.iter().map(|read| self.read(method, method.input, read)));
            let in_batch = |(item, read): &(MessageId, Read)| {
                format!("in each {}, {}", self.name(*item), self.read(method, *item, read))
            };
            found.extend(reads.batch.iter().map(in_batch));
        }
        found.extend(self.plans.lists.list(id).map(|list| self.list(method, list)));
        let rejection = self.plans.lists.rejection(id);
        found.extend(rejection.map(|rejection| format!("no list, because {}", rejection.reason())));
        found
    }

    fn update(&self, request: MessageId, pattern: &UpdatePattern) -> String {
        let request = self.model.message(request);
        let name = |id: FieldId| request.field(id).name.proto.as_str();
        let conditions = |conditions: &Conditions| {
            let ids = [conditions.allow_missing, conditions.etag, conditions.name];
            ids.into_iter().flatten().map(|id| format!(" {}", name(id))).collect::<String>()
        };
        match pattern {
            UpdatePattern::Masked(update) => {
                let (field, mask) = (name(update.field), name(update.mask));
                let extra = conditions(&update.conditions);
                format!("update of {} in {field}, mask {mask}{extra}", self.name(update.resource))
            }
            UpdatePattern::Patch(patch) => {
                let fields: Vec<&str> = patch.fields.iter().map(|field| name(field.in_request)).collect();
                let extra = conditions(&patch.conditions);
                format!("patch of {} by {}{extra}", self.name(patch.resource), fields.join(" "))
            }
        }
    }

    fn read(&self, method: &Method, request: MessageId, read: &Read) -> String {
        let (request, response) = (self.model.message(request), self.model.message(method.output));
        let items = read.items.map(|id| format!(" in {}", response.field(id).name.proto)).unwrap_or_default();
        let mask = &request.field(read.mask).name.proto;
        format!("read of {}{items}, mask {mask}", self.name(read.resource))
    }

    fn list(&self, method: &Method, list: &List) -> String {
        let (request, response) = (self.model.message(method.input), self.model.message(method.output));
        let (start, skip) = match list.start {
            PageStart::Token { page_token, skip } => (Some(page_token), skip),
            PageStart::Offset(offset) => (Some(offset), None),
            PageStart::Beginning => (None, None),
        };
        let requested = [Some(list.size), start, skip, list.filter, list.order_by];
        let names = |message: &Message, ids: &[Option<FieldId>]| {
            let names = ids.iter().flatten().map(|&id| message.field(id).name.proto.as_str());
            names.collect::<Vec<_>>().join(" ")
        };
        let returned = match list.response {
            ListResponse::Stream => "a stream".to_owned(),
            ListResponse::Page { items, next_page_token, total_size } => {
                names(response, &[Some(items), next_page_token, total_size])
            }
        };
        let items = match list.item(self.layout, method) {
            ValueType::Message(id) => self.name(id).to_owned(),
            ValueType::Enum(id) => self.model.full_name(TypeId::Enum(id)).to_owned(),
            ValueType::Scalar(scalar) | ValueType::Wrapper(scalar) => format!("{scalar:?}"),
        };
        // Of two sizes, the newer name counts.
        let is_older =
            request.field(list.size).name.proto == "page_size" && request.field_named("max_results").is_some();
        let older = if is_older { ", not by max_results" } else { "" };
        format!("list of {items} by {}{older}, in {returned}", names(request, &requested))
    }

    fn packages(&mut self) {
        for (index, package) in self.model.packages.iter().enumerate() {
            let id = PackageId(index);
            let tables = self.plans.tables.package(id);
            for (kind, messages) in [("own table", &tables.own), ("foreign table", &tables.foreign)] {
                for &id in messages {
                    let behaviors: Vec<&str> = tables.transitive_behaviors(id).iter().map(Behavior::name).collect();
                    let behaviors = behaviors.join(" ");
                    self.line(format!("  {:?} {kind} {} [{behaviors}]", package.name, self.name(id)));
                }
            }
            let updates = self.plans.updates.requests(id).iter().map(|&(id, _)| ("update request", id));
            let reads = self.plans.reads.requests(id).iter().map(|&(id, _)| ("read request", id));
            let lists = self.plans.lists.requests(id).iter().filter_map(|methods| methods.first());
            let lists = lists.map(|&id| ("list request", self.model.method(id).input));
            for (kind, request) in updates.chain(reads).chain(lists) {
                self.line(format!("  {:?} {kind} {}", package.name, self.name(request)));
            }
        }
    }
}
