//! The text files of the repository: all that git tracks or would track.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

/// A file that is readable as UTF-8.
#[derive(Debug, Clone)]
pub struct TextFile {
    /// Its path from the root of the repository, with `/` between the parts.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// Why the files could not be listed.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// A folder could not be walked.
    #[error("the repository could not be walked: {0}")]
    Walk(#[from] ignore::Error),
    /// A file could not be read.
    #[error("{path} could not be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Every text file under `root` that `.gitignore` does not exclude, by path. Files that are not UTF-8 are left out: the
/// rules of the house are about what people read.
///
/// # Errors
/// When a folder or file cannot be read.
pub fn text_files(root: &Path) -> Result<Vec<TextFile>, FilesError> {
    let walk = WalkBuilder::new(root)
        .hidden(false)
        // A copy without its history is held to the same rules.
        .require_git(false)
        .git_global(false)
        .parents(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .sort_by_file_path(Path::cmp)
        .build();
    let mut files = Vec::new();
    for entry in walk {
        let path = entry?.into_path();
        if !path.is_file() {
            continue;
        }
        let bytes = fs::read(&path).map_err(|source| FilesError::Read {
            path: path.clone(),
            source,
        })?;
        if let Ok(text) = String::from_utf8(bytes) {
            files.push(TextFile {
                path: from_root(root, &path),
                text,
            });
        }
    }
    Ok(files)
}

fn from_root(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
