//! Private temporary directories and the files in them: only their owner can read, list or change them.
//!
//! With the default modes, a loose umask would let another user replace a program between its unpacking and its start.

#![allow(clippy::disallowed_methods, reason = "this is part of the front")]

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::TempDir;

/// Mode of directories and programs, whatever the umask is.
#[cfg(unix)]
const PROGRAM: u32 = 0o700;

/// Mode of other files.
#[cfg(unix)]
const DATA: u32 = 0o600;

/// Use of a file, which decides its mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Read,
    Run,
}

/// Creates a directory whose name starts with `prefix`; it is removed when the value is dropped.
///
/// `mkdir` sets the mode, so there is no moment at which another user can enter. The name is random, and a path that
/// exists, as a directory or as a link, is never used.
///
/// The directory around it (`TMPDIR`, else `/tmp`) must be sticky or the user's own, as it is by default.
pub(crate) fn directory(prefix: &str) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(PROGRAM));
    }
    builder.tempdir()
}

/// Creates the directories of a path that are missing, inside of a [`directory`].
pub(crate) fn create(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(PROGRAM);
    }
    builder.create(path)
}

/// Writes a file, and creates the directories above it, inside of a [`directory`].
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>, r#use: Use) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        create(parent)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(match r#use {
            Use::Run => PROGRAM,
            Use::Read => DATA,
        });
    }
    // Only Unix has modes.
    #[cfg(not(unix))]
    let _ = r#use;
    options.open(path)?.write_all(content.as_ref())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn directory_and_its_files_are_only_their_owners() {
        let directory = directory("transom-").unwrap();
        let (program, data) = (directory.path().join("bin/run"), directory.path().join("data"));
        write(&program, "", Use::Run).unwrap();
        write(&data, "long", Use::Read).unwrap();
        write(&data, "new", Use::Read).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(directory.path()), 0o700);
        assert_eq!(mode(&directory.path().join("bin")), 0o700);
        assert_eq!((mode(&program), mode(&data)), (0o700, 0o600));
        assert_eq!(std::fs::read_to_string(&data).unwrap(), "new");
    }
}
