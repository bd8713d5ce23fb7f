//! Reading the log of a review.

use domain::{LogLine, ReviewId, log, rule_set};

use crate::ports::Histories;
use crate::{Failure, Inbound, OpenPorts, View, view};

/// The log of a review as one of its filers may read it (domain.md #48, #50), all of it: people and clocks
/// write hundreds of entries, not thousands, so it is one page.
///
/// # Errors
/// [`Failure::NotFound`] as [`view`].
pub async fn history(
    ports: &(impl OpenPorts + Histories + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
) -> Result<Vec<LogLine>, Failure> {
    let View { review, .. } = view(ports, inbound, id).await?;
    let rules = rule_set(review.outline.year)?;
    let mut entries = ports.entries(id).await?;
    // What came in between is told of people whom this view does not know yet.
    entries.retain(|entry| entry.seq <= review.outline.head.count);
    Ok(log(&review, rules, &inbound.actor.account.key(), &entries))
}
