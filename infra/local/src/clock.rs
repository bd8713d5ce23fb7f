//! The set clock: the time that the service believes it is, apart from the machine's.
//!
//! It starts where the stories of the README play, ticks with real time, and never goes back, not even over
//! `kill -9`. For that it keeps a *mark* a little ahead of every time it has told: when the time reaches the
//! mark, a later one is written first. A restart goes on from the mark, so the time the stack was off does not
//! count and nothing told before is told again. Signatures, visibility and leases go by the machine's clock.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::data::{DataError, DataFolder, replace};

/// 2025-10-20 10:00 in New York: inside the window of performance year 2024, four weeks before its close.
const START: &str = "2025-10-20T14:00:00Z";
/// How far the mark is ahead: at most this much time is skipped by a restart.
const AHEAD: Duration = Duration::from_secs(2);

/// A handle on the clock; clones tell the same time.
#[derive(Clone, Debug)]
pub struct SetClock(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    file: PathBuf,
    /// The set time at `anchored`.
    base: Timestamp,
    anchored: Instant,
    mark: Timestamp,
    /// What it was when the folder was new.
    start: Timestamp,
    reason: Reason,
}

#[derive(Clone, Copy, Debug)]
enum Reason {
    Fresh,
    Chosen,
    Kept,
    Moved,
}

/// Why the clock could not be set.
#[derive(Debug, thiserror::Error)]
pub enum ClockError {
    /// `--clock` on a folder that already has a time.
    #[error(
        "--clock sets the start of a new data folder, and {0} already has a time: add --fresh to begin anew"
    )]
    AlreadySet(PathBuf),
    /// The kept time cannot be read.
    #[error(
        "the kept time in {file} cannot be read ({source}): start once with --fresh to begin anew"
    )]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        source: jiff::Error,
    },
    /// A time that is not after the present one.
    #[error("the clock only moves forward: it is {now}, and {to} is not after that")]
    Backward {
        /// The present set time.
        now: Timestamp,
        /// The time that was asked for.
        to: Timestamp,
    },
    /// The mark cannot be kept.
    #[error(transparent)]
    Data(#[from] DataError),
}

impl SetClock {
    /// Goes on from the kept time, or starts a new folder at `start` (otherwise at the stories' time).
    ///
    /// # Errors
    /// `start` on an existing folder; a kept time that cannot be read; a folder that cannot be written.
    pub fn open(data: &DataFolder, start: Option<Timestamp>) -> Result<Self, ClockError> {
        let file = data.path().join("clock");
        let (base, reason) = match (std::fs::read_to_string(&file), start) {
            (Ok(_), Some(_)) => return Err(ClockError::AlreadySet(data.path().to_owned())),
            (Ok(kept), None) => {
                let kept = kept.trim().parse().map_err(|source| ClockError::Damaged {
                    file: file.clone(),
                    source,
                })?;
                (kept, Reason::Kept)
            }
            (Err(error), start) if error.kind() == std::io::ErrorKind::NotFound => match start {
                Some(start) => (start, Reason::Chosen),
                None => (
                    START.parse().expect("the constant is a timestamp"),
                    Reason::Fresh,
                ),
            },
            (Err(source), _) => {
                return Err(DataError::Io {
                    what: "read",
                    path: file,
                    source,
                }
                .into());
            }
        };
        let start = first(data, base, reason)?;
        let mut state = State {
            file,
            base,
            anchored: Instant::now(),
            mark: base,
            start,
            reason,
        };
        state.keep(base)?;
        Ok(Self(Arc::new(Mutex::new(state))))
    }

    /// The set time. Never earlier than any time told before, in this run or an earlier one.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = state.now();
        if now >= state.mark
            && let Err(error) = state.keep(now)
        {
            // The time itself is still right; what is at risk is only where a restart goes on.
            tracing::error!(%error, "the set clock cannot be kept");
        }
        now
    }

    /// The set time at which something happened in this run, from the machine's time of it. Never in the future.
    #[must_use]
    pub fn at(&self, machine: Timestamp) -> Timestamp {
        let now = self.now();
        let ago = machine_now()
            .duration_since(machine)
            .max(SignedDuration::ZERO);
        now.checked_sub(ago).unwrap_or(now)
    }

    /// Moves the clock forward to `to`, from where it ticks on.
    ///
    /// # Errors
    /// When `to` is not after the present, or the new time cannot be kept.
    pub fn advance_to(&self, to: Timestamp) -> Result<(), ClockError> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = state.now();
        if to <= now {
            return Err(ClockError::Backward { now, to });
        }
        state.keep(to)?;
        state.base = to;
        state.anchored = Instant::now();
        state.reason = Reason::Moved;
        Ok(())
    }

    /// The set time at which the data folder was new, in whole seconds: where intervals begin to count.
    #[must_use]
    pub fn start(&self) -> Timestamp {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).start
    }

    /// The civil time in New York, for people.
    #[must_use]
    pub fn new_york(&self) -> String {
        in_new_york(self.now())
    }

    /// Why the clock shows what it shows, in one sentence.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match state.reason {
            Reason::Fresh => "a new data folder starts inside the window of performance year 2024",
            Reason::Chosen => "--clock set the start of this new data folder",
            Reason::Kept => "it goes on from the last run; the time off does not count",
            Reason::Moved => "it was moved forward by hand",
        }
    }

    /// One line for the terminal: the time in New York and why it is that.
    #[must_use]
    pub fn explain(&self) -> String {
        format!("{} ({})", self.new_york(), self.reason())
    }
}

