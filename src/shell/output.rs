//! Writing of output files. Files with the same content are not written, so that cargo does not rebuild.

mod stale;

use std::io;
use std::path::Path;

pub(super) use stale::stale_files;

use crate::response::OutputFile;
use crate::text::visible;

/// Writes `files` below `directory`, and creates missing folders. The error contains the path.
///
/// No file is written if another file or folder has the path of one of them.
pub(super) fn write_files(files: &[OutputFile], directory: &Path) -> io::Result<()> {
    let mut obstacles: Vec<String> =
        files.iter().filter_map(|file| obstacle(&directory.join(&file.name), directory)).collect();
    obstacles.sort_unstable();
    obstacles.dedup();
    if !obstacles.is_empty() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, obstacles.join("\n")));
    }
    for file in files {
        let path = directory.join(&file.name);
        let named = |error: io::Error| {
            let text = format!("error: cannot write `{}`: {error}", visible(&path.display().to_string()));
            io::Error::new(error.kind(), text)
        };
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

/// Returns the error for an existing file or folder that prevents writing a file to `path` in `directory`.
fn obstacle(path: &Path, directory: &Path) -> Option<String> {
    let shown = |path: &Path| visible(&path.display().to_string()).into_owned();
    if path.is_dir() {
        let help = "move the folder away, or choose another folder for the output";
        return Some(format!("error: cannot write the file `{}`: it is a folder\n  help: {help}", shown(path)));
    }
    for folder in path.ancestors().skip(1).take_while(|folder| !folder.as_os_str().is_empty()) {
        match folder.symlink_metadata() {
            Ok(_) if folder.is_dir() => return None,
            Ok(metadata) => {
                let what = if metadata.is_symlink() && !folder.exists() { "a link to nothing" } else { "a file" };
                let (folder, directory) = (shown(folder), shown(directory));
                let help = "name a folder for the output, or move the file away";
                return Some(format!(
                    "error: cannot write into the folder `{directory}`: `{folder}` is {what}\n  help: {help}"
                ));
            }
            // The folder does not exist; the one above it must be a folder.
            Err(_) => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> OutputFile {
        OutputFile { name: name.to_owned(), content: "new".to_owned() }
    }

    #[test]
    fn write_files_rejects_existing_file_before_writing() {
        let root = tempfile::tempdir().unwrap();
        let taken = root.path().join("taken");
        std::fs::write(&taken, "mine").unwrap();
        for (out, name) in [(taken.clone(), "a.rs"), (taken.join("deep"), "a.rs"), (root.path().into(), "taken/mod.rs")]
        {
            let error = write_files(&[file("first.rs"), file(name)], &out).unwrap_err().to_string();
            assert!(error.contains(&format!("`{}` is a file\n  help: ", taken.display())), "{error}");
            assert_eq!(error.matches("error: ").count(), 1, "{error}");
        }
        assert!(!root.path().join("first.rs").exists());
        assert_eq!(std::fs::read_to_string(taken).unwrap(), "mine");
    }

    #[test]
    fn write_files_rejects_existing_folder() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("a.rs")).unwrap();
        let error = write_files(&[file("a.rs")], root.path()).unwrap_err().to_string();
        assert!(error.contains("a.rs`: it is a folder\n  help: "), "{error}");
    }
}
