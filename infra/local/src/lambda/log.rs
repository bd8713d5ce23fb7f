//! What a function writes: kept as a file in the data folder, and the last lines in memory for the page at `/`.

use std::{
    collections::VecDeque,
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

use super::LambdaError;

/// Lines kept in memory a function.
const TAIL: usize = 1_000;

/// The log of one function.
pub(super) struct Log {
    path: PathBuf,
    kept: Mutex<Kept>,
}

struct Kept {
    file: File,
    tail: VecDeque<String>,
}

impl Log {
    /// Opens `logs/<function>.log` in the data folder, to be continued.
    pub(super) fn open(data: &Path, function: &str) -> Result<Arc<Self>, LambdaError> {
        let folder = data.join("logs");
        let path = folder.join(format!("{function}.log"));
        let open = || {
            std::fs::create_dir_all(&folder)?;
            File::options().create(true).append(true).open(&path)
        };
        let file = open().map_err(|source| LambdaError::Log {
            path: path.clone(),
            source,
        })?;
        let kept = Kept {
            file,
            tail: VecDeque::with_capacity(TAIL),
        };
        Ok(Arc::new(Self {
            path,
            kept: Mutex::new(kept),
        }))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Adds one line.
    pub(super) fn line(&self, text: String) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = writeln!(kept.file, "{text}") {
            kept.tail
                .push_back(format!("(the log file cannot be written: {error})"));
        }
        kept.tail.push_back(text);
        let over = kept.tail.len().saturating_sub(TAIL);
        kept.tail.drain(..over);
    }

    /// The last `lines` lines, oldest first.
    pub(super) fn tail(&self, lines: usize) -> Vec<String> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.tail
            .iter()
            .skip(kept.tail.len().saturating_sub(lines))
            .cloned()
            .collect()
    }

    /// Adds what comes out of a pipe, line by line, until its other end closes.
    pub(super) async fn follow(self: Arc<Self>, pipe: impl AsyncRead + Unpin) {
        let mut reader = BufReader::new(pipe);
        let mut line = Vec::new();
        loop {
            line.clear();
            match reader.read_until(b'\n', &mut line).await {
                Ok(0) => return,
                Ok(_) => self.line(String::from_utf8_lossy(&line).trim_end().to_owned()),
                Err(error) => {
                    return self.line(format!("(the output cannot be read further: {error})"));
                }
            }
        }
    }
}
