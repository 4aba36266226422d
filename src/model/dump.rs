//! The model as text, for people who look into a generation: `--dump-model`, or the option `dump_model`.

use std::fmt::Write as _;

use super::{
    Answer, Batch, Behavior, Change, Conditions, FieldId, FieldType, Listing, MessageId, Method, Model, Read, Shape,
    Start, TypeId,
};

/// A pass of [`crate::resolve`] that adds to the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pass {
    Files,
    Messages,
    Services,
    Packages,
    Patterns,
    Described,
}

impl Pass {
    fn name(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Messages => "messages",
            Self::Services => "services",
            Self::Packages => "packages",
            Self::Patterns => "patterns",
            Self::Described => "described",
        }
    }
}

impl Model {
    /// Appends what a pass has added to the model.
    pub(crate) fn dump(&self, pass: Pass, text: &mut String) {
        let mut dump = Dump { model: self, text };
        dump.line(
            0,
            &format!(
                "== after {}: {} files, {} packages, {} messages, {} enums, {} services",
                pass.name(),
                self.files.len(),
                self.packages.len(),
                self.messages.len(),
                self.enums.len(),
                self.services.len()
            ),
        );
        match pass {
            Pass::Files => dump.files(),
            Pass::Messages => dump.types(),
            Pass::Services => dump.services(),
            Pass::Packages => dump.packages(),
            Pass::Patterns => dump.patterns(),
            Pass::Described => dump.described(),
        }
    }
}

struct Dump<'a> {
    model: &'a Model,
    text: &'a mut String,
}

