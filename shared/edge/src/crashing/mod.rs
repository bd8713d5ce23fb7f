//! Points at which a function's process can be told to end at once: no destructors, no reply, as by a kill.
//!
//! There is a point before and after each call of each port, called as the port's method is: `before-commit`,
//! `after-move-on`. So a process can end between any two steps that anybody else could notice, and no use case knows of it.
//! Two are finer: `amid-enqueue` ends with half of the notices in the queue, and `after-claim` is passed by who was
//! granted the claim only. What comes after a call is only reached if that went well.
//!
//! Which points are deadly, the folder says that `CRASH_POINTS` names: a file in it is one death, at the point that the
//! file is named after, up to the first dot (`after-send.1`, `after-send.2`). Whoever takes the file away dies, so each is
//! died once, however many processes there are and whenever they are started; and what is deadly can be said while they
//! run. A counter in memory would begin anew with each process, and kill for ever.
//!
//! All of this is there under the feature `crashing` alone, which the binaries `*-crashing` have and nothing that is
//! deployed.

mod ports;

use std::path::{Path, PathBuf};

use crate::settings::Environment;

/// The variable that names the folder. Its name in a binary shows that the binary can be told to end.
const CRASH_POINTS: &str = "CRASH_POINTS";

/// A port with a point before and after each call.
pub struct Crashing<P> {
    port: P,
    points: Points,
}

/// The port with its points, which are deadly as the environment says.
///
/// # Panics
/// When the environment names no folder: whoever meant to kill would wait for it in vain.
pub fn port<P>(port: P) -> Crashing<P> {
    let folder = Environment::of_process().optional(CRASH_POINTS);
    let folder = folder.map(PathBuf::from);
    assert!(
        folder.as_deref().is_none_or(Path::is_dir),
        "{CRASH_POINTS} names no folder; make it, or unset the variable"
    );
    Crashing {
        port,
        points: Points(folder),
    }
}

struct Points(Option<PathBuf>);

impl Points {
    /// Ends the process if the point `<place>-<method>` is deadly.
    fn reach(&self, place: &str, method: &str) {
        let Some(folder) = &self.0 else {
            return;
        };
        let point = format!("{place}-{}", method.replace('_', "-"));
        if take(folder, &point) {
            tracing::warn!(
                crash_point = point,
                "the process ends here, as it was told to"
            );
            std::process::abort();
        }
    }
}

/// Takes one file of the point away; whether there was one, and it was ours to take.
fn take(folder: &Path, point: &str) -> bool {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut of_point = files.filter(|file| {
        let name = file.file_name();
        name.to_str()
            .is_some_and(|name| name.split('.').next() == Some(point))
    });
    of_point.any(|file| std::fs::remove_file(file.path()).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_is_taken_once_and_by_its_own_point() {
        let folder = std::env::temp_dir().join(format!("crash-points-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        for name in ["after-send", "after-send.2", "after-settle"] {
            std::fs::write(folder.join(name), "").expect("a file");
        }
        let taken = ["before-send", "after-send", "after-send", "after-send"];
        let taken = taken.map(|point| take(&folder, point));
        let last = take(&folder, "after-settle");
        std::fs::remove_dir(&folder).expect("it is empty");
        assert_eq!((taken, last), ([false, true, true, false], true));
        Points(None).reach("after", "send");
    }
}
