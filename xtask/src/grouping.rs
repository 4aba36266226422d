//! Divides packages into crates for compiling: what many packages import is one shared crate, and packages that import
//! each other stay together (their files refer to each other by relative paths, and packages may form cycles).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{corpus::is_well_known, wire::FileHead};

/// A package that this many others import is compiled once, in the shared crate.
const SHARED_FROM: usize = 20;

/// The packages that each package imports, well-known types left out.
#[derive(Debug)]
pub(crate) struct Imports<'a>(BTreeMap<&'a str, BTreeSet<&'a str>>);

/// The division: a shared crate, and clusters that need only it and themselves.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Division<'a> {
    pub(crate) shared: BTreeSet<&'a str>,
    pub(crate) clusters: Vec<BTreeSet<&'a str>>,
}

impl<'a> Imports<'a> {
    /// Reads the imports off the files.
    pub(crate) fn of(heads: &'a [FileHead]) -> Self {
        let package: HashMap<&str, &str> =
            heads.iter().map(|head| (head.name.as_str(), head.package.as_str())).collect();
        let mut imports = BTreeMap::<&str, BTreeSet<&str>>::new();
        for head in heads.iter().filter(|head| !is_well_known(head)) {
            let own = head.package.as_str();
            let entry = imports.entry(own).or_default();
            let files = head.dependency.iter().filter(|name| !name.starts_with("google/protobuf/"));
            entry.extend(files.filter_map(|name| package.get(name.as_str()).copied()).filter(|&other| other != own));
        }
        Self(imports)
    }

    /// All packages.
    pub(crate) fn packages(&self) -> impl Iterator<Item = &'a str> {
        self.0.keys().copied()
    }

    /// These packages and all that they import.
    fn closure(&self, wanted: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
        let mut pending: Vec<&str> = wanted.into_iter().collect();
        let mut closed = BTreeSet::new();
        while let Some(package) = pending.pop() {
            if closed.insert(package) {
                pending.extend(self.0.get(package).into_iter().flatten());
            }
        }
        closed
    }

    /// Divides the wanted packages and all that they import.
    pub(crate) fn divide(&self, wanted: impl IntoIterator<Item = &'a str>) -> Division<'a> {
        let mut importers = HashMap::<&str, usize>::new();
        for import in self.0.values().flatten() {
            *importers.entry(import).or_default() += 1;
        }
        let needed = self.closure(wanted);
        let popular =
            needed.iter().copied().filter(|package| importers.get(package).is_some_and(|&count| count >= SHARED_FROM));
        let shared = self.closure(popular);
        let clusters = self.clusters(needed.difference(&shared).copied().collect(), &shared);
        Division { shared, clusters }
    }

    /// Joins what imports each other, directly or over others; in the order of the first package of each.
    fn clusters(&self, rest: BTreeSet<&'a str>, shared: &BTreeSet<&'a str>) -> Vec<BTreeSet<&'a str>> {
        let mut neighbours = BTreeMap::<&str, BTreeSet<&str>>::new();
        for &package in &rest {
            let imports = self.0.get(package).into_iter().flatten().copied();
            for import in imports.filter(|import| !shared.contains(import)) {
                neighbours.entry(package).or_default().insert(import);
                neighbours.entry(import).or_default().insert(package);
            }
        }
        let mut clusters = Vec::new();
        let mut seen = BTreeSet::new();
        for package in rest {
            let mut cluster = BTreeSet::new();
            let mut pending = vec![package];
            while let Some(package) = pending.pop() {
                if seen.insert(package) {
                    cluster.insert(package);
                    pending.extend(neighbours.get(package).into_iter().flatten());
                }
            }
            if !cluster.is_empty() {
                clusters.push(cluster);
            }
        }
        clusters
    }
}

/// Packs clusters into crates of at most `budget` bytes of source each; a larger cluster is a crate of its own.
pub(crate) fn packed(
    clusters: Vec<BTreeSet<&str>>,
    size: impl Fn(&str) -> usize,
    budget: usize,
) -> Vec<BTreeSet<&str>> {
    let mut crates: Vec<(usize, BTreeSet<&str>)> = Vec::new();
    for cluster in clusters {
        let bytes: usize = cluster.iter().map(|package| size(package)).sum();
        match crates.iter_mut().find(|(filled, _)| filled.saturating_add(bytes) <= budget) {
            Some((filled, packages)) => {
                *filled += bytes;
                packages.extend(cluster);
            }
            None => crates.push((bytes, cluster)),
        }
    }
    crates.into_iter().map(|(_, packages)| packages).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, package: &str, dependency: &[&str]) -> FileHead {
        FileHead {
            name: name.to_owned(),
            package: package.to_owned(),
            dependency: dependency.iter().map(|&name| name.to_owned()).collect(),
        }
    }

    #[test]
    fn packages_that_import_each_other_stay_together_and_strangers_do_not() {
        let heads = [
            file("a1", "a", &["b1"]),
            file("b1", "b", &[]),
            file("b2", "b", &["a1"]),
            file("c1", "c", &["google/protobuf/any.proto"]),
            file("d1", "d", &[]),
        ];
        let division = Imports::of(&heads).divide(["a", "c"]);
        assert_eq!(division.clusters, [BTreeSet::from(["a", "b"]), BTreeSet::from(["c"])]);
        assert_eq!(division.shared, BTreeSet::new());
    }

    #[test]
    fn what_many_import_is_shared_together_with_its_own_imports() {
        let mut heads = vec![file("base", "base", &[]), file("api", "api", &["base"])];
        heads.extend((0..SHARED_FROM).map(|at| file(&format!("f{at}"), &format!("p{at:02}"), &["api"])));
        let division = Imports::of(&heads).divide(["p00", "p01"]);
        assert_eq!(division.shared, BTreeSet::from(["api", "base"]));
        assert_eq!(division.clusters, [BTreeSet::from(["p00"]), BTreeSet::from(["p01"])]);
    }

    #[test]
    fn crates_are_filled_up_to_the_budget() {
        let clusters = ["big", "a", "b", "c"].map(|name| BTreeSet::from([name])).to_vec();
        let crates = packed(clusters, |name| if name == "big" { 50 } else { 4 }, 10);
        assert_eq!(crates, [BTreeSet::from(["big"]), BTreeSet::from(["a", "b"]), BTreeSet::from(["c"])]);
    }
}
