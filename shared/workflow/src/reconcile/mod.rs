//! What has come apart, found and put together again: the last net, below transaction and sweep.
//!
//! Nothing here should ever find anything but letters that the mail service does not take. What a commit writes
//! together stays together; so a pointer without its review says that somebody wrote past the commits, and an entry
//! that waits for letters and is not due says the same of the outbox. There are two jobs:
//!
//! - [`reconcile_letters`] walks the *due index*, whole: every entry that has letters without an outcome is in there,
//!   whether its time has come or not. It is small when all is well, whatever is stored.
//! - [`reconcile_part`] walks reviews and pointers, which no index names when they are wrong: the wrong ones are found
//!   only by looking at all. So that a night's work does not grow with what is stored (promise P8), a night looks at
//!   one of [`NIGHTS`] parts, which the day's number names, and at no more than so many pages of it; if that is not all
//!   of the part, the report says so. By hand all parts are one, and without an end.
//!
//! The tempting alternative is an index of pointers, or a cursor that is kept from night to night. The one would be
//! written by every commit for the sake of what never happens; the other is one more thing that can come apart.
//!
//! People work while it looks. A pointer is judged only by a version that was the same before and after it was read,
//! and put right in one transaction with the check that it still is; who was faster wins, and nothing is mended twice.
//! Whatever fails with one review is counted, and stops no other.

mod letters;
mod part;

use std::fmt;

use domain::{ListKey, ReviewId};
use jiff::{SignedDuration, Timestamp};

pub use letters::{LetterPorts, reconcile_letters};
pub use part::{NIGHTS, PartPorts, part_of_the_night, reconcile_part};

use crate::ports::PortError;

/// What to do about what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Nothing.
    Report,
    /// Put it right.
    Repair,
}

/// The two instants that matter.
#[derive(Debug, Clone, Copy)]
pub struct When {
    /// By the clock of events: how long something has waited.
    pub as_of: Timestamp,
    /// By the clock of leases: whether a claim is over.
    pub leases: Timestamp,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The review.
    pub review: ReviewId,
    /// What is wrong with it.
    pub wrong: Wrong,
    /// What became of that.
    pub mended: Mended,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Letters of an entry have no outcome a quarter of an hour after its event.
    Unanswered {
        /// The entry's place.
        seq: u64,
        /// How many letters.
        waiting: u32,
        /// How many of them were claimed, and the claim is over: they may have been sent.
        in_doubt: u32,
    },
    /// An entry is still due though each of its letters has its outcome.
    Finished {
        /// The entry's place.
        seq: u64,
    },
    /// An entry has letters without an outcome and never becomes due: nothing would ever find it.
    Lapsed {
        /// The entry's place.
        seq: u64,
        /// How many letters.
        waiting: u32,
    },
    /// A list does not name the review, which has a place in it.
    Missing(ListKey),
    /// A list names the review, which has no place in it.
    Unjustified(ListKey),
    /// A list names a review that is not there.
    Orphaned(ListKey),
    /// A submitted request is not found by some of its identifiers a quarter of an hour after its submission.
    Unfindable {
        /// By how many.
        identifiers: usize,
    },
}

/// What became of something wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mended {
    /// It is as it was.
    Untouched,
    /// It is put right, or on its way.
    Done,
    /// Somebody else was at it: the next run looks again.
    Raced,
    /// That failed: it is as it was.
    Failed,
}

/// What was found, in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Entries, reviews and pointers that were looked at.
    pub considered: u32,
    /// Entries with letters that have no outcome a quarter of an hour after their event.
    pub unanswered: u32,
    /// Those letters.
    pub waiting: u32,
    /// Those of them whose claim is over.
    pub in_doubt: u32,
    /// Entries that were due though all is answered for.
    pub finished: u32,
    /// What should never be: lapsed entries, pointers that are missing, unjustified, orphaned or unreadable, and requests that
    /// are not found by what they are about.
    pub apart: u32,
    /// What was put right.
    pub repaired: u32,
    /// What somebody else was at.
    pub raced: u32,
    /// What could not be looked at, or not put right.
    pub failed: u32,
    /// The longest that an unanswered entry has waited.
    pub oldest: Option<SignedDuration>,
    /// Whether there is more than this run was to look at.
    pub more: bool,
}

