//! What the use cases need from the world, one small trait a need.
//!
//! Adapters live in `aws` (the real ones) and `testkit` (in memory, with fault switches); `testkit`'s
//! contract suite says what every implementation must do. Reads are consistent unless a doc says otherwise.

mod clock;
mod notices;
mod objects;
mod orders;
mod participation;
mod purge;
mod queues;
mod reconcile;
mod reviews;

pub use clock::{ClockIndex, CommandQueue, Place, Placed, Reports, SweepQueue};
pub use notices::{
    Claim, ClaimId, ClaimTerms, Claims, Clock, Correspondence, DeadLetter, DeadLetters, DueOutbox,
    Enclosure, Mail, MailError, Mailer, NoticeQueue, Outbox, Overdue, Postpone, Suppressions,
};
pub use objects::{
    Counted, DownloadUrl, Downloads, GRANTS_AN_HOUR, GrantCounts, LookQueue, ObjectPlace, Objects,
    Stored, Take, Upload, Uploads,
};
pub use orders::{Orders, Outlines, WindowChanges};
pub use participation::{LookUpError, LookUps, Participation, TURNS, Turn};
pub use purge::{ObjectsOfReview, Purges, Tombstones};
pub use queues::{Case, CaseQueues, Cases, Findable, Finder, Places};
pub use reconcile::{Bookmark, Found, Mend, Part, PointerPage, Pointers, Unanswered};
pub use reviews::{
    Acceptances, Comments, Commit, Commits, Committed, Entropy, EveryReview, Heads, Histories, Ids,
    Keys, Lists, Notes, Programs, Reviews, ReviewsOfPerson, Words,
};

/// A port did not do what was asked. Whether it was done all the same is not known unless a doc says so.
#[derive(Debug, thiserror::Error)]
pub enum PortError {
    /// The service behind the port could not be reached, refused or timed out; trying again may help.
    #[error("{service} is not available: {source}")]
    Unavailable {
        /// Which service.
        service: &'static str,
        /// What it said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// What was stored cannot be read; trying again will not help.
    #[error("a stored {what} cannot be read: {source}")]
    Unreadable {
        /// What kind of item.
        what: &'static str,
        /// Why not. Adapters see to it that it holds no stored value.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
