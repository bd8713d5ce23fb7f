//! The data folder: everything the stack keeps between two runs (`.local/` unless told otherwise).
//!
//! One process at a time owns it, by a lock that the operating system releases even after `kill -9`. A version
//! file says whose folder it is and which shape the data has, so that a newer program never reads older data
//! wrongly and `--fresh` never empties a folder that is not ours.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The shape of the data below the folder; raised when an older folder can no longer be read.
const VERSION: &str = "targeted-review-local 1";
pub(crate) const LOCK: &str = "lock";
/// A stack that was just killed needs a moment to end its functions and close its files.
const PATIENCE: Duration = Duration::from_secs(3);
const RETRY: Duration = Duration::from_millis(25);

/// The open, locked data folder. Clones share the lock, which ends with the last of them.
#[derive(Clone, Debug)]
pub struct DataFolder(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    is_new: bool,
    /// Held, not read: closing it frees the folder.
    _lock: File,
}

/// Why the data folder could not be used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// Another process holds the lock.
    #[error(
        "the data folder {path} is in use by {holder}: stop that stack first, or give this one a folder of its own"
    )]
    InUse {
        /// The folder.
        path: PathBuf,
        /// "process 1234", or what else is known.
        holder: String,
    },
    /// Written by a program whose data has another shape.
    #[error(
        "the data folder {path} holds data of another version ({found}): start once with --fresh to begin anew"
    )]
    OtherVersion {
        /// The folder.
        path: PathBuf,
        /// What its version file says.
        found: String,
    },
    /// Files in it, but no version file.
    #[error(
        "{path} is not empty and was not made by this stack: name an empty folder, nothing in it was touched"
    )]
    NotOurs {
        /// The folder.
        path: PathBuf,
    },
    /// A kept secret cannot be read back.
    #[error("the kept secret {name} in {path} is damaged: start once with --fresh to begin anew")]
    DamagedSecret {
        /// The secret's name.
        name: String,
        /// The folder.
        path: PathBuf,
    },
    /// The file system refused.
    #[error("cannot {what} {path}: {source}")]
    Io {
        /// What was tried.
        what: &'static str,
        /// On which file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

impl DataError {
    pub(crate) fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { what, path, source }
    }
}

impl DataFolder {
    /// Opens (or makes) the folder and locks it; with `fresh` whatever an earlier run kept is removed first.
    ///
    /// # Errors
    /// [`DataError`], each saying what to do. A predecessor that is just dying is waited for, three seconds long.
    pub fn open(path: &Path, fresh: bool) -> Result<Self, DataError> {
        Self::open_within(path, fresh, PATIENCE)
    }

    fn open_within(path: &Path, fresh: bool, patience: Duration) -> Result<Self, DataError> {
        fs::create_dir_all(path).map_err(DataError::io("make the data folder", path))?;
        let path = path
            .canonicalize()
            .map_err(DataError::io("find the data folder", path))?;
        let lock = lock(&path, patience)?;
        let version = path.join("version");
        let mut is_new = match fs::read_to_string(&version) {
            Ok(found) if found.trim() == VERSION || fresh => false,
            Ok(found) => {
                return Err(DataError::OtherVersion {
                    path,
                    found: found.trim().to_owned(),
                });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if entries(&path)?.next().is_some() {
                    return Err(DataError::NotOurs { path });
                }
                true
            }
            Err(error) => return Err(DataError::io("read", &version)(error)),
        };
        if fresh && !is_new {
            empty(&path)?;
            is_new = true;
        }
        if is_new {
            replace(&version, format!("{VERSION}\n").as_bytes())?;
        }
        Ok(Self(Arc::new(Inner {
            path,
            is_new,
            _lock: lock,
        })))
    }

    /// Where it is, absolute.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Whether nothing was kept from an earlier run.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.0.is_new
    }

    /// 32 random bytes in hex under `name`: made at first use, the same ever after, readable by this user only.
    ///
    /// # Errors
    /// When it cannot be read, kept, or is damaged.
    pub fn secret(&self, name: &str) -> Result<String, DataError> {
        let Some(kept) = self.private(name)? else {
            let mut bytes = [0_u8; 32];
            getrandom::fill(&mut bytes).map_err(|error| {
                DataError::io("draw a random secret for", self.path())(io::Error::other(error))
            })?;
            let made = hex(&bytes);
            self.keep_private(name, &made)?;
            return Ok(made);
        };
        if kept.len() == 64 && kept.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            Ok(kept)
        } else {
            Err(DataError::DamagedSecret {
                name: name.to_owned(),
                path: self.path().to_owned(),
            })
        }
    }

    /// The private text kept under `name`, if any.
    pub(crate) fn private(&self, name: &str) -> Result<Option<String>, DataError> {
        let file = self.path().join("secrets").join(name);
        match fs::read_to_string(&file) {
            Ok(kept) => Ok(Some(kept)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(DataError::io("read", &file)(error)),
        }
    }

    /// Keeps a private text under `name`, readable by this user only.
    pub(crate) fn keep_private(&self, name: &str, text: &str) -> Result<(), DataError> {
        let folder = self.path().join("secrets");
        fs::create_dir_all(&folder).map_err(DataError::io("make", &folder))?;
        replace_private(&folder.join(name), text.as_bytes())
    }
}

/// Replaces `file` in one step: a reader, or a run after a kill, sees the old text or the new, never half of one.
pub(crate) fn replace(file: &Path, content: &[u8]) -> Result<(), DataError> {
    replace_with(
        OpenOptions::new().write(true).create(true).truncate(true),
        file,
        content,
    )
}

