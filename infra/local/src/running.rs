//! Where the stack of a data folder answers: what it tells at its start, and how another program finds it.
//!
//! It stands in a file of the data folder, which a `kill -9` leaves behind; so the folder's lock says whether it is
//! still true.

use std::{
    collections::BTreeMap,
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::data::{DataError, LOCK, replace};

const FILE: &str = "running.json";

/// Where a running stack answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Running {
    pub(crate) url: String,
    pub(crate) pid: u32,
    pub(crate) data: PathBuf,
    pub(crate) dynamodb: String,
    pub(crate) sqs: String,
    pub(crate) s3: String,
    pub(crate) ses: String,
    /// What the template tells whoever works with it.
    pub(crate) outputs: BTreeMap<String, String>,
}

/// Why no stack was found.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotRunning {
    #[error(
        "no stack runs on the data folder {0}; start it with `cargo run` in another terminal, and say this again (another \
         folder is named with --data, here as there)"
    )]
    Nobody(PathBuf),
    #[error("the stack on {0} is still starting; say this again when it has said \"Ready\"")]
    Starting(PathBuf),
    #[error("{path} cannot be read: {source}")]
    Unreadable { path: PathBuf, source: io::Error },
}

impl Running {
    /// As JSON, as it stands in files.
    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("addresses and names are texts")
    }

    /// Tells it to whoever looks into the data folder.
    pub(crate) fn tell(&self) -> Result<(), DataError> {
        replace(&self.data.join(FILE), self.to_json().as_bytes())
    }

    /// The stack that runs on `data`.
    pub(crate) fn on(data: &Path) -> Result<Self, NotRunning> {
        let nobody = || NotRunning::Nobody(data.to_owned());
        let read = |name: &str| {
            let path = data.join(name);
            match std::fs::read_to_string(&path) {
                Ok(text) => Ok(text),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Err(nobody()),
                Err(source) => Err(NotRunning::Unreadable { path, source }),
            }
        };
        let holder = read(LOCK)?;
        if !is_locked(&data.join(LOCK))? {
            return Err(nobody());
        }
        let starting = || NotRunning::Starting(data.to_owned());
        let told = read(FILE).map_err(|error| match error {
            NotRunning::Nobody(_) => starting(),
            NotRunning::Starting(_) | NotRunning::Unreadable { .. } => error,
        })?;
        let running: Self = serde_json::from_str(&told).map_err(|_| starting())?;
        // What an earlier stack told is still there while the next one starts.
        if running.pid.to_string() == holder.trim() {
            Ok(running)
        } else {
            Err(starting())
        }
    }
}

/// Whether somebody holds the lock. Looking takes it for a moment, which a stack that starts then waits for.
fn is_locked(path: &Path) -> Result<bool, NotRunning> {
    let unreadable = |source| NotRunning::Unreadable {
        path: path.to_owned(),
        source,
    };
    let lock = File::open(path).map_err(unreadable)?;
    match lock.try_lock_shared() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(error)) => Err(unreadable(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::DataFolder;

    fn running(data: &Path, pid: u32) -> Running {
        Running {
            url: "http://127.0.0.1:3000".to_owned(),
            pid,
            data: data.to_owned(),
            dynamodb: String::new(),
            sqs: String::new(),
            s3: String::new(),
            ses: String::new(),
            outputs: BTreeMap::from([("TableName".to_owned(), "Things".to_owned())]),
        }
    }

    #[test]
    fn a_stack_is_found_while_it_holds_its_folder() {
        let place = tempfile::tempdir().expect("a place");
        let found = || Running::on(place.path());
        assert!(matches!(found(), Err(NotRunning::Nobody(_))));
        let data = DataFolder::open(place.path(), false).expect("opens");
        assert!(matches!(found(), Err(NotRunning::Starting(_))));
        running(data.path(), 1).tell().expect("written");
        let another = found();
        assert!(
            matches!(another, Err(NotRunning::Starting(_))),
            "process 1 told it"
        );
        running(data.path(), std::process::id())
            .tell()
            .expect("written");
        assert_eq!(found().expect("it runs").outputs["TableName"], "Things");
        drop(data);
        assert!(matches!(found(), Err(NotRunning::Nobody(_))));
    }
}