impl Dump<'_> {
    fn line(&mut self, depth: usize, line: &str) {
        // Writing into a string cannot fail.
        let _ = writeln!(self.text, "{:width$}{line}", "", width = depth * 2);
    }

    fn files(&mut self) {
        for file in &self.model.files {
            let imports: Vec<&str> = file.imports.iter().map(|&id| self.model.file(id).name.as_str()).collect();
            self.line(1, &format!("{} package={:?} imports=[{}]", file.name, file.package, imports.join(", ")));
            self.options(2, &file.options);
        }
    }

    fn types(&mut self) {
        for message in &self.model.messages {
            let deprecated = if message.deprecated { " deprecated" } else { "" };
            let line = format!("message {} {:?}{deprecated} -> {}", message.full_name, message.kind, message.name.rust);
            self.line(1, &line);
            self.options(2, &message.options);
            for field in &message.fields {
                let default = field.default.as_ref().map(|default| format!(" default={default:?}")).unwrap_or_default();
                let behaviors: String =
                    field.behaviors.iter().map(|behavior| format!(" {}", behavior.name())).collect();
                let line = format!(
                    "{} = {}: {} {}{default}{behaviors} json={:?} -> {}",
                    field.name.proto,
                    field.number,
                    self.shape(field.shape),
                    self.field_type(field.r#type),
                    field.json_name,
                    field.name.rust,
                );
                self.line(2, &line);
                self.options(3, &field.options);
            }
            for oneof in &message.oneofs {
                self.line(2, &format!("oneof {} -> {}", oneof.name.proto, oneof.name.rust));
                self.options(3, &oneof.options);
            }
        }
        for r#enum in &self.model.enums {
            self.line(1, &format!("enum {} -> {}", r#enum.full_name, r#enum.name.rust));
            self.options(2, &r#enum.options);
            for value in &r#enum.values {
                self.line(2, &format!("{} = {}", value.proto_name, value.number));
                self.options(3, &value.options);
            }
        }
    }

    fn shape(&self, shape: Shape) -> String {
        match shape {
            Shape::Map(entry) => format!("map {}", self.model.message(entry).full_name),
            other => format!("{other:?}"),
        }
    }

    fn field_type(&self, r#type: FieldType) -> String {
        match r#type {
            FieldType::Scalar(scalar) => format!("{scalar:?}"),
            FieldType::Enum(id) => self.model.full_name(TypeId::Enum(id)).to_owned(),
            FieldType::Message(id, encoding) => {
                format!("{} {encoding:?}", self.model.full_name(TypeId::Message(id)))
            }
        }
    }

    fn services(&mut self) {
        for service in &self.model.services {
            self.line(1, &format!("service {} -> {}", service.full_name, service.name.rust));
            self.options(2, &service.options);
            for method in &service.methods {
                let line = format!(
                    "{} {:?} {} -> {} as {}",
                    method.name.proto,
                    method.streaming,
                    self.model.message(method.input).full_name,
                    self.model.message(method.output).full_name,
                    method.name.rust,
                );
                self.line(2, &line);
                self.options(3, &method.options);
            }
        }
    }

    fn packages(&mut self) {
        for package in &self.model.packages {
            let files: Vec<&str> = package.files.iter().map(|&id| self.model.file(id).name.as_str()).collect();
            self.line(
                1,
                &format!("package {:?} -> {} [{}]", package.name, package.modules.join("::"), files.join(", ")),
            );
        }
    }

    fn patterns(&mut self) {
        for service in &self.model.services {
            for method in &service.methods {
                let change = method.change.as_ref().map(|change| self.change(method.input, change));
                let creates = method.creates.map(|id| format!("create of {}", self.model.message(id).full_name));
                let read = method.read.as_ref().map(|read| self.read(method, method.input, read));
                let mut found: Vec<String> =
                    [change, creates, read, self.listing(method)].into_iter().flatten().collect();
                for Batch { item, change, read } in &method.batches {
                    let change = change.as_ref().map(|change| self.change(*item, change));
                    let read = read.as_ref().map(|read| self.read(method, *item, read));
                    let name = &self.model.message(*item).full_name;
                    found.extend([change, read].into_iter().flatten().map(|what| format!("in each {name}, {what}")));
                }
                for found in found {
                    self.line(1, &format!("{}.{}: {found}", service.full_name, method.name.proto));
                }
            }
        }
    }

    fn change(&self, request: MessageId, change: &Change) -> String {
        let request = self.model.message(request);
        let name = |id: FieldId| request.field(id).name.proto.as_str();
        let full_name = |id: MessageId| self.model.message(id).full_name.as_str();
        let conditions = |conditions: &Conditions| {
            let ids = [conditions.allow_missing, conditions.etag, conditions.name];
            ids.into_iter().flatten().map(|id| format!(" {}", name(id))).collect::<String>()
        };
        match change {
            Change::Update(update) => {
                let (field, mask) = (name(update.field), name(update.mask));
                let extra = conditions(&update.conditions);
                format!("update of {} in {field}, mask {mask}{extra}", full_name(update.resource))
            }
            Change::Patch(patch) => {
                let fields: Vec<&str> = patch.fields.iter().map(|field| name(field.in_request)).collect();
                let extra = conditions(&patch.conditions);
                format!("patch of {} by {}{extra}", full_name(patch.resource), fields.join(" "))
            }
        }
    }

    fn read(&self, method: &Method, request: MessageId, read: &Read) -> String {
        let (request, response) = (self.model.message(request), self.model.message(method.output));
        let items = read.items.map(|id| format!(" in {}", response.field(id).name.proto)).unwrap_or_default();
        let mask = &request.field(read.mask).name.proto;
        format!("read of {}{items}, mask {mask}", self.model.message(read.resource).full_name)
    }

    fn listing(&self, method: &Method) -> Option<String> {
        let list = match &method.listing {
            Listing::No => return None,
            Listing::LookAlike(reason) => return Some(format!("no list, because {}", reason.reason())),
            Listing::List(list) => list,
        };
        let (request, response) = (self.model.message(method.input), self.model.message(method.output));
        let (place, skip) = match list.start {
            Start::Token { page_token, skip } => (Some(page_token), skip),
            Start::Offset(offset) => (Some(offset), None),
            Start::Beginning => (None, None),
        };
        let asked = [Some(list.size), place, skip, list.filter, list.order_by];
        let given = match list.answer {
            Answer::Stream => [None; 3],
            Answer::Page { items, next_page_token, total_size } => [Some(items), next_page_token, total_size],
        };
        let names = |message: &super::Message, ids: &[Option<FieldId>]| {
            let names = ids.iter().flatten().map(|&id| message.field(id).name.proto.as_str());
            names.collect::<Vec<_>>().join(" ")
        };
        let items = match self.model.item_type(method, list) {
            FieldType::Message(id, _) => self.model.message(id).full_name.clone(),
            other => self.field_type(other),
        };
        let given = if list.answer == Answer::Stream { "a stream".to_owned() } else { names(response, &given) };
        // Of two sizes, the newer name is the one that counts.
        let is_older =
            request.field(list.size).name.proto == "page_size" && request.field_named("max_results").is_some();
        let older = if is_older { ", not by max_results" } else { "" };
        Some(format!("list of {items} by {}{older}, in {given}", names(request, &asked)))
    }

    fn described(&mut self) {
        for package in &self.model.packages {
            for (kind, messages) in [("described", &package.described), ("foreign", &package.foreign)] {
                for &id in messages {
                    let message = self.model.message(id);
                    let reaches: Vec<&str> = message.reaches.iter().map(Behavior::name).collect();
                    let line = format!("{:?} {kind} {} [{}]", package.name, message.full_name, reaches.join(" "));
                    self.line(1, &line);
                }
            }
            let changes = package.changes.iter().map(|&(id, _)| ("update request", id));
            let reads = package.reads.iter().map(|&(id, _)| ("read request", id));
            let lists = package.lists.iter().filter_map(|methods| methods.first());
            let lists = lists.map(|&id| ("list request", self.model.method(id).input));
            for (kind, request) in changes.chain(reads).chain(lists) {
                let request = &self.model.message(request).full_name;
                self.line(1, &format!("{:?} {kind} {request}", package.name));
            }
        }
    }

    fn options(&mut self, depth: usize, options: &[super::CustomOption]) {
        for option in options {
            let name = option.name.as_deref().unwrap_or("?");
            self.line(depth, &format!("({name}) {}: {} bytes", option.number, option.encoded.len()));
        }
    }
}
