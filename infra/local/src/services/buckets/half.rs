//! A file of bytes that are on their way: it becomes an object's as a whole, or goes.

use std::path::{Path, PathBuf};

use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

use crate::data::DataError;
use crate::services::ServiceError;

/// Bytes that may wait in memory for the disk, for one upload.
const BUFFER: usize = 256 * 1024;

#[derive(Debug)]
pub(super) struct Half {
    path: PathBuf,
    file: File,
}

impl Half {
    pub(super) async fn create(path: PathBuf) -> Result<Self, ServiceError> {
        match File::create(&path).await {
            Ok(mut file) => {
                file.set_max_buf_size(BUFFER);
                Ok(Self { path, file })
            }
            Err(source) => Err(io("make", &path)(source)),
        }
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<(), ServiceError> {
        let written = self.file.write_all(bytes).await;
        written.map_err(io("write to", &self.path))
    }

    /// Sees to it that all of it has reached the file.
    pub(super) async fn finish(&mut self) -> Result<(), ServiceError> {
        self.file.flush().await.map_err(io("write to", &self.path))
    }

    /// Takes its place in one step.
    pub(super) fn become_file(self, place: &Path) -> Result<(), ServiceError> {
        std::fs::rename(&self.path, place).map_err(io("keep", place))
    }
}

impl Drop for Half {
    fn drop(&mut self) {
        match std::fs::remove_file(&self.path) {
            Ok(()) => {}
            // It took its place.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => tracing::warn!(%error, "half an upload stays until the next start"),
        }
    }
}

fn io<'a>(what: &'static str, path: &'a Path) -> impl FnOnce(std::io::Error) -> ServiceError + 'a {
    move |source| {
        let path = path.to_owned();
        DataError::Io { what, path, source }.into()
    }
}
