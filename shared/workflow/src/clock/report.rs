//! What became of a sweep.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Acted;

/// Which sweep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sweep {
    /// Settles everything that is due, once a night.
    Nightly,
    /// Reminds of what is due soon, in the morning.
    Reminders,
    /// The same as the night's in small bounds, every five minutes: windows close when they close, and
    /// what was held or interrupted does not wait a day.
    Tick,
}

impl Sweep {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Nightly => "nightly",
            Self::Reminders => "reminders",
            Self::Tick => "tick",
        }
    }
}

impl std::str::FromStr for Sweep {
    type Err = UnknownSweep;

    fn from_str(name: &str) -> Result<Self, UnknownSweep> {
        let mut all = [Self::Nightly, Self::Reminders, Self::Tick].into_iter();
        all.find(|sweep| sweep.name() == name).ok_or(UnknownSweep)
    }
}

/// The word names no sweep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no sweep of this service")]
pub struct UnknownSweep;

/// One run of a sweep, whatever number of messages it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Run {
    /// Which.
    pub sweep: Sweep,
    /// The instant for which it was scheduled.
    pub as_of: Timestamp,
}

/// How often what happened. A message that comes twice is counted twice in what was looked at, and once in
/// what was done, for the second finds nothing to do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Reviews that the indexes named.
    pub considered: u32,
    /// Drafts that became not submitted.
    pub closed: u32,
    /// Requests for documents that ended in a denial.
    pub expired: u32,
    /// Requests for documents that a person goes on with.
    pub returned: u32,
    /// Requests that wait for an upload or a check.
    pub held: u32,
    /// Reminders.
    pub reminded: u32,
    /// Drafts whose people were told of a change of the window, or that are drafts again.
    pub told: u32,
    /// Those with nothing left to do: somebody was faster, or it is not due any more.
    pub raced: u32,
    /// Those that could not be dealt with, and come again.
    pub failed: u32,
    /// How long the most overdue has been due.
    pub oldest: Option<SignedDuration>,
}

impl Counts {
    /// Whether nothing happened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds others.
    pub fn add(&mut self, other: &Self) {
        for (mine, theirs) in [
            (&mut self.considered, other.considered),
            (&mut self.closed, other.closed),
            (&mut self.expired, other.expired),
            (&mut self.returned, other.returned),
            (&mut self.held, other.held),
            (&mut self.reminded, other.reminded),
            (&mut self.told, other.told),
            (&mut self.raced, other.raced),
            (&mut self.failed, other.failed),
        ] {
            *mine = mine.saturating_add(theirs);
        }
        self.oldest = self.oldest.max(other.oldest);
    }

    /// Counts what came of a command.
    pub fn tell(&mut self, acted: Acted) {
        let count = match acted {
            Acted::Closed => &mut self.closed,
            Acted::Expired => &mut self.expired,
            Acted::Returned => &mut self.returned,
            Acted::Held => &mut self.held,
            Acted::Reminded => &mut self.reminded,
            Acted::Told | Acted::Reopened => &mut self.told,
            Acted::Nothing => &mut self.raced,
        };
        *count += 1;
    }
}

/// What is on record of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The run.
    pub run: Run,
    /// What happened.
    pub counts: Counts,
}
