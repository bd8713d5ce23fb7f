//! Whether a request for documents reached anybody (domain.md #18).

use std::collections::HashSet;

use domain::{DocumentRequest, EventKind, NoticeRecord, Outcome, ReviewId};

use crate::ports::{Correspondence, PortError};

/// Whether any letter of the request went out and did not come back: the request itself, what amended or
/// prolonged it, and its reminders. A letter that nobody has sent yet reached nobody.
pub(super) async fn reached(
    ports: &(impl Correspondence + ?Sized),
    id: &ReviewId,
    request: &DocumentRequest,
) -> Result<bool, PortError> {
    let of_request = |kind| {
        matches!(
            kind,
            EventKind::DocumentsRequested
                | EventKind::DocumentsReminder
                | EventKind::DocumentsDueMoved
                | EventKind::MoreTimeAnswered
        )
    };
    // Entries leave after 90 days, and a clock can stand still for longer; the notices stay.
    let mut letters = HashSet::from([request.seq]);
    let entries = ports.entries_of(id).await?;
    let later = entries.iter().filter(|entry| entry.seq > request.seq);
    letters.extend(
        later
            .filter(|entry| of_request(entry.event.kind()))
            .map(|entry| entry.seq),
    );
    let arrived = |record: &NoticeRecord| {
        matches!(record.outcome, Some(Outcome::Sent { .. })) && record.bounced.is_none()
    };
    let records = ports.notices_of(id).await?;
    let mut of_request = records
        .iter()
        .filter(|record| letters.contains(&record.notice.seq));
    Ok(of_request.any(arrived))
}
