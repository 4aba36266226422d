//! Orders and closures of the import graph. A request must hold every file after its imports; between those bounds any order is legal.

use std::collections::HashMap;

use fastrand::Rng;

use crate::wire::FileHead;

/// Index of each file's imports. An import that is not in the set is left out: protoc has already accepted the set.
fn imports(heads: &[FileHead]) -> Vec<Vec<usize>> {
    let index: HashMap<&str, usize> = heads.iter().enumerate().map(|(at, head)| (head.name.as_str(), at)).collect();
    heads
        .iter()
        .map(|head| head.dependency.iter().filter_map(|name| index.get(name.as_str()).copied()).collect())
        .collect()
}

/// A random order in which every file still follows its imports.
pub(crate) fn shuffled(heads: &[FileHead], random: &mut Rng) -> Vec<usize> {
    let imports = imports(heads);
    let mut missing: Vec<usize> = imports.iter().map(Vec::len).collect();
    let mut importers = vec![Vec::new(); heads.len()];
    for (file, needed) in imports.iter().enumerate() {
        for &import in needed {
            if let Some(list) = importers.get_mut(import) {
                list.push(file);
            }
        }
    }
    let mut ready: Vec<usize> =
        missing.iter().enumerate().filter(|(_, count)| **count == 0).map(|(at, _)| at).collect();
    let mut order = Vec::with_capacity(heads.len());
    while !ready.is_empty() {
        let file = ready.swap_remove(random.usize(..ready.len()));
        order.push(file);
        for &importer in importers.get(file).into_iter().flatten() {
            if let Some(count) = missing.get_mut(importer) {
                *count -= 1;
                if *count == 0 {
                    ready.push(importer);
                }
            }
        }
    }
    order
}

/// At least `count` files (all of them when there are fewer), picked at random and completed with their imports;
/// in the order of `heads`, so that a topological order stays one.
pub(crate) fn sample(heads: &[FileHead], count: usize, random: &mut Rng) -> Vec<usize> {
    let mut candidates: Vec<usize> = (0..heads.len()).collect();
    random.shuffle(&mut candidates);
    let imports = imports(heads);
    let mut taken = vec![false; heads.len()];
    let mut total = 0;
    for candidate in candidates {
        if total >= count {
            break;
        }
        total += take(candidate, &imports, &mut taken);
    }
    indices(&taken)
}

/// The files that `wanted` accepts, with everything they import; in the order of `heads`.
pub(crate) fn closure(heads: &[FileHead], wanted: impl Fn(&FileHead) -> bool) -> Vec<usize> {
    let imports = imports(heads);
    let mut taken = vec![false; heads.len()];
    for (file, head) in heads.iter().enumerate() {
        if wanted(head) {
            take(file, &imports, &mut taken);
        }
    }
    indices(&taken)
}

/// Marks a file and its imports; says how many were new.
fn take(file: usize, imports: &[Vec<usize>], taken: &mut [bool]) -> usize {
    let mut pending = vec![file];
    let mut new = 0;
    while let Some(file) = pending.pop() {
        if let Some(mark) = taken.get_mut(file)
            && !*mark
        {
            *mark = true;
            new += 1;
            pending.extend(imports.get(file).into_iter().flatten());
        }
    }
    new
}

fn indices(taken: &[bool]) -> Vec<usize> {
    taken.iter().enumerate().filter(|(_, mark)| **mark).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(name: &str, dependency: &[&str]) -> FileHead {
        FileHead {
            name: name.to_owned(),
            package: String::new(),
            dependency: dependency.iter().map(|&name| name.to_owned()).collect(),
        }
    }

    fn diamond() -> Vec<FileHead> {
        vec![
            head("base", &[]),
            head("left", &["base"]),
            head("right", &["base"]),
            head("top", &["left", "right"]),
            head("alone", &[]),
        ]
    }

    #[test]
    fn a_shuffled_order_keeps_imports_first_and_every_file_once() {
        let heads = diamond();
        let mut orders = std::collections::BTreeSet::new();
        for seed in 0..50 {
            let order = shuffled(&heads, &mut Rng::with_seed(seed));
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 1, 2, 3, 4]);
            let place = |file: usize| order.iter().position(|&at| at == file).unwrap();
            assert!(
                place(0) < place(1) && place(0) < place(2) && place(1) < place(3) && place(2) < place(3),
                "{order:?}"
            );
            orders.insert(order);
        }
        assert!(orders.len() > 5, "the order is not random: {orders:?}");
    }

    #[test]
    fn a_closure_holds_the_imports_of_imports_and_nothing_else() {
        assert_eq!(closure(&diamond(), |head| head.name == "top"), [0, 1, 2, 3]);
        assert_eq!(closure(&diamond(), |head| head.name == "right"), [0, 2]);
    }

    #[test]
    fn a_sample_is_closed_and_never_short() {
        for seed in 0..20 {
            let picked = sample(&diamond(), 3, &mut Rng::with_seed(seed));
            assert!(picked.len() >= 3);
            assert!(!picked.contains(&3) || (picked.contains(&1) && picked.contains(&2)), "{picked:?}");
            assert!(!picked.contains(&1) || picked.contains(&0), "{picked:?}");
        }
        assert_eq!(sample(&diamond(), 99, &mut Rng::with_seed(1)).len(), 5);
    }
}
