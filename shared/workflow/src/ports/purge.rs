//! Ports for erasing what is past its retention. No door and no function asks for them.

use async_trait::async_trait;
use domain::{Remains, ReviewId, Tombstone, Version};

use super::PortError;

/// Reads what is left of reviews.
#[async_trait]
pub trait Tombstones: Send + Sync {
    /// The tombstone, if the review was purged.
    async fn tombstone(&self, id: &ReviewId) -> Result<Option<Tombstone>, PortError>;
}

/// Erases reviews. Each step can be done again at any time.
#[async_trait]
pub trait Purges: Send + Sync {
    /// Puts the tombstone in the place of its review, in one transaction, if the review is still at the version that was
    /// seen; whether it was. From then on the review is there for nobody.
    async fn bury(&self, tombstone: &Tombstone, seen: Version) -> Result<bool, PortError>;

    /// Takes the review out of lists and out of what it is found by.
    async fn unlist(&self, id: &ReviewId, remains: &Remains) -> Result<(), PortError>;

    /// Erases every item of the review but its tombstone. The review itself must have given way to that.
    async fn clear(&self, id: &ReviewId) -> Result<(), PortError>;

    /// The tombstone stands from now on for a review of which nothing else is left.
    async fn seal_tombstone(&self, id: &ReviewId) -> Result<(), PortError>;
}

/// Erases the bytes of files.
#[async_trait]
pub trait ObjectsOfReview: Send + Sync {
    /// Takes away every version of every object of the review; nothing may be there.
    async fn erase_all(&self, review: &ReviewId) -> Result<(), PortError>;
}
