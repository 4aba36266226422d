//! Nearest name: the suggestion for a misspelled name.
//!
//! The generator has a module of this name as well. The crates share no code, because neither depends on the other, and
//! a third published crate for one function costs users more than these lines. The rules differ too: this function runs on
//! requests, so its cost per name is bounded by 64 bytes and it suggests no other word for a short name.

/// Longest name that is compared. Longer ones have no nearest name.
const MAX_BYTES: usize = 64;

/// Returns the candidate with the smallest edit distance to `name`, without regard to the case of ASCII letters, or
/// `None` if none is near: one edit for three bytes, at most three. Insertions, deletions, replacements and swaps of
/// neighbors are edits. In a name of less than five bytes a replacement counts twice, since most make another word.
///
/// Takes time in proportion to the bytes of all candidates of about the same length, and does not allocate.
pub(crate) fn nearest<'n>(name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let limit = (name.len() / 3).clamp(1, 3);
    if name.is_empty() || name.len() > MAX_BYTES {
        return None;
    }
    let distances = candidates.into_iter().filter_map(|candidate| {
        let is_near = candidate.len() <= MAX_BYTES && candidate.len().abs_diff(name.len()) <= limit;
        let distance = is_near.then(|| distance(name.as_bytes(), candidate.as_bytes()))?;
        // As many edits as bytes would replace the whole name.
        (distance <= limit && distance < name.len().max(candidate.len())).then_some((distance, candidate))
    });
    distances.min_by_key(|&(distance, _)| distance).map(|(_, candidate)| candidate)
}

/// Edit distance of two names of at most [`MAX_BYTES`] bytes (optimal string alignment).
fn distance(left: &[u8], right: &[u8]) -> usize {
    // Three rows of the table of distances between prefixes: the second to last, the last and the current row.
    let mut rows = [[0_usize; MAX_BYTES + 1]; 3];
    let replacement = if left.len() < 5 { 2 } else { 1 };
    for (column, cell) in rows[1].iter_mut().enumerate() {
        *cell = column;
    }
    let is_same = |left: u8, right: u8| left.eq_ignore_ascii_case(&right);
    for (row, &byte) in left.iter().enumerate() {
        let [before, last, current] = &mut rows;
        current[0] = row + 1;
        for (column, &other) in right.iter().enumerate() {
            let replaced = last[column] + if is_same(byte, other) { 0 } else { replacement };
            let mut least = replaced.min(last[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && is_same(byte, right[column - 1]) && is_same(left[row - 1], other) {
                least = least.min(before[column - 1] + 1);
            }
            current[column + 1] = least;
        }
        rows.rotate_left(1);
    }
    rows[1][right.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    const NAMES: [&str; 5] = ["title", "author", "create_time", "id", "tags"];

    #[test]
    fn nearest_finds_misspelled_names() {
        for (name, wanted) in [
            ("titel", Some("title")),
            ("tittle", Some("title")),
            ("Title", Some("title")),
            ("authors", Some("author")),
            ("createtime", Some("create_time")),
            ("creat_tim", Some("create_time")),
            ("tag", Some("tags")),
            ("tasg", Some("tags")),
            ("tabs", None),
            ("ID", Some("id")),
            ("xy", None),
            ("nope", None),
            ("publisher", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, NAMES), wanted, "{name}");
        }
    }

    #[test]
    fn nearest_has_none_for_long_names() {
        let long = "x".repeat(65);
        assert_eq!(nearest(&long, [long.as_str()]), None);
        let longest = "x".repeat(64);
        assert_eq!(nearest(&longest, [longest.as_str()]), Some(longest.as_str()));
        assert_eq!(nearest("é", ["e"]), None);
    }
}
