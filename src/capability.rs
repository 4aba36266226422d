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