impl Reconciled {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            considered: self.considered + other.considered,
            unanswered: self.unanswered + other.unanswered,
            waiting: self.waiting + other.waiting,
            in_doubt: self.in_doubt + other.in_doubt,
            finished: self.finished + other.finished,
            apart: self.apart + other.apart,
            repaired: self.repaired + other.repaired,
            raced: self.raced + other.raced,
            failed: self.failed + other.failed,
            oldest: self.oldest.max(other.oldest),
            more: self.more || other.more,
        }
    }

    /// What is wrong still, as far as this run saw.
    #[must_use]
    pub fn left(&self) -> u32 {
        (self.unanswered + self.finished + self.apart).saturating_sub(self.repaired) + self.failed
    }

    fn count(&mut self, finding: &Finding) {
        match &finding.wrong {
            Wrong::Unanswered {
                waiting, in_doubt, ..
            } => {
                self.unanswered += 1;
                self.waiting += waiting;
                self.in_doubt += in_doubt;
            }
            Wrong::Finished { .. } => self.finished += 1,
            Wrong::Lapsed { .. }
            | Wrong::Missing(_)
            | Wrong::Unjustified(_)
            | Wrong::Orphaned(_)
            | Wrong::Unfindable { .. } => self.apart += 1,
        }
        match finding.mended {
            Mended::Untouched => {}
            Mended::Done => self.repaired += 1,
            Mended::Raced => self.raced += 1,
            Mended::Failed => self.failed += 1,
        }
    }
}

/// Why nothing more was looked at.
#[derive(Debug, thiserror::Error)]
pub enum ReconcileError {
    /// Every list by address would look wrong, and putting them right would lose them all.
    #[error(
        "the secret for people's keys is not the one that the letters of {0} were written with: give the one that the \
         functions have (PERSON_HASH_KEY); if it was changed, wait 90 days, until no letter knows the old one"
    )]
    WrongKey(ReviewId),
    /// A port failed.
    #[error(transparent)]
    Port(#[from] PortError),
}

/// Says of whom a list is, and not which: the key stands for a person.
fn whose(list: &ListKey) -> &'static str {
    match list {
        ListKey::Account(_) => "an account",
        ListKey::Person(_) => "an address",
        ListKey::Assigned(_) => "a reviewer",
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            review,
            wrong,
            mended,
        } = self;
        write!(f, "{review}: {wrong}")?;
        f.write_str(match mended {
            Mended::Untouched => "",
            Mended::Done => "; mended",
            Mended::Raced => "; somebody else was at it",
            Mended::Failed => "; that could not be mended",
        })
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unanswered {
                seq,
                waiting,
                in_doubt,
            } => write!(
                f,
                "letters of event {seq} without an outcome: {waiting}, of which in doubt: {in_doubt}"
            ),
            Self::Finished { seq } => {
                write!(f, "event {seq} is answered for, and was due still")
            }
            Self::Lapsed { seq, waiting } => write!(
                f,
                "letters of event {seq} without an outcome: {waiting}, and nothing would have found them"
            ),
            Self::Missing(list) => write!(f, "it is missing in the list of {}", whose(list)),
            Self::Unjustified(list) => {
                write!(f, "the list of {} names it without a cause", whose(list))
            }
            Self::Orphaned(list) => {
                write!(f, "the list of {} names it, and it is gone", whose(list))
            }
            Self::Unfindable { identifiers } => {
                write!(f, "identifiers that it is not found by: {identifiers}")
            }
        }
    }
}
