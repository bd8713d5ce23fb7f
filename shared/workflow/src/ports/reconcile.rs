//! Ports for finding what has come apart. No door asks for them.

use async_trait::async_trait;
use domain::{ListKey, ReviewId, Version};
use jiff::Timestamp;

use super::{Overdue, PortError};

/// Walks what nobody has answered for, whether its time has come or not. Its shards are those of
/// [`DueOutbox`](super::DueOutbox).
#[async_trait]
pub trait Unanswered: Send + Sync {
    /// Entries of the shard behind `after`, in the order in which they become due; none at the end. The index
    /// lags, as [`DueOutbox::overdue`](super::DueOutbox::overdue) has it.
    async fn unanswered(
        &self,
        shard: u32,
        after: Option<&Overdue>,
    ) -> Result<Vec<Overdue>, PortError>;

    /// Whether the entry becomes due at some time.
    async fn is_due(&self, review: &ReviewId, seq: u64) -> Result<bool, PortError>;

    /// Makes the entry due at `at`, unless it becomes due at some time, or has left; whether it did.
    async fn make_due(&self, review: &ReviewId, seq: u64, at: Timestamp)
    -> Result<bool, PortError>;
}

/// Walks reviews and the lists that name them, and puts right what does not fit.
#[async_trait]
pub trait Pointers: Send + Sync {
    /// A page of one part of the store, behind `after`. All pages of all parts together show every review and
    /// every pointer once; what is written meanwhile may be among them. A page may be empty before the last.
    async fn page(&self, part: Part, after: Option<&Bookmark>) -> Result<PointerPage, PortError>;

    /// Those of `lists` that name the review.
    async fn standing(
        &self,
        review: &ReviewId,
        lists: &[ListKey],
    ) -> Result<Vec<ListKey>, PortError>;

    /// Puts a pointer right, in one transaction with the check that the review is still as it was seen;
    /// whether it was. Done twice it changes nothing.
    async fn mend(&self, mend: &Mend) -> Result<bool, PortError>;
}

/// One of several parts of about the same size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Which, from 0.
    pub number: u32,
    /// Of how many.
    pub of: u32,
}

impl Part {
    /// All there is.
    pub const WHOLE: Self = Self { number: 0, of: 1 };
}

/// A place between two pages, in words of the store's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark(pub String);

/// A page of what is listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PointerPage {
    /// What is there.
    pub found: Vec<Found>,
    /// How many pointers name nothing that can be read.
    pub unreadable: u32,
    /// Where the next page begins; `None` at the end.
    pub next: Option<Bookmark>,
}

/// A review, or a pointer to one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// A review is there.
    Review(ReviewId),
    /// The list names the review, be it there or not.
    Pointer(ListKey, ReviewId),
}

/// How a pointer is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// The list.
    pub list: ListKey,
    /// The review.
    pub review: ReviewId,
    /// The version at which that was decided; `None` if there is no such review.
    pub seen: Option<Version>,
    /// Whether the list names the review from now on.
    pub stands: bool,
}
