//! From the outbox to the queue.

use domain::OutboxEntry;

use crate::ports::{NoticeQueue, PortError};

/// Enqueues one notice for each person that the entry concerns, and returns how many there were.
/// Relaying an entry twice does no harm: a notice is claimed before it is sent.
///
/// # Errors
/// The queue did not take them all; relay the entry again.
pub async fn relay(
    queue: &(impl NoticeQueue + ?Sized),
    entry: &OutboxEntry,
) -> Result<usize, PortError> {
    let notices: Vec<_> = entry.notices().collect();
    queue.enqueue(&notices).await?;
    tracing::info!(review = %entry.review, seq = entry.seq, event = ?entry.event.kind(), people = notices.len(), "relayed");
    tracing::debug!(count.notices_enqueued = notices.len(), "enqueued");
    Ok(notices.len())
}
