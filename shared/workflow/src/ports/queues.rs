//! Ports of the review team: queues, and finding a request by its identifiers.

use async_trait::async_trait;
use domain::{CaseQueue, Outline, People, QueuePlace, ReviewId, SearchKey};
use jiff::Timestamp;

use super::PortError;

/// Reads the review team's queues, by parts, so that no one place takes all the load (promise P8). The index
/// lags: a place may be of a review that has just moved on, and one that has just come may be missing.
#[async_trait]
pub trait CaseQueues: Send + Sync {
    /// How many parts a queue has, counted from 0.
    fn parts(&self) -> u32;

    /// Places of one part of the queue, in order.
    async fn places(
        &self,
        queue: CaseQueue,
        part: u32,
        range: &Places,
    ) -> Result<Vec<QueuePlace>, PortError>;

    /// How many reviews stand in the queue. It reads the queue's index, and nothing else.
    async fn count(&self, queue: CaseQueue) -> Result<u64, PortError>;
}

/// Which places of a part of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Those behind this one, in the direction of reading.
    pub after: Option<QueuePlace>,
    /// Those before this instant.
    pub before: Option<Timestamp>,
    /// The latest first.
    pub descending: bool,
    /// At most so many.
    pub limit: u32,
}

/// Reads what lists of the review team show.
#[async_trait]
pub trait Cases: Send + Sync {
    /// Of each of `ids` that there is: its outline, and its people, who say whose it is. In no order; each part
    /// is consistent by itself.
    async fn cases(&self, ids: &[ReviewId]) -> Result<Vec<Case>, PortError>;
}

/// A review as lists of the review team have it.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What is shown.
    pub outline: Outline,
    /// Whose it is.
    pub people: People,
}

/// Finds requests by identifiers.
#[async_trait]
pub trait Finder: Send + Sync {
    /// The requests that were made findable by it, each once.
    async fn found(&self, by: &SearchKey) -> Result<Vec<ReviewId>, PortError>;
}

/// Makes requests findable.
#[async_trait]
pub trait Findable: Send + Sync {
    /// Those of `keys` by which the review is not found.
    async fn unfindable(
        &self,
        id: &ReviewId,
        keys: &[SearchKey],
    ) -> Result<Vec<SearchKey>, PortError>;

    /// From now on the review is found by each of `keys`. Once is enough, and again does no harm.
    async fn make_findable(&self, id: &ReviewId, keys: &[SearchKey]) -> Result<(), PortError>;
}
