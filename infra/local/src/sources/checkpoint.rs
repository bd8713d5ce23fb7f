//! How far a stream source has come, kept so that a killed stack goes on where it was.

use std::path::PathBuf;

use crate::data::{DataError, DataFolder, replace};

/// The sequence number of the last record that a source is done with.
pub(super) struct Checkpoint {
    path: PathBuf,
    sequence: Option<String>,
}

impl Checkpoint {
    /// Opens `checkpoints/<source>` in the data folder.
    pub(super) fn open(data: &Path, source: &str) -> Result<Self, DataError> {
        let path = data.join("checkpoints").join(source);
        match std::fs::read_to_string(&path) {
            Ok(sequence) => Ok(Self {
                path,
                sequence: Some(sequence),
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self { path, sequence: None }),
            Err(source) => Err(DataError::Io { path, source }),
        }
    }

    pub(super) fn sequence(&self) -> Option<&str> {
        self.sequence.as_deref()
    }

    /// Moves on to `sequence`. The file is replaced as a whole, so that a kill leaves the old or the new one.
    pub(super) fn advance(&mut self, sequence: &str) -> Result<(), DataError> {
        replace(&self.path, sequence.as_bytes())?;
        self.sequence = Some(sequence.to_owned());
        Ok(())
    }
}