/// The start of the folder's clock: kept at the first start, before the clock itself is.
fn first(data: &DataFolder, base: Timestamp, reason: Reason) -> Result<Timestamp, ClockError> {
    let file = data.path().join("clock-start");
    let kept = match reason {
        Reason::Kept | Reason::Moved => std::fs::read_to_string(&file).ok(),
        Reason::Fresh | Reason::Chosen => None,
    };
    if let Some(kept) = kept {
        let kept = kept.trim().parse();
        return kept.map_err(|source| ClockError::Damaged { file, source });
    }
    let whole = Timestamp::from_second(base.as_second()).unwrap_or(base);
    replace(&file, whole.to_string().as_bytes())?;
    Ok(whole)
}

/// The machine's own time, for what goes by it: how long ago something happened in this run.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the stack reads the machine's wall clock"
)]
pub(crate) fn machine_now() -> Timestamp {
    Timestamp::now()
}

impl State {
    fn now(&self) -> Timestamp {
        self.base + self.anchored.elapsed()
    }

    /// Puts the mark ahead of `told`, on disk first.
    fn keep(&mut self, told: Timestamp) -> Result<(), DataError> {
        let mark = told + AHEAD;
        replace(&self.file, mark.to_string().as_bytes())?;
        self.mark = mark;
        Ok(())
    }
}

/// `2025-10-20 10:00:00 ET`. Civil time is always said as ET: which of EST or EDT holds is nobody's concern.
pub(crate) fn in_new_york(instant: Timestamp) -> String {
    const NEW_YORK: TimeZone = jiff::tz::get!("America/New_York");
    format!(
        "{} ET",
        instant.to_zoned(NEW_YORK).strftime("%Y-%m-%d %H:%M:%S")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(place: &tempfile::TempDir) -> DataFolder {
        DataFolder::open(place.path(), false).expect("opens")
    }

    #[test]
    fn a_new_folder_starts_where_the_stories_play() {
        let place = tempfile::tempdir().expect("a place");
        let clock = SetClock::open(&folder(&place), None).expect("opens");
        assert!(
            clock.explain().starts_with("2025-10-20 10:"),
            "{}",
            clock.explain()
        );
        assert!(clock.new_york().ends_with(" ET"));
    }

    #[test]
    fn it_never_goes_back_over_a_restart_without_farewell() {
        let place = tempfile::tempdir().expect("a place");
        let data = folder(&place);
        let start = "2025-11-02T05:59:59.999Z".parse().expect("a time");
        let clock = SetClock::open(&data, Some(start)).expect("opens");
        let told = clock.now();
        assert!(told >= start);
        // A killed process says no farewell: whatever is on disk now is all that the next run has.
        let next = SetClock::open(&data, None).expect("opens again");
        assert!(next.now() >= told);
        assert!(
            next.now() < told + SignedDuration::from_mins(10),
            "the time off does not count"
        );
        assert!(next.explain().contains("last run"));
    }

    #[test]
    fn the_start_of_an_existing_folder_cannot_be_set() {
        let place = tempfile::tempdir().expect("a place");
        let data = folder(&place);
        SetClock::open(&data, None).expect("opens");
        let refused = SetClock::open(&data, Some(Timestamp::UNIX_EPOCH))
            .expect_err("has a time")
            .to_string();
        assert!(refused.contains("--fresh"), "{refused}");
    }

    #[test]
    fn it_moves_forward_only_and_keeps_the_jump() {
        let place = tempfile::tempdir().expect("a place");
        let data = folder(&place);
        let clock = SetClock::open(&data, None).expect("opens");
        let to = "2025-11-15T01:00:00Z".parse().expect("a time");
        clock.advance_to(to).expect("forward");
        assert!(clock.now() >= to);
        assert!(matches!(
            clock.advance_to(to),
            Err(ClockError::Backward { .. })
        ));
        assert!(SetClock::open(&data, None).expect("opens again").now() >= to);
    }

    #[test]
    fn it_remembers_its_start() {
        let place = tempfile::tempdir().expect("a place");
        let data = folder(&place);
        let chosen = "2025-11-02T05:59:59.999Z".parse().expect("a time");
        let clock = SetClock::open(&data, Some(chosen)).expect("opens");
        clock
            .advance_to("2026-01-01T00:00:00Z".parse().expect("a time"))
            .expect("forward");
        let again = SetClock::open(&data, None).expect("opens again");
        assert_eq!(again.start(), clock.start());
        assert_eq!(again.start().to_string(), "2025-11-02T05:59:59Z");
    }

    #[test]
    fn a_machine_time_of_this_run_maps_to_a_set_time_not_in_the_future() {
        let place = tempfile::tempdir().expect("a place");
        let clock = SetClock::open(&folder(&place), None).expect("opens");
        let minute_ago = machine_now() - SignedDuration::from_mins(1);
        let mapped = clock.at(minute_ago);
        assert!(
            mapped <= clock.now() - SignedDuration::from_mins(1) + SignedDuration::from_secs(1)
        );
        assert!(clock.at(machine_now() + SignedDuration::from_hours(1)) <= clock.now());
    }
}
