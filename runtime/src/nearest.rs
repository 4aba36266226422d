//! Nearest of several names to one that is unknown, for the hint of an error.

/// The longest name that is compared. It bounds the cost of an error.
const MOST_BYTES: usize = 64;

/// The candidate with the fewest edits from the name, if there are so few that the name was probably meant as it: one in
/// three letters, three at most, and not all. Letter case counts as no edit. Of equals, the first one.
///
/// An edit is a letter that is added, left out, replaced, or swapped with the next.
pub(crate) fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > MOST_BYTES {
        return None;
    }
    let most = (name.len() / 3).clamp(1, 3).min(name.len().saturating_sub(1));
    let near = candidates.filter_map(|candidate| Some((distance(name, candidate, most)?, candidate)));
    near.min_by_key(|(edits, _)| *edits).map(|(_, candidate)| candidate)
}

/// The edits between two names, if there are at most so many.
fn distance(left: &str, right: &str, most: usize) -> Option<usize> {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len().abs_diff(right.len()) > most || right.len() > MOST_BYTES + 3 {
        return None;
    }
    // Three rows of the table of Damerau and Levenshtein.
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    let mut last: Option<u8> = None;
    for (row, byte) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        let mut is_within = false;
        let mut last_other: Option<u8> = None;
        for (column, other) in right.iter().enumerate() {
            let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
            let is_same = byte.eq_ignore_ascii_case(other);
            let mut edits = at(&above, column) + usize::from(!is_same);
            edits = edits.min(at(&above, column + 1) + 1).min(at(&current, column) + 1);
            let is_swapped = last.is_some_and(|last| last.eq_ignore_ascii_case(other))
                && last_other.is_some_and(|last| last.eq_ignore_ascii_case(byte));
            if is_swapped && column > 0 {
                edits = edits.min(at(&before, column - 1) + 1);
            }
            is_within |= edits <= most;
            current.push(edits);
            last_other = Some(*other);
        }
        if !is_within {
            return None;
        }
        last = Some(*byte);
        before = std::mem::replace(&mut above, current);
    }
    above.last().copied().filter(|edits| *edits <= most)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn nearest_finds_what_was_meant() {
        let names = ["name", "title", "create_time", "author", "pages", "tags"];
        for (name, expected) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("tittle", Some("title")),
            ("ttile", Some("title")),
            ("createTime", Some("create_time")),
            ("creat_tmie", Some("create_time")),
            ("page", Some("pages")),
            ("tag", Some("tags")),
            ("nope", None),
            ("x", None),
            ("publisher", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, names.into_iter()), expected, "{name:?}");
        }
        assert_eq!(nearest(&"title".repeat(20), names.into_iter()), None);
        assert_eq!(nearest("y", ["x", "Y"].into_iter()), Some("Y"), "one letter has none in common");
    }
}
