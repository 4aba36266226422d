//! Reads cargo's short messages: which crates failed, and in the files of which packages.

use std::collections::BTreeSet;

/// Errors and warnings of a run of cargo.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Complaints {
    /// Crates that did not compile.
    pub(crate) crates: BTreeSet<String>,
    /// Packages with an error in their file.
    pub(crate) packages: BTreeSet<String>,
    /// The errors in generated files, as cargo printed them.
    pub(crate) lines: Vec<String>,
}

impl Complaints {
    /// Reads the output of `cargo check --message-format short`.
    pub(crate) fn read(output: &str) -> Self {
        let mut complaints = Self::default();
        for line in output.lines() {
            if let Some(rest) = line.trim_start().strip_prefix("error: could not compile `") {
                complaints.crates.extend(rest.split('`').next().map(str::to_owned));
            } else if let Some((file, message)) = line.split_once(".rs:")
                && message.contains(": error")
            {
                let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
                complaints.packages.insert(name.to_owned());
                complaints.lines.push(line.to_owned());
            }
        }
        complaints
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_put_down_to_its_package_and_crate() {
        let output = "    Checking group-01 v0.0.0 (/w/group-01)\n\
            group-01/src/../../src/google.pubsub.v1.rs:12:5: error[E0412]: cannot find type `X` in this scope\n\
            src/google.api.rs:1:1: warning: this is not an error\n\
            error: could not compile `group-01` (lib) due to 1 previous error\n";
        let complaints = Complaints::read(output);
        assert_eq!(complaints.crates, BTreeSet::from(["group-01".to_owned()]));
        assert_eq!(complaints.packages, BTreeSet::from(["google.pubsub.v1".to_owned()]));
        assert_eq!(complaints.lines.len(), 1);
    }
}
