//! Lists: AIP-158, recognised as in AIP-4233, with two related conventions.
//!
//! | list | request | response |
//! |---|---|---|
//! | by pages | `page_size` or else `max_results`: `int32`, `uint32` or a wrapper of them; `page_token`: `string` | `next_page_token`: `string`; the items |
//! | by offset | `limit` and `offset`: any integers | the items |
//! | streamed | as one of these, or a size or `limit` alone; without a token, the method's name must say that it lists | each message is an item |
//!
//! None of these fields may be repeated or in a oneof. Optional parts are `skip`, `filter`, `order_by`, and one of
//! `total_size`, `total_count` and `total`; each only with a type that fits. A method with a part of the wrong type is
//! neither a list method nor an error: other generators accept it too. Only an order of items that AIP-4233 rejects is an
//! error (see [`items`]). Methods that an option names may count by any integers. `--dump-model` prints for every method
//! with parts of a list why it is not a list method.

mod items;
mod params;
mod plan;
mod recognize;
mod rejection;
mod report;
mod sharing;

pub(crate) use plan::{List, ListResponse, PageStart};
pub(super) use recognize::recognize;
pub(crate) use rejection::Rejection;

use std::collections::HashMap;

use self::plan::ListMatch;
use super::recognizer::Recognizer;
use super::request::{Candidate, select};
use crate::diagnostic::Diagnostics;
use crate::model::{MessageId, MethodId, Model, PackageId};

/// Matches of all methods that have parts of a list, in source order.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    matches: Vec<(MethodId, ListMatch)>,
    /// Positions of the lists in `matches`.
    lists: HashMap<MethodId, usize>,
}

impl Candidates {
    fn new(matches: Vec<(MethodId, ListMatch)>) -> Self {
        let lists = matches.iter().enumerate().filter(|(_, (_, found))| found.is_ok());
        Self { lists: lists.map(|(position, &(id, _))| (id, position)).collect(), matches }
    }

    /// List of a method.
    pub(super) fn list(&self, id: MethodId) -> Option<&List> {
        self.matches.get(*self.lists.get(&id)?)?.1.as_ref().ok()
    }
}

/// Plan of lists.
#[derive(Debug)]
pub(crate) struct ListPlan {
    lists: HashMap<MethodId, List>,
    rejections: HashMap<MethodId, Rejection>,
    /// Methods of each list request, by package. The first method has the most complete response.
    requests: Vec<Vec<Vec<MethodId>>>,
}

impl ListPlan {
    /// Decides which of the candidates are lists, and reports the others where an option makes that an error.
    pub(super) fn new(recognizer: &Recognizer<'_>, candidates: Candidates, diagnostics: &mut Diagnostics) -> Self {
        let model = recognizer.model;
        let (mut lists, mut rejections) = (HashMap::new(), HashMap::new());
        if recognizer.options.lists() {
            report::ignored_sizes(recognizer, &candidates, diagnostics);
            let matches = sharing::settle(recognizer, candidates.matches);
            report::rejections(recognizer, &matches, diagnostics);
            for (id, found) in matches {
                match found {
                    Ok(list) => drop(lists.insert(id, list)),
                    Err(Some(rejection)) => drop(rejections.insert(id, rejection)),
                    Err(None) => {}
                }
            }
        }
        let mut plan = Self { lists, rejections, requests: Vec::new() };
        let packages = (0..model.packages.len()).map(PackageId);
        plan.requests = packages.map(|id| plan.select(recognizer, id)).collect();
        plan
    }

    /// List of a method.
    pub(crate) fn list(&self, id: MethodId) -> Option<&List> {
        self.lists.get(&id)
    }

    /// Reason why a method with parts of a list is not a list method.
    pub(crate) fn rejection(&self, id: MethodId) -> Option<Rejection> {
        self.rejections.get(&id).copied()
    }

    /// Methods of each list request of a package.
    pub(crate) fn requests(&self, id: PackageId) -> &[Vec<MethodId>] {
        &self.requests[id.0]
    }

    /// Groups the lists of a package by request. A method that returns pages precedes one that streams, because only
    /// pages have more fields to describe.
    fn select(&self, recognizer: &Recognizer<'_>, id: PackageId) -> Vec<Vec<MethodId>> {
        let model: &Model = recognizer.model;
        let lists = || model.package_methods(id).filter_map(|(id, method)| Some((id, method, self.list(id)?)));
        let mut by_request: HashMap<MessageId, Vec<MethodId>> = HashMap::new();
        for (id, method, _) in lists() {
            by_request.entry(method.input).or_default().push(id);
        }
        let candidates = lists().map(|(id, method, list)| {
            let rank = u8::from(list.response == ListResponse::Stream);
            Candidate { request: method.input, rank: (false, rank), value: id }
        });
        let with_others = |first: MethodId| {
            let all = by_request.get(&model.method(first).input).into_iter().flatten().copied();
            std::iter::once(first).chain(all.filter(|&other| other != first)).collect()
        };
        select(recognizer.layout, id, candidates).into_iter().map(with_others).collect()
    }
}
