//! Output files onto the disk: only those that differ, so that nothing is built again without a reason.

#![allow(clippy::disallowed_methods, reason = "this is part of the front")]

use std::io;
use std::path::Path;

use crate::response::OutputFile;

/// Writes `files` below `directory`, making folders as needed; the error names the file.
pub(crate) fn write_files(files: &[OutputFile], directory: &Path) -> io::Result<()> {
    for file in files {
        let path = directory.join(&file.name);
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        if std::fs::read(&path).is_ok_and(|old| old == file.content.as_bytes()) {
            continue;
        }
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(named)?;
        }
        std::fs::write(&path, &file.content).map_err(named)?;
    }
    Ok(())
}
