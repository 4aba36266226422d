//! Choice among several patterns of one request.

use std::collections::HashMap;

use crate::layout::Layout;
use crate::model::{MessageId, PackageId};

/// Possible pattern of a request.
pub(super) struct Candidate<T> {
    pub(super) request: MessageId,
    /// The lowest rank wins.
    pub(super) rank: (bool, u8),
    pub(super) value: T,
}

/// Returns the candidate with the lowest rank for each request, of equal ranks the first.
///
/// The impl is in the file of the request's struct, so requests of other packages have none.
pub(super) fn select<T>(layout: &Layout, id: PackageId, candidates: impl Iterator<Item = Candidate<T>>) -> Vec<T> {
    let mut own: Vec<Candidate<T>> = candidates.filter(|candidate| layout.is_owned_by(candidate.request, id)).collect();
    let mut best: HashMap<MessageId, (bool, u8)> = HashMap::new();
    for candidate in &own {
        let known = best.entry(candidate.request).or_insert(candidate.rank);
        *known = candidate.rank.min(*known);
    }
    // The first candidate with the best rank takes the entry of its request.
    own.retain(|candidate| {
        best.get(&candidate.request) == Some(&candidate.rank) && best.remove(&candidate.request).is_some()
    });
    own.into_iter().map(|candidate| candidate.value).collect()
}
