//! A file of one JSON line a fact, which alone says what was acknowledged.
//!
//! A line is written before its caller gets an answer. A last line that was cut by a kill was never acknowledged and is
//! left out; a damaged one in the middle stops the start, for nobody could tell what it held.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::ServiceError;
use crate::data::{DataError, replace};

/// All whole lines of the file at `path`; none when it is not there.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, ServiceError> {
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(io("read", path)(source)),
    };
    let whole = text.iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
    let lines = text[..whole].split(|byte| *byte == b'\n').enumerate();
    let lines = lines.filter(|(_, line)| !line.is_empty());
    let read = lines.map(|(number, line)| {
        serde_json::from_slice(line).map_err(|error| ServiceError::Damaged {
            file: path.to_owned(),
            line: number + 1,
            reason: error.to_string(),
        })
    });
    read.collect()
}

/// The open file.
#[derive(Debug)]
pub(super) struct Lines<T> {
    path: PathBuf,
    file: File,
    /// Up to here it holds whole lines.
    length: u64,
    kind: PhantomData<fn(T)>,
}

impl<T: Serialize> Lines<T> {
    /// Begins anew with `lines`, replacing in one step what was there.
    pub(super) fn begin<'a>(
        path: &Path,
        lines: impl Iterator<Item = &'a T>,
    ) -> Result<Self, ServiceError>
    where
        T: 'a,
    {
        let text: Vec<u8> = lines.flat_map(text_of).collect();
        replace(path, &text)?;
        let file = OpenOptions::new()
            .append(true)
            .open(path)
            .map_err(io("open", path))?;
        Ok(Self {
            path: path.to_owned(),
            file,
            length: text.len() as u64,
            kind: PhantomData,
        })
    }

    /// Adds a line; it is there after `kill -9` when this returns, and not at all when it fails.
    pub(super) fn push(&mut self, line: &T) -> Result<(), ServiceError> {
        let text = text_of(line);
        if let Err(source) = self.file.write_all(&text) {
            // Half a line would spoil the next one.
            self.file
                .set_len(self.length)
                .map_err(io("cut half a line off", &self.path))?;
            return Err(io("write to", &self.path)(source));
        }
        self.length += text.len() as u64;
        Ok(())
    }
}

fn text_of<T: Serialize>(line: &T) -> Vec<u8> {
    let mut text = serde_json::to_vec(line).expect("plain structs under text keys are JSON");
    text.push(b'\n');
    text
}

fn io<'a>(what: &'static str, path: &'a Path) -> impl FnOnce(std::io::Error) -> ServiceError + 'a {
    move |source| {
        let path = path.to_owned();
        DataError::Io { what, path, source }.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_last_line_is_left_out_and_a_damaged_one_is_named() {
        let place = tempfile::tempdir().expect("a place");
        let path = place.path().join("facts.jsonl");
        assert!(read::<u32>(&path).expect("not there").is_empty());
        let mut lines = Lines::begin(&path, [1_u32, 2].iter()).expect("begins");
        lines.push(&3).expect("written");
        assert_eq!(read::<u32>(&path).expect("read"), [1, 2, 3]);
        std::fs::write(&path, "1\n2\n[3").expect("torn");
        assert_eq!(read::<u32>(&path).expect("read"), [1, 2]);
        std::fs::write(&path, "1\n[2\n3\n").expect("damaged");
        let refused = read::<u32>(&path).expect_err("it is no number").to_string();
        assert!(refused.contains("line 2"), "{refused}");
    }
}
