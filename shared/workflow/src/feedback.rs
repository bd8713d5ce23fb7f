//! What the mail service reports of a mail becomes part of its notice's record.

use domain::{Report, Reported, Suppression};

use crate::ports::{Claims, Outbox, PortError, Suppressions};

/// Records the report; a mail that came back for good, or that was called unwanted, is the last one to its
/// address. A report that comes twice, late or before the sender has recorded its outcome does no harm.
///
/// # Errors
/// Only when a port fails; take the report again.
pub async fn feedback(
    ports: &(impl Claims + Outbox + Suppressions + ?Sized),
    report: &Report,
) -> Result<(), PortError> {
    let Report {
        notice, what, at, ..
    } = report;
    // Suppressed first: were it recorded first, a crash in between would lose it.
    if let Some(cause) = what.suppresses() {
        let why = Suppression { since: *at, cause };
        ports.suppress(&notice.person, why).await?;
    }
    ports.report(report).await?;
    tracing::info!(notice = %notice, reported = ?what, "reported");
    match what {
        Reported::Bounced { hard: true } => {
            tracing::debug!(count.bounces = 1, "a letter came back for good")
        }
        Reported::Bounced { hard: false } => {
            tracing::debug!(count.soft_bounces = 1, "a letter came back")
        }
        Reported::Complained => tracing::debug!(count.complaints = 1, "a letter was not wanted"),
        Reported::Rejected => tracing::debug!(
            count.letters_refused = 1,
            "the mail service gave a letter up"
        ),
        Reported::Sent | Reported::Delivered => {}
    }
    // It may be the outcome that the entry was waiting for.
    if let Some(entry) = ports.entry(&notice.review, notice.seq).await? {
        let waiting = ports.settle(&entry).await?;
        tracing::debug!(review = %entry.review, seq = entry.seq, waiting = waiting.len(), "settled");
    }
    Ok(())
}
