//! What stream and queue lost, found again: an outbox entry that nobody has answered for is itself due
//! (promise P9).
//!
//! The stream is the fast path, the due key the guarantee. The sweep reads what is overdue and nothing
//! else, the most overdue first; it moves the key on *before* it enqueues, so that two sweeps at once do
//! not both enqueue, and one that ends in between leaves an entry that is due again. A notice that is
//! enqueued twice does no harm: it is claimed before it is sent.

use jiff::{SignedDuration, Timestamp};

use crate::ports::{DueOutbox, NoticeQueue, Outbox, Overdue, PortError};

/// An outbox entry is born due so long after its event: by then stream and queue have told everyone, unless
/// something was lost.
pub const OUTBOX_DUE: SignedDuration = SignedDuration::from_mins(15);

/// An entry is looked at again after as long as it has waited by then, at least and at most so long.
const SOONEST: SignedDuration = SignedDuration::from_mins(15);
const LATEST: SignedDuration = SignedDuration::from_hours(6);
/// Somebody should know of an entry that has waited so long.
const TOO_LONG: SignedDuration = SignedDuration::from_hours(24);

/// What a sweep of the outbox did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutboxSwept {
    /// Entries that the index named.
    pub considered: u32,
    /// Those whose notices all have their outcome: due no more.
    pub settled: u32,
    /// Notices that were put into the queue again.
    pub enqueued: u32,
    /// Entries that another sweep moved on first, or that have left.
    pub raced: u32,
    /// Entries that could not be dealt with; they stay due.
    pub failed: u32,
    /// Entries without an outcome for a day or more.
    pub unsent: u32,
    /// The longest that an entry has waited.
    pub oldest: Option<SignedDuration>,
    /// Whether there is more than this run was to look at.
    pub more: bool,
}

/// Puts the notices of entries that are overdue at `as_of` into the queue again, of each shard at most
/// `limit` entries. A second run at the same instant does nothing.
///
/// # Errors
/// The index cannot be read. What fails with one entry is counted, and does not stop the rest.
pub async fn sweep_outbox(
    ports: &(impl DueOutbox + Outbox + ?Sized),
    queue: &(impl NoticeQueue + ?Sized),
    as_of: Timestamp,
    limit: u32,
) -> Result<OutboxSwept, PortError> {
    let mut swept = OutboxSwept::default();
    for shard in 0..ports.shards() {
        let overdue = ports.overdue(shard, as_of, limit).await?;
        swept.more |= overdue.len() >= limit as usize;
        for seen in overdue {
            swept.considered += 1;
            if let Err(error) = take_up(ports, queue, as_of, &seen, &mut swept).await {
                tracing::warn!(review = %seen.review, seq = seen.seq, %error, "an overdue entry could not be dealt with");
                swept.failed += 1;
            }
        }
    }
    Ok(swept)
}

/// Takes up one entry, due or not: ends it if it is answered for, else moves it on and enqueues what waits.
pub(crate) async fn take_up(
    ports: &(impl DueOutbox + Outbox + ?Sized),
    queue: &(impl NoticeQueue + ?Sized),
    as_of: Timestamp,
    seen: &Overdue,
    swept: &mut OutboxSwept,
) -> Result<(), PortError> {
    let Some(entry) = ports.entry(&seen.review, seen.seq).await? else {
        swept.raced += 1;
        return Ok(());
    };
    let waiting = ports.settle(&entry).await?;
    if waiting.is_empty() {
        swept.settled += 1;
        return Ok(());
    }
    let age = as_of.duration_since(entry.at);
    let next = as_of + age.clamp(SOONEST, LATEST);
    if !ports.move_on(seen, next).await? {
        swept.raced += 1;
        return Ok(());
    }
    swept.unsent += u32::from(age >= TOO_LONG);
    swept.oldest = swept.oldest.max(Some(age));
    queue.enqueue(&waiting).await?;
    swept.enqueued += u32::try_from(waiting.len()).unwrap_or(u32::MAX);
    Ok(())
}
