//! Capabilities: one immutable plan for each, from the model and the layout.
//!
//! A capability has a folder with its recognition and its plan. Recognition is pure: it returns a match or a typed
//! rejection. Reports are apart from it. To add a capability, add a folder, a plan to [`Plans`] and an emitter.

mod domain;
mod dump;
mod field_tables;
mod list;
mod read;
mod recognizer;
mod request;
mod rpc;
mod update;

pub(crate) use field_tables::FieldTables;
pub(crate) use list::{List, ListResponse, PageStart};
pub(crate) use read::Read;
pub(crate) use recognizer::MAX_FIELDS;
pub(crate) use rpc::{UPDATE_VERBS, verb};
pub(crate) use update::{Conditions, MaskedUpdate, Patch, UpdatePattern};

use self::domain::DomainPlan;
use self::field_tables::TablePlan;
use self::list::ListPlan;
use self::read::ReadPlan;
use self::recognizer::Recognizer;
use self::update::UpdatePlan;
use crate::diagnostic::Diagnostics;
use crate::layout::Layout;
use crate::model::{Model, PackageId};
use crate::options::Options;
use crate::resolve::TypeTable;

/// Plans of all capabilities.
#[derive(Debug)]
pub(crate) struct Plans {
    pub(crate) updates: UpdatePlan,
    pub(crate) reads: ReadPlan,
    pub(crate) lists: ListPlan,
    pub(crate) tables: TablePlan,
    pub(crate) domains: DomainPlan,
}

impl Plans {
    /// Recognises the methods of all services and plans the output.
    pub(crate) fn new(
        model: &Model,
        layout: &Layout,
        types: &TypeTable,
        options: &Options,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let recognizer = Recognizer { model, layout, types, options };
        let updates = UpdatePlan::new(&recognizer);
        let candidates = list::recognize(&recognizer);
        let reads = ReadPlan::new(&recognizer, &candidates);
        let lists = ListPlan::new(&recognizer, candidates, diagnostics);
        let tables = match field_tables::plan(&recognizer, &updates, &reads, &lists) {
            Ok(tables) => tables,
            Err(limit) => {
                diagnostics.error(limit.diagnostic());
                TablePlan::empty(model)
            }
        };
        let mut plans = Self { updates, reads, lists, tables, domains: DomainPlan::default() };
        plans.domains = DomainPlan::new(model, layout, &plans);
        plans
    }

    /// Returns `true` if a package has requests that use masks.
    pub(crate) fn has_masks(&self, package: PackageId) -> bool {
        !self.updates.requests(package).is_empty() || !self.reads.requests(package).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Behavior, FieldId, MessageId, MethodId, Scalar, Shape};
    use crate::test_support::{ModelBuilder, message_field, scalar_field};

    const FIRST: MethodId = MethodId { service: 0, method: 0 };

    fn plans(builder: ModelBuilder, parameter: &str) -> (Plans, Result<(), String>) {
        let (model, mut diagnostics) = (builder.build(), Diagnostics::default());
        let options = Options::parse(parameter, &mut diagnostics);
        let layout = Layout::new(&model, &options);
        let plans = Plans::new(&model, &layout, &TypeTable::default(), &options, &mut diagnostics);
        (plans, diagnostics.finish(&[]))
    }

    #[test]
    fn update_with_mask_and_resource_is_recognized() {
        let mut builder = ModelBuilder::new("shop");
        let mask = builder.field_mask();
        let secret = scalar_field("token", Scalar::String).with_behavior(Behavior::OutputOnly);
        let item = builder.message("Item", vec![secret]);
        let fields = vec![message_field("item", item), message_field("update_mask", mask)];
        let request = builder.message("UpdateItemRequest", fields);
        builder.service("Items", &[("UpdateItem", request, item)]);
        let (plans, result) = plans(builder, "");
        assert_eq!(result, Ok(()));
        let pattern = plans.updates.method(FIRST).and_then(|updates| updates.pattern.as_ref());
        let expected =
            MaskedUpdate { resource: item, field: FieldId(0), mask: FieldId(1), conditions: Conditions::default() };
        assert_eq!(pattern, Some(&UpdatePattern::Masked(expected)));
        let tables = plans.tables.package(PackageId(0));
        assert_eq!((&tables.own[..], tables.foreign.len()), (&[item][..], 0));
        assert!(tables.transitive_behaviors(item).contains(Behavior::OutputOnly));
        assert!(tables.masked.contains(&(request, FieldId(0))));
    }

    /// A list method whose response has one or two repeated messages, the second with the lower number.
    fn list(items: usize) -> (ModelBuilder, MessageId) {
        let mut builder = ModelBuilder::new("shop");
        let item = builder.message("Item", vec![scalar_field("id", Scalar::String)]);
        let fields = vec![scalar_field("page_size", Scalar::Int32), scalar_field("page_token", Scalar::String)];
        let request = builder.message("ListItemsRequest", fields);
        let mut fields = vec![scalar_field("next_page_token", Scalar::String)];
        for (number, name) in [(2, "items"), (1, "others")].into_iter().take(items) {
            let mut field = message_field(name, item).with_shape(Shape::Repeated { packed: false });
            field.number = number;
            fields.push(field);
        }
        let response = builder.message("ListItemsResponse", fields);
        builder.service("Items", &[("ListItems", request, response)]);
        (builder, request)
    }

    #[test]
    fn list_by_pages_is_recognized_with_its_fields() {
        let (builder, request) = list(1);
        let (plans, result) = plans(builder, "");
        assert_eq!(result, Ok(()));
        let list = plans.lists.list(FIRST).copied();
        let start = PageStart::Token { page_token: FieldId(1), skip: None };
        let response = ListResponse::Page { items: FieldId(1), next_page_token: Some(FieldId(0)), total_size: None };
        assert_eq!(list, Some(List { size: FieldId(0), start, filter: None, order_by: None, response }));
        let tables = plans.tables.package(PackageId(0));
        // Clients can neither filter nor order the items, so only the request is described in depth.
        assert!(tables.shallow.contains(&MessageId(0)) && tables.own.contains(&request));
    }

    #[test]
    fn list_with_ambiguous_items_is_rejected_and_reported() {
        let (plans, result) = plans(list(2).0, "");
        assert_eq!(plans.lists.rejection(FIRST), Some(list::Rejection::Order));
        assert!(result.is_err_and(|text| text.contains("could be two fields of its response")));
    }

    #[test]
    fn list_without_repeated_field_is_rejected_silently() {
        let (plans, result) = plans(list(0).0, "");
        assert_eq!((plans.lists.rejection(FIRST), result), (Some(list::Rejection::Items), Ok(())));
    }

    #[test]
    fn pagination_items_chooses_field() {
        let (plans, result) = plans(list(2).0, "pagination_items=.shop.Items.ListItems=others");
        assert_eq!(result, Ok(()));
        let response = plans.lists.list(FIRST).map(|list| list.response);
        assert!(matches!(response, Some(ListResponse::Page { items: FieldId(2), .. })), "{response:?}");
    }
}
