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
    pub(super) fn open(data: &DataFolder, source: &str) -> Result<Self, DataError> {
        let folder = data.path().join("checkpoints");
        let path = folder.join(source);
        let failed = |what, source| DataError::Io {
            what,
            path: path.clone(),
            source,
        };
        std::fs::create_dir_all(&folder).map_err(|error| failed("create", error))?;
        let sequence = match std::fs::read_to_string(&path) {
            Ok(sequence) => Some(sequence),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed("read", error)),
        };
        Ok(Self { path, sequence })
    }

    pub(super) fn sequence(&self) -> Option<&str> {
        self.sequence.as_deref()
    }

    /// Moves on to `sequence`.
    pub(super) fn advance(&mut self, sequence: &str) -> Result<(), DataError> {
        replace(&self.path, sequence.as_bytes())?;
        self.sequence = Some(sequence.to_owned());
        Ok(())
    }
}