fn replace_private(file: &Path, content: &[u8]) -> Result<(), DataError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    replace_with(&options, file, content)
}

fn replace_with(options: &OpenOptions, file: &Path, content: &[u8]) -> Result<(), DataError> {
    let half = file.with_extension("half");
    options
        .open(&half)
        .and_then(|mut open| open.write_all(content))
        .and_then(|()| fs::rename(&half, file))
        .map_err(DataError::io("write", file))
}

#[expect(
    clippy::disallowed_methods,
    reason = "no system tells when a lock is freed, and waiting in the lock call itself has no end"
)]
fn lock(path: &Path, patience: Duration) -> Result<File, DataError> {
    let name = path.join(LOCK);
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&name)
        .map_err(DataError::io("open", &name))?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if start.elapsed() < patience => {
                std::thread::sleep(RETRY)
            }
            Err(TryLockError::WouldBlock) => {
                return Err(DataError::InUse {
                    path: path.to_owned(),
                    holder: holder(&name),
                });
            }
            Err(TryLockError::Error(error)) => return Err(DataError::io("lock", &name)(error)),
        }
    }
    file.set_len(0)
        .and_then(|()| write!(file, "{}", std::process::id()))
        .map_err(DataError::io("write", &name))?;
    Ok(file)
}

fn holder(lock: &Path) -> String {
    match fs::read_to_string(lock) {
        Ok(pid) if !pid.trim().is_empty() => format!("process {}", pid.trim()),
        Ok(_) | Err(_) => "another process".to_owned(),
    }
}

/// What is in the folder beside the lock, and beside the half of a version file that a kill can leave.
fn entries(path: &Path) -> Result<impl Iterator<Item = PathBuf>, DataError> {
    let listed: Vec<PathBuf> = fs::read_dir(path)
        .and_then(|list| list.map(|entry| entry.map(|entry| entry.path())).collect())
        .map_err(DataError::io("list", path))?;
    let no_data = |entry: &PathBuf| entry.ends_with(LOCK) || entry.ends_with("version.half");
    Ok(listed.into_iter().filter(move |entry| !no_data(entry)))
}

/// Removes all but the lock, the version last: a kill half-way leaves a folder that is still known to be ours.
fn empty(path: &Path) -> Result<(), DataError> {
    let mut all: Vec<PathBuf> = entries(path)?.collect();
    all.sort_by_key(|entry| entry.ends_with("version"));
    for entry in all {
        let removed = if entry.is_dir() {
            fs::remove_dir_all(&entry)
        } else {
            fs::remove_file(&entry)
        };
        removed.map_err(DataError::io("remove", &entry))?;
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String does not fail");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(path: &Path, fresh: bool) -> Result<DataFolder, DataError> {
        DataFolder::open_within(path, fresh, Duration::ZERO)
    }

    #[test]
    fn a_secret_is_kept_until_fresh_and_private() {
        let place = tempfile::tempdir().expect("a place");
        let first = open(place.path(), false).expect("opens");
        assert!(first.is_new());
        let secret = first.secret("hash-key").expect("made");
        assert_ne!(secret, first.secret("other").expect("made"));
        drop(first);

        let second = open(place.path(), false).expect("opens again");
        assert!(!second.is_new());
        assert_eq!(second.secret("hash-key").expect("kept"), secret);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(second.path().join("secrets/hash-key"))
                .expect("there")
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        drop(second);

        let third = open(place.path(), true).expect("opens fresh");
        assert!(third.is_new());
        assert_ne!(third.secret("hash-key").expect("made anew"), secret);
    }

    #[test]
    fn a_second_stack_is_told_who_holds_the_folder() {
        let place = tempfile::tempdir().expect("a place");
        let _held = open(place.path(), false).expect("opens");
        let refused = open(place.path(), true).expect_err("held").to_string();
        assert!(
            refused.contains(&format!("process {}", std::process::id())),
            "{refused}"
        );
    }

    #[test]
    fn another_version_asks_for_fresh_and_fresh_takes_it() {
        let place = tempfile::tempdir().expect("a place");
        fs::write(place.path().join("version"), "targeted-review-local 0\n").expect("written");
        let refused = open(place.path(), false)
            .expect_err("another version")
            .to_string();
        assert!(refused.contains("--fresh"), "{refused}");
        assert!(open(place.path(), true).expect("fresh").is_new());
    }

    #[test]
    fn a_folder_of_someone_else_is_never_emptied() {
        let place = tempfile::tempdir().expect("a place");
        fs::write(place.path().join("thesis.txt"), "years of work").expect("written");
        for fresh in [false, true] {
            assert!(matches!(
                open(place.path(), fresh),
                Err(DataError::NotOurs { .. })
            ));
        }
        assert!(place.path().join("thesis.txt").exists());
    }

    #[test]
    fn a_kill_at_the_very_first_moment_leaves_a_new_folder() {
        let place = tempfile::tempdir().expect("a place");
        fs::write(place.path().join("lock"), "1").expect("written");
        fs::write(place.path().join("version.half"), "targ").expect("written");
        assert!(open(place.path(), false).expect("opens").is_new());
    }

    #[test]
    fn a_damaged_secret_is_said_to_be_so() {
        let place = tempfile::tempdir().expect("a place");
        let data = open(place.path(), false).expect("opens");
        data.secret("hash-key").expect("made");
        fs::write(data.path().join("secrets/hash-key"), "short").expect("written");
        assert!(matches!(
            data.secret("hash-key"),
            Err(DataError::DamagedSecret { .. })
        ));
    }
}
