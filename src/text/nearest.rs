//! Nearest name: the suggestion for a name that is not known.

/// Maximum length of a name in bytes. The cost of a comparison is the product of both lengths.
const MAX_LENGTH: usize = 256;

/// Maximum number of edits between a name and its suggestion.
const MAX_EDITS: usize = 4;

/// Returns the candidate with the fewest edits to `name`, the first of several; `None` if all are too different.
///
/// An edit inserts, removes or replaces a byte, or swaps two adjacent bytes. Case is ignored. The maximum is one edit
/// for three bytes, and at least one.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > MAX_LENGTH {
        return None;
    }
    let mut limit = (name.len() / 3).clamp(1, MAX_EDITS);
    let mut best = None;
    for candidate in candidates {
        if let Some(edits) = edits(name.as_bytes(), candidate.as_bytes(), limit) {
            best = Some(candidate);
            // The next one must be nearer.
            let Some(fewer) = edits.checked_sub(1) else { break };
            limit = fewer;
        }
    }
    best
}

/// Returns the optimal string alignment distance, if it is at most `limit`.
fn edits(left: &[u8], right: &[u8], limit: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > limit || right.len() > MAX_LENGTH {
        return None;
    }
    let mut before_last = vec![0; right.len() + 1];
    let mut last: Vec<usize> = (0..=right.len()).collect();
    let mut row = last.clone();
    for (y, &a) in left.iter().enumerate() {
        row[0] = y + 1;
        for (x, &b) in right.iter().enumerate() {
            let replaced = last[x] + usize::from(!a.eq_ignore_ascii_case(&b));
            let mut fewest = replaced.min(last[x + 1] + 1).min(row[x] + 1);
            if x > 0 && y > 0 && a == right[x - 1] && left[y - 1] == b {
                fewest = fewest.min(before_last[x - 1] + 1);
            }
            row[x + 1] = fewest;
        }
        // No later row has a value below the minimum of this one.
        if row.iter().all(|&edits| edits > limit) {
            return None;
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last.last().copied().filter(|&edits| edits <= limit)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn nearest_is_the_name_with_the_fewest_edits() {
        let names = ["server", "client", "bytes", "messages", ".shop.v1.Item.name"];
        for (wrong, expected) in [
            ("servr", Some("server")),
            ("clinet", Some("client")),
            ("Bytes", Some("bytes")),
            ("byte", Some("bytes")),
            ("mesages", Some("messages")),
            (".shpo.v1.Itm.name", Some(".shop.v1.Item.name")),
            ("json", None),
            ("", None),
            ("sv", None),
        ] {
            assert_eq!(nearest(wrong, names), expected, "{wrong}");
        }
    }

    #[test]
    fn long_names_are_not_compared() {
        let long = "x".repeat(100_000);
        assert_eq!(nearest(&long, [long.as_str()]), None);
        assert_eq!(nearest("x", [long.as_str()]), None);
    }
}
