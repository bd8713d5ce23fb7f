//! Reviews that are due are handed to whoever looks at them (promise P8).
//!
//! The index says where to look, and nothing else: what is due is decided by the one who looks, on the review as it stands.
//! The sweep moves the key of a review on *before* it hands the review out. So two sweeps at once do not both, a look that
//! is lost comes again a quarter of an hour later, and what nobody can deal with never stands in the way of the rest.

use jiff::{SignedDuration, Timestamp};

use crate::ports::{DueReviews, LookQueue, PortError};

/// When a review that was handed out is due again, unless something is committed to it.
const REST: SignedDuration = SignedDuration::from_mins(15);

/// What a sweep of due reviews did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewsSwept {
    /// Reviews that the index named.
    pub considered: u32,
    /// Those that were handed out.
    pub handed_out: u32,
    /// Those that another sweep or a change was faster with.
    pub raced: u32,
    /// Those that could not be dealt with; they stay due, or are again soon.
    pub failed: u32,
    /// The longest that a review has been due.
    pub oldest: Option<SignedDuration>,
    /// Whether there is more than this run was to look at.
    pub more: bool,
}

/// Hands out the reviews that are due at `as_of`, of each shard at most `limit`. A second run at the same instant does
/// nothing.
///
/// # Errors
/// The index cannot be read. What fails with one review is counted, and does not stop the rest.
pub async fn sweep_reviews(
    ports: &(impl DueReviews + ?Sized),
    queue: &(impl LookQueue + ?Sized),
    as_of: Timestamp,
    limit: u32,
) -> Result<ReviewsSwept, PortError> {
    let mut swept = ReviewsSwept::default();
    for shard in 0..ports.review_shards() {
        let due = ports.due_reviews(shard, as_of, limit).await?;
        swept.more |= due.len() >= limit as usize;
        let mut taken = Vec::with_capacity(due.len());
        for seen in due {
            swept.considered += 1;
            swept.oldest = swept.oldest.max(Some(as_of.duration_since(seen.due_at)));
            match ports.move_review_on(&seen, as_of + REST).await {
                Ok(true) => taken.push(seen.review),
                Ok(false) => swept.raced += 1,
                Err(error) => {
                    tracing::warn!(review = %seen.review, %error, "a due review could not be moved on");
                    swept.failed += 1;
                }
            }
        }
        let count = u32::try_from(taken.len()).unwrap_or(u32::MAX);
        match queue.enqueue_looks(&taken, as_of).await {
            Ok(()) => swept.handed_out += count,
            Err(error) => {
                tracing::warn!(%error, count, "due reviews could not be handed out");
                swept.failed += count;
            }
        }
    }
    Ok(swept)
}
