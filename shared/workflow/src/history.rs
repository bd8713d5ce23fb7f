//! Reading the log of a review.

use domain::{Actor, LogLine, ReviewId, log, rule_set};

use crate::ports::{Histories, Reviews};
use crate::{Failure, View, view};

/// The log of a review as one of its filers may read it (domain.md #48, #50), all of it: people and clocks
/// write hundreds of entries, not thousands, so it is one page.
///
/// # Errors
/// [`Failure::NotFound`] as [`view`].
pub async fn history(
    ports: &(impl Reviews + Histories + ?Sized),
    actor: &Actor,
    id: &ReviewId,
) -> Result<Vec<LogLine>, Failure> {
    let View { review, .. } = view(ports, actor, id).await?;
    let rules = rule_set(review.outline.year)?;
    let mut entries = ports.entries(id).await?;
    // What came in between is told of people whom this view does not know yet.
    entries.retain(|entry| entry.seq <= review.outline.head.count);
    Ok(log(&review, rules, &actor.account.key(), &entries))
}
