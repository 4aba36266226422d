//! Private temporary directories: only the owner can read, list or change the directories and files.
//!
//! With the default modes and a permissive umask, another user could replace an unpacked program before it starts.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::TempDir;

/// Mode of directories and programs, independent of the umask.
#[cfg(unix)]
const PROGRAM: u32 = 0o700;

/// Mode of data files, independent of the umask.
#[cfg(unix)]
const DATA: u32 = 0o600;

/// Use of a file, which determines its mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileUse {
    Data,
    Program,
}

/// Creates a temporary directory whose name starts with `prefix`. It is removed on drop.
///
/// `mkdir` sets the mode, so another user cannot enter at any time. The name is random. An existing directory or link
/// is never used.
///
/// The parent directory (`TMPDIR`, else `/tmp`) must be sticky or belong to the user, as it does by default.
pub(super) fn create(prefix: &str) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(PROGRAM));
    }
    builder.tempdir()
}

/// Creates the missing directories of a path in a temporary directory.
pub(super) fn create_dir(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(PROGRAM);
    }
    builder.create(path)
}

/// Writes a file in a temporary directory, and creates the missing directories above it.
pub(super) fn write(path: &Path, content: impl AsRef<[u8]>, file_use: FileUse) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        create_dir(parent)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(match file_use {
            FileUse::Program => PROGRAM,
            FileUse::Data => DATA,
        });
    }
    // Only Unix has modes.
    #[cfg(not(unix))]
    let _ = file_use;
    options.open(path)?.write_all(content.as_ref())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn directory_and_files_are_private_to_owner() {
        let directory = create("transom-").unwrap();
        let (program, data) = (directory.path().join("bin/run"), directory.path().join("data"));
        write(&program, "", FileUse::Program).unwrap();
        write(&data, "long", FileUse::Data).unwrap();
        write(&data, "new", FileUse::Data).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(directory.path()), 0o700);
        assert_eq!(mode(&directory.path().join("bin")), 0o700);
        assert_eq!((mode(&program), mode(&data)), (0o700, 0o600));
        assert_eq!(std::fs::read_to_string(&data).unwrap(), "new");
    }
}
