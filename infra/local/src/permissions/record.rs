//! The notes of what functions did: a file of lines, each fact once, shared by all stacks that are given it.
//!
//! A fact names no item, no message and no object: it is a function, an action, a resource as a policy names it, and a call
//! as an example.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::data::DataError;

/// One permission that one function used.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Used {
    pub(crate) function: String,
    pub(crate) action: String,
    pub(crate) resource: String,
    /// The API call that asked for it.
    pub(crate) call: String,
}

#[derive(Debug)]
pub(super) struct Record {
    file: PathBuf,
    known: Mutex<BTreeSet<Used>>,
}

impl Record {
    pub(super) fn open(file: PathBuf) -> Result<Self, DataError> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(DataError::io("make", folder))?;
        }
        let known = Mutex::new(read(&file)?);
        Ok(Self { file, known })
    }

    /// Notes what is not known yet. A line is one write at the end of the file, so that stacks at the same time mix no lines.
    pub(super) fn note(&self, used: Used) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.contains(&used) {
            return;
        }
        let line = serde_json::to_string(&used).expect("texts are JSON") + "\n";
        let mut options = OpenOptions::new();
        let written = options
            .create(true)
            .append(true)
            .open(&self.file)
            .and_then(|mut file| file.write_all(line.as_bytes()));
        match written {
            Ok(()) => drop(known.insert(used)),
            Err(error) => {
                tracing::error!(file = %self.file.display(), %error, "a call could not be noted");
            }
        }
    }
}

/// All that `file` knows; nothing when it is not there.
pub(super) fn read(file: &Path) -> Result<BTreeSet<Used>, DataError> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(DataError::io("read", file)(error)),
    };
    let lines = text.lines().map(|line| {
        serde_json::from_str(line).map_err(|error| DataError::io("read", file)(error.into()))
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_noted_once_by_however_many() {
        let place = tempfile::tempdir().expect("a place");
        let file = place.path().join("calls/used.jsonl");
        let used = |call: &str| Used {
            function: "F".to_owned(),
            action: "a:B".to_owned(),
            resource: "r".to_owned(),
            call: call.to_owned(),
        };
        let first = Record::open(file.clone()).expect("opens");
        first.note(used("One"));
        first.note(used("One"));
        let second = Record::open(file.clone()).expect("opens");
        second.note(used("One"));
        second.note(used("Two"));
        let text = fs::read_to_string(&file).expect("it was written");
        assert_eq!(text.lines().count(), 2, "{text}");
        assert_eq!(
            read(&file).expect("readable"),
            [used("One"), used("Two")].into()
        );
    }
}
