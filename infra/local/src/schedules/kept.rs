//! How far each schedule has come, kept so that a start after `kill -9` goes on there.

use std::{collections::BTreeMap, path::PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ScheduleError;
use crate::data::{DataError, DataFolder, replace};

/// The file `schedules.json` of the data folder.
#[derive(Debug)]
pub(super) struct Kept {
    file: PathBuf,
}

/// What is kept of one schedule.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
pub(super) struct Mark {
    /// Expression and zone as they were: another expression is another schedule, which has missed nothing yet.
    pub(super) expression: String,
    /// Up to here everything was sent.
    pub(super) through: Timestamp,
}

impl Kept {
    /// The marks by schedule; None in a folder where no schedule ever ran.
    pub(super) fn open(
        data: &DataFolder,
    ) -> Result<(Self, Option<BTreeMap<String, Mark>>), ScheduleError> {
        let file = data.path().join("schedules.json");
        let marks = match std::fs::read(&file) {
            Ok(text) => {
                let marks =
                    serde_json::from_slice(&text).map_err(|source| ScheduleError::Damaged {
                        file: file.clone(),
                        source,
                    })?;
                Some(marks)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(source) => {
                let error = DataError::Io {
                    what: "read",
                    path: file,
                    source,
                };
                return Err(error.into());
            }
        };
        Ok((Self { file }, marks))
    }

    pub(super) fn write(&self, marks: &BTreeMap<&str, Mark>) -> Result<(), DataError> {
        let text =
            serde_json::to_vec_pretty(marks).expect("plain structs under text keys are JSON");
        replace(&self.file, &text)
    }
}
