//! Points at which functions' processes end (`edge::crashing`), scripted while the stack runs.

use std::ffi::OsString;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

/// Functions that have points. Each has a folder of its own.
const FUNCTIONS: [&str; 6] = [
    "IntakeFunction",
    "RelayFunction",
    "NotifyFunction",
    "FeedbackFunction",
    "DeadlinesFunction",
    "CommandsFunction",
];

/// The deaths that are planned and not yet died.
pub struct CrashPoints {
    folder: TempDir,
    planned: AtomicUsize,
}

impl Default for CrashPoints {
    fn default() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for function in FUNCTIONS {
            std::fs::create_dir(folder.path().join(function)).expect("a folder");
        }
        Self {
            folder,
            planned: AtomicUsize::new(0),
        }
    }
}

impl CrashPoints {
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Lets one process of `function` end when it next comes to `point`.
    ///
    /// # Panics
    /// When no function of that name has points.
    pub fn plan(&self, function: &str, point: &str) {
        let number = self.planned.fetch_add(1, Ordering::Relaxed);
        let file = self
            .folder()
            .join(function)
            .join(format!("{point}.{number}"));
        std::fs::write(file, "").expect("the function has a folder");
    }

    /// What nobody has come to yet, as `function/point.number`.
    ///
    /// # Panics
    /// When the folder cannot be read.
    #[must_use]
    pub fn left(&self) -> Vec<String> {
        let mut left = Vec::new();
        for function in FUNCTIONS {
            let files = std::fs::read_dir(self.folder().join(function)).expect("it is there");
            let names = files.map(|file| file.expect("it can be read").file_name());
            left.extend(names.map(|name| format!("{function}/{}", name.to_string_lossy())));
        }
        left
    }

    /// Lets nobody end any more.
    ///
    /// # Panics
    /// When a file cannot be taken away.
    pub fn forget(&self) {
        for planned in self.left() {
            match std::fs::remove_file(self.folder().join(planned)) {
                Ok(()) => {}
                // Somebody came to it just now.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
}

/// The arguments that tell each function of its folder.
pub(crate) fn faults(folder: &Path) -> impl Iterator<Item = OsString> {
    FUNCTIONS.into_iter().flat_map(|function| {
        let mut fault = OsString::from(format!("{function}=CRASH_POINTS="));
        fault.push(folder.join(function));
        ["--fault".into(), fault]
    })
}
